import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scripts } from './scripts.mjs';

const vigView = scripts('deck-view.js')('vigView');
const BOX = { width: 1000, height: 600 };
const FIT = vigView.fitted(BOX, { width: 16, height: 9 });

/** Where a point of the picture (0 to 1) lies in the box, in pixels from the box's middle. */
function seenAt(view, x, y) {
  const shift = vigView.shift(view, FIT);
  return [
    shift.x + (x - 0.5) * FIT.width * view.scale,
    shift.y + (y - 0.5) * FIT.height * view.scale,
  ];
}

/** A row of numbers between 0 and 1 that is the same each time. */
function* chance(count) {
  for (let seed = 7, turn = 0; turn < count; turn += 1) {
    seed = (seed * 16807) % 2147483647;
    yield seed / 2147483647;
  }
}

test('a picture is fitted by its shape, not by its size', () => {
  assert.deepEqual({ ...FIT }, { width: 1000, height: 562.5 });
  assert.deepEqual({ ...vigView.fitted(BOX, { width: 900, height: 1600 }) }, { width: 337.5, height: 600 });
});

test('the point under the pointer stays there, unless an edge is reached', () => {
  const [start] = [{ scale: 2, x: 0.5, y: 0.5 }];
  const pointer = { x: 120, y: -80 };
  const before = {
    x: start.x + pointer.x / (FIT.width * start.scale),
    y: start.y + pointer.y / (FIT.height * start.scale),
  };
  const after = vigView.scaled(start, 3, BOX, FIT, pointer);
  const [x, y] = seenAt(after, before.x, before.y);
  assert.ok(Math.abs(x - pointer.x) < 1e-6);
  assert.ok(Math.abs(y - pointer.y) < 1e-6);
});

test('whatever is wanted, no strip beside the picture is shown that could be avoided', () => {
  const some = [...chance(3000)];
  for (let at = 0; at + 2 < some.length; at += 3) {
    const wanted = { scale: some[at] * 12, x: some[at + 1] * 3 - 1, y: some[at + 2] * 3 - 1 };
    const view = vigView.clamped(wanted, BOX, FIT);
    assert.ok(view.scale >= 1 && view.scale <= vigView.CLOSEST);
    const [left, top] = seenAt(view, 0, 0);
    const [right, bottom] = seenAt(view, 1, 1);
    if (right - left >= BOX.width) assert.ok(left <= -500 + 1e-6 && right >= 500 - 1e-6);
    else assert.ok(Math.abs(left + right) < 1e-6);
    if (bottom - top >= BOX.height) assert.ok(top <= -300 + 1e-6 && bottom >= 300 - 1e-6);
    else assert.ok(Math.abs(top + bottom) < 1e-6);
  }
});

test('a drag moves the picture by as many pixels', () => {
  const view = { scale: 4, x: 0.5, y: 0.5 };
  const [x, y] = seenAt(vigView.moved(view, 37, -21, BOX, FIT), 0.5, 0.5);
  assert.ok(Math.abs(x - 37) < 1e-6);
  assert.ok(Math.abs(y + 21) < 1e-6);
});

test('steps lead from whole to closest and back', () => {
  const row = [1];
  while (vigView.stepBeside(row.at(-1), 1) !== row.at(-1)) row.push(vigView.stepBeside(row.at(-1), 1));
  assert.equal(row.at(-1), vigView.CLOSEST);
  for (const [place, scale] of row.entries()) {
    assert.equal(vigView.stepBeside(scale, -1), row[place - 1] ?? 1);
  }
  assert.equal(vigView.stepBeside(1.7, 1), 2);
  assert.equal(vigView.stepBeside(1.7, -1), 1.5);
});
