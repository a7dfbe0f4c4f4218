'use strict';
/**
 * The control bar: shows the place, the clip's frame and speed, and what can be revealed.
 * @typedef {Readonly<Record<string, string>>} Words
 * @typedef {{ number: number, count: number, shown: number, hidden: number }} Standing
 */

/**
 * @param {HTMLElement} deck holds the bar
 * @param {Words} words
 * @param {(frame: number) => void} scrubbed
 */
function vigBar(deck, words, scrubbed) {
  /**
   * @template {Element} Kind
   * @param {string} selector
   * @param {new () => Kind} kind
   * @returns {Kind}
   */
  function find(selector, kind) {
    const found = deck.querySelector(selector);
    if (!(found instanceof kind)) throw new Error(`The deck has no ${selector}`);
    return found;
  }

  const place = find('.vig-place', HTMLElement);
  const film = find('.vig-film-bar', HTMLElement);
  const time = find('.vig-time input', HTMLInputElement);
  const marks = find('.vig-marks', HTMLElement);
  const play = find('.vig-play', HTMLElement);
  const speed = find('.vig-speed', HTMLElement);
  const subtitles = find('[data-do="subtitles"]', HTMLElement);

  /** @param {string} name @param {Readonly<Record<string, string | number>>} values */
  function say(name, values = {}) {
    const text = words[name] ?? name;
    return text.replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));
  }

  /** @param {string} command @param {boolean} possible */
  function allow(command, possible) {
    for (const button of deck.querySelectorAll(`.vig-bar [data-do="${command}"]`)) {
      button.setAttribute('aria-disabled', String(!possible));
    }
  }

  /** @param {Standing} standing */
  function showPlace({ number, count, shown, hidden }) {
    const text = say('moment', { number, count });
    if (place.textContent !== text) place.textContent = text;
    allow('previous', number > 1);
    allow('next', number < count);
    allow('reveal', hidden > 0);
    allow('hide', shown > 0);
  }

  /** @param {Player | null} player */
  function setFilm(player) {
    film.hidden = player === null;
    subtitles.hidden = !player?.video.textTracks.length;
    marks.replaceChildren(...(player?.stops ?? []).map(markFor));
  }

  /** @param {number} stop */
  function markFor(stop) {
    const mark = document.createElement('span');
    mark.dataset['frame'] = String(stop);
    return mark;
  }

  /** @param {Player} player */
  function showFilm(player) {
    const { video } = player;
    const last = player.count() - 1;
    if (Number.isFinite(last) && time.max !== String(last)) {
      time.max = String(last);
      for (const mark of marks.children) {
        if (!(mark instanceof HTMLElement)) continue;
        mark.style.setProperty('--at', String(Number(mark.dataset['frame']) / last));
      }
    }
    time.value = String(player.frame());
    time.style.setProperty('--at', String(last > 0 ? player.frame() / last : 0));
    time.setAttribute('aria-valuetext', say('frame', { number: player.frame() + 1 }));
    const doing = video.paused ? 'play' : 'pause';
    if (play.dataset['now'] !== doing) {
      play.dataset['now'] = doing;
      play.setAttribute('aria-label', say(doing));
    }
    const pace = `${video.playbackRate}×`;
    if (speed.textContent !== pace) {
      speed.textContent = pace;
      speed.setAttribute('aria-label', say('speed', { speed: pace }));
    }
    subtitles.setAttribute('aria-pressed', String(video.textTracks[0]?.mode === 'showing'));
  }

  time.addEventListener('input', () => scrubbed(Number(time.value)));
  time.addEventListener('pointerup', () => time.blur()); // the arrow keys turn to the moments again

  return Object.freeze({ find, showPlace, setFilm, showFilm });
}
