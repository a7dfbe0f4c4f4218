'use strict';
/**
 * One clip of the deck: it plays, repeats, halts at its marked frames, and steps to exact frames.
 * @typedef {ReturnType<typeof vigPlayer>} Player
 */

/**
 * @param {HTMLVideoElement} video
 * @param {() => void} changed told whenever the place, the speed or the state is another
 */
function vigPlayer(video, changed) {
  const fps = vigFrames.parseRate(video.dataset['rate']);
  const stops = vigFrames.parseStops(video.dataset['stops'], fps);
  const length = Number(video.dataset['length']);
  const seeker = vigSeeker(video);
  const watcher = vigWatcher(video);
  const curtain = vigCurtain(video);
  /** The frame held, or the one presented last while playing. */
  let at = 0;
  /** Stops up to this frame are behind us. */
  let passed = 0;
  let playing = false;
  /** Counts what was begun, so that whatever an earlier one still waits for falls silent. */
  let run = 0;
  /** Whether it stands still only until a seek is done, and then plays. */
  let poised = false;
  /** @type {Loop | null} */
  let loop = null;

  const count = () => vigFrames.countOf(length > 0 ? length : video.duration, fps);

  /** @param {number} wanted */
  function seek(wanted) {
    at = passed = vigFrames.clamp(wanted, count());
    const late = video.currentTime * fps > at - 0.5; // a browser may show one frame more
    seeker.go(vigFrames.centreOf(at, fps));
    curtain.rise(late, (time) => vigFrames.frameAt(time, fps) === at, seeker.then);
  }

  /**
   * Does something later, unless something else was begun in the meantime.
   * @param {number} ms
   * @param {() => void} act
   */
  function later(ms, act) {
    const begun = run;
    setTimeout(() => run === begun && act(), ms);
  }

  /** Plays from where the film stands, once it stands there. */
  function start() {
    const begun = (run += 1);
    playing = true;
    poised = video.paused; // what tells of an earlier pause may come only now
    watcher.restart();
    changed();
    seeker.then(() => {
      if (run !== begun) return;
      poised = false;
      video.play().catch(() => run === begun && halt(at)); // refused: the button says "play" again
      watch(begun);
    });
  }

  /** @param {number} begun */
  function watch(begun) {
    watcher.next((time, late) => look(begun, time, late));
  }

  /**
   * A frame was presented: go on, or pause before the next bound.
   * @param {number} begun
   * @param {number} time of the frame
   * @param {number} late milliseconds that it has been on screen
   */
  function look(begun, time, late) {
    if (run !== begun || video.paused) return;
    if (video.seeking) {
      watch(begun);
      return;
    }
    const bound = nextBound();
    at = Math.min(bound, vigFrames.clamp(vigFrames.frameAt(time, fps), count()));
    changed();
    const each = 1000 / fps / video.playbackRate;
    const rest = (bound + 1 - time * fps) * each - late;
    if (bound < count()) curtain.fallBefore(rest);
    else curtain.away();
    const wait = vigFrames.pauseIn(rest, each, watcher.measure(late, each));
    if (wait === null) watch(begun);
    else if (wait > 0) later(wait, () => arrive(bound, rest - wait));
    else arrive(bound, rest);
  }

  /** The frame that playing must not go beyond. */
  function nextBound() {
    return loop ? loop.to : (vigFrames.stopAfter(stops, passed) ?? Infinity);
  }

  /**
   * Shows the bound by a seek and stays there; a loop then begins again.
   * @param {number} bound
   * @param {number} rest milliseconds that it may be on screen in a loop
   */
  function arrive(bound, rest) {
    if (!loop) {
      halt(bound);
      return;
    }
    run += 1;
    poised = true;
    video.pause();
    seek(bound);
    later(Math.max(0, rest), again);
  }

  function again() {
    if (loop) seek(loop.from);
    start();
  }

  /** @param {number} frame to hold */
  function halt(frame) {
    run += 1;
    playing = false;
    poised = false;
    video.pause();
    seek(frame);
    changed();
  }

  function play() {
    if (loop) {
      if (at < loop.from || at >= loop.to) seek(loop.from);
    } else if (at >= count() - 1) seek(0);
    start();
  }

  /** Looks again at what is ahead: the speed, the loop or the place was changed while playing. */
  function reconsider() {
    if (playing && loop && (at < loop.from || at > loop.to)) again();
    else if (playing) start();
    else changed();
  }

  function rewind() {
    run += 1;
    playing = false;
    loop = null;
    video.pause();
    video.playbackRate = 1;
    video.muted = false;
    seeker.clear();
    curtain.away();
    at = passed = 0;
    if (video.currentTime > 0) video.load(); // shows the poster again
  }

  /** No frame is presented to a window that nobody sees, but the film plays on in it. */
  function unseen() {
    const bound = nextBound();
    if (playing && document.hidden && video.currentTime * fps > bound + 1) arrive(bound, 0);
  }

  // What others do to the film (headphones pulled out, a media key) is taken over.
  function paused() {
    if (playing && !poised && video.paused && !video.ended) halt(at);
  }

  function ended() {
    if (playing && loop) again();
    else if (playing) halt(count() - 1);
  }

  video.controls = false;
  vigKeepPitch(video);
  video.addEventListener('timeupdate', unseen);
  video.addEventListener('pause', paused);
  video.addEventListener('play', () => !playing && !video.paused && start());
  video.addEventListener('ended', ended);
  video.addEventListener('waiting', curtain.delay);
  for (const happening of ['seeked', 'ratechange', 'loadedmetadata']) {
    video.addEventListener(happening, changed);
  }

  return Object.freeze({
    video,
    fps,
    stops,
    count,
    rewind,
    frame: () => vigFrames.clamp(at, count()),
    playing: () => playing,
    loop: () => loop,
    toggle: () => (playing ? halt(at) : play()),
    pause: () => playing && halt(at),
    /** @param {number} frame */
    show: (frame) => halt(frame),
    /** @param {number} frames */
    step: (frames) => halt(vigFrames.clamp(at, count()) + frames),
    /** @param {number} seconds */
    skip: (seconds) => {
      seek(at + Math.round(seconds * fps));
      reconsider();
    },
    /** @param {number} speed */
    setSpeed: (speed) => {
      video.playbackRate = speed;
      vigKeepPitch(video);
      reconsider();
    },
    /** @param {boolean} silent */
    mute: (silent) => {
      video.muted = silent;
    },
    /** @param {Loop | null} wanted */
    setLoop: (wanted) => {
      loop = wanted;
      reconsider();
    },
  });
}

/**
 * Voices keep their pitch when they are slowed down; older browsers know this by other names.
 * @param {HTMLVideoElement} video
 */
function vigKeepPitch(video) {
  for (const name of ['preservesPitch', 'mozPreservesPitch', 'webkitPreservesPitch']) {
    if (name in video) Object.assign(video, { [name]: true });
  }
}
