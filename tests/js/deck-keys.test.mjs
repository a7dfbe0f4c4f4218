import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { scripts } from './scripts.mjs';

const vigKeys = scripts('deck-keys.js')('vigKeys');

function press(key, code = '', held = {}) {
  return { key, code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held };
}

/** What a key asks for, on a page that reads from left to right. */
const asked = (...pressed) => vigKeys.commandFor(press(...pressed), false);

test('arrows go with the direction of the page', () => {
  assert.equal(vigKeys.commandFor(press('ArrowRight'), false), 'next');
  assert.equal(vigKeys.commandFor(press('ArrowLeft'), false), 'previous');
  assert.equal(vigKeys.commandFor(press('ArrowRight'), true), 'previous');
  assert.equal(vigKeys.commandFor(press('ArrowLeft'), true), 'next');
});

test('a presenter clicker turns to the moments', () => {
  assert.equal(asked('PageDown'), 'next');
  assert.equal(asked('PageUp'), 'previous');
});

test('a letter means the same with the capitals locked', () => {
  for (const letter of ['r', 'k', 'j', 'l', 'c', 'b', 'f']) {
    assert.ok(asked(letter));
    if (letter !== 'r') assert.equal(asked(letter.toUpperCase()), asked(letter));
  }
  assert.equal(asked('R', 'KeyR'), asked('r'));
});

test('Shift and R hides what R reveals', () => {
  assert.equal(asked('r'), 'reveal');
  assert.equal(asked('R', 'KeyR', { shiftKey: true }), 'hide');
});

test('while a tool is in hand the arrows are for it, whatever the direction of the page', () => {
  const go = (key, tool, held) => vigKeys.commandFor(press(key, key, held), true, tool);
  assert.equal(go('ArrowRight', 'spot'), 'spot-right');
  assert.equal(go('ArrowUp', 'pan'), 'pan-up');
  assert.equal(go('ArrowUp', 'spot', { shiftKey: true }), 'spot-bigger');
  assert.equal(go('ArrowDown', 'spot', { shiftKey: true }), 'spot-smaller');
  assert.equal(go('k', 'spot'), 'play');
});

test('brackets count where they need AltGr', () => {
  const third = { ctrlKey: true, altKey: true };
  assert.equal(asked('[', 'Digit8', third), 'loop-from');
  assert.equal(asked(']', 'Digit9', third), 'loop-to');
  assert.equal(asked('q', 'KeyQ', third), null);
});

test('digits choose one picture of several, on every keyboard', () => {
  assert.equal(asked('3', 'Digit3'), 'single-3');
  assert.equal(asked('٣', 'Digit3'), 'single-3');
  assert.equal(asked('0', 'Digit0'), 'whole');
});

test('keys of the browser and the system are left to them', () => {
  for (const held of ['ctrlKey', 'metaKey', 'altKey']) {
    for (const key of ['r', 'l', 'f', 'ArrowRight', 'Home']) {
      assert.equal(asked(key, '', { [held]: true }), null);
    }
  }
});

test('keys that are none of ours ask for nothing', () => {
  for (const key of ['Tab', 'F5', 'F11', 'Shift', 'Dead', 'toString', 'constructor', '__proto__']) {
    assert.equal(asked(key), null, key);
  }
});

test('a keyboard of another script works by where its keys lie', () => {
  assert.equal(asked('к', 'KeyR'), 'reveal');
  assert.equal(asked('л', 'KeyK'), 'play');
  assert.equal(asked('ن', 'KeyK'), 'play');
  assert.equal(asked('ю', 'Period'), 'on');
  assert.equal(asked('б', 'Comma'), 'back');
  assert.equal(asked('؟', 'Slash', { shiftKey: true }), 'help');
  assert.equal(asked('К', 'KeyR', { shiftKey: true }), 'hide');
});

test('Latin keyboards count by what is printed on the key, wherever it lies', () => {
  assert.equal(asked('r', 'KeyO'), 'reveal');
  assert.equal(asked('é', 'Digit2'), null);
});

test('every command that a key asks for is one that the deck knows', () => {
  const theme = new URL('../../theme/assets/vig/', import.meta.url);
  const read = (name) => readFileSync(new URL(name, theme), 'utf8');
  const others = readdirSync(theme).filter((name) => /^deck.*\.js$/.test(name));
  const deck = others.filter((name) => name !== 'deck-keys.js').map(read).join('\n');
  const keys = read('deck-keys.js');
  const listed = keys.slice(keys.indexOf('COMMANDS'), keys.indexOf('});'));
  const commands = new Set([...listed.matchAll(/: '([\w-]+)',/g)].map((found) => found[1]));
  assert.ok(commands.size > 15);
  for (const command of commands) {
    assert.match(deck, new RegExp(`\\b${command}\\b`), command);
  }
});
