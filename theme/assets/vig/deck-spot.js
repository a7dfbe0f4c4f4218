'use strict';
/**
 * The spotlight: all but a circle grows dim. It follows the pointer or a finger, and the arrows.
 * @param {HTMLElement} deck
 * @param {() => void} changed
 */
function vigSpot(deck, changed) {
  const [SMALLEST, USUAL, LARGEST] = [0.06, 0.18, 0.6];
  const MOVE = 0.03;
  const shade = document.createElement('div');
  shade.className = 'vig-shade';
  shade.hidden = true;
  deck.append(shade);
  /** Parts of the window; the radius one of its shorter side. */
  let x = 0.5;
  let y = 0.45;
  let radius = USUAL;

  function show() {
    const side = Math.min(innerWidth, innerHeight);
    shade.style.setProperty('--x', `${x * innerWidth}px`);
    shade.style.setProperty('--y', `${y * innerHeight}px`);
    shade.style.setProperty('--radius', `${radius * side}px`);
    changed();
  }

  /** @param {number} clientX @param {number} clientY */
  function moveTo(clientX, clientY) {
    x = Math.max(0, Math.min(1, clientX / innerWidth));
    y = Math.max(0, Math.min(1, clientY / innerHeight));
    show();
  }

  /** @param {number} times */
  function size(times) {
    radius = Math.max(SMALLEST, Math.min(LARGEST, radius * times));
    show();
  }

  /** @param {boolean} [on] left out: the other way round */
  function turn(on = Boolean(shade.hidden)) {
    shade.hidden = !on;
    show();
  }

  deck.addEventListener('pointermove', (move) => {
    if (!shade.hidden && move.pointerType !== 'touch') moveTo(move.clientX, move.clientY);
  });
  addEventListener('resize', () => !shade.hidden && show());

  return Object.freeze({
    turn,
    moveTo,
    size,
    on: () => !shade.hidden,
    /** @param {number} right @param {number} down steps */
    nudge: (right, down) => moveTo((x + right * MOVE) * innerWidth, (y + down * MOVE) * innerHeight),
    remember: () => (shade.hidden ? [] : [x, y, radius]),
    /** @param {readonly number[]} was */
    recall: ([wasX, wasY, wasRadius]) => {
      if (wasX === undefined || wasY === undefined || wasRadius === undefined) return;
      [x, y, radius] = [wasX, wasY, wasRadius];
      turn(true);
    },
  });
}
