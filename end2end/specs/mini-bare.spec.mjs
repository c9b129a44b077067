// The built mini-program in a bare context: ECMAScript and WeChat's own globals, nothing that a browser would lend it. On Android, and with what an iPhone refuses.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { builtMiniprogram as app, told } from '../lib/mini.mjs';
import { throughWechat, wechatName } from '../lib/mini-member.mjs';
import { at } from '../lib/mini-places.mjs';
import { startServer } from '../lib/server.mjs';
import { arranged } from '../lib/states.mjs';
import { words } from '../lib/words.mjs';
import { bare } from '../miniprogram/bare.mjs';

const PLATFORMS = [['Android', false], ['iOS', true]];
let server;
let account;
let house;
let token;
let files;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODE_RESEND_SECONDS: '0', SHOUYUE_CODES_PER_NUMBER: '50' } });
  account = (await server.accounts()).members[1];
  house = await arranged(server, account);
  token = await throughWechat(server, account);
  files = await told(app, server);
});
after(() => server?.stop());

/** Every `wx` function that the package's scripts name. */
const called = () => [...new Set(readdirSync(app, { recursive: true }).filter((name) => name.endsWith('.js')).flatMap((name) => [...readFileSync(path.join(app, name), 'utf8').matchAll(/\bwx\.(\w+)\(/g)].map(([, api]) => api)))];

/** WeChat as far as pages lean on it: requests go to the real server. `asked` collects what else was called. */
function wechat(stored) {
  const asked = [];
  const noted = (name) => (options) => { asked.push([name, options]); };
  const memory = new Map(Object.entries(stored));
  return {
    asked,
    ...Object.fromEntries(called().map((name) => [name, noted(name)])),
    getAppBaseInfo: () => ({ language: 'zh_CN', theme: 'light' }),
    onThemeChange: () => {},
    getStorage: ({ key, success, fail }) => (memory.has(key) ? success({ data: memory.get(key) }) : fail({ errMsg: 'getStorage:fail data not found' })),
    setStorage({ key, data, complete }) { memory.set(key, data); complete?.(); },
    removeStorage({ key, complete }) { memory.delete(key); complete?.(); },
    login: ({ success }) => success({ code: `demo-${wechatName(account)}` }),
    request({ url, method, header, data, success, fail }) {
      const controller = new AbortController();
      fetch(url, { method, headers: header, body: data, signal: controller.signal })
        .then(async (answer) => success({ statusCode: answer.status, header: Object.fromEntries(answer.headers), data: await answer.text() }))
        .catch((error) => fail({ errMsg: `request:fail ${error.message}` }));
      return { abort: () => controller.abort() };
    },
  };
}

/** Every page of app.json by its file, and the address at which it is opened. */
function pages() {
  const { pages: main, subpackages } = JSON.parse(readFileSync(path.join(app, 'app.json'), 'utf8'));
  const all = [...main, ...subpackages.flatMap(({ root, pages: inside }) => inside.map((page) => `${root}/${page}`))];
  const { gift, held, pass, 'another counter': move } = house.member;
  const addresses = ['/', '/gifts', '/reservations', '/me', '/sign-in', '/join', '/card', '/points', '/tier', '/programme', '/me/profile', '/me/preferences', '/nowhere', gift, held, pass, move];
  const opened = new Map(addresses.map((address) => at(address).slice(1).split('?')).map(([file, query = '']) => [file, Object.fromEntries(query.split('&').filter(Boolean).map((pair) => pair.split('=')))]));
  assert.deepEqual([...opened.keys()].sort(), [...all].sort(), 'every page, and no other');
  return opened;
}

/** All that a view shows has come. */
const isThere = ({ view }) => view !== null && !/"loading":"/.test(JSON.stringify(view));

for (const [platform, ios] of PLATFORMS) {
  test(`${platform}: it starts, and every page opens and shows what it is for`, async () => {
    const wx = wechat({ token });
    const phone = bare(app, { ios, wx, files });
    phone.launch();
    for (const [file, query] of pages()) {
      const page = phone.open(file, query);
      const data = await page.drawn(isThere);
      assert.equal(data.failed, null, file);
      assert.match(data.look, /\broot\b.*\blang-zh-CN\b/, file);
      assert.ok(data.chrome.title.includes('晨露'), file);
      assert.doesNotMatch(JSON.stringify(data.view), /"trouble":\{/, file);
      page.instance.onUnload();
    }
    assert.ok(wx.asked.some(([name, { title }]) => name === 'setNavigationBarTitle' && title.includes(words('chrome.points'))));
  });

  test(`${platform}: what makes no sense gets a typed error, and the core goes on`, async () => {
    const phone = bare(app, { ios, wx: wechat({ token }), files });
    phone.launch();
    const page = phone.open('pages/home/home');
    await page.drawn(isThere);
    const { call } = phone.require('core/index.js');
    const refused = (request, code) => {
      const { err, ...rest } = call(request);
      assert.deepEqual(rest, {});
      assert.equal(err.code, code, JSON.stringify(request));
      assert.equal(typeof err.detail, 'string');
    };
    const number = page.instance.number;
    refused({ op: 'event', at: 1, page: number, event: { on: 'no such thing' } }, 'malformed-event');
    refused({ op: 'event', at: 1, page: number, event: null }, 'malformed-event');
    refused({ op: 'event', at: 1, page: number, event: { on: 'retry', value: { deep: [1, { er: '😀' }] } } }, 'malformed-event');
    refused({ op: 'event', at: 1, page: 999, event: { on: 'retry' } }, 'no-such-page');
    refused({ op: 'result', at: 1, effect: 12345, value: null }, 'no-such-effect');
    refused({ op: 'start', at: 1, brand: {}, system: { language: 'zh_CN', dark: false }, stored: {} }, 'not-now');
    refused({ op: 'dance', at: 1 }, 'malformed-request');
    refused([], 'malformed-request');
    refused('x'.repeat(100_000), 'malformed-request');
    const { ok } = call({ op: 'seen', at: 2, page: number, seen: true });
    assert.equal(ok.draw[0].page, number);
    assert.equal(ok.draw[0].data.chrome.tabs.map(({ label }) => label).join(), ['home', 'gifts', 'reservations', 'me'].map((tab) => words(`chrome.${tab}`)).join());
    const second = phone.open('pages/me/me');
    await second.drawn(isThere);
  });

  test(`${platform}: every letter comes back from the core as it went in`, async () => {
    const phone = bare(app, { ios, wx: wechat({ token }), files });
    phone.launch();
    const page = phone.open('account/profile/profile', { path: encodeURIComponent('/me/profile') });
    await page.drawn(isThere);
    const address = () => page.data.view.body.shown.content.address.value;
    const megabyte = '水乳😀é~\n"\\'.repeat(2 ** 20 / 18);
    for (const text of ['晨露', '😀👩‍🔬🇨🇳', 'é ß ñ \u00a0', '\u0000\u0001\u001f', '\u07ff\u0800\ud7ff\ue000\uffff\u{10000}\u{10ffff}', '"\\/', '', megabyte]) {
      page.send('typed', { on: 'typed', of: 'address' }, { value: text });
      assert.ok(address() === text, `${text.slice(0, 20)} came back as ${address().slice(0, 20)}`);
    }
  });

  test(`${platform}: half of a pair of surrogates is no letter, and breaks nothing`, async () => {
    const phone = bare(app, { ios, wx: wechat({}), files });
    const { encode, decode } = phone.require('core/text.js');
    const trip = (text) => decode(Uint8Array.from(encode(text)));
    for (const text of ['a\ud83d', '\ude00b', 'x\ud83dy', '\ude00\ud83d', '水\ud83d水']) {
      assert.deepEqual(Uint8Array.from(encode(text)), new TextEncoder().encode(text));
      assert.equal(trip(text), text.toWellFormed());
    }
    const every = Array.from({ length: 0x11_00 }, (_, index) => String.fromCodePoint(index * 0x100 + (index % 0x100))).join('');
    assert.deepEqual(Uint8Array.from(encode(every)), new TextEncoder().encode(every));
    assert.equal(trip(every), every.toWellFormed());
  });
}

test('without its core a page says so, and tries again', async () => {
  const phone = bare(app, { wx: wechat({ token }), files: { ...files, 'core/index.js': `let tries = 0; ${readFileSync(path.join(app, 'core/index.js'), 'utf8').replace('WXWebAssembly.instantiate(FILE', "WXWebAssembly.instantiate(tries++ === 0 ? '/core/none.wasm.br' : FILE")}` } });
  phone.launch();
  const page = phone.open('pages/home/home');
  const { failed } = await page.drawn((data) => data.failed !== null);
  assert.equal(failed.title, words('trouble.crashed_title'));
  page.send('again');
  await page.drawn((data) => data.failed === null && isThere(data));
});
