'use strict';
/**
 * Which cell of a grid an arrow key leads to, as a pure function: the nearest one in that direction.
 * @typedef {Readonly<{ left: number, top: number, width: number, height: number }>} Cell
 */
const vigGrid = (() => {
  /**
   * @param {readonly Cell[]} cells
   * @param {number} from
   * @param {string} arrow ArrowLeft, ArrowRight, ArrowUp or ArrowDown, as seen on the screen
   * @returns {number} the same when there is none
   */
  function beside(cells, from, arrow) {
    const here = cells[from];
    if (!here) return from;
    const [right, down] = directionOf(arrow);
    let best = from;
    let least = Infinity;
    cells.forEach((cell, place) => {
      const across = cell.left + cell.width / 2 - here.left - here.width / 2;
      const along = cell.top + cell.height / 2 - here.top - here.height / 2;
      const forward = across * right + along * down;
      const aside = Math.abs(across * down) + Math.abs(along * right);
      // Sideways stays in its row; up and down may lead anywhere in the next row.
      const half = (right ? here.width : here.height) / 2;
      if (forward < half || (right && aside > here.height / 2)) return;
      const far = forward * 4 + aside;
      if (far < least) [best, least] = [place, far];
    });
    return best;
  }

  /** @param {string} arrow @returns {readonly [number, number]} */
  function directionOf(arrow) {
    if (arrow === 'ArrowRight') return [1, 0];
    if (arrow === 'ArrowLeft') return [-1, 0];
    return arrow === 'ArrowDown' ? [0, 1] : [0, -1];
  }

  return Object.freeze({ beside });
})();

Object.assign(globalThis, { vigGrid });
