// The harness of the mini-program is itself tested: what it draws, and that it refuses what WeChat refuses. A small mini-program of its own serves for that.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { mini } from '../lib/mini.mjs';
import { root } from '../lib/place.mjs';
import { bare } from '../miniprogram/bare.mjs';
import { bundle } from '../miniprogram/bundle.mjs';

const app = path.join(root, 'end2end/miniprogram/fixture');
const HOME = '/pages/home/home';
const DETAIL = '/more/detail/detail';
let server;
let origin;
before(async () => {
  server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(418, { 'content-type': 'application/json' }).end(JSON.stringify({ said: `${request.method} ${request.headers.authorization} ${request.headers.cookie ?? 'no cookie'}` })));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

const fixture = (t, options = {}) => mini(t, { origin }, { app, ...options });
const said = (page, name, text) => page.locator(`.${name}`, { hasText: text }).waitFor();

test('templates, lists, conditions, taps and what a tap carries', async (t) => {
  const { page, open, tolerate } = await fixture(t);
  tolerate(/none\.png/);
  await open();
  await page.getByRole('heading', { name: 'Fixture' }).waitFor();
  assert.equal(await page.locator('.row').count(), 2);
  assert.equal(await page.locator('.row.on').getAttribute('id'), 'row-b');
  assert.equal(await page.locator('.foot').innerText(), 'home');
  await page.locator('.nothing').waitFor();
  await page.getByRole('button', { name: 'second', exact: true }).tap({ position: { x: 5, y: 5 } });
  await said(page, 'said', 'tap row b');
  // A mouse after a finger, and a tap that goes no further.
  await page.getByRole('button', { name: 'inside first' }).click();
  await said(page, 'caught', 'caught');
  await said(page, 'broken', 'no picture');
  assert.equal(await page.locator('.row').first().evaluate((row) => row.getBoundingClientRect().width), 180);
  assert.equal(await page.locator('.strong').first().evaluate((text) => getComputedStyle(text).fontWeight), '700');
});

test('fields, pickers and a switch', async (t) => {
  const { page, open, choose, pickDate, tolerate } = await fixture(t);
  tolerate(/none\.png/);
  await open(HOME);
  const field = page.getByRole('textbox', { name: 'phone' });
  await field.pressSequentially('138001380001234');
  assert.equal(await field.inputValue(), '13800138000');
  await said(page, 'typed', '13800138000');
  await field.press('Enter');
  await said(page, 'said', 'confirmed 13800138000');
  await field.blur();
  await said(page, 'said', 'left 13800138000');
  await choose(page.getByRole('button', { name: 'city' }), 'Beijing');
  await page.getByText('Beijing').waitFor();
  await pickDate(page.getByRole('button', { name: 'day' }), '2027-02-03');
  await page.getByText('2026-12-31').waitFor();
  await page.getByRole('switch', { name: 'loud' }).tap();
  assert.ok(await page.getByRole('switch', { name: 'loud' }).isChecked());
});

test('the stack: pages live, are told, and go where WeChat lets them', async (t) => {
  const { page, bar, open, back, top, stack, tolerate } = await fixture(t);
  tolerate(/none\.png/);
  await open(HOME);
  await bar.getByText('Home').waitFor();
  assert.equal(await bar.getByRole('button').count(), 0);
  await page.getByRole('button', { name: 'to tab, wrongly' }).tap();
  await said(page, 'refused', 'navigateTo:fail can not navigateTo a tabbar page');
  await page.getByRole('button', { name: 'to detail' }).tap();
  await said(page, 'only', '1 2');
  await said(page, 'answer', '42');
  await bar.getByText('Detail 1 2').waitFor();
  assert.equal(await page.getByRole('navigation').count(), 0);
  assert.equal(await page.locator('.only').evaluate((text) => getComputedStyle(text).color), 'rgb(176, 0, 32)');
  // A page that is marked has been there before: the next one is another.
  const mark = () => page.locator('.mini-page:not([data-depth])').evaluate((element) => { element.dataset.depth = ''; });
  await mark();
  for (let depth = 3; depth <= 10; depth += 1) {
    await page.getByRole('button', { name: 'deeper' }).tap();
    await mark();
  }
  assert.equal((await stack()).length, 10);
  await page.getByRole('button', { name: 'deeper' }).tap();
  await said(page, 'refused', 'navigateTo:fail webview count limit exceed');
  await back();
  await page.getByRole('alertdialog').getByRole('button', { name: '取消' }).tap();
  assert.equal((await stack()).length, 10);
  await back();
  await page.getByRole('alertdialog').getByRole('button', { name: '确定' }).tap();
  await page.waitForFunction(() => window.__wx.stack().length < 10);
  assert.equal((await stack()).length, 9);
  assert.equal((await top()).path, 'more/detail/detail');
});

test('tabs: each page lives once, and its bar knows where it is', async (t) => {
  const { page, open, stack, tolerate } = await fixture(t);
  tolerate(/none\.png/);
  await open(HOME);
  await page.getByRole('navigation').getByRole('link', { name: 'two' }).tap();
  await page.locator('.line', { hasText: /^me show$/ }).waitFor();
  assert.equal(await page.locator('.tab.current-page').innerText(), 'two');
  assert.deepEqual(await page.locator('.line').allInnerTexts(), ['launch pages/home/home', 'app shown', 'home load {}', 'home show', 'home ready', 'home hide', 'me load {}', 'me show']);
  assert.equal(await page.locator('.globals').innerText(), Array(11).fill('undefined').join(' '));
  await page.getByRole('link', { name: 'one' }).tap();
  await page.getByRole('heading', { name: 'Fixture' }).waitFor();
  await page.getByRole('link', { name: 'two' }).tap();
  await page.locator('.line', { hasText: /^me hide$/ }).waitFor();
  assert.equal(await page.locator('.line', { hasText: 'load' }).count(), 2);
  assert.deepEqual(await stack(), ['pages/me/me']);
});

test('consent is asked within a tap or not at all', async (t) => {
  const { page, open, set, calls } = await fixture(t);
  await open('/pages/me/me');
  await page.getByRole('button', { name: 'ask late' }).tap();
  await said(page, 'answer', 'requestSubscribeMessage:fail can only be invoked by user TAP gesture.');
  await set({ subscribe: { one: 'accept' } });
  await page.getByRole('button', { name: 'ask', exact: true }).tap();
  await said(page, 'answer', '{"one":"accept","two":"reject","errMsg":"requestSubscribeMessage:ok"}');
  assert.deepEqual(await calls('requestSubscribeMessage'), Array(2).fill({ tmplIds: ['one', 'two'] }));
});

test('requests reach the real server, without cookies; every status is a success', async (t) => {
  const { page, context, open } = await fixture(t);
  await context.addCookies([{ name: 'session', value: 'x', url: origin }]);
  await open(`${DETAIL}?origin=${encodeURIComponent(origin)}`);
  await page.getByRole('button', { name: 'ask' }).tap();
  await said(page, 'asked', '418 POST Bearer x no cookie');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'ask' }).tap();
  await said(page, 'asked', 'request:fail');
  await context.setOffline(false);
  await open(`${DETAIL}?origin=https://elsewhere.example`);
  await page.getByRole('button', { name: 'ask' }).tap();
  await said(page, 'asked', 'request:fail url not in domain list');
});

