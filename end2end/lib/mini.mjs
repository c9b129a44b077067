// A phone with WeChat and the mini-program on it: the built package in the harness, on the real server's own origin. The counterpart of `browser.mjs`.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { phoneContext } from './browser.mjs';
import * as place from './place.mjs';
import { bundle } from '../miniprogram/bundle.mjs';

const LARGE_TEXT = 20;
const DAY = 86_400_000;
const AT = '/__mini/';
const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg', wasm: 'application/wasm' };

/** What `cargo xtask build --miniprogram` leaves behind. */
export const builtMiniprogram = path.resolve(place.root, process.env.SHOUYUE_MINIPROGRAM_DIR ?? 'dist-miniprogram');

/**
 * A phone with an empty memory. `app` is another mini-program than the built one; `wechat` is what a test decides about WeChat and her (`runtime/settings.js` lists it); `storage` is
 * what her phone has stored: `{key: {data, encrypted}}`; `largeText` is WeChat's own text size. Other options are Playwright's for a context.
 *
 * Returns
 * - `page`: Playwright's page, whose locators find what is on the glass: the page on top, its tab bar, WeChat's dialogs. `bar` is the navigation bar above it.
 * - `open('/pages/home/home?x=1')`: a cold start; what is stored stays. `back()` taps the bar's button, `pullDown()` pulls until the page has stopped it.
 * - `top()`: `{path, query, data}` of the page on top; `stack()`: the paths of all; `calls('request')`: what was asked of `wx`; `stored()`; `shares()`; `set({scan: …})`;
 *   `ask('login')`: what `wx` answers.
 * - `choose(picker, 'text')` and `pickDate(picker, '2026-01-31')` operate a picker.
 */
