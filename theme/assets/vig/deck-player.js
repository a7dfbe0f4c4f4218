'use strict';
/**
 * One clip of the deck: it plays, halts at its marked frames, and steps to exact frames.
 * @typedef {ReturnType<typeof vigPlayer>} Player
 */

/**
 * @param {HTMLVideoElement} video
 * @param {() => void} changed told whenever the place, the speed or the state is another
 */
function vigPlayer(video, changed) {
  const fps = vigFrames.parseRate(video.dataset['rate']);
  const stops = vigFrames.parseStops(video.dataset['stops'], fps);
  /** The frame presented last while playing. */
  let seen = 0;
  /** Counts the plays, so that a callback of an earlier one falls silent. */
  let plays = 0;

  const count = () => vigFrames.countOf(video.duration, fps);

  function frame() {
    const now = video.paused ? vigFrames.frameAt(video.currentTime, fps) : seen;
    return vigFrames.clamp(now, count());
  }

  /** @param {number} wanted */
  function seek(wanted) {
    seen = vigFrames.clamp(wanted, count());
    video.currentTime = vigFrames.centreOf(seen, fps);
    changed();
  }

  /** @param {number} play */
  function watch(play) {
    if (video.requestVideoFrameCallback) {
      video.requestVideoFrameCallback((_now, shown) => look(play, shown.mediaTime));
    } else {
      requestAnimationFrame(() => look(play, video.currentTime));
    }
  }

  /**
   * A frame was presented: halt here, or go on watching.
   * @param {number} play
   * @param {number} time
   */
  function look(play, time) {
    if (play !== plays || video.paused) return;
    const now = vigFrames.frameAt(time, fps);
    const due = vigFrames.stopDue(stops, seen, now + vigFrames.lead(video.playbackRate));
    if (due !== null) {
      halt(due);
      return;
    }
    if (!video.seeking) seen = now;
    changed();
    watch(play);
  }

  /** @param {number} at the frame to hold */
  function halt(at) {
    plays += 1;
    video.pause();
    seek(at);
  }

  /** After a pause the picture may be a frame behind the time: hold what was presented. */
  function settle() {
    const middle = vigFrames.centreOf(vigFrames.frameAt(video.currentTime, fps), fps);
    if (!video.ended && !video.seeking && Math.abs(video.currentTime - middle) > 0.001) seek(seen);
    changed();
  }

  function pause() {
    if (!video.paused) halt(seen);
  }

  function play() {
    const last = frame() >= count() - 1;
    if (last) video.currentTime = 0;
    seen = last ? 0 : frame();
    plays += 1;
    video.play().catch(() => changed()); // refused or interrupted: the button still says "play"
    watch(plays);
  }

  function rewind() {
    plays += 1;
    video.pause();
    video.playbackRate = 1;
    seen = 0;
    if (video.currentTime > 0) video.load(); // shows the poster again
  }

  video.controls = false;
  for (const happening of ['pause', 'ended']) video.addEventListener(happening, settle);
  for (const happening of ['play', 'seeked', 'ratechange', 'loadedmetadata']) {
    video.addEventListener(happening, changed);
  }

  return Object.freeze({
    video,
    fps,
    stops,
    count,
    frame,
    pause,
    rewind,
    toggle: () => (video.paused ? play() : pause()),
    /** @param {number} wanted */
    show: (wanted) => {
      pause();
      seek(wanted);
    },
    /** @param {number} frames */
    step: (frames) => {
      pause();
      seek(frame() + frames);
    },
    /** @param {number} seconds */
    skip: (seconds) => seek(frame() + Math.round(seconds * fps)),
    /** @param {number} by -1 slower, 1 faster, 0 the usual speed */
    pace: (by) => {
      video.playbackRate = by ? vigFrames.speedBeside(video.playbackRate, by) : 1;
    },
  });
}
