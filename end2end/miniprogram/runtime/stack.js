// The stack of pages. All pages of it live; only the top one is on the glass. The others are taken out of the document, as if each were a web view of its own.
import { barOf, draw, whenThemeChanges } from './bar.js';
import { app } from './package.js';
import { harness } from './harness.js';
import { panel } from './panels.js';
import { words } from './settings.js';
import { configOf, create, style } from './space.js';

const DEEPEST = 10;
const NEAR_THE_END = 50;
const stage = () => document.getElementById('mini-stage');
const tabPaths = (app.json['app.json'].tabBar?.list ?? []).map(({ pagePath }) => pagePath);
let pages = [];
// Tab pages that live, by path.
const tabs = new Map();

export const top = () => pages.at(-1);
export const currentPages = () => pages.map(({ instance }) => instance);
export const isTab = (path) => tabPaths.includes(path);

/** A refusal that `fail` is told. */
export class Refusal extends Error {}

/** `/pages/gifts/gifts?city=上海` is `{path, query}`; values stay as they are written. Relative to the page on top. */
export function parse(url) {
  const [address, search = ''] = url.split('?');
  const from = top()?.path.split('/').slice(0, -1) ?? [];
  const parts = address.startsWith('/') ? [] : from;
  for (const part of address.split('/')) {
    if (part === '..') parts.pop(); else if (part !== '.' && part !== '') parts.push(part);
  }
  const query = {};
  for (const pair of search.split('&').filter(Boolean)) {
    const [name, value = ''] = pair.split(/=(.*)/s);
    query[name] = value;
  }
  return { path: parts.join('/'), query };
}

function existing(url) {
  const target = parse(url);
  if (!app.pages.includes(target.path)) throw new Refusal(`page "${target.path}" is not found`);
  return target;
}

function open({ path, query }) {
  const holder = document.createElement('div');
  holder.className = 'mini-page';
  holder.dataset.path = path;
  style(app.components.includes(path) ? '' : app.styles[path], holder);
  const { root, instance, attach } = create('page', path, holder);
  const page = { path, query, holder, root, instance, bar: barOf(configOf(path)), scroll: 0, ready: false, shown: false, tabBar: null, question: null };
  instance.route = path;
  instance.options = query;
  instance.getTabBar = () => page.tabBar?.instance ?? null;
  pages.push(page);
  if (isTab(path)) {
    tabs.set(path, page);
    page.tabBar = create('custom-tab-bar', 'custom-tab-bar/index', holder);
  }
  stage().replaceChildren(holder);
  attach();
  page.tabBar?.attach();
  tell(page, 'onLoad', query);
  return page;
}

function tell(page, name, ...values) {
  const method = page.instance[name];
  if (typeof method !== 'function') return undefined;
  try { return method.apply(page.instance, values); } catch (error) { console.error(`${page.path} ${name}: ${error?.stack ?? error}`); return undefined; }
}

function show(page) {
  if (page.shown) return;
  page.shown = true;
  stage().replaceChildren(page.holder);
  drawBar();
  window.scrollTo(0, page.scroll);
  tell(page, 'onShow');
  lifetime(page, 'show');
  if (page.ready) return;
  page.ready = true;
  tell(page, 'onReady');
}

function hide(page) {
  if (!page.shown) return;
  page.scroll = window.scrollY;
  page.shown = false;
  tell(page, 'onHide');
  lifetime(page, 'hide');
}

function lifetime(page, name) {
  page.root.getComponent().triggerPageLifetime(name, []);
  page.tabBar?.root.getComponent().triggerPageLifetime(name, []);
}

function close(page) {
  page.shown = false;
  tell(page, 'onUnload');
  page.tabBar?.root.release();
  page.root.release();
  page.holder.remove();
  tabs.delete(page.path);
  pages = pages.filter((other) => other !== page);
}

/** Draws the bar of the page on top as it stands. */
export function drawBar() {
  const page = top();
  if (page === undefined) return;
  const home = pages.length === 1;
  const leave = home && (isTab(page.path) || page.path === app.pages[0]) ? null : { home, tap: () => (home ? goHome() : goBack()) };
  draw(page.bar, leave);
}

