'use strict';
/**
 * Fingers, pen and mouse on the pictures: tap, tap twice, swipe, drag, pinch and wheel.
 * @typedef {{
 *   touched: (on: Element) => Zoom | null,
 *   tapped: (on: Element) => void,
 *   swiped: (way: 'left' | 'right' | 'up' | 'down') => void,
 *   spot: ReturnType<typeof vigSpot>,
 * }} Touched
 */

/**
 * @param {HTMLElement} deck
 * @param {Touched} told `touched` names the zoom of the picture there; null where there is none
 */
function vigTouch(deck, { touched, tapped, swiped, spot }) {
  const TWICE_MS = 280;
  const CLOSE = 2.5;
  /** Where each finger is. @type {Map<number, Point>} */
  const fingers = new Map();
  /** @type {{ x: number, y: number, time: number, on: Element } | null} */
  let begun = null;
  /** @type {Zoom | null} */
  let zoom = null;
  /** Whether two fingers were down, or the picture was dragged: then lifting one means nothing. */
  let moved = false;
  /** @type {{ point: Point, timer: ReturnType<typeof setTimeout> } | null} */
  let first = null;

  /** @param {PointerEvent} event @returns {Point} */
  const pointOf = (event) => ({ x: event.clientX, y: event.clientY });

  deck.addEventListener('pointerdown', (down) => {
    const on = down.target;
    if (!(on instanceof Element) || down.button > 0) return;
    const there = touched(on);
    if (!there) return;
    if (fingers.size === 0) {
      zoom = there;
      moved = false;
      begun = { ...pointOf(down), time: down.timeStamp, on };
    }
    fingers.set(down.pointerId, pointOf(down));
    if (fingers.size > 1) moved = true;
  });

  addEventListener('pointermove', (move) => {
    const was = fingers.get(move.pointerId);
    if (!was || !zoom || !begun) return;
    const now = pointOf(move);
    const other = [...fingers].find(([id]) => id !== move.pointerId)?.[1];
    if (other) pinch(zoom, was, now, other);
    else if (spot.on()) spot.moveTo(now.x, now.y);
    else if (zoom.close()) {
      if (vigGesture.meaningOf(begun, now, 0) !== 'tap') moved = true;
      if (moved) zoom.drag(now.x - was.x, now.y - was.y);
    }
    fingers.set(move.pointerId, now);
  });

  /** @param {Zoom} on @param {Point} was @param {Point} now @param {Point} other */
  function pinch(on, was, now, other) {
    const [before, after] = [vigGesture.middle(was, other), vigGesture.middle(now, other)];
    const wider = vigGesture.distance(now, other) / Math.max(1, vigGesture.distance(was, other));
    on.drag(after.x - before.x, after.y - before.y);
    on.scaleAt(on.view().scale * wider, after.x, after.y);
  }

  /** @param {PointerEvent} up */
  function lifted(up) {
    if (!fingers.delete(up.pointerId) || fingers.size > 0 || !begun || moved) return;
    if (up.type === 'pointercancel') return;
    const meant = vigGesture.meaningOf(begun, pointOf(up), up.timeStamp - begun.time);
    if (meant === 'tap') tap(pointOf(up), begun.on, up.pointerType === 'mouse');
    else if (meant && up.pointerType !== 'mouse' && !spot.on()) swiped(meant);
  }
  addEventListener('pointerup', lifted);
  addEventListener('pointercancel', lifted);

  /**
   * A finger's tap waits a little: it may be the first of two.
   * @param {Point} point
   * @param {Element} on
   * @param {boolean} mouse
   */
  function tap(point, on, mouse) {
    if (mouse) {
      tapped(on);
    } else if (first && vigGesture.near(first.point, point)) {
      clearTimeout(first.timer);
      first = null;
      if (zoom?.close()) zoom.whole();
      else zoom?.scaleAt(CLOSE, point.x, point.y, true);
    } else {
      const timer = setTimeout(() => {
        first = null;
        tapped(on);
      }, TWICE_MS);
      first = { point, timer };
    }
  }

  deck.addEventListener(
    'wheel',
    (wheel) => {
      const there = wheel.target instanceof Element ? touched(wheel.target) : null;
      if (!there) return;
      wheel.preventDefault();
      const px = wheel.deltaY * (wheel.deltaMode === 1 ? 32 : 1);
      const times = Math.exp(-px * (wheel.ctrlKey ? 0.01 : 0.0015)); // Ctrl: a pinch on a pad
      if (spot.on()) spot.size(times);
      else there.scaleAt(there.view().scale * times, wheel.clientX, wheel.clientY);
    },
    { passive: false },
  );

  deck.addEventListener('dragstart', (drag) => drag.preventDefault());
}
