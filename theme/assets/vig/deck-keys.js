'use strict';
/**
 * Which key asks for what. Pure: a key press in, a command's name out.
 * @typedef {Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>} Press
 */
const vigKeys = (() => {
  /** @type {Readonly<Record<string, string>>} */
  const COMMANDS = Object.freeze({
    pagedown: 'next',
    pageup: 'previous',
    home: 'first',
    end: 'last',
    enter: 'reveal',
    arrowdown: 'reveal',
    arrowup: 'hide',
    r: 'reveal',
    ' ': 'play',
    k: 'play',
    ',': 'back',
    '.': 'on',
    j: 'second-back',
    l: 'second-on',
    '-': 'slower',
    '=': 'faster',
    '+': 'faster',
    c: 'subtitles',
    b: 'blank',
    f: 'full',
    '?': 'help',
    escape: 'escape',
  });

  /** Where keys lie on keyboards of other scripts. @type {Readonly<Record<string, string>>} */
  const PLACES = Object.freeze({ Comma: ',', Period: '.', Minus: '-', Equal: '=' });

  /**
   * The command of a key press; null for keys that are none of ours.
   * @param {Press} press
   * @param {boolean} rtl whether the page reads from right to left
   * @returns {string | null}
   */
  function commandFor(press, rtl) {
    if (press.ctrlKey || press.metaKey || press.altKey) return null;
    if (press.key === 'ArrowRight') return rtl ? 'previous' : 'next';
    if (press.key === 'ArrowLeft') return rtl ? 'next' : 'previous';
    const name = latin(press);
    if (name === 'r' && press.shiftKey) return 'hide';
    return Object.hasOwn(COMMANDS, name) ? (COMMANDS[name] ?? null) : null;
  }

  /**
   * The key's name in small Latin letters, by its place where the keyboard writes another script.
   * @param {Press} press
   * @returns {string}
   */
  function latin(press) {
    const { key, code } = press;
    if (key.length > 1 || key.charCodeAt(0) < 0x250) return key.toLowerCase();
    if (code === 'Slash' && press.shiftKey) return '?';
    return code.startsWith('Key') ? code.slice(3).toLowerCase() : (PLACES[code] ?? key);
  }

  return Object.freeze({ commandFor });
})();

Object.assign(globalThis, { vigKeys });
