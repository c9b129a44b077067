// From an empty phone to first figures and to taps that work, beside the least that could show the same figures: a page of plain HTML ("the floor") with the
// same markup, the same style sheet linked the ordinary way, and no script. Both come from the same server, cold and warm, turn about in one run.
//
// The phone: 1.6 Mbit/s down, 750 kbit/s up, 150 ms, a processor slowed four times.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { chromium } from 'playwright-core';
import * as place from '../lib/place.mjs';
import { startServer } from '../lib/server.mjs';
import { signIn } from '../lib/signin.mjs';
import { judge, median, spread, table } from './median.mjs';

const RUNS = Number(process.env.RUNS ?? 11);
const NETWORK = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const SLOWDOWN = 4;
const BUDGET = { figures: 1.3, interactive: 1.7, bytes: 110_000 };
const FIGURE = 'available';
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' };
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const portal = await mkdtemp(path.join(tmpdir(), 'shouyue-bench-'));
await cp(place.portal, portal, { recursive: true });
const server = await startServer({ portal, env: { SHOUYUE_REQUESTS_PER_SESSION: '0', SHOUYUE_REQUESTS_PER_ADDRESS: '0' } });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: QUIET });
try {
  const [, account] = (await server.accounts()).members;
  const cookies = await session(account);
  await writeFloor(cookies);

  const results = { portal: { cold: [], warm: [] }, floor: { cold: [], warm: [] } };
  let bytes;
  for (let run = 0; run <= RUNS; run += 1) {
    for (const [name, address] of turnAbout(run, [['portal', '/'], ['floor', '/floor.html']])) {
      const measured = await visit(cookies, name, address);
      // The first run of each warms the machine, not the phone.
      if (run === 0) continue;
      results[name].cold.push(measured.cold);
      results[name].warm.push(measured.warm);
      if (name === 'portal') bytes = measured.bytes;
    }
    process.stderr.write(`\rrun ${run} of ${RUNS} `);
  }
  process.stderr.write('\r');
  report(results, bytes);
} finally {
  await browser.close();
  await server.stop();
  await rm(portal, { recursive: true, force: true });
}

function turnAbout(run, pair) {
  return run % 2 === 0 ? pair : pair.toReversed();
}

async function session(account) {
  const context = await browser.newContext();
  await signIn(context, server, account.phone);
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

/** The page a member gets, as plain HTML: what the portal drew, without a program. */
async function writeFloor(cookies) {
  const context = await browser.newContext(PHONE);
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(`${server.origin}/`);
  await page.locator('html[data-ready] main .figure').waitFor();
  const { lang, title, body } = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    title: document.title,
    body: document.getElementById('app').outerHTML,
  }));
  await context.close();
  const template = await readFile(path.join(place.portal, 'index.html'), 'utf8');
  const style = [...template.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text]) => text).join('\n');
  const theme = await readFile(path.join(place.portal, 'brand/theme.css'), 'utf8');
  await write('floor.css', style + theme);
  await write('floor.html', `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${title}</title>`
    + `<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/floor.css"></head><body>${body}</body></html>`);
}

