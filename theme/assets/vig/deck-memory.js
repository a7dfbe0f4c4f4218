'use strict';
/**
 * Keeps the deck's state in the history entry of this tab, so that a reload goes on where it was.
 * Nothing is written to a store, which other local files could read.
 * @param {() => Memory} gather
 */
function vigMemory(gather) {
  const EVERY_MS = 400; // browsers refuse too many changes of the history
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let due;
  let saved = -EVERY_MS;

  function save() {
    clearTimeout(due);
    due = undefined;
    saved = performance.now();
    const now = gather();
    history.replaceState({ vig: now }, '', `#slide-${now.at + 1}`);
  }

  addEventListener('pagehide', save);

  return Object.freeze({
    changed: () => {
      const rest = saved + EVERY_MS - performance.now();
      if (rest <= 0) save(); // at once: not every browser still saves when a page goes
      else due ??= setTimeout(save, rest);
    },
  });
}
