'use strict';
/**
 * What stands in the speaker window.
 * @param {Document} paper
 * @param {Say} say
 * @param {readonly string[]} commands of its buttons
 */
function vigSpeakerPage(paper, say, commands) {
  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {string} name of its class
   * @param {string} [text]
   * @returns {HTMLElementTagNameMap[Tag]}
   */
  function make(tag, name, text = '') {
    const made = paper.createElement(tag);
    made.className = name;
    made.textContent = text;
    return made;
  }

  const root = document.documentElement;
  paper.documentElement.lang = root.lang;
  paper.documentElement.dir = root.dir;
  const palette = root.dataset['palette'];
  if (palette) paper.documentElement.dataset['palette'] = palette;
  paper.title = say('speaker');
  paper.head.replaceChildren(paper.createElement('title'), ...styles());
  paper.title = say('speaker');
  paper.body.className = 'vig-speaker';

  const place = make('h1', 'vig-speaker-place');
  const film = make('p', 'vig-speaker-film');
  film.dir = 'ltr';
  const asks = make('ol', 'vig-speaker-words');
  const coming = make('section', 'vig-speaker-next');
  const clock = make('strong', 'vig-speaker-clock');
  const elapsed = make('strong', 'vig-speaker-elapsed');
  const restart = make('button', '', say('restart'));
  restart.type = 'button';
  restart.dataset['do'] = 'restart';

  const time = make('header', 'vig-speaker-time');
  time.append(labelled(say('clock'), clock), labelled(say('elapsed'), elapsed), restart);
  const now = make('section', 'vig-speaker-now');
  now.append(place, film, asks);
  const main = make('main', '');
  main.append(now, coming);
  const bar = make('nav', 'vig-speaker-bar');
  bar.setAttribute('aria-label', say('speaker'));
  bar.append(...commands.map(button));
  paper.body.replaceChildren(time, main, bar);
  /** What is shown, so that the same is not built again for every frame. */
  let shown = '';

  /** The deck's stylesheets, by addresses that hold in a page without an address of its own. */
  function styles() {
    const sheets = document.querySelectorAll('link[rel="stylesheet"]');
    return [...sheets].map((sheet) => {
      const link = paper.createElement('link');
      link.rel = 'stylesheet';
      link.href = /** @type {HTMLLinkElement} */ (sheet).href;
      return link;
    });
  }

  /** @param {string} word @param {HTMLElement} value */
  function labelled(word, value) {
    const pair = make('p', '');
    pair.append(make('span', '', word), value);
    return pair;
  }

  /** @param {string} command */
  function button(command) {
    const made = make('button', '', say(command));
    made.type = 'button';
    made.dataset['do'] = command;
    return made;
  }

  /** @param {HTMLDetailsElement} words */
  function told(words) {
    const item = make('li', words.open ? 'vig-speaker-told' : 'vig-speaker-untold');
    item.append(make('small', '', say(words.open ? 'on_screen' : 'not_yet')));
    const copies = [...words.children].slice(1).map((each) => paper.importNode(each, true));
    for (const copy of copies) copy.removeAttribute('id');
    item.append(...copies);
    return item;
  }

  /**
   * @param {{ slide: Slide, place: number, count: number }} present
   * @param {Slide | null} next
   * @param {HTMLImageElement | null} picture of the next one
   */
  function show({ slide, place: at, count }, next, picture) {
    const { player } = slide;
    const seconds = player ? vigClock.place(player.frame() / player.fps) : '';
    const doing = player?.playing() ? '▶' : '❚❚';
    film.textContent = player ? `${doing} ${seconds} · ${player.video.playbackRate}×` : '';
    const key = `${at} ${slide.shown()} ${count}`;
    if (key === shown) return;
    shown = key;
    place.textContent = say('moment', { number: at + 1, count });
    asks.replaceChildren(...slide.reveals.map(told));
    coming.replaceChildren(make('h2', '', say('coming')));
    if (next && picture) {
      const image = paper.createElement('img');
      image.src = picture.src;
      image.alt = '';
      const name = next.told() ? 'told' : 'moment';
      const words = say(name, { number: next.number, count, title: next.title });
      coming.append(image, make('p', '', words));
    } else {
      coming.append(make('p', '', say('coming_none')));
    }
  }

  /** @param {Date} date @param {number} ms since the start */
  function tick(date, ms) {
    clock.textContent = date.toLocaleTimeString(root.lang, { hour: '2-digit', minute: '2-digit' });
    elapsed.textContent = vigClock.elapsed(ms);
  }

  return Object.freeze({ show, tick });
}
