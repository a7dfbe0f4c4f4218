'use strict';
/**
 * All moments at a glance, by film, with pictures and numbers. Titles only of those that were
 * told: nothing may be given away. Also where the moment is chosen that stands beside another.
 */

/**
 * @param {HTMLElement} deck holds the list, which is a contents list without JavaScript
 * @param {HTMLDialogElement} dialog
 * @param {readonly Slide[]} slides
 * @param {Say} say
 */
function vigAll(deck, dialog, slides, say) {
  const list = /** @type {HTMLElement} */ (deck.querySelector('.vig-all'));
  const links = [...list.querySelectorAll('a')];
  const heading = /** @type {HTMLElement} */ (dialog.querySelector('h2'));
  /** @type {(place: number) => void} */
  let chosen = () => {};
  dialog.append(list);

  /**
   * @param {string} title
   * @param {number} at the present moment
   * @param {boolean} barred whether the present one cannot be chosen
   * @param {(place: number) => void} choose
   */
  function open(title, at, barred, choose) {
    chosen = choose;
    heading.textContent = title;
    dialog.setAttribute('aria-label', title);
    links.forEach((link, place) => {
      const slide = /** @type {Slide} */ (slides[place]);
      const text = /** @type {HTMLElement} */ (link.querySelector('span'));
      if (slide.told()) text.textContent = say('told', { number: slide.number, title: slide.title });
      if (place === at) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
      if (place === at && barred) link.setAttribute('aria-disabled', 'true');
      else link.removeAttribute('aria-disabled');
    });
    dialog.showModal();
    links[at]?.focus();
  }

  dialog.addEventListener('click', (click) => {
    const link = click.target instanceof Element ? click.target.closest('a') : null;
    const place = link ? links.indexOf(link) : -1;
    if (place < 0) return;
    click.preventDefault();
    if (link?.getAttribute('aria-disabled') === 'true') return;
    dialog.close();
    chosen(place);
  });

  dialog.addEventListener('keydown', (press) => {
    if (!press.key.startsWith('Arrow')) return;
    const cells = links.map((link) => link.getBoundingClientRect());
    const from = links.findIndex((link) => link === document.activeElement);
    links[vigGrid.beside(cells, Math.max(0, from), press.key)]?.focus();
    press.preventDefault();
  });

  return Object.freeze({
    open,
    close: () => dialog.close(),
    shown: () => dialog.open,
    /** The small picture of a moment. @param {number} place */
    pictureOf: (place) => links[place]?.querySelector('img') ?? null,
  });
}
