'use strict';
/**
 * Frames and times of a clip, as pure functions. A frame is a whole number counted from 0; a time
 * is in seconds. We always seek to the middle of a frame, (n + ½) / fps: at its edge, rounding
 * shows the neighbour (4 times in 20 at 29.97 fps, measured).
 * @typedef {Readonly<{ from: number, to: number }>} Loop frames, both of them shown
 */
const vigFrames = (() => {
  const SPEEDS = Object.freeze([0.1, 0.25, 0.5, 0.75, 1, 1.5, 2]);
  const USUAL_FPS = 25;
  /** How early to pause before a bound, and how early at most on a slow machine. */
  const EARLY_MS = 80;
  const EARLIEST_MS = 400;
  /** How long a screen shows a picture, at least. */
  const SCREEN_MS = 17;

  /**
   * Frames a second from "25/1", "30000/1001" or "25".
   * @param {string | undefined} text
   * @returns {number}
   */
  function parseRate(text) {
    const [above, below = '1'] = (text ?? '').split('/');
    const fps = Number(above) / Number(below);
    return Number.isFinite(fps) && fps > 0 ? fps : USUAL_FPS;
  }

  /**
   * The frame shown at a time. The small addition forgives times that lie a hair before their
   * frame; it stays below the half frame of our own seeks.
   * @param {number} time
   * @param {number} fps
   * @returns {number}
   */
  function frameAt(time, fps) {
    return Math.max(0, Math.floor(time * fps + 0.05));
  }

  /**
   * The middle of a frame, in seconds.
   * @param {number} frame
   * @param {number} fps
   * @returns {number}
   */
  function centreOf(frame, fps) {
    return (frame + 0.5) / fps;
  }

  /**
   * How many frames a clip has; infinitely many while its length is unknown.
   * @param {number} duration seconds
   * @param {number} fps
   * @returns {number}
   */
  function countOf(duration, fps) {
    return Number.isFinite(duration) ? Math.max(1, Math.round(duration * fps)) : Infinity;
  }

  /**
   * The nearest frame that the clip has.
   * @param {number} frame
   * @param {number} count
   * @returns {number}
   */
  function clamp(frame, count) {
    return Math.max(0, Math.min(frame, count - 1));
  }

  /**
   * Frames to hold, from the seconds in `data-stops`, in order and each once.
   * @param {string | undefined} text "2.9 5.4"
   * @param {number} fps
   * @returns {number[]}
   */
  function parseStops(text, fps) {
    const times = (text ?? '').split(/\s+/).filter(Boolean).map(Number);
    const frames = times.filter((time) => time >= 0).map((time) => frameAt(time, fps));
    return [...new Set(frames)].sort((one, other) => one - other);
  }

  /**
   * The first stop after a frame; null when there is none.
   * @param {readonly number[]} stops
   * @param {number} frame
   * @returns {number | null}
   */
  function stopAfter(stops, frame) {
    return stops.find((stop) => stop > frame) ?? null;
  }

  /**
   * How long until the film has to pause, so that it never shows a frame behind the bound; null
   * when that can wait until the next frame. A browser may show one more frame after it was told
   * to pause, and may be told late: so it is told early, and the bound is then shown by a seek.
   * @param {number} rest milliseconds until the frame behind the bound
   * @param {number} each milliseconds that a frame is on screen
   * @param {number} lag milliseconds that this machine was late in telling of a frame
   * @returns {number | null}
   */
  function pauseIn(rest, each, lag) {
    if (rest <= each) return 0; // the bound itself is on screen
    const early = Math.min(EARLIEST_MS, EARLY_MS + 2 * lag);
    if (rest > early + Math.max(each, SCREEN_MS)) return null;
    return Math.max(0, rest - early);
  }

  /**
   * A loop with another start or end; the other edge stays where that makes sense.
   * @param {Loop | null} loop
   * @param {'from' | 'to'} edge
   * @param {number} frame
   * @param {number} count
   * @returns {Loop | null} null for a clip too short to be looped
   */
  function loopWith(loop, edge, frame, count) {
    const last = count - 1;
    if (!(last > 0)) return null;
    if (edge === 'from') {
      const from = clamp(frame, last);
      return { from, to: loop && loop.to > from ? loop.to : last };
    }
    const to = Math.max(1, clamp(frame, count));
    return { from: loop && loop.from < to ? loop.from : 0, to };
  }

  /**
   * The next slower (by = -1) or faster (by = 1) speed, or the same at the end of the row.
   * @param {number} speed
   * @param {number} by
   * @returns {number}
   */
  function speedBeside(speed, by) {
    const other =
      by < 0 ? SPEEDS.filter((each) => each < speed).pop() : SPEEDS.find((each) => each > speed);
    return other ?? speed;
  }

  return Object.freeze({
    SPEEDS,
    parseRate,
    frameAt,
    centreOf,
    countOf,
    clamp,
    parseStops,
    stopAfter,
    pauseIn,
    loopWith,
    speedBeside,
  });
})();

Object.assign(globalThis, { vigFrames });
