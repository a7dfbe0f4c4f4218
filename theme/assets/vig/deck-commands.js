'use strict';
/**
 * What each command does.
 * @typedef {{
 *   slides: readonly Slide[], stage: Stage, spot: ReturnType<typeof vigSpot>, say: Say,
 *   screen: ReturnType<typeof vigScreen>, all: ReturnType<typeof vigAll>,
 *   speaker: ReturnType<typeof vigSpeaker>, help: HTMLDialogElement, tools: HTMLDetailsElement,
 *   note: (text: string) => void,
 * }} Parts
 */

/**
 * @param {Parts} parts
 * @returns {(name: string) => void}
 */
function vigCommands({ slides, stage, spot, say, screen, all, speaker, help, tools, note }) {
  const PAN = 0.12;
  const slide = () => stage.current();
  const player = () => slide().player;
  const zoom = () => slide().zoom;

  function play() {
    if (!player()?.playing()) stage.stopOther();
    player()?.toggle();
  }

  /** Both films at once, one of them without sound; or both pause. */
  function both() {
    const players = stage.visible().flatMap((each) => each.player ?? []);
    const running = players.some((each) => each.playing());
    stage.hush();
    for (const each of players) if (each.playing() === running) each.toggle();
  }

  /** @param {number} by */
  function pace(by) {
    const film = player();
    film?.setSpeed(by ? vigFrames.speedBeside(film.video.playbackRate, by) : 1);
  }

  /** @param {'from' | 'to'} edge */
  function loop(edge) {
    const film = player();
    film?.setLoop(vigFrames.loopWith(film.loop(), edge, film.frame(), film.count()));
  }

  function subtitles() {
    const track = player()?.video.textTracks[0];
    if (track) track.mode = track.mode === 'showing' ? 'hidden' : 'showing';
  }

  function overview() {
    if (all.shown()) all.close();
    else all.open(say('all'), stage.driven(), false, stage.go);
  }

  function beside() {
    if (stage.beside() >= 0) stage.part();
    else if (slides.length > 1) all.open(say('choose'), stage.at(), true, stage.pair);
  }

  function openSpeaker() {
    if (!speaker.open()) note(say('speaker_refused'));
    else note('');
  }

  /** Puts away what was taken in hand last, one thing at a time. */
  function escape() {
    if (tools.open) tools.open = false;
    else if (spot.on()) spot.turn(false);
    else if (zoom().close() || slide().alone() >= 0) slide().whole();
    else stage.part();
  }

  /** @type {Readonly<Record<string, () => void>>} */
  const commands = {
    next: () => stage.go(stage.driven() + 1),
    previous: () => stage.go(stage.driven() - 1),
    first: () => stage.go(0),
    last: () => stage.go(slides.length - 1),
    reveal: () => slide().reveal(true),
    hide: () => slide().reveal(false),
    play,
    back: () => player()?.step(-1),
    on: () => player()?.step(1),
    'second-back': () => player()?.skip(-1),
    'second-on': () => player()?.skip(1),
    slower: () => pace(-1),
    faster: () => pace(1),
    normal: () => pace(0),
    'loop-from': () => loop('from'),
    'loop-to': () => loop('to'),
    'loop-off': () => player()?.setLoop(null),
    subtitles,
    closer: () => slide().closer(),
    further: () => zoom().step(-1),
    whole: () => slide().whole(),
    'pan-left': () => zoom().pan(-PAN, 0),
    'pan-right': () => zoom().pan(PAN, 0),
    'pan-up': () => zoom().pan(0, -PAN),
    'pan-down': () => zoom().pan(0, PAN),
    spot: () => spot.turn(),
    'spot-left': () => spot.nudge(-1, 0),
    'spot-right': () => spot.nudge(1, 0),
    'spot-up': () => spot.nudge(0, -1),
    'spot-down': () => spot.nudge(0, 1),
    'spot-bigger': () => spot.size(1.15),
    'spot-smaller': () => spot.size(1 / 1.15),
    all: overview,
    beside,
    other: stage.swap,
    both,
    speaker: openSpeaker,
    blank: () => slides.forEach((each) => each.player?.pause()),
    full: screen.full,
    help: () => (help.open ? help.close() : help.showModal()),
    escape,
  };

  return (name) => {
    const uncovers = name === 'escape' && screen.covered;
    screen.cover(name === 'blank' ? undefined : false);
    if (name !== 'escape') tools.open = false;
    if (name.startsWith('single-')) slide().single(Number(name.slice(7)) - 1);
    else if (!uncovers) commands[name]?.();
  };
}
