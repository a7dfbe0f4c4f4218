'use strict';
/**
 * Which moments are in view: one, or two side by side, of which one is driven by the keys.
 * @typedef {ReturnType<typeof vigStage>} Stage
 */

/**
 * @param {HTMLElement} deck
 * @param {readonly Slide[]} slides
 * @param {() => void} changed
 */
function vigStage(deck, slides, changed) {
  let at = -1;
  /** The moment beside it; -1 for none. */
  let beside = -1;
  /** Whether the one beside is driven. */
  let turned = false;

  const driven = () => (turned ? beside : at);
  const current = () => /** @type {Slide} */ (slides[driven()]);
  const visible = () => slides.filter((_, place) => place === at || place === beside);

  function arrange() {
    slides.forEach(({ element }, place) => {
      element.hidden = place !== at && place !== beside;
      element.classList.toggle('vig-second', place === beside);
      element.classList.toggle('vig-driven', beside >= 0 && place === driven());
      if (beside >= 0) element.tabIndex = 0;
      else element.removeAttribute('tabindex');
    });
    deck.classList.toggle('vig-two', beside >= 0);
    ask();
    changed();
  }

  /** Asks for what is near: first for what is in view, and when that is there, for the rest. */
  function ask() {
    const complete = document.readyState === 'complete';
    slides.forEach(({ element }, place) => {
      const inView = place === at || place === beside;
      if (!inView && !(complete && place === at + 1)) return;
      for (const image of element.querySelectorAll('img')) image.loading = 'eager';
      for (const film of element.querySelectorAll('video')) {
        vigShowPoster(film);
        if (complete) film.preload = 'metadata';
      }
    });
  }

  addEventListener('load', () => {
    ask();
    document.fonts.load('1em "Vig Serif"').catch(() => {}); // before the first words are revealed
  });
  addEventListener('beforeprint', () => deck.querySelectorAll('video').forEach(vigShowPoster));

  /** @param {number} wanted counted from 0; the driven moment becomes this one */
  function go(wanted) {
    const now = driven();
    const other = turned ? at : beside;
    const step = wanted > now ? 1 : -1;
    let next = Math.max(0, Math.min(wanted, slides.length - 1));
    if (next === other) next += step;
    if (next === now || !slides[next]) return;
    slides[now]?.leave();
    if (turned) beside = next;
    else at = next;
    arrange();
  }

  /** @param {number} other counted from 0 */
  function pair(other) {
    if (other === at || !slides[other]) return;
    if (beside >= 0 && beside !== other) slides[beside]?.leave();
    beside = other;
    turned = false;
    arrange();
  }

  /** The driven one stays, the other goes. */
  function part() {
    if (beside < 0) return;
    const stays = driven();
    slides[turned ? at : beside]?.leave();
    at = stays;
    beside = -1;
    turned = false;
    current().player?.mute(false);
    arrange();
  }

  /** @param {boolean} second */
  function turn(second) {
    if (beside < 0 || turned === second) return;
    turned = second;
    hush();
    arrange();
  }

  /** Never two sounds at once: the one that is not driven falls silent when both play. */
  function hush() {
    for (const slide of visible()) slide.player?.mute(slide !== current());
  }

  /** Before the driven one plays by itself. */
  function stopOther() {
    for (const slide of visible()) if (slide !== current()) slide.player?.pause();
    current().player?.mute(false);
  }

  return Object.freeze({
    go,
    pair,
    part,
    hush,
    stopOther,
    current,
    visible,
    swap: () => turn(!turned),
    /** @param {Element} inside drives the moment that holds this */
    driveAt: (inside) => {
      const place = slides.findIndex(({ element }) => element.contains(inside));
      if (place === at || place === beside) turn(place === beside && beside >= 0);
    },
    at: () => at,
    beside: () => beside,
    turned: () => turned,
    driven,
    other: () => slides[turned ? at : beside] ?? null,
  });
}