/** Beside it what the server sends to a browser that takes brotli, as for the portal's own files. */
async function write(name, text) {
  await writeFile(path.join(portal, name), text);
  await writeFile(path.join(portal, `${name}.br`), brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}

async function visit(cookies, name, address) {
  const context = await browser.newContext(PHONE);
  try {
    await context.addCookies(cookies);
    await context.addInitScript(watchFigures, FIGURE);
    const cold = await load(context, name, address, true);
    const warm = await load(context, name, address, false);
    return { cold: cold.times, warm: warm.times, bytes: cold.bytes };
  } finally {
    await context.close();
  }
}

/** Runs in the page: names the element with the one large number, so that the browser reports when it was painted. */
function watchFigures(name) {
  const mark = () => {
    for (const element of document.querySelectorAll('main .figure, main .figure *')) {
      if (!element.hasAttribute('elementtiming')) element.setAttribute('elementtiming', name);
    }
  };
  new MutationObserver(mark).observe(document, { childList: true, subtree: true });
  globalThis.painted = [];
  new PerformanceObserver((list) => painted.push(...list.getEntries().map((entry) => entry.renderTime || entry.startTime))).observe({ type: 'element', buffered: true });
}

async function load(context, name, address, prove) {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', NETWORK);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  const requests = record(devtools);
  await page.goto(server.origin + address, { waitUntil: 'load', timeout: 60_000 });
  await page.waitForFunction(() => painted.length > 0, undefined, { timeout: 60_000 });
  if (name === 'portal') await page.waitForFunction(() => performance.getEntriesByName('interactive').length > 0, undefined, { timeout: 60_000 });
  const times = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation');
    const figures = Math.min(...painted);
    const [mark] = performance.getEntriesByName('interactive');
    // Plain HTML takes taps as soon as it is read and seen.
    return { figures, interactive: Math.max(figures, mark?.startTime ?? navigation.domContentLoadedEventEnd) };
  });
  const bytes = requests.upTo(await page.evaluate(() => (performance.timeOrigin + (performance.getEntriesByName('interactive')[0]?.startTime ?? performance.now())) / 1000));
  if (name === 'portal' && prove) await proveTaps(page);
  await page.close();
  return { times, bytes };
}

/** "Interactive" must not be a mere word: a tap leads on without a new document. */
async function proveTaps(page) {
  await page.evaluate(() => { globalThis.same = true; });
  await page.getByRole('navigation').locator('a[href="/gifts"]').tap();
  await page.waitForURL('**/gifts');
  await page.waitForFunction(() => globalThis.same === true && document.querySelector('main h1') !== null);
}

/** Bytes on the wire by kind, heads included. */
function record(devtools) {
  const seen = new Map();
  devtools.on('Network.requestWillBeSent', ({ requestId, wallTime, type, request }) => seen.set(requestId, { wallTime, type, url: request.url, bytes: 0 }));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { if (seen.has(requestId)) seen.get(requestId).bytes = encodedDataLength; });
  return {
    upTo(instant) {
      const kinds = {};
      for (const { wallTime, url, type, bytes } of seen.values()) {
        if (wallTime > instant) continue;
        const { pathname } = new URL(url);
        const kind = pathname.endsWith('.wasm') ? 'wasm' : pathname.startsWith('/api/') ? 'figures' : { Document: 'page, with style' }[type] ?? type.toLowerCase();
        kinds[kind] = (kinds[kind] ?? 0) + bytes;
      }
      return kinds;
    },
  };
}

function report(results, bytes) {
  const times = (name, state, what) => results[name][state].map((run) => run[what]);
  const ratio = (state, what) => median(times('portal', state, what)) / median(times('floor', state, what));
  const lines = [['milliseconds, median (quartiles)', 'portal', 'plain HTML', 'ratio']];
  for (const state of ['cold', 'warm']) {
    for (const [what, label] of [['figures', 'first figures'], ['interactive', 'interactive']]) {
      lines.push([`${state}: ${label}`, spread(times('portal', state, what)), spread(times('floor', state, what)), `${ratio(state, what).toFixed(2)} ×`]);
    }
  }
  console.log(`From an empty phone to figures: 1.6 Mbit/s, 150 ms, processor ÷ ${SLOWDOWN}; ${RUNS} runs each, turn about\n`);
  console.log(table(lines));
  const total = Object.values(bytes).reduce((sum, count) => sum + count, 0);
  console.log(`\n${table([['bytes before it takes taps, cold', 'on the wire'], ...Object.entries(bytes).map(([kind, count]) => [kind, String(count)]), ['all kinds', String(total)]])}\n`);
  judge('first figures, cold', ratio('cold', 'figures'), BUDGET.figures);
  judge('interactive, cold', ratio('cold', 'interactive'), BUDGET.interactive);
  judge('bytes before it takes taps', total, BUDGET.bytes, 'bytes');
}
