/**
 * Lighthouse's scores of pages, as JSON: for each address its categories (with commas between), and what cost points.
 *
 *     node lighthouse.mjs /usr/bin/chromium mobile performance http://127.0.0.1:8000/index.html …
 */
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';

const [program, form, categories, ...addresses] = process.argv.slice(2);
const QUIET = [
  ...['--headless=new', '--no-first-run', '--disable-gpu', '--disable-quic', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

/** Audits that count and are not perfect, and the three times that performance is made of most. */
function told({ categories, audits }) {
  const scores = {};
  const lost = {};
  for (const { id, score, auditRefs } of Object.values(categories)) {
    scores[id] = score === null ? null : Math.round(score * 100);
    for (const { id: name, weight } of auditRefs) {
      const audit = audits[name];
      if (weight > 0 && audit.score !== null && audit.score < 1) {
        lost[name] = `${audit.score} ${audit.displayValue ?? audit.title}`;
      }
    }
  }
  return { scores, lost };
}

/**
 * What Lighthouse finds. On a busy machine it may miss the page's beginning, and says itself to run
 * it again.
 */
async function looked(address, tries = 3) {
  const { lhr } = await lighthouse(
    address,
    {
      port: chrome.port,
      onlyCategories: categories.split(','),
      disableFullPageScreenshot: true,
      logLevel: 'error',
      output: 'json',
    },
    form === 'desktop' ? desktopConfig : undefined,
  );
  if (!lhr.runtimeError) return lhr;
  if (lhr.runtimeError.code === 'NO_NAVSTART' && tries > 1) return looked(address, tries - 1);
  throw new Error(lhr.runtimeError.message);
}

const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const chrome = await launch({ chromePath: program, chromeFlags: [...QUIET, ...sandbox] });
try {
  const results = {};
  for (const address of addresses) {
    results[address] = told(await looked(address));
  }
  process.stdout.write(JSON.stringify(results, null, 1));
} finally {
  chrome.kill();
}
