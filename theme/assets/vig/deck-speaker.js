'use strict';
/**
 * The speaker window: what to ask, what is told, what comes next, and the time. It holds copies of
 * words and small pictures, never a film, and what is pressed in it drives the deck. Built by DOM:
 * the window inherits the deck's policy, which allows no inline script or style.
 * @typedef {{ slide: Slide, place: number, count: number, next: Slide | null }} Present
 */

/**
 * @param {Say} say
 * @param {{
 *   present: () => Present,
 *   pictureOf: (place: number) => HTMLImageElement | null,
 *   run: (command: string) => void,
 *   pressed: (press: KeyboardEvent) => void,
 *   released: (press: KeyboardEvent) => void,
 *   changed: () => void,
 * }} deck
 */
function vigSpeaker(say, deck) {
  const COMMANDS = ['previous', 'next', 'hide', 'reveal', 'back', 'play', 'on', 'blank'];
  const TICK_MS = 500;
  /** @type {Window | null} */
  let other = null;
  /** @type {ReturnType<typeof vigSpeakerPage> | null} */
  let page = null;
  /** When the hour began, in milliseconds of the clock; 0 for not yet. */
  let since = 0;

  /** @returns {boolean} whether the browser let it be opened */
  function open() {
    other = window.open('', 'vig-speaker', 'popup,width=960,height=720');
    if (!other) return false;
    since ||= Date.now();
    build(other);
    other.addEventListener('pagehide', closed);
    other.setInterval(tick, TICK_MS);
    other.focus();
    deck.changed();
    return true;
  }

  /** @param {Window} into */
  function build(into) {
    page = vigSpeakerPage(into.document, say, COMMANDS);
    into.document.addEventListener('keydown', deck.pressed);
    into.document.addEventListener('keyup', deck.released);
    into.document.addEventListener('click', clicked);
    show();
  }

  /** @param {MouseEvent} click */
  function clicked(click) {
    const button = /** @type {Element} */ (click.target).closest('[data-do]');
    const command = button?.getAttribute('data-do') ?? '';
    if (command === 'restart') since = Date.now();
    else if (command) deck.run(command);
    tick();
  }

  function tick() {
    if (!other || other.closed) return;
    // Firefox puts a new empty page in place of the first one a moment after opening.
    if (!other.document.body?.classList.contains('vig-speaker')) build(other);
    page?.tick(new Date(), Date.now() - since);
  }

  function closed() {
    other = null;
    page = null;
    deck.changed();
  }

  function show() {
    const { next, ...present } = deck.present();
    page?.show(present, next, next ? deck.pictureOf(next.number - 1) : null);
    tick();
  }

  addEventListener('pagehide', () => other?.close());

  return Object.freeze({
    open,
    show,
    close: () => other?.close(),
    isOpen: () => other !== null,
    since: () => since,
    /** @param {number} was */
    recall: (was) => {
      since = was;
    },
  });
}
