import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scripts } from './scripts.mjs';

const vigClock = scripts('deck-clock.js')('vigClock');

test('how long it has gone on', () => {
  const times = [-5, 0, 999, 61_000, 754_000, 3_599_999, 3_723_000].map(vigClock.elapsed);
  assert.deepEqual(times, ['0:00', '0:00', '0:00', '1:01', '12:34', '59:59', '1:02:03']);
});

test('a place in a clip, to the tenth, never rounded up', () => {
  const places = [0, 0.3, 3.4, 3.49, 59.99, 61.05].map(vigClock.place);
  assert.deepEqual(places, ['0:00.0', '0:00.3', '0:03.4', '0:03.4', '0:59.9', '1:01.0']);
});
