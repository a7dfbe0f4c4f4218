'use strict';
/**
 * Falls over a playing film when its bound is reached, even while this page is too busy to pause
 * it: an animation runs in the browser's compositor, which waits for no script. On the curtain is
 * the last frame that was seen in time; it rises when the frame that was sought is on screen.
 * @param {HTMLVideoElement} video
 */
function vigCurtain(video) {
  /** No clip is longer. */
  const FOR_MS = 3_600_000;
  /** How early it falls; later than a page that is not busy pauses. */
  const EARLY_MS = 60;
  const EXACT_MS = 10;
  const FALL = [0, 0, 1, 1].map((opacity, at) => ({ opacity, offset: [0, 0.5, 0.5, 1][at] ?? 1 }));
  /** From here on the picture on the curtain is kept fresh. */
  const SOON_MS = 1000;
  /** How long a browser takes from a seek to presenting its frame, and from there to the screen. */
  const PRESENTED_MS = 300;
  const PAINTED_MS = 100;
  const canvas = document.createElement('canvas');
  canvas.className = 'vig-curtain';
  canvas.setAttribute('aria-hidden', 'true');
  /** @type {Animation | null} */
  let falling = null;
  /** When it falls, on the clock of `performance.now`. */
  let due = 0;

  /** Whether it has fallen; what is below it then may be a frame behind the bound. */
  const down = () => falling !== null && performance.now() >= due;

  /** @param {number} ms from now until the frame behind the bound */
  function fallBefore(ms) {
    if (down() && ms < EARLY_MS) return;
    const then = performance.now() + ms - EARLY_MS;
    if (!falling || ms < SOON_MS) paint();
    const off = then - due;
    if (falling && off > -EXACT_MS && off < 2 * EXACT_MS) return;
    due = then;
    falling ??= canvas.animate(FALL, { duration: 2 * FOR_MS, fill: 'forwards' });
    falling.startTime = then - FOR_MS;
  }

  function paint() {
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    canvas.style.transform = video.style.transform;
    if (!canvas.isConnected) video.after(canvas);
  }

  /** The film stands still for want of bytes and comes to its bound later. */
  function delay() {
    if (!down()) away();
  }

  function away() {
    falling?.cancel();
    falling = null;
    canvas.remove();
  }

  /**
   * At once when the film was paused in time; else when it has gone back to the frame it was sent to.
   * @param {boolean} late whether a frame behind the bound may be below it
   * @param {(time: number) => boolean} isIt whether that is the frame
   * @param {(act: () => void) => void} sought does something after the seek
   */
  function rise(late, isIt, sought) {
    const mine = falling;
    if (!late) away();
    if (!late || !mine) return;
    if (!down()) paint();
    const gone = () => setTimeout(() => falling === mine && away(), PAINTED_MS);
    const look = () =>
      video.requestVideoFrameCallback?.((_now, { mediaTime }) => {
        if (isIt(mediaTime)) gone();
        else if (falling === mine) look();
      });
    look();
    sought(() => setTimeout(gone, PRESENTED_MS));
  }

  return Object.freeze({ fallBefore, rise, delay, away });
}
