'use strict';
/**
 * Looks closer at one picture of a moment, moving or still: the element is enlarged and shifted
 * behind the edges of what holds it.
 * @typedef {ReturnType<typeof vigZoom>} Zoom
 */

/**
 * @param {readonly HTMLElement[]} pictures of one moment
 * @param {() => void} changed
 */
function vigZoom(pictures, changed) {
  let target = /** @type {HTMLElement} */ (pictures[0]);
  /** @type {View} */
  let view = vigView.WHOLE;

  const box = () => ({ width: target.offsetWidth, height: target.offsetHeight });
  const fit = () => vigView.fitted(box(), shapeOf(target));

  /**
   * Where a point of the window lies from the middle of the picture's box.
   * @param {number} clientX
   * @param {number} clientY
   */
  function fromMiddle(clientX, clientY) {
    const edge = (target.parentElement ?? target).getBoundingClientRect();
    return {
      x: clientX - edge.left - target.offsetLeft - target.offsetWidth / 2,
      y: clientY - edge.top - target.offsetTop - target.offsetHeight / 2,
    };
  }

  /**
   * @param {View} wanted
   * @param {boolean} [smooth] whether the picture glides there
   */
  function look(wanted, smooth = false) {
    view = wanted;
    const { x, y } = vigView.shift(view, fit());
    const close = view.scale > 1;
    target.classList.toggle('vig-gliding', smooth);
    target.classList.toggle('vig-close', close);
    target.style.transform = close ? `translate(${x}px, ${y}px) scale(${view.scale})` : '';
    changed();
  }

  /** @param {HTMLElement} picture to look at from now on; another one is shown whole again */
  function turnTo(picture) {
    if (picture === target) return;
    look(vigView.WHOLE);
    target = picture;
  }

  const sized = new ResizeObserver(() => {
    if (view.scale > 1 && target.offsetWidth > 0) look(vigView.clamped(view, box(), fit()));
  });
  for (const picture of pictures) sized.observe(picture);

  return Object.freeze({
    turnTo,
    target: () => target,
    view: () => view,
    close: () => view.scale > 1,
    /** @param {View} wanted */
    set: (wanted) => look(vigView.clamped(wanted, box(), fit())),
    whole: () => look(vigView.WHOLE, true),
    /** @param {number} by 1 closer, -1 further away */
    step: (by) => {
      look(vigView.scaled(view, vigView.stepBeside(view.scale, by), box(), fit()), true);
    },
    /**
     * @param {number} scale
     * @param {number} clientX the point that stays
     * @param {number} clientY
     * @param {boolean} [smooth]
     */
    scaleAt: (scale, clientX, clientY, smooth) => {
      look(vigView.scaled(view, scale, box(), fit(), fromMiddle(clientX, clientY)), smooth);
    },
    /** @param {number} dx pixels @param {number} dy @param {boolean} [smooth] */
    drag: (dx, dy, smooth) => look(vigView.moved(view, dx, dy, box(), fit()), smooth),
    /** Part of the window's width and height. @param {number} x @param {number} y */
    pan: (x, y) => {
      const { width, height } = box();
      look(vigView.moved(view, -x * width, -y * height, box(), fit()), true);
    },
  });

  /** @param {HTMLElement} picture */
  function shapeOf(picture) {
    const width = Number(picture.getAttribute('width'));
    const height = Number(picture.getAttribute('height'));
    return width > 0 && height > 0 ? { width, height } : { width: 16, height: 9 };
  }
}
