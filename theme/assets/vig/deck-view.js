'use strict';
/**
 * How close and where one looks at a picture, as pure functions. A view is the point of the
 * picture in the middle (0 to 1 from its left and top edge) and how many times it is enlarged.
 * @typedef {Readonly<{ scale: number, x: number, y: number }>} View
 * @typedef {Readonly<{ width: number, height: number }>} Size
 */
const vigView = (() => {
  const CLOSEST = 8;
  const STEPS = Object.freeze([1, 1.5, 2, 3, 4, 6, CLOSEST]);
  /** @type {View} */
  const WHOLE = Object.freeze({ scale: 1, x: 0.5, y: 0.5 });

  /**
   * The size of a picture that is shown whole in a box.
   * @param {Size} box
   * @param {Size} picture its shape; its size does not matter
   * @returns {Size}
   */
  function fitted(box, picture) {
    const scale = Math.min(box.width / picture.width, box.height / picture.height);
    return { width: picture.width * scale, height: picture.height * scale };
  }

  /**
   * The nearest view that shows nothing beside the picture that could be avoided.
   * @param {View} view
   * @param {Size} box
   * @param {Size} fit the picture's size in the box, not enlarged
   * @returns {View}
   */
  function clamped(view, box, fit) {
    const scale = Math.max(1, Math.min(view.scale, CLOSEST));
    return {
      scale,
      x: inside(view.x, box.width / (fit.width * scale)),
      y: inside(view.y, box.height / (fit.height * scale)),
    };
  }

  /**
   * A middle so that what is seen lies inside; ½ when all of it is seen.
   * @param {number} middle
   * @param {number} seen how much of the picture, 1 is all of it
   */
  function inside(middle, seen) {
    if (!(seen < 1)) return 0.5;
    return Math.max(seen / 2, Math.min(middle, 1 - seen / 2));
  }

  /**
   * Another scale, while the point under the pointer stays where it is.
   * @param {View} view
   * @param {number} scale
   * @param {Size} box
   * @param {Size} fit
   * @param {Readonly<{ x: number, y: number }>} pointer pixels from the middle of the box
   * @returns {View}
   */
  function scaled(view, scale, box, fit, pointer = { x: 0, y: 0 }) {
    const next = Math.max(1, Math.min(scale, CLOSEST));
    const shrunk = 1 / view.scale - 1 / next;
    const x = view.x + (pointer.x / fit.width) * shrunk;
    const y = view.y + (pointer.y / fit.height) * shrunk;
    return clamped({ scale: next, x, y }, box, fit);
  }

  /**
   * The view after the picture was dragged by so many pixels.
   * @param {View} view
   * @param {number} dx
   * @param {number} dy
   * @param {Size} box
   * @param {Size} fit
   * @returns {View}
   */
  function moved(view, dx, dy, box, fit) {
    const x = view.x - dx / (fit.width * view.scale);
    const y = view.y - dy / (fit.height * view.scale);
    return clamped({ scale: view.scale, x, y }, box, fit);
  }

  /**
   * How far the enlarged picture is shifted, in pixels.
   * @param {View} view
   * @param {Size} fit
   * @returns {{ x: number, y: number }}
   */
  function shift(view, fit) {
    return {
      x: (0.5 - view.x) * fit.width * view.scale,
      y: (0.5 - view.y) * fit.height * view.scale,
    };
  }

  /**
   * The next step closer (by = 1) or further away (by = -1).
   * @param {number} scale
   * @param {number} by
   * @returns {number}
   */
  function stepBeside(scale, by) {
    const near = 0.01;
    const other =
      by < 0
        ? STEPS.filter((each) => each < scale - near).pop()
        : STEPS.find((each) => each > scale + near);
    return other ?? scale;
  }

  return Object.freeze({ WHOLE, CLOSEST, fitted, clamped, scaled, moved, shift, stepBeside });
})();

Object.assign(globalThis, { vigView });
