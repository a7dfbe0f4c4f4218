import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scripts } from './scripts.mjs';

const vigGrid = scripts('deck-grid.js')('vigGrid');
/** Three cells in a row, then two, then three in a section further down. */
const CELLS = [
  ...[0, 1, 2].map((column) => ({ left: 120 * column, top: 0, width: 100, height: 60 })),
  ...[0, 1].map((column) => ({ left: 120 * column, top: 80, width: 100, height: 60 })),
  ...[0, 1, 2].map((column) => ({ left: 120 * column, top: 240, width: 100, height: 60 })),
];
const go = (from, ...arrows) =>
  arrows.reduce((at, arrow) => vigGrid.beside(CELLS, at, `Arrow${arrow}`), from);

test('arrows lead to the neighbour on the screen', () => {
  assert.equal(go(0, 'Right'), 1);
  assert.equal(go(1, 'Left'), 0);
  assert.equal(go(0, 'Down'), 3);
  assert.equal(go(3, 'Up'), 0);
  assert.equal(go(3, 'Down'), 5);
});

test('a shorter row gives its nearest cell', () => assert.equal(go(2, 'Down'), 4));

test('at an edge it stays', () => {
  assert.equal(go(2, 'Right'), 2);
  assert.equal(go(0, 'Left'), 0);
  assert.equal(go(1, 'Up'), 1);
  assert.equal(go(6, 'Down'), 6);
  assert.equal(vigGrid.beside([], 0, 'ArrowDown'), 0);
});

test('every cell can be reached from every other', () => {
  for (const start of CELLS.keys()) {
    const reached = new Set([start]);
    for (const at of reached) {
      for (const arrow of ['Left', 'Right', 'Up', 'Down']) reached.add(go(at, arrow));
    }
    assert.equal(reached.size, CELLS.length);
  }
});
