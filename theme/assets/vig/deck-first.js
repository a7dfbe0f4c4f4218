'use strict';
/**
 * Before the page is drawn: a deck is coming, so its moments need not be shown one below the other
 * first. If no deck has come when the page is read, they are.
 */
document.documentElement.classList.add('vig-live');
addEventListener('DOMContentLoaded', () => {
  const ready = document.querySelector('.vig-deck.vig-ready') !== null;
  document.documentElement.classList.toggle('vig-live', ready);
});
