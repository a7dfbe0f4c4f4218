'use strict';
/**
 * The screen around the moment: blank, full, awake, and calm when nobody touches anything.
 * @param {HTMLElement} blank the button that covers everything
 */
function vigScreen(blank) {
  const root = document.documentElement;
  const CALM_AFTER_MS = 3000;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let calming;

  /** @param {boolean} [on] left out: the other way round */
  function cover(on = Boolean(blank.hidden)) {
    if (blank.hidden === !on) return;
    blank.hidden = !on;
    if (on) blank.focus();
  }

  function full() {
    const change = document.fullscreenElement
      ? document.exitFullscreen()
      : root.requestFullscreen();
    change.catch(() => {}); // refused: the window stays as it is
  }

  /** In full screen the bar fades away until the next touch. */
  function stir() {
    root.classList.remove('vig-calm');
    clearTimeout(calming);
    calming = setTimeout(() => root.classList.add('vig-calm'), CALM_AFTER_MS);
  }

  /** A still is looked at for minutes: the screen stays lit while the deck is in view. */
  function wake() {
    if (document.visibilityState !== 'visible') return;
    navigator.wakeLock?.request('screen').catch(() => {}); // low battery: the system decides
  }

  for (const sign of ['pointermove', 'pointerdown', 'keydown', 'focusin']) {
    addEventListener(sign, stir, { passive: true });
  }
  document.addEventListener('visibilitychange', wake);
  wake();

  return Object.freeze({
    cover,
    full,
    get covered() {
      return !blank.hidden;
    },
    canFill: document.fullscreenEnabled === true,
  });
}
