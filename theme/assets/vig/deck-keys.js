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
    '[': 'loop-from',
    ']': 'loop-to',
    '\\': 'loop-off',
    c: 'subtitles',
    z: 'closer',
    0: 'whole',
    s: 'spot',
    o: 'all',
    d: 'beside',
    x: 'other',
    p: 'both',
    w: 'speaker',
    b: 'blank',
    f: 'full',
    '?': 'help',
    escape: 'escape',
  });

  /** With the Shift key. @type {Readonly<Record<string, string>>} */
  const SHIFTED = Object.freeze({ r: 'hide', z: 'further' });

  /** What arrows do while a tool is in hand. @type {Readonly<Record<string, string>>} */
  const ARROWS = Object.freeze({
    ArrowLeft: 'left',
    ArrowRight: 'right',
    ArrowUp: 'up',
    ArrowDown: 'down',
  });

  /** Where keys lie on keyboards of other scripts. @type {Readonly<Record<string, string>>} */
  const PLACES = Object.freeze({
    Comma: ',',
    Period: '.',
    Minus: '-',
    Equal: '=',
    BracketLeft: '[',
    BracketRight: ']',
    Backslash: '\\',
  });

  /**
   * The command of a key press; null for keys that are none of ours.
   * @param {Press} press
   * @param {boolean} rtl whether the page reads from right to left
   * @param {'' | 'spot' | 'pan'} [tool] what the arrows are for, if not for going on and revealing
   * @returns {string | null}
   */
  function commandFor(press, rtl, tool = '') {
    const { key } = press;
    // On many keyboards brackets need AltGr, which Windows reports as Ctrl and Alt together.
    const third = press.ctrlKey && press.altKey && /^[[\]\\]$/.test(key);
    if (!third && (press.ctrlKey || press.metaKey || press.altKey)) return null;
    const way = Object.hasOwn(ARROWS, key) ? ARROWS[key] : undefined;
    if (tool && way) return arrowFor(tool, way, press.shiftKey);
    if (key === 'ArrowRight') return rtl ? 'previous' : 'next';
    if (key === 'ArrowLeft') return rtl ? 'next' : 'previous';
    const name = latin(press);
    if (/^[1-9]$/.test(name)) return `single-${name}`;
    if (press.shiftKey && Object.hasOwn(SHIFTED, name)) return SHIFTED[name] ?? null;
    return Object.hasOwn(COMMANDS, name) ? (COMMANDS[name] ?? null) : null;
  }

  /**
   * @param {string} tool
   * @param {string} way
   * @param {boolean} shift
   */
  function arrowFor(tool, way, shift) {
    if (tool === 'spot' && shift) return /up|right/.test(way) ? 'spot-bigger' : 'spot-smaller';
    return `${tool}-${way}`;
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
    if (/^(Key|Digit)/.test(code)) return code.replace(/^(Key|Digit)/, '').toLowerCase();
    return PLACES[code] ?? key;
  }

  return Object.freeze({ commandFor });
})();

Object.assign(globalThis, { vigKeys });
