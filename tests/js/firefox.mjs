/**
 * Firefox by remote control, over WebDriver BiDi: a line of JSON in, a line of JSON out.
 *
 *     node firefox.mjs /usr/bin/firefox-esr '{"security.fileuri.strict_origin_policy": true}'
 *
 * A line is { "do": "press", "with": ["k"] }; the answer { "value": … } or { "fault": "…" }. Every
 * tab is listened to: what it asks for, what it complains of.
 */
import { createInterface } from 'node:readline';
import puppeteer from 'puppeteer-core';

const [program, preferences] = process.argv.slice(2);
const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath: program,
  extraPrefsFirefox: JSON.parse(preferences),
  defaultViewport: { width: 1280, height: 800 },
});

const requests = [];
const complaints = [];
/** Tabs in the order they were opened; windows that a page opens included. */
const tabs = [];
let tab;

function listen(page) {
  if (tabs.includes(page)) return;
  tabs.push(page);
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (said) => {
    if (/^(error|warn)/.test(said.type())) complaints.push(said.text());
  });
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
}

browser.on('targetcreated', async (target) => {
  const page = await target.page();
  if (page) listen(page);
});

const commands = {
  /** A new tab; the commands that follow are for it. */
  async tab() {
    tab = await browser.newPage();
    listen(tab);
    return tabs.indexOf(tab);
  },
  /** Goes over to another tab. */
  async turn(number) {
    tab = tabs[number];
    await tab.bringToFront();
  },
  open: async (url) => (await tab.goto(url, { waitUntil: 'load' }), tab.url()),
  reload: async () => (await tab.reload({ waitUntil: 'load' }), tab.url()),
  async press(key) {
    const [last, ...held] = key.split('+').reverse();
    for (const each of held) await tab.keyboard.down(each);
    await tab.keyboard.press(last || '+');
    for (const each of held) await tab.keyboard.up(each);
  },
  evaluate: (code) => tab.evaluate(code),
  /** A screenshot as base64 of a PNG. */
  picture: (x, y, width, height) =>
    tab.screenshot({ encoding: 'base64', clip: { x, y, width, height } }),
  open_tabs: () => tabs.flatMap((page, number) => (page.isClosed() ? [] : [number])),
  close: () => tab.close(),
  /** What was asked for and complained of since this was asked last. */
  seen: () => ({ requests: requests.splice(0), complaints: complaints.splice(0) }),
  version: () => browser.version(),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: name, with: values = [] } = JSON.parse(line);
  let answer;
  try {
    answer = { value: (await commands[name](...values)) ?? null };
  } catch (fault) {
    answer = { fault: String(fault) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
