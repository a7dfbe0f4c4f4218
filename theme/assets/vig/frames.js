'use strict';
/**
 * Frames and times of a clip, as pure functions. A frame is a whole number counted from 0; a time
 * is in seconds. We always seek to the middle of a frame, (n + ½) / fps: at its edge, rounding
 * shows the neighbour (4 times in 20 at 29.97 fps, measured).
 */
const vigFrames = (() => {
  const SPEEDS = Object.freeze([0.1, 0.25, 0.5, 0.75, 1, 1.5, 2]);
  const USUAL_FPS = 25;

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
   * The first stop after `seen` and not after `now`; null when there is none.
   * @param {readonly number[]} stops
   * @param {number} seen the frame presented before
   * @param {number} now the frame presented now, or soon
   * @returns {number | null}
   */
  function stopDue(stops, seen, now) {
    return stops.find((stop) => stop > seen && stop <= now) ?? null;
  }

  /**
   * How many frames ahead to look for a stop, so that the film halts before it and then moves on
   * to it: a picture that jumps back would be seen.
   * @param {number} speed
   * @returns {number}
   */
  function lead(speed) {
    return Math.max(1, Math.ceil(speed));
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
    stopDue,
    lead,
    speedBeside,
  });
})();

Object.assign(globalThis, { vigFrames });