test('pulling down, sharing, light and dark', async (t) => {
  const { page, open, pullDown, shares, tolerate } = await fixture(t, { colorScheme: 'dark' });
  tolerate(/none\.png/);
  await open(HOME);
  const coloured = (colour) => page.waitForFunction((wanted) => getComputedStyle(document.getElementById('mini-bar')).backgroundColor === wanted, colour);
  await coloured('rgb(0, 0, 0)');
  await page.emulateMedia({ colorScheme: 'light' });
  await coloured('rgb(255, 255, 255)');
  await pullDown();
  await page.getByRole('heading', { name: 'Fresh' }).waitFor();
  await page.getByRole('button', { name: 'share' }).tap();
  assert.deepEqual(await shares(), [{ title: 'a gift', path: '/pages/home/home?from=friend' }]);
});

test('what is stored stays, and what is encrypted is not read otherwise', async (t) => {
  const { open, ask, stored } = await fixture(t, { storage: { kept: { data: { a: 1 }, encrypted: true } } });
  await open(DETAIL);
  assert.deepEqual(await ask('getStorage', { key: 'kept', encrypt: true }), { data: { a: 1 }, errMsg: 'getStorage:ok' });
  assert.deepEqual(await ask('getStorage', { key: 'kept' }), { errMsg: 'getStorage:fail data not found' });
  await ask('setStorage', { key: 'plain', data: '水' });
  assert.deepEqual(await ask('setStorage', { key: 'long', data: 'x'.repeat(1024 * 1024) }), { errMsg: 'setStorage:fail entry size limit reached' });
  await ask('removeStorage', { key: 'kept' });
  await open(DETAIL);
  assert.deepEqual(await stored(), { plain: { data: '水', encrypted: false } });
});

test('what she is asked for is what the test says she answers', async (t) => {
  const { page, open, ask, set } = await fixture(t, { wechat: { name: 'gao', privacy: 'ask' } });
  await open(DETAIL);
  assert.deepEqual(await ask('login'), { code: 'demo-gao', errMsg: 'login:ok' });
  await set({ loginFails: 'system error', scan: { result: 'SY1', scanType: 'QR_CODE' } });
  assert.deepEqual(await ask('login'), { errMsg: 'login:fail system error' });
  assert.equal((await ask('scanCode')).result, 'SY1');
  await set({ scan: null });
  assert.deepEqual(await ask('scanCode'), { errMsg: 'scanCode:fail cancel' });
  const refused = ask('getFuzzyLocation', { type: 'gcj02' });
  await page.getByRole('alertdialog').getByRole('button', { name: '拒绝' }).tap();
  assert.deepEqual(await refused, { errno: 104, errMsg: 'getFuzzyLocation:fail privacy permission is not authorized' });
  await set({ privacy: 'agreed' });
  assert.deepEqual(await ask('getFuzzyLocation'), { errMsg: 'getFuzzyLocation:fail auth deny' });
  await set({ location: { latitude: 31.2, longitude: 121.5 } });
  assert.equal((await ask('getFuzzyLocation')).latitude, 31.2);
  const answered = ask('showModal', { title: '确定吗', content: '不能撤销' });
  await page.getByRole('alertdialog', { name: '确定吗' }).getByRole('button', { name: '确定' }).tap();
  assert.deepEqual(await answered, { confirm: true, cancel: false, errMsg: 'showModal:ok' });
  assert.deepEqual(await ask('requestSubscribeMessage', { tmplIds: ['one'] }), { errCode: 10001, errMsg: 'requestSubscribeMessage:fail can only be invoked by user TAP gesture.' });
});

