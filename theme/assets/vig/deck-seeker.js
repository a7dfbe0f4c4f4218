'use strict';
/**
 * Seeks one after another: while one is under way the next waits, and of those that wait only the
 * last counts. So a held key moves the picture as fast as it can be shown, and no faster.
 * @param {HTMLVideoElement} video
 */
function vigSeeker(video) {
  /** @type {number | null} */
  let next = null;
  /** @type {(() => void)[]} */
  let waiting = [];

  /** @param {number} time seconds */
  function go(time) {
    if (video.preload === 'none') video.preload = 'metadata'; // a key was quicker than the page
    next = video.seeking ? time : null; // a seek that is done may not have been told yet
    if (next === null) video.currentTime = time;
  }

  /**
   * Does something once no seek is under way.
   * @param {() => void} act
   */
  function then(act) {
    if (video.seeking) waiting.push(act);
    else act();
  }

  /** Forgets what waits. */
  function clear() {
    next = null;
    waiting = [];
  }

  video.addEventListener('seeked', () => {
    if (video.seeking) return; // another one began before this was told
    if (next !== null) {
      video.currentTime = next;
      next = null;
      return;
    }
    const those = waiting;
    waiting = [];
    for (const act of those) act();
  });

  return Object.freeze({ go, then, clear });
}
