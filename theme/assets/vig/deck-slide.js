'use strict';
/**
 * One moment of the deck: its picture on one side, its words on the other, told one by one.
 * @typedef {ReturnType<typeof vigSlide>} Slide
 * @typedef {(name: string, values?: Readonly<Record<string, string | number>>) => string} Say
 */

/**
 * @param {HTMLElement} element
 * @param {number} number counted from 1
 * @param {Say} say
 * @param {() => void} changed told whenever anything of it is another
 */
function vigSlide(element, number, say, changed) {
  const figure = /** @type {HTMLElement} */ (element.querySelector('figure'));
  const video = element.querySelector('video');
  const images = [...figure.querySelectorAll('img')];
  const reveals = [...element.querySelectorAll('details')];
  const title = element.querySelector('.vig-reveal-title h2')?.textContent ?? '';
  /** @type {readonly HTMLElement[]} */
  const pictures = video ? [video] : images;
  const buttons = images.length > 1 ? images.map(buttonAround) : [];
  /** The one picture of several that stands alone; -1 for all of them. */
  let alone = -1;
  let told = false;

  gather();
  for (const image of images) {
    image.sizes = '100vw';
    const link = image.closest('a');
    link?.replaceWith(...link.childNodes); // it would lead away from the deck
  }
  const player = video ? vigPlayer(video, changed) : null;
  const zoom = vigZoom(pictures, changed);

  /** The words together in one place. */
  function gather() {
    const text = document.createElement('div');
    text.className = 'vig-words';
    text.tabIndex = 0;
    text.setAttribute('role', 'group');
    text.setAttribute('aria-label', say('words'));
    text.setAttribute('aria-live', 'polite');
    text.append(...reveals);
    element.append(text);
  }

  /**
   * @param {HTMLImageElement} image
   * @param {number} place
   */
  function buttonAround(image, place) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'vig-still';
    button.dataset['do'] = `single-${place + 1}`;
    button.setAttribute('aria-pressed', 'false');
    image.replaceWith(button);
    button.append(image);
    return button;
  }

  const shown = () => reveals.filter((each) => each.open).length;

  /** Shows which words are told; a title that was told once may also name the picture. */
  function tell() {
    element.classList.toggle('vig-told', shown() > 0);
    if (reveals.some((each) => each.open && each.matches('.vig-reveal-title'))) name();
    changed();
  }

  function name() {
    told = true;
    video?.setAttribute('aria-label', say('told', { number, title }));
    const pictures = images.length;
    images.forEach((image, place) => {
      const words = pictures > 1 ? 'told_picture' : 'told';
      image.alt = say(words, { number, title, picture: place + 1, pictures });
    });
  }

  /** @param {boolean} on the next one comes, or the last one goes */
  function reveal(on) {
    const one = on
      ? reveals.find((each) => !each.open)
      : reveals.filter((each) => each.open).pop();
    if (!one) return;
    one.open = on;
    tell();
    if (on) one.scrollIntoView({ block: 'nearest' });
  }

  /** @param {number} place of the picture to enlarge; the same again: all of them */
  function single(place) {
    if (!buttons[place]) return;
    alone = alone === place ? -1 : place;
    zoom.turnTo(/** @type {HTMLElement} */ (pictures[place]));
    zoom.set(vigView.WHOLE);
    figure.classList.toggle('vig-single', alone >= 0);
    buttons.forEach((each, other) => each.setAttribute('aria-pressed', String(other === alone)));
    changed();
  }

  /** Closer; of several pictures first to one of them. */
  function closer() {
    if (buttons.length && alone < 0) single(pictures.indexOf(zoom.target()));
    else zoom.step(1);
  }

  /** The whole picture, then all pictures. */
  function whole() {
    if (zoom.close()) zoom.whole();
    else if (alone >= 0) single(alone);
  }

  function leave() {
    for (const each of reveals) each.open = false;
    if (alone >= 0) single(alone);
    zoom.set(vigView.WHOLE);
    player?.rewind();
    tell();
  }

  /** @returns {SlideMemory} */
  function remember() {
    const loop = player?.loop() ?? { from: -1, to: -1 };
    const speed = video?.playbackRate ?? 1;
    const picture = pictures.indexOf(zoom.target());
    const frame = player?.frame() ?? 0;
    return { shown: shown(), frame, speed, ...loop, alone, picture, ...zoom.view() };
  }

  /** @param {SlideMemory} was */
  function recall(was) {
    reveals.slice(0, was.shown).forEach((each) => (each.open = true));
    if (was.alone >= 0) single(was.alone);
    const picture = pictures[was.picture];
    if (picture) zoom.turnTo(picture);
    if (was.scale > 1) zoom.set({ scale: was.scale, x: was.x, y: was.y });
    if (player && vigFrames.SPEEDS.includes(was.speed)) player.setSpeed(was.speed);
    if (player && was.to > was.from) player.setLoop({ from: was.from, to: was.to });
    if (player && was.frame > 0) player.show(was.frame);
    tell();
  }

  return Object.freeze({
    element,
    number,
    title,
    player,
    zoom,
    reveal,
    single,
    closer,
    whole,
    leave,
    remember,
    recall,
    name,
    shown,
    hidden: () => reveals.length - shown(),
    told: () => told,
    several: buttons.length > 0,
    alone: () => alone,
    reveals: /** @type {readonly HTMLDetailsElement[]} */ (reveals),
  });
}
