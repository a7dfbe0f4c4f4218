import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scripts } from './scripts.mjs';

const vigState = scripts('deck-state.js')('vigState');
const read = (vig, count = 5) => JSON.parse(JSON.stringify(vigState.read({ vig }, count)));

test('what was kept comes back', () => {
  const slide = { ...vigState.FRESH, shown: 2, frame: 40, speed: 0.5, from: 10, to: 30, scale: 2 };
  const kept = {
    ...{ at: 2, beside: 4, turned: 1, speaker: 1, since: 1_700_000_000_000 },
    ...{ first: slide, second: { ...vigState.FRESH }, spot: [0.5, 0.4, 0.2], told: [0, 2] },
  };
  assert.deepEqual(read(kept), kept);
});

test('what is none of ours is nothing', () => {
  for (const found of [null, undefined, 3, 'vig', {}, [], { vig: null }, { vig: 'text' }]) {
    assert.equal(vigState.read(found, 5), null);
  }
  for (const at of [-1, 5, 1.5, '2', NaN, undefined]) assert.equal(read({ at }), null);
});

test('whatever else is found, numbers come out, and only moments that are there', () => {
  const wrong = { at: 1, beside: 1, first: 'x', second: { frame: 'x', scale: Infinity }, spot: 7 };
  const now = read({ ...wrong, told: [0, 9, -1, 'x', 2], since: 'yesterday' });
  assert.deepEqual(now.first, { ...vigState.FRESH });
  assert.deepEqual(now.second, { ...vigState.FRESH });
  assert.equal(now.beside, -1);
  assert.deepEqual([now.spot, now.told, now.since], [[], [0, 2], 0]);
  assert.equal(read({ at: 0, beside: 9 }).beside, -1);
});

test('nothing but numbers is kept: no word of a family', () => {
  const kept = read({ at: 0, called: 'Rowan', first: { shown: 1, title: 'A smile' }, told: ['Rowan'] });
  assert.doesNotMatch(JSON.stringify(kept), /Rowan|smile/);
});
