'use strict';
/**
 * What a finger or mouse meant, as pure functions.
 * @typedef {Readonly<{ x: number, y: number }>} Point
 */
const vigGesture = (() => {
  const TAP_PX = 10;
  const TAP_MS = 500;
  const SWIPE_PX = 48;
  const SWIPE_MS = 900;
  const TWICE_PX = 48;

  /**
   * @param {Point} from where the finger came down
   * @param {Point} to where it was lifted
   * @param {number} ms in between
   * @returns {'tap' | 'left' | 'right' | 'up' | 'down' | null} null for what means nothing
   */
  function meaningOf(from, to, ms) {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const [wide, high] = [Math.abs(dx), Math.abs(dy)];
    if (Math.hypot(dx, dy) < TAP_PX) return ms < TAP_MS ? 'tap' : null;
    if (ms > SWIPE_MS || Math.max(wide, high) < SWIPE_PX) return null;
    if (wide > 1.5 * high) return dx < 0 ? 'left' : 'right';
    if (high > 1.5 * wide) return dy < 0 ? 'up' : 'down';
    return null;
  }

  /** @param {Point} one @param {Point} other */
  function near(one, other) {
    return distance(one, other) < TWICE_PX;
  }

  /** @param {Point} one @param {Point} other */
  function distance(one, other) {
    return Math.hypot(one.x - other.x, one.y - other.y);
  }

  /** @param {Point} one @param {Point} other @returns {Point} */
  function middle(one, other) {
    return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
  }

  return Object.freeze({ meaningOf, near, distance, middle });
})();

Object.assign(globalThis, { vigGesture });
