/** Runs the theme's classic scripts in a context of their own, without a page: pure files need none. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const THEME = join(dirname(fileURLToPath(import.meta.url)), '../../theme/assets/vig');

/** The globals that the named files declare, run in this order. */
export function scripts(...names) {
  const context = vm.createContext({});
  for (const name of names) {
    const filename = join(THEME, name);
    vm.runInContext(readFileSync(filename, 'utf8'), context, { filename });
  }
  return (global) => vm.runInContext(global, context);
}