export async function mini(t, server, { app = builtMiniprogram, wechat = {}, storage, largeText = false, browser, ...options } = {}) {
  const folder = await bundled(app);
  const files = { ...(await told(app, server)), ...wechat.files };
  const { context, problems } = await phoneContext(server, { browser, ...options });
  await context.route(`${server.origin}${AT}**`, (route) => fulfill(route, folder));
  await context.addInitScript((settings) => { window.__miniSettings = settings; }, { ...(largeText && { fontSize: LARGE_TEXT }), ...wechat, files });
  if (storage) await context.addInitScript(keepStorage, storage);
  const window = await context.newPage();
  t.after(async () => {
    if (!t.passed || problems.list().length > 0) await picture(t, window);
    await context.close();
    assert.deepEqual(problems.list(), [], 'the mini-program reported problems');
  });
  const ask = (name, ...values) => window.evaluate(([method, given]) => window.__wx[method](...given), [name, values]);
  const glass = window.locator('#mini-glass');
  return {
    page: onTheGlass(window, glass),
    bar: window.locator('#mini-bar'),
    context,
    tolerate: problems.tolerate,
    problems: problems.list,
    async open(address = '') {
      await window.goto(`${AT}index.html${address === '' ? '' : `?open=${encodeURIComponent(address.replace(/^\//, ''))}`}`);
      await window.locator('.mini-page').waitFor({ state: 'attached' });
    },
    back: () => window.locator('#mini-bar button').click(),
    async pullDown() {
      assert.ok(await ask('pullDown'), 'this page has no pull to refresh');
      await window.locator('.mini-refreshing').waitFor({ state: 'detached' });
    },
    /** `wx[api]` as a page calls it, outside a tap: what `success` or `fail` is told. */
    ask: (api, options) => ask('ask', api, options),
    top: () => ask('top'),
    stack: () => ask('stack'),
    calls: (api) => window.evaluate((name) => window.__wx.calls.filter((call) => name === undefined || call.api === name).map(({ api, options: given }) => (name === undefined ? { api, options: given } : given)), api),
    stored: () => ask('stored'),
    shares: () => window.evaluate(() => window.__wx.shares),
    clipboard: () => ask('clipboard'),
    share: () => ask('share'),
    hide: () => ask('hide'),
    show: () => ask('show'),
    /** From now on, and after each cold start. */
    async set(change) {
      await context.addInitScript((settings) => { Object.assign(window.__miniSettings, settings); }, change);
      if (window.url() !== 'about:blank') await ask('set', change);
    },
    async choose(picker, text) {
      await picker.click();
      await glass.getByRole('option', { name: text, exact: true }).click();
      await confirmPanel(glass);
    },
    async pickDate(picker, date) {
      await picker.click();
      await glass.locator('.mini-dialog input').fill(date);
      await confirmPanel(glass);
    },
  };
}

const confirmPanel = (glass) => glass.locator('.mini-dialog .mini-buttons button').last().click();

/** Playwright's page; its locators begin at `scope`. */
function onTheGlass(page, scope) {
  return new Proxy(page, {
    get(target, name) {
      const from = name === 'locator' || (typeof name === 'string' && name.startsWith('getBy')) ? scope : target;
      const value = from[name];
      return typeof value === 'function' ? value.bind(from) : value;
    },
  });
}

/** Runs before the harness: what her phone has stored already. */
function keepStorage(storage) {
  // The empty page that a tab begins with has no storage.
  if (!location.pathname.startsWith('/__mini/') || localStorage.getItem('__mini_storage') !== null) return;
  localStorage.setItem('__mini_storage', JSON.stringify(Object.fromEntries(Object.entries(storage).map(([key, { data, encrypted = false }]) => [key, { data: JSON.stringify(data), encrypted }]))));
}

async function fulfill(route, folder) {
  const name = decodeURIComponent(new URL(route.request().url()).pathname).slice(AT.length);
  const file = path.join(folder, name);
  const inside = !path.relative(folder, file).startsWith('..');
  if (!inside || !existsSync(file)) return route.fulfill({ status: 404, body: 'no such file in the package' });
  const type = TYPES[name.replace(/\.br$/, '').split('.').at(-1)] ?? 'application/octet-stream';
  const kept = await readFile(file);
  // Playwright hands the page a body as it is: what a server would send compressed is unpacked here.
  return route.fulfill({ contentType: type, headers: { 'cache-control': 'no-store' }, body: name.endsWith('.br') ? brotliDecompressSync(kept) : kept });
}

/** `{'config.js': …}`: the file in which the build writes the server's address, with this server's. For `bare` as well. */
export async function told(app, server) {
  const file = path.join(app, 'config.js');
  return existsSync(file) ? { 'config.js': `${await readFile(file, 'utf8')}\nmodule.exports.origin = ${JSON.stringify(server.origin)};\n` } : {};
}

const bundles = new Map();

/** The bundle of a folder, one a wording: specs of several processes share it. */
function bundled(app) {
  if (!bundles.has(app)) bundles.set(app, makeBundle(app));
  return bundles.get(app);
}

async function makeBundle(app) {
  if (!existsSync(path.join(app, 'app.json'))) throw new Error(`${app} is no mini-program: cargo xtask build --miniprogram`);
  const hash = createHash('sha256').update(app);
  for (const folder of [app, path.join(place.root, 'end2end/miniprogram')]) {
    for (const name of readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)).sort()) {
      hash.update(name).update(readFileSync(name));
    }
  }
  const folder = path.join(place.results, `mini-${hash.digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  await mkdir(place.results, { recursive: true });
  await forgetOldBundles();
  const draft = `${folder}.${process.pid}`;
  await bundle(app, draft);
  // Two specs that bundle at once make the same; the first rename wins.
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  return folder;
}

async function forgetOldBundles() {
  for (const name of readdirSync(place.results)) {
    const old = path.join(place.results, name);
    if (/^mini-[\da-f]{12}/.test(name) && Date.now() - (statSync(old, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > DAY) await rm(old, { recursive: true, force: true });
  }
}

async function picture(t, page) {
  if (page.isClosed()) return;
  await mkdir(place.results, { recursive: true });
  const file = path.join(place.results, `${t.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}.png`);
  await page.screenshot({ path: file, fullPage: true }).then(() => t.diagnostic(`picture: ${file}`), () => {});
}
