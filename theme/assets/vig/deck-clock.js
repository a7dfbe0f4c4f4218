'use strict';
/** Times as people read them, as pure functions. */
const vigClock = (() => {
  /** @param {number} number */
  const two = (number) => String(number).padStart(2, '0');

  /**
   * How long something has gone on: 0:00, 12:34, 1:02:03.
   * @param {number} ms
   * @returns {string}
   */
  function elapsed(ms) {
    const seconds = Math.max(0, Math.floor(ms / 1000));
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    const end = `${two(seconds % 60)}`;
    return hours ? `${hours}:${two(minutes)}:${end}` : `${minutes}:${end}`;
  }

  /**
   * A place in a clip: 0:03.4.
   * @param {number} seconds
   * @returns {string}
   */
  function place(seconds) {
    const tenths = Math.floor(seconds * 10 + 1e-6);
    return `${elapsed(tenths * 100)}.${tenths % 10}`;
  }

  return Object.freeze({ elapsed, place });
})();

Object.assign(globalThis, { vigClock });
