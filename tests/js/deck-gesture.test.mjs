import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scripts } from './scripts.mjs';

const vigGesture = scripts('deck-gesture.js')('vigGesture');
const meaning = (x, y, ms) => vigGesture.meaningOf({ x: 300, y: 200 }, { x: 300 + x, y: 200 + y }, ms);

test('a short touch in one place is a tap, a long one nothing', () => {
  assert.equal(meaning(0, 0, 80), 'tap');
  assert.equal(meaning(6, -6, 200), 'tap');
  assert.equal(meaning(0, 0, 800), null);
});

test('a swipe goes where the finger went', () => {
  assert.equal(meaning(-120, 10, 200), 'left');
  assert.equal(meaning(120, -10, 200), 'right');
  assert.equal(meaning(10, -120, 200), 'up');
  assert.equal(meaning(-10, 120, 200), 'down');
});

test('what is slanting, short or slow is no swipe', () => {
  assert.equal(meaning(100, 100, 200), null);
  assert.equal(meaning(30, 0, 200), null);
  assert.equal(meaning(200, 0, 2000), null);
});

test('two fingers have a distance and a middle', () => {
  assert.equal(vigGesture.distance({ x: 0, y: 0 }, { x: 3, y: 4 }), 5);
  assert.deepEqual({ ...vigGesture.middle({ x: 0, y: 2 }, { x: 4, y: 4 }) }, { x: 2, y: 3 });
  assert.ok(vigGesture.near({ x: 0, y: 0 }, { x: 20, y: 20 }));
  assert.ok(!vigGesture.near({ x: 0, y: 0 }, { x: 200, y: 0 }));
});
