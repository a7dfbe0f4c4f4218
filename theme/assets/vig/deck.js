'use strict';
/** The deck: one moment at a time, its words revealed one after another. Needs the other files. */

/**
 * @param {HTMLElement} deck
 * @param {HTMLTemplateElement} controls
 * @param {readonly HTMLElement[]} sections
 */
function vigDeck(deck, controls, sections) {
  const rtl = document.documentElement.dir === 'rtl';
  /** @type {Readonly<Record<string, string>>} */
  const words = JSON.parse(deck.dataset['words'] ?? '{}');
  /** @type {Say} */
  const say = (name, values = {}) =>
    (words[name] ?? name).replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
  /** Whether `show` is due. */
  let queued = false;
  const was = vigState.read(history.state, sections.length);
  deck.append(controls.content.cloneNode(true));

  const bar = vigBar(deck, say, (frame) => player()?.show(frame));
  const slides = sections.map((each, place) => vigSlide(each, place + 1, say, showSoon));
  const stage = vigStage(deck, slides, arranged);
  const spot = vigSpot(deck, showSoon);
  const screen = vigScreen(bar.find('.vig-blank', HTMLElement));
  const help = bar.find('.vig-help', HTMLDialogElement);
  const tools = bar.find('.vig-tools', HTMLDetailsElement);
  const all = vigAll(deck, bar.find('.vig-overview', HTMLDialogElement), slides, say);
  const memory = vigMemory(gather);
  const slide = () => stage.current();
  const player = () => slide().player;
  const next = () => slides[stage.driven() + 1] ?? null;
  const present = () => ({
    slide: slide(),
    place: stage.driven(),
    count: slides.length,
    next: next(),
  });
  const keys = vigKeyboard({ rtl, run: (name) => run(name), player, tool, sheet });
  const speaker = vigSpeaker(say, {
    ...keys,
    present,
    pictureOf: all.pictureOf,
    run: (name) => run(name),
    changed: showSoon,
  });
  const run = vigCommands({
    ...{ slides, stage, spot, say, screen, all, speaker, help, tools },
    note,
  });
  /** @param {string} text said above the bar for a while */
  function note(text) {
    const line = bar.find('.vig-note', HTMLElement);
    line.textContent = text;
    if (text) setTimeout(() => (line.textContent = ''), 10_000);
  }

  /** What the arrows are for. */
  function tool() {
    if (spot.on()) return 'spot';
    return slide().zoom.close() ? 'pan' : '';
  }

  /** The sheet that lies over the deck and hears the keys first. */
  function sheet() {
    if (help.open) return 'help';
    return all.shown() ? 'all' : '';
  }

  /** Another moment is in view. */
  function arranged() {
    bar.setFilm(player());
    showSoon();
  }

  /** Shows what is so now, once, however many parts said that they changed. */
  function showSoon() {
    if (!queued) queueMicrotask(show);
    queued = true;
  }

  function show() {
    queued = false;
    const [first, second] = stage.visible();
    const number = stage.driven() + 1;
    const { zoom, several, alone, shown, hidden } = slide();
    bar.showPlace({
      place: second
        ? say('pair', { one: stage.at() + 1, other: stage.beside() + 1 })
        : say('moment', { number, count: slides.length }),
      first: number === 1,
      last: number === slides.length,
      shown: shown(),
      hidden: hidden(),
      film: player() !== null,
      films: [first, second].filter((each) => each?.player).length,
      pair: stage.beside() >= 0,
      spot: spot.on(),
      scale: zoom.view().scale,
      closer: zoom.view().scale < vigView.CLOSEST || (several && alone() < 0),
    });
    const film = player();
    if (film) bar.showFilm(film);
    if (speaker.isOpen()) speaker.show();
    memory.changed();
  }

  /** @returns {Memory} */
  function gather() {
    return {
      at: stage.at(),
      beside: stage.beside(),
      turned: Number(stage.turned()),
      speaker: Number(speaker.isOpen()),
      since: speaker.since(),
      first: slides[stage.at()]?.remember() ?? vigState.FRESH,
      second: slides[stage.beside()]?.remember() ?? vigState.FRESH,
      spot: spot.remember(),
      told: slides.flatMap((each, place) => (each.told() ? [place] : [])),
    };
  }

  /** @param {Memory} was */
  function recall(was) {
    for (const place of was.told) slides[place]?.name();
    stage.go(was.at);
    stage.pair(was.beside);
    slides[was.at]?.recall(was.first);
    slides[was.beside]?.recall(was.second);
    if (was.turned) stage.swap();
    spot.recall(was.spot);
    speaker.recall(was.since);
    if (was.speaker && !speaker.open()) note(say('speaker_again'));
  }

  /** The moment that the address asks for; the present one, or the first, if none. */
  function placeInAddress() {
    const found = slides.findIndex(({ element }) => location.hash === `#${element.id}`);
    return found >= 0 ? found : Math.max(0, stage.at());
  }

  vigButtons(deck, { run, player, keys, stage });
  vigTouch(deck, {
    spot,
    touched: (on) => {
      const figure = on.closest('.vig-slide > figure');
      if (!figure) return null;
      stage.driveAt(figure);
      const picture = on.closest('.vig-still')?.querySelector('img');
      const { zoom } = slide();
      zoom.turnTo(picture ?? zoom.target());
      return zoom;
    },
    tapped: (on) => run(on.closest('.vig-still')?.getAttribute('data-do') ?? 'play'),
    swiped: (way) => {
      const ways = { left: rtl ? 'previous' : 'next', right: rtl ? 'next' : 'previous' };
      run({ ...ways, up: 'reveal', down: 'hide' }[way]);
    },
  });
  addEventListener('hashchange', () => stage.go(placeInAddress()));
  bar.find('[data-do="full"]', HTMLElement).hidden = !screen.canFill;
  const asked = location.hash;
  if (was && (!asked || asked === `#slide-${was.at + 1}`)) recall(was);
  else stage.go(placeInAddress());
  deck.classList.add('vig-ready');
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
