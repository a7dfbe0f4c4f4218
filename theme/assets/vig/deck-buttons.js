'use strict';
/**
 * The deck's buttons: a click is a command; those that move the film can be held.
 * @param {HTMLElement} deck
 * @param {{
 *   run: (command: string) => void,
 *   player: () => Player | null,
 *   keys: ReturnType<typeof vigKeyboard>,
 *   stage: Stage,
 * }} parts
 */
function vigButtons(deck, { run, player, keys, stage }) {
  const { hold } = keys;

  /** @param {Event} event */
  function commandAt({ target }) {
    const button = target instanceof Element ? target.closest('[data-do]') : null;
    if (!(button instanceof HTMLElement)) return null;
    const able = button.getAttribute('aria-disabled') !== 'true';
    return { button, name: able ? (button.dataset['do'] ?? '') : '' };
  }

  deck.addEventListener('pointerdown', (down) => {
    const found = commandAt(down);
    if (!found || down.button > 0 || !hold.can(found.name)) return;
    run(found.name);
    hold.start(found.name, player());
  });
  for (const end of ['pointerup', 'pointercancel']) addEventListener(end, hold.stop);

  deck.addEventListener('contextmenu', (menu) => {
    const found = commandAt(menu);
    if (found && hold.can(found.name)) menu.preventDefault(); // a long touch holds
  });

  deck.addEventListener('click', (click) => {
    const found = commandAt(click);
    if (!found) return;
    const { button, name } = found;
    const byPointer = click.detail > 0;
    // What a pointer does to these was done when it came down, or is a gesture on the picture.
    const done = byPointer && (hold.can(name) || button.matches('.vig-still'));
    if (name === 'close') button.closest('dialog')?.close();
    else if (!done) run(name);
    if (byPointer) button.blur(); // after a mouse click Space plays, not the button again
  });

  const tools = deck.querySelector('.vig-tools');
  addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !tools?.contains(target)) tools?.removeAttribute('open');
  });

  deck.addEventListener('focusin', ({ target }) => {
    if (target instanceof Element && target.closest('.vig-slide')) stage.driveAt(target);
  });
}
