'use strict';
/**
 * What a reload keeps, as numbers and nothing else: no word of a family leaves its page.
 * @typedef {{
 *   shown: number, frame: number, speed: number, from: number, to: number,
 *   alone: number, picture: number, scale: number, x: number, y: number,
 * }} SlideMemory
 * @typedef {{
 *   at: number, beside: number, turned: number, speaker: number, since: number,
 *   first: SlideMemory, second: SlideMemory, spot: number[], told: number[],
 * }} Memory
 */
const vigState = (() => {
  /** @type {Readonly<SlideMemory>} */
  const FRESH = Object.freeze({
    shown: 0,
    frame: 0,
    speed: 1,
    from: -1,
    to: -1,
    alone: -1,
    picture: 0,
    scale: 1,
    x: 0.5,
    y: 0.5,
  });

  /**
   * Reads what `history.state` holds; null when it is none of ours.
   * @param {unknown} found
   * @param {number} count of moments
   * @returns {Memory | null}
   */
  function read(found, count) {
    const whole = recordIn(found, 'vig');
    if (!whole) return null;
    const at = number(whole['at'], -1);
    if (!inside(at, count)) return null;
    const beside = number(whole['beside'], -1);
    const two = inside(beside, count) && beside !== at;
    return {
      at,
      beside: two ? beside : -1,
      turned: two ? number(whole['turned'], 0) : 0,
      speaker: number(whole['speaker'], 0),
      since: number(whole['since'], 0),
      first: slide(whole['first']),
      second: slide(whole['second']),
      spot: numbers(whole['spot']),
      told: numbers(whole['told']).filter((place) => inside(place, count)),
    };
  }

  /** @param {unknown} found @returns {SlideMemory} */
  function slide(found) {
    const was = recordIn({ found }, 'found') ?? {};
    /** @param {keyof SlideMemory} name */
    const of = (name) => number(was[name], FRESH[name]);
    return {
      shown: of('shown'),
      frame: of('frame'),
      speed: of('speed'),
      from: of('from'),
      to: of('to'),
      alone: of('alone'),
      picture: of('picture'),
      scale: of('scale'),
      x: of('x'),
      y: of('y'),
    };
  }

  /**
   * @param {unknown} found
   * @param {string} name
   * @returns {Record<string, unknown> | null}
   */
  function recordIn(found, name) {
    if (typeof found !== 'object' || found === null) return null;
    const part = Reflect.get(found, name);
    return typeof part === 'object' && part !== null ? part : null;
  }

  /** @param {unknown} found @param {number} otherwise */
  function number(found, otherwise) {
    return typeof found === 'number' && Number.isFinite(found) ? found : otherwise;
  }

  /** @param {unknown} found @returns {number[]} */
  function numbers(found) {
    return Array.isArray(found) ? found.filter((each) => Number.isFinite(each)) : [];
  }

  /** @param {number} place @param {number} count */
  function inside(place, count) {
    return Number.isInteger(place) && place >= 0 && place < count;
  }

  return Object.freeze({ FRESH, read });
})();

Object.assign(globalThis, { vigState });
