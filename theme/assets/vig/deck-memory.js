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

  function save() {
    clearTimeout(due);
    due = undefined;
    const now = gather();
    history.replaceState({ vig: now }, '', `#slide-${now.at + 1}`);
  }

  addEventListener('pagehide', save);

  return Object.freeze({
    changed: () => (due ??= setTimeout(save, EVERY_MS)),
  });
}
