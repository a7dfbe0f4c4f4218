'use strict';
/**
 * The control bar: shows the place, the clip's frame, loop and speed, and which tools are in hand.
 * @typedef {{
 *   place: string, first: boolean, last: boolean, shown: number, hidden: number, film: boolean,
 *   films: number, pair: boolean, spot: boolean, scale: number, closer: boolean,
 * }} Standing
 */

/**
 * @param {HTMLElement} deck holds the bar
 * @param {Say} say
 * @param {(frame: number) => void} scrubbed
 */
function vigBar(deck, say, scrubbed) {
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
  const loop = find('.vig-loop', HTMLElement);

  /** @param {string} command @param {boolean} possible */
  function allow(command, possible) {
    for (const button of deck.querySelectorAll(`.vig-bar [data-do="${command}"]`)) {
      button.setAttribute('aria-disabled', String(!possible));
    }
  }

  /**
   * A tool in hand: its button says so, and its chip over the picture puts it away.
   * @param {string} command
   * @param {boolean} on
   * @param {string} [text]
   */
  function chip(command, on, text = '') {
    const found = find(`.vig-chip[data-do="${command}"]`, HTMLElement);
    found.hidden = !on;
    const value = /** @type {HTMLElement} */ (found.querySelector('bdi'));
    if (value.textContent === text) return;
    value.textContent = text;
    found.setAttribute('aria-label', `${found.dataset['word']} (${text})`);
  }

  /** @param {Standing} now */
  function showPlace(now) {
    if (place.textContent !== now.place) place.textContent = now.place;
    allow('previous', !now.first);
    allow('next', !now.last);
    allow('reveal', now.hidden > 0);
    allow('hide', now.shown > 0);
    allow('further', now.scale > 1);
    allow('closer', now.closer);
    for (const command of ['loop-from', 'loop-to']) allow(command, now.film);
    allow('other', now.pair);
    allow('both', now.pair && now.films > 1);
    allow('beside', !(now.first && now.last));
    chip('whole', now.scale > 1, `${Math.round(now.scale * 10) / 10}×`);
    chip('spot', now.spot);
    chip('beside', now.pair);
    for (const [command, on] of Object.entries({ spot: now.spot, beside: now.pair })) {
      find(`.vig-tools [data-do="${command}"]`, HTMLElement).ariaPressed = String(on);
    }
  }

  /** @param {Player | null} player */
  function setFilm(player) {
    film.hidden = player === null;
    subtitles.hidden = !player?.video.textTracks.length;
    marks.replaceChildren(...(player?.stops ?? []).map(markFor));
    time.max = '0';
    if (!player) chip('loop-off', false);
  }

  /** @param {number} stop */
  function markFor(stop) {
    const mark = document.createElement('span');
    mark.dataset['frame'] = String(stop);
    return mark;
  }

  /** @param {Player} player */
  function showFilm(player) {
    const { video, fps } = player;
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
    const round = player.loop();
    loop.hidden = !round;
    if (round) {
      loop.style.setProperty('--from', String(round.from / last));
      loop.style.setProperty('--to', String(round.to / last));
    }
    const ends = round ? [round.from, round.to].map((frame) => vigClock.place(frame / fps)) : [];
    chip('loop-off', round !== null, ends.join(' – '));
    const doing = player.playing() ? 'pause' : 'play';
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
