'use strict';
/**
 * A held key or button moves the film smoothly, at first slowly: where it stands depends on the
 * time that has gone by, not on how often a keyboard repeats.
 */
const vigScrub = (() => {
  const QUICKER_FOR_S = 2;

  /**
   * How many frames a hold has moved.
   * @param {number} ms since it began
   * @param {number} slow frames a second at the beginning
   * @param {number} quick frames a second in the end
   * @returns {number}
   */
  function distance(ms, slow, quick) {
    const seconds = Math.max(0, ms) / 1000;
    const rising = Math.min(seconds, QUICKER_FOR_S);
    const risen = slow * rising + ((quick - slow) * rising * rising) / (2 * QUICKER_FOR_S);
    return Math.floor(risen + quick * (seconds - rising));
  }

  return Object.freeze({ distance });
})();

/** Holds one thing at a time. */
function vigHold() {
  const BEGIN_MS = 300;
  const LOOK_MS = 20;
  /** Frames a second of one-frame keys, and clip seconds a second of one-second keys. */
  const FRAMES = Object.freeze({ slow: 10, quick: 25 });
  const SECONDS = Object.freeze({ slow: 1.5, quick: 4 });
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let ticking;

  function stop() {
    clearInterval(ticking);
    ticking = undefined;
  }

  /**
   * @param {string} command back, on, second-back or second-on
   * @param {Player | null} player
   */
  function start(command, player) {
    stop();
    if (!player) return;
    const way = command.endsWith('back') ? -1 : 1;
    const second = command.startsWith('second');
    const { slow, quick } = second ? SECONDS : FRAMES;
    const each = second ? player.fps : 1;
    const begun = performance.now() + BEGIN_MS;
    let moved = 0;
    ticking = setInterval(() => {
      const now = vigScrub.distance(performance.now() - begun, slow * each, quick * each);
      if (now > moved) player.step(way * (now - moved));
      moved = now;
    }, LOOK_MS);
  }

  addEventListener('blur', stop);

  return Object.freeze({
    start,
    stop,
    /** @param {string} command */
    can: (command) => /^(second-)?(back|on)$/.test(command),
  });
}

Object.assign(globalThis, { vigScrub });
