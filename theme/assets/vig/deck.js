'use strict';
/** The deck: one moment at a time, its words revealed one after another. Needs the other files. */

/**
 * @param {HTMLElement} deck
 * @param {HTMLTemplateElement} controls
 * @param {readonly HTMLElement[]} slides
 */
function vigDeck(deck, controls, slides) {
  const rtl = document.documentElement.dir === 'rtl';
  /** @type {Words} */
  const words = JSON.parse(deck.dataset['words'] ?? '{}');
  document.documentElement.classList.add('vig-live');
  deck.append(controls.content.cloneNode(true));

  /** @type {Map<HTMLElement, Player>} */
  const players = new Map();
  const bar = vigBar(deck, words, (frame) => player()?.show(frame));
  const screen = vigScreen(bar.find('.vig-blank', HTMLElement));
  const help = bar.find('.vig-help', HTMLDialogElement);
  let at = -1;

  const slide = () => /** @type {HTMLElement} */ (slides[at]);
  const player = () => players.get(slide()) ?? null;
  const reveals = () => [...slide().querySelectorAll('details')];

  /** Picture on one side, words on the other; links would lead away from the deck. */
  for (const each of slides) {
    const text = document.createElement('div');
    text.className = 'vig-words';
    text.tabIndex = 0;
    text.setAttribute('role', 'group');
    text.setAttribute('aria-label', words['words'] ?? '');
    text.setAttribute('aria-live', 'polite');
    text.append(...each.querySelectorAll('details'));
    each.append(text);
    for (const link of each.querySelectorAll('figure a > img')) {
      link.setAttribute('sizes', '100vw');
      link.parentElement?.replaceWith(link);
    }
    const video = each.querySelector('video');
    if (video) {
      players.set(each, vigPlayer(video, () => each === slide() && showFilm()));
      video.addEventListener('click', () => run('play'));
    }
  }

  /** @param {number} wanted counted from 0 */
  function go(wanted) {
    const next = Math.max(0, Math.min(wanted, slides.length - 1));
    if (next === at) return;
    if (at >= 0) leave();
    at = next;
    slides.forEach((each, number) => (each.hidden = number !== at));
    for (const near of slides.slice(at, at + 2)) {
      near.querySelectorAll('img').forEach((image) => (image.loading = 'eager'));
    }
    history.replaceState(null, '', `#${slide().id}`);
    bar.setFilm(player());
    show();
  }

  function leave() {
    reveals().forEach((each) => (each.open = false));
    player()?.rewind();
  }

  function show() {
    const shown = reveals().filter((each) => each.open).length;
    slide().classList.toggle('vig-told', shown > 0);
    const hidden = reveals().length - shown;
    bar.showPlace({ number: at + 1, count: slides.length, shown, hidden });
    showFilm();
  }

  function showFilm() {
    const film = player();
    if (film) bar.showFilm(film);
  }

  /** @param {boolean} on the next one comes, or the last one goes */
  function reveal(on) {
    const those = reveals();
    const one = on ? those.find((each) => !each.open) : those.reverse().find((each) => each.open);
    if (!one) return;
    one.open = on;
    show();
    if (on) one.scrollIntoView({ block: 'nearest' });
  }

  function subtitles() {
    const track = player()?.video.textTracks[0];
    if (track) track.mode = track.mode === 'showing' ? 'hidden' : 'showing';
    showFilm();
  }

  /** @type {Readonly<Record<string, () => void>>} */
  const commands = {
    next: () => go(at + 1),
    previous: () => go(at - 1),
    first: () => go(0),
    last: () => go(slides.length - 1),
    reveal: () => reveal(true),
    hide: () => reveal(false),
    play: () => player()?.toggle(),
    back: () => player()?.step(-1),
    on: () => player()?.step(1),
    'second-back': () => player()?.skip(-1),
    'second-on': () => player()?.skip(1),
    slower: () => player()?.pace(-1),
    faster: () => player()?.pace(1),
    normal: () => player()?.pace(0),
    subtitles,
    full: screen.full,
    help: () => (help.open ? help.close() : help.showModal()),
    escape: () => {},
  };

  /** @param {string} name */
  function run(name) {
    if (name === 'blank') player()?.pause();
    screen.cover(name === 'blank' ? undefined : false);
    commands[name]?.();
  }

  /**
   * Whether the focused control needs this key itself.
   * @param {KeyboardEvent} press
   */
  function theirs(press) {
    const { target, key } = press;
    if (!(target instanceof Element)) return false;
    if (target.matches('input')) return /^(Arrow|Home|End)/.test(key);
    return target.matches('button, a') && (key === 'Enter' || key === ' ');
  }

  addEventListener('keydown', (press) => {
    const name = vigKeys.commandFor(press, rtl);
    if (!name || theirs(press) || (help.open && name !== 'help')) return;
    if (name !== 'escape') press.preventDefault();
    if (!press.repeat || /^(back|on|second-.*)$/.test(name)) run(name);
  });

  deck.addEventListener('click', (click) => {
    const button = click.target instanceof Element ? click.target.closest('[data-do]') : null;
    if (!(button instanceof HTMLElement)) return;
    if (button.getAttribute('aria-disabled') !== 'true') run(button.dataset['do'] ?? '');
    if (click.detail > 0) button.blur(); // after a mouse click Space plays, not the button again
  });

  addEventListener('hashchange', () => go(placeInAddress()));

  /** The moment that the address asks for; the present one, or the first, if none. */
  function placeInAddress() {
    const found = slides.findIndex((each) => location.hash === `#${each.id}`);
    return found >= 0 ? found : Math.max(0, at);
  }

  bar.find('[data-do="full"]', HTMLElement).hidden = !screen.canFill;
  go(placeInAddress());
}

{
  const deck = document.querySelector('main.vig-deck');
  const controls = document.querySelector('#vig-controls');
  const slides = [...document.querySelectorAll('.vig-slide')].filter(
    (slide) => slide instanceof HTMLElement,
  );
  if (deck instanceof HTMLElement && controls instanceof HTMLTemplateElement && slides.length) {
    vigDeck(deck, controls, slides);
  }
}
