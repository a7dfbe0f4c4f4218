/** Rules for the theme's classic scripts, which share their globals, and for the checks beside this. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import globals from 'globals';

const HERE = dirname(fileURLToPath(import.meta.url));
const THEME = join(HERE, '../../theme/assets/vig');

/** What the theme's scripts give each other: everything they declare at the start of a line. */
const shared = readdirSync(THEME)
  .filter((name) => name.endsWith('.js'))
  .flatMap((name) => [
    ...readFileSync(join(THEME, name), 'utf8').matchAll(/^(?:const|function|class) (\w+)/gm),
  ])
  .map((found) => found[1]);

/** Nothing leaves a page, and nothing of a family enters a store that other files can read. */
const FORBIDDEN = [
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'],
  ...['localStorage', 'sessionStorage', 'indexedDB', 'caches'],
].map((name) => ({ name, message: 'A page asks nobody and stores nothing.' }));

const CAREFUL = {
  eqeqeq: 'error',
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['theme/assets/vig/*.js'],
    languageOptions: {
      ecmaVersion: 2022,
      sourceType: 'script',
      globals: {
        ...globals.browser,
        ...Object.fromEntries(shared.map((name) => [name, 'readonly'])),
      },
    },
    rules: {
      ...js.configs.recommended.rules,
      ...CAREFUL,
      strict: ['error', 'global'],
      // A script declares what the others see; TypeScript finds what is declared twice.
      'no-redeclare': ['error', { builtinGlobals: false }],
      'no-unused-vars': ['error', { vars: 'local' }],
      'no-restricted-globals': ['error', ...FORBIDDEN],
      'no-restricted-properties': [
        'error',
        ...FORBIDDEN.map(({ name, message }) => ({ object: 'window', property: name, message })),
        { object: 'navigator', property: 'sendBeacon', message: 'A page asks nobody.' },
        { object: 'document', property: 'cookie', message: 'A page stores nothing.' },
        { object: 'document', property: 'write', message: 'Make elements instead.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
          message: 'What people typed is text, never markup.',
        },
      ],
    },
  },
  {
    // Around the deck while it is watched: it asks its own server whether a page was rebuilt.
    files: ['vigsite/local_server/*.js'],
    languageOptions: { ecmaVersion: 2022, sourceType: 'script', globals: globals.browser },
    rules: { ...js.configs.recommended.rules, ...CAREFUL, strict: ['error', 'global'] },
  },
  {
    files: ['tests/js/*.mjs'],
    languageOptions: { ecmaVersion: 2022, sourceType: 'module', globals: globals.node },
    rules: { ...js.configs.recommended.rules, ...CAREFUL },
  },
];
