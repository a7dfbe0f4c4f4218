import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scripts } from './scripts.mjs';

const vigFrames = scripts('frames.js')('vigFrames');
const RATES = [
  ...['24/1', '24000/1001', '25/1', '25', '30/1', '30000/1001'],
  ...['50/1', '60000/1001', '60/1', '120/1', '10/1'],
];
const HOUR_S = 3600;

test('a rate is a fraction or a number, and 25 when it is neither', () => {
  assert.equal(vigFrames.parseRate('25/1'), 25);
  assert.equal(vigFrames.parseRate('30000/1001'), 30000 / 1001);
  assert.equal(vigFrames.parseRate('50'), 50);
  for (const text of [undefined, '', '0/0', '25/0', '0', '-25', 'fast']) {
    assert.equal(vigFrames.parseRate(text), 25, String(text));
  }
});

test('the middle of a frame lies in that frame, at every rate, for an hour', () => {
  for (const rate of RATES) {
    const fps = vigFrames.parseRate(rate);
    for (let frame = 0; frame < HOUR_S * fps; frame += 1) {
      const middle = vigFrames.centreOf(frame, fps);
      assert.equal(vigFrames.frameAt(middle, fps), frame);
      // browsers and containers keep times in microseconds and in ticks of 1/90000 s
      assert.equal(vigFrames.frameAt(Math.round(middle * 1e6) / 1e6, fps), frame);
      assert.equal(vigFrames.frameAt(Math.floor(middle * 90000) / 90000, fps), frame);
    }
  }
});

test('a time a hair before its frame still means that frame', () => {
  for (const rate of RATES) {
    const fps = vigFrames.parseRate(rate);
    for (const frame of [1, 2, 3, 29, 100, 999]) {
      assert.equal(vigFrames.frameAt(frame / fps - 1e-6, fps), frame);
      assert.equal(vigFrames.frameAt(Math.ceil((frame / fps) * 1e3) / 1e3, fps), frame);
    }
  }
  assert.equal(vigFrames.frameAt(-1, 25), 0);
});

test('a clip has at least one frame, and endless ones until its length is known', () => {
  assert.equal(vigFrames.countOf(7, 25), 175);
  assert.equal(vigFrames.countOf(2.002, 30000 / 1001), 60);
  assert.equal(vigFrames.countOf(0, 25), 1);
  assert.equal(vigFrames.countOf(NaN, 25), Infinity);
});

test('a frame outside the clip becomes the nearest inside', () => {
  assert.equal(vigFrames.clamp(-3, 10), 0);
  assert.equal(vigFrames.clamp(4, 10), 4);
  assert.equal(vigFrames.clamp(10, 10), 9);
  assert.equal(vigFrames.clamp(10, Infinity), 10);
});

test('stops are frames, in order, each once; what is no time is left out', () => {
  assert.deepEqual([...vigFrames.parseStops('5.4 2.9 2.9', 25)], [72, 135]);
  assert.deepEqual([...vigFrames.parseStops(' 0 \n 1 ', 25)], [0, 25]);
  assert.deepEqual([...vigFrames.parseStops('-1 soon 2', 25)], [50]);
  assert.deepEqual([...vigFrames.parseStops('', 25)], []);
  assert.deepEqual([...vigFrames.parseStops(undefined, 25)], []);
});

test('the next stop is behind the frame held now', () => {
  const stops = [10, 20];
  assert.deepEqual([0, 9, 10, 19].map((frame) => vigFrames.stopAfter(stops, frame)), [10, 10, 20, 20]);
  assert.equal(vigFrames.stopAfter(stops, 20), null);
  assert.equal(vigFrames.stopAfter([], 0), null);
});

test('it pauses early enough before a bound, and is looked at again before that', () => {
  for (const each of [8, 17, 33.4, 40, 400]) {
    for (let rest = 0; rest < 1000; rest += 1) {
      const wait = vigFrames.pauseIn(rest, each, 0);
      if (wait === null) assert.ok(rest - each > 0, 'the next frame would already be too late');
      else assert.ok(wait >= 0 && wait <= rest);
    }
  }
  assert.equal(vigFrames.pauseIn(0, 40, 0), 0);
  assert.equal(vigFrames.pauseIn(5000, 40, 0), null);
});

test('a loop keeps its other edge where that makes sense, and both edges inside the clip', () => {
  const loop = (...asked) => ({ ...vigFrames.loopWith(...asked) });
  assert.deepEqual(loop(null, 'from', 20, 100), { from: 20, to: 99 });
  assert.deepEqual(loop(null, 'to', 35, 100), { from: 0, to: 35 });
  assert.deepEqual(loop({ from: 20, to: 99 }, 'to', 35, 100), { from: 20, to: 35 });
  assert.deepEqual(loop({ from: 20, to: 35 }, 'from', 50, 100), { from: 50, to: 99 });
  assert.deepEqual(loop({ from: 20, to: 35 }, 'to', 5, 100), { from: 0, to: 5 });
  assert.deepEqual(loop(null, 'from', 99, 100), { from: 98, to: 99 });
  assert.deepEqual(loop(null, 'to', 0, 100), { from: 0, to: 1 });
  assert.equal(vigFrames.loopWith(null, 'from', 0, 1), null);
});

test('speeds go up and down one row, and stay at its ends', () => {
  const row = [...vigFrames.SPEEDS];
  for (const [place, speed] of row.entries()) {
    assert.equal(vigFrames.speedBeside(speed, 1), row[place + 1] ?? speed);
    assert.equal(vigFrames.speedBeside(speed, -1), row[place - 1] ?? speed);
  }
  assert.equal(vigFrames.speedBeside(0.6, 1), 0.75);
  assert.equal(vigFrames.speedBeside(0.6, -1), 0.5);
});
