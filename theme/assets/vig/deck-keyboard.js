'use strict';
/**
 * The keyboard of the deck and of its speaker window: each press becomes a command.
 * @param {{
 *   rtl: boolean,
 *   run: (command: string) => void,
 *   player: () => Player | null,
 *   tool: () => '' | 'spot' | 'pan',
 *   sheet: () => string,
 * }} deck
 */
function vigKeyboard({ rtl, run, player, tool, sheet }) {
  const hold = vigHold();

  /**
   * Whether the focused control needs this key itself.
   * @param {KeyboardEvent} press
   */
  function theirs({ target, key }) {
    // `instanceof` would not know the elements of the speaker window.
    const on = /** @type {Element | null} */ (target && 'matches' in target ? target : null);
    if (!on) return false;
    if (on.matches('input')) return /^(Arrow|Home|End)/.test(key);
    if (on.matches('.vig-words') && on.scrollHeight > on.clientHeight) {
      return /^Arrow(Up|Down)$/.test(key);
    }
    return on.matches('button, a, summary') && (key === 'Enter' || key === ' ');
  }

  /** @param {KeyboardEvent} press */
  function pressed(press) {
    const name = vigKeys.commandFor(press, rtl, tool());
    const over = sheet();
    if (!name || theirs(press) || (over && name !== over)) return;
    if (name !== 'escape') press.preventDefault();
    if (press.repeat && !/^(pan|spot)-/.test(name)) return;
    run(name);
    if (hold.can(name)) hold.start(name, player());
  }

  const released = () => hold.stop();
  addEventListener('keydown', pressed);
  addEventListener('keyup', released);

  return Object.freeze({ pressed, released, hold });
}