const goHome = () => inTurn(() => relaunch(`/${app.pages[0]}`));

/** What her finger on the bar's button does: it asks first where a page wants that. */
export function goBack() {
  const { question } = top();
  if (question === null) return inTurn(() => back(1));
  const dismiss = panel({
    role: 'alertdialog',
    content: question,
    buttons: [{ text: words().cancel, tap: () => dismiss() }, { text: words().confirm, tap: () => { dismiss(); inTurn(() => back(1)); } }],
  });
  return undefined;
}

// Routes run one after the other, each when the code that asked for it has ended.
let line = Promise.resolve();
export function inTurn(route) {
  const done = line.then(() => new Promise((later) => { setTimeout(later); })).then(route);
  line = done.catch((error) => { if (!(error instanceof Refusal)) console.error(error?.stack ?? String(error)); });
  return done;
}

export function navigate(url) {
  const target = existing(url);
  if (isTab(target.path)) throw new Refusal('can not navigateTo a tabbar page');
  if (pages.length >= DEEPEST) throw new Refusal('webview count limit exceed');
  hide(top());
  show(open(target));
}

export function redirect(url) {
  const target = existing(url);
  if (isTab(target.path)) throw new Refusal('can not redirectTo a tabbar page');
  close(top());
  show(open(target));
}

export function back(delta) {
  if (pages.length <= 1) throw new Refusal('cannot navigate back at first page.');
  const leaving = pages.slice(Math.max(1, pages.length - Math.max(1, delta))).reverse();
  for (const page of leaving) close(page);
  show(top());
}

export function switchTab(url) {
  const target = existing(url);
  if (!isTab(target.path)) throw new Refusal('can not switch to no-tabBar page');
  if (url.includes('?')) console.error(`switchTab: the query of ${url} is lost`);
  const next = tabs.get(target.path);
  for (const page of [...pages].reverse()) {
    if (page === next) continue;
    if (isTab(page.path)) hide(page); else close(page);
  }
  pages = next ? [next] : [];
  show(next ?? open({ path: target.path, query: {} }));
}

export function relaunch(url) {
  const target = existing(url);
  for (const page of [...new Set([...pages, ...tabs.values()])].reverse()) close(page);
  pages = [];
  show(open(target));
}

/** WeChat goes to the background, and comes back. */
export function toBackground() { if (top()) hide(top()); }
export function toForeground() { if (top()) show(top()); }

/** She pulls the page down. Resolves to false where pages of this kind don't refresh. */
export function pullDown() {
  const page = top();
  const enabled = configOf(page.path).enablePullDownRefresh ?? app.json['app.json'].window?.enablePullDownRefresh ?? false;
  if (!enabled) return false;
  if (page.holder.querySelector('.mini-refreshing')) return true;
  const sign = document.createElement('div');
  sign.className = 'mini-refreshing';
  sign.textContent = '⋯';
  page.holder.prepend(sign);
  tell(page, 'onPullDownRefresh');
  return true;
}

export function stopPullDown() {
  for (const { holder } of [...pages, ...tabs.values()]) holder.querySelector('.mini-refreshing')?.remove();
}

/** Asks the page on top what to share: the answer of `onShareAppMessage`. */
export async function share(from) {
  const page = top();
  if (typeof page.instance.onShareAppMessage !== 'function') throw new Error(`${page.path} can't be shared`);
  const answer = tell(page, 'onShareAppMessage', from) ?? {};
  const { promise, ...now } = answer;
  harness.shares.push({ title: page.bar.title, path: `/${page.path}`, ...now, ...(promise && (await promise)) });
}

export function followScrolling() {
  let atEnd = false;
  window.addEventListener('scroll', () => {
    if (!top()?.shown) return;
    tell(top(), 'onPageScroll', { scrollTop: window.scrollY });
    const end = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - NEAR_THE_END;
    if (end && !atEnd) tell(top(), 'onReachBottom');
    atEnd = end;
  });
  whenThemeChanges(() => {
    for (const page of [...pages, ...tabs.values()]) {
      const { foreground, background } = barOf(configOf(page.path));
      Object.assign(page.bar, { foreground, background });
    }
    drawBar();
  });
}