test('ways that WeChat closes', async (t) => {
  const { page, open, ask, stack, tolerate } = await fixture(t);
  tolerate(/none\.png/);
  await open(HOME);
  const why = async (api, url) => (await ask(api, { url })).errMsg;
  assert.equal(await why('switchTab', DETAIL), 'switchTab:fail can not switch to no-tabBar page');
  assert.equal(await why('redirectTo', '/pages/me/me'), 'redirectTo:fail can not redirectTo a tabbar page');
  assert.equal(await why('navigateTo', '/pages/none/none'), 'navigateTo:fail page "pages/none/none" is not found');
  assert.equal((await ask('navigateBack')).errMsg, 'navigateBack:fail cannot navigate back at first page.');
  assert.equal(await why('navigateTo', `${DETAIL}?id=1`), 'navigateTo:ok');
  assert.equal(await why('redirectTo', 'detail?id=2'), 'redirectTo:ok');
  await said(page, 'only', '2');
  assert.deepEqual(await stack(), ['pages/home/home', 'more/detail/detail']);
  assert.equal(await why('reLaunch', `${DETAIL}?id=3`), 'reLaunch:ok');
  assert.deepEqual(await stack(), ['more/detail/detail']);
});

const silent = { setNavigationBarTitle: () => {}, enableAlertBeforeUnload: () => {} };

for (const ios of [false, true]) {
  test(`code runs in a bare context, ${ios ? 'iOS' : 'Android'}`, async () => {
    const phone = bare(app, { ios, wx: silent });
    for (const name of ['fetch', 'URL', 'TextEncoder', 'WebAssembly', 'performance', 'process', 'Buffer', 'structuredClone', 'queueMicrotask', 'globalThis', 'Intl']) {
      assert.equal(phone.typeOf(name), 'undefined', name);
    }
    phone.launch();
    const page = phone.open('more/detail/detail', { id: '7' });
    assert.equal(page.data.id, '7');
    await page.drawn(({ answer }) => answer === 42);
    assert.equal((await phone.require('core/index.js').load()).answer(), 42);
  });
}

test('iOS refuses an exported Global and tables of foreign values', async (t) => {
  const { default: binaryen } = await import('binaryen');
  const folder = await mkdtemp(path.join(tmpdir(), 'shouyue-mini-'));
  t.after(() => rm(folder, { recursive: true }));
  await cp(app, folder, { recursive: true });
  const modules = {
    'an exported Global: g': '(module (global $g i32 (i32.const 1)) (export "g" (global $g)))',
    'a table of externref': '(module (table 1 externref))',
    'an imported table of externref: a.b': '(module (import "a" "b" (table 1 externref)))',
  };
  for (const [reason, text] of Object.entries(modules)) {
    const module = binaryen.parseText(text);
    module.setFeatures(binaryen.Features.All);
    await writeFile(path.join(folder, 'core/core.wasm.br'), brotliCompressSync(module.emitBinary()));
    const load = (ios) => bare(folder, { ios, wx: silent }).require('core/index.js').load();
    await assert.rejects(load(true), { message: `WXWebAssembly.instantiate: iOS refuses ${reason}` });
    if (!reason.includes('imported')) await load(false);
  }
});

test('what WeChat’s compilers refuse is refused, with its place', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'shouyue-mini-'));
  t.after(() => rm(folder, { recursive: true }));
  const refused = async (name, text, why) => {
    await cp(app, path.join(folder, 'app'), { recursive: true });
    await writeFile(path.join(folder, 'app', name), text);
    await assert.rejects(bundle(path.join(folder, 'app'), path.join(folder, 'out')), why);
  };
  await refused('templates/foot.wxml', '<view>\n  <text>{{name}}</view>', /templates\/foot\.wxml:2:4: missing end tag/);
  await refused('templates/foot.wxml', '<view/>\n<template is="nobody"/>', /templates\/foot\.wxml:2:1: there is no template nobody/);
  await refused('templates/foot.wxml', '<import src="none.wxml"/>', /foot\.wxml: there is no templates\/none\.wxml/);
  await refused('app.wxss', '.a {}\n* { color: red }', /app\.wxss:2:1: WXSS has no universal selector/);
  await refused('app.wxss', 'section { color: red }', /app\.wxss:1:1: no element <section>/);
});
