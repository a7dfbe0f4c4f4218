import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scripts } from './scripts.mjs';

const vigScrub = scripts('deck-hold.js')('vigScrub');

test('a hold moves on and on, never back, and quicker until it is quick', () => {
  const steps = [];
  let before = 0;
  for (let ms = 0; ms <= 6000; ms += 500) {
    const now = vigScrub.distance(ms, 10, 25);
    assert.ok(now >= before);
    steps.push(now - before);
    before = now;
  }
  assert.ok(steps[2] < steps[5]);
  assert.ok(Math.abs(steps.at(-1) - 12.5) <= 1);
});

test('before it begins, nothing', () => {
  assert.equal(vigScrub.distance(-300, 10, 25), 0);
  assert.equal(vigScrub.distance(0, 10, 25), 0);
});

test('after two seconds it has gone at the mean of both speeds', () => {
  assert.equal(vigScrub.distance(2000, 10, 25), 35);
  assert.equal(vigScrub.distance(4000, 10, 25), 85);
});
