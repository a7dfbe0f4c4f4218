'use strict';
/**
 * Before the page is drawn: a deck is coming, so its moments need not be shown one below the other
 * first. If no deck has come when the page is read, they are.
 */
document.documentElement.classList.add('vig-live');

addEventListener('DOMContentLoaded', () => {
  const ready = document.querySelector('.vig-deck.vig-ready') !== null;
  document.documentElement.classList.toggle('vig-live', ready);
  if (!ready) document.querySelectorAll('video').forEach(vigShowPoster);
});

/**
 * A browser fetches every poster at once, so those of later moments wait until they are near.
 * @param {HTMLVideoElement} film
 */
function vigShowPoster(film) {
  const { poster } = film.dataset;
  if (poster) film.poster = poster;
  delete film.dataset['poster'];
}
