// Phones with the mini-program in the hands of a demo member: her WeChat account is bound to her number, and she is signed in. The counterpart of `member.mjs`.
import assert from 'node:assert/strict';
import { mini } from './mini.mjs';
import { at } from './mini-places.mjs';

const tokens = new Map();

/** The account that WeChat knows her by. */
export const wechatName = (account) => `w${account.phone.replace('+', '')}`;

/**
 * A session through WeChat, come by as the mini-program does: the account is bound to the number on the way. Returns its token. A `former` token is over from then on.
 */
export async function throughWechat(server, account, { name = wechatName(account), former } = {}) {
  const post = async (path, body, headers = {}) => {
    const answer = await fetch(`${server.origin}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-session': 'bearer', ...headers }, body: JSON.stringify(body) });
    return { ok: answer.ok, body: await answer.json() };
  };
  const known = await post('/auth/wechat', { code: `demo-${name}` }, former && { authorization: `Bearer ${former}` });
  if (known.ok) return known.body.token;
  assert.equal(known.body.code, 'phone-binding-required', JSON.stringify(known.body));
  const { body: { challenge_id } } = await post('/auth/otp', { phone: account.phone });
  const opened = await post('/auth/otp/verify', { challenge_id, code: await server.code(account.phone) }, { 'wechat-binding': known.body.binding });
  assert.ok(opened.body.token, JSON.stringify(opened.body));
  return opened.body.token;
}

/** A phone that is signed in as `account`; otherwise as `mini`. `visit('/points')` opens the mini-program there, and waits until all of it has come. */
export async function miniOf(t, server, account, { wechat, storage, ...options } = {}) {
  const key = `${server.origin} ${account.phone}`;
  if (!tokens.has(key)) tokens.set(key, throughWechat(server, account));
  const her = await mini(t, server, {
    ...options,
    wechat: { name: wechatName(account), ...wechat },
    storage: { token: { data: await tokens.get(key), encrypted: true }, ...storage },
  });
  return {
    ...her,
    async visit(path) {
      await her.open(at(path));
      await settled(her.page);
    },
  };
}

/** Waits until all the page shows has come: there are no bones, and nothing is busy. */
export async function settled(page) {
  await page.locator('.main .h1').first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.querySelector('#mini-glass :is(.skeleton, .busy)') === null);
}

/** The heading of the page on top. */
export const heading = (page, name) => page.locator('.h1').filter({ hasText: name });

/** Waits until the page on top is the one of `path`: its address, or what it matches. */
export const arrived = (page, path) => page.waitForFunction((wanted) => {
  const { path: file, query } = window.__wx.top();
  const address = query.path === undefined ? file : decodeURIComponent(query.path);
  return new RegExp(wanted).test(address);
}, path instanceof RegExp ? path.source : `^${path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);

/** Waits until her phone has something stored under `key`, and returns it: `{data, encrypted}`. */
export const kept = async (page, key) => (await page.waitForFunction((name) => window.__wx.stored()[name], key)).jsonValue();

/** Waits until it has nothing there. */
export const forgotten = (page, key) => page.waitForFunction((name) => !(name in window.__wx.stored()), key);
