'use strict';
/**
 * Tells of each frame that is presented, and how late this machine tells.
 * @param {HTMLVideoElement} video
 */
function vigWatcher(video) {
  const SCREEN_MS = 17;
  /** How late frames were told of lately, in milliseconds; a bad time fades away. */
  let lag = 0;
  let last = 0;

  /**
   * Once, when the next frame is presented.
   * @param {(time: number, late: number) => void} look the frame's time in seconds, and for how
   *   many milliseconds it has been on screen
   */
  function next(look) {
    if (video.requestVideoFrameCallback) {
      video.requestVideoFrameCallback((_now, shown) => {
        const late = Math.max(0, performance.now() - shown.expectedDisplayTime);
        look(shown.mediaTime, late);
      });
    } else {
      requestAnimationFrame(() => look(video.currentTime, 0));
    }
  }

  /**
   * @param {number} late milliseconds
   * @param {number} each milliseconds that a frame is on screen
   * @returns {number} milliseconds to be reckoned with
   */
  function measure(late, each) {
    const now = performance.now();
    const gap = last ? now - last - Math.max(each, SCREEN_MS) : 0;
    last = now;
    lag = Math.max(0, late - 2 * SCREEN_MS, gap < 1000 ? gap : 0, lag * 0.95);
    return lag;
  }

  return Object.freeze({
    next,
    measure,
    /** After a pause, which is no lag. */
    restart: () => {
      last = 0;
    },
  });
}
