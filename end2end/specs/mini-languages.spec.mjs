// Her language in the mini-program: it changes on 'me', and on every page that is open, and nothing of the other is left.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MINI, walking } from '../lib/both.mjs';
import { PAGES } from '../lib/member.mjs';
import { mini } from '../lib/mini.mjs';
import { miniOf, settled } from '../lib/mini-member.mjs';
import { HAN, LATIN, said } from '../lib/said.mjs';
import { startServer } from '../lib/server.mjs';
import { REASON, arranged } from '../lib/states.mjs';
import { say } from '../lib/words.mjs';

const GLASS = { seen: '#mini-glass', heard: '#mini-glass' };
const TABS = ['home', 'gifts', 'reservations', 'me'];
const OTHER = { 'zh-CN': 'en', en: 'zh-CN' };
const FOREIGN = { 'zh-CN': LATIN, en: HAN };
// Codes and volumes are no words, and a rule names the column it means.
const NO_WORDS = /id="root"|[2-9A-Z]{3} [2-9A-Z]{3} [2-9A-Z]{3}|\b\d+\s?ml\b/g;
let server;
let account;
let house;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODE_RESEND_SECONDS: '0', SHOUYUE_CODES_PER_NUMBER: '50' } });
  account = (await server.accounts()).members[1];
  house = await arranged(server, account);
});
after(() => server?.stop());

/** Fails if the page on top, its bar or its tabs hold a word of another language than `locale`. */
async function speaks(page, locale, where) {
  // People are called what they are called, a reason is what the counter wrote, and a language is offered in its own words.
  const names = [account.name, ...Object.values(house.people).map(({ name }) => name), REASON, say(OTHER[locale])('me.own_name')];
  const masked = [...account.name][0];
  const left = (await said(page, [...names, `${masked}**`, `${masked}*`], GLASS)).replaceAll(NO_WORDS, '').match(FOREIGN[locale]) ?? [];
  assert.deepEqual(left, [], `${where} in ${locale}`);
}

const everyPage = () => ({ ...Object.fromEntries(Object.keys(PAGES).map((address) => [address, address])), ...house.member, nowhere: '/nowhere' });

/** Chooses a language on 'me', and waits until the page speaks it. */
async function choose(page, locale) {
  await page.getByRole('radio', { name: say(locale)('me.own_name'), exact: true }).click();
  await page.locator('.h1').filter({ hasText: say(locale)('chrome.me') }).waitFor();
  await page.locator(`.lang-${locale}`).first().waitFor();
}

const tab = (page, name, locale) => page.getByRole('navigation', { name: say(locale)('chrome.tabs') }).getByRole('link', { name: say(locale)(`chrome.${name}`), exact: true });

async function showTab(page, name, locale) {
  await tab(page, name, locale).tap();
  await page.waitForFunction((file) => window.__wx.top().path === file, `pages/${name}/${name}`);
  await settled(page);
}

for (const locale of ['zh-CN', 'en']) {
  const other = OTHER[locale];

  test(`from ${locale} to ${other} and back: every tab that is open, then every page, then after starting again`, async (t) => {
    const { page, bar, open, goto, stack } = walking(await miniOf(t, server, account, { locale }));
    await goto('/');
    for (const name of TABS.slice(1)) await showTab(page, name, locale);
    for (const [now, before] of [[other, locale], [locale, other]]) {
      assert.ok(await page.locator(`.lang-${before}`).count() > 0);
      await choose(page, now);
      // The tabs are not opened again: they lived through it.
      for (const name of ['home', 'gifts', 'reservations', 'me']) {
        await showTab(page, name, now);
        await speaks(page, now, name);
        assert.equal(await bar.innerText(), say(now)('chrome.title', { page: say(now)(`chrome.${name}`), brand: { 'zh-CN': '晨露', en: 'Dewlight' }[now] }));
      }
      assert.equal((await stack()).length, 1);
    }
    await choose(page, other);
    for (const [name, address] of Object.entries(everyPage())) {
      await goto(address);
      await speaks(page, other, name);
    }
    await open('/pages/home/home');
    await settled(page);
    await speaks(page, other, 'home, started again');
    assert.equal(await page.locator(`.lang-${locale}`).count(), 0);
  });

  test(`${locale}: every page on a phone that speaks it`, async (t) => {
    const { page, goto } = walking(await miniOf(t, server, account, { locale }));
    for (const [name, address] of Object.entries(everyPage())) {
      await goto(address);
      await speaks(page, locale, name);
    }
    // A list is not on the page until it is opened.
    await goto('/gifts');
    await page.locator('wx-picker').click();
    await page.getByRole('option').first().waitFor();
    await speaks(page, locale, 'the list of counters');
  });

  test(`${locale}: on the way in, and joining`, async (t) => {
    const { page, goto } = walking(await mini(t, server, { locale }));
    for (const address of ['/sign-in', '/programme', '/nowhere', '/join']) {
      await goto(address);
      await speaks(page, locale, address);
    }
  });
}

test('what was on its way when she changed the language comes in the new one', async (t) => {
  const { page, goto, context } = walking(await miniOf(t, server, account));
  await goto('/');
  await showTab(page, 'me', 'zh-CN');
  let release;
  const held = new Promise((done) => { release = done; });
  await context.route('**/api/v1/gifts?**', async (route) => { await held; await route.continue(); }, { times: 1 });
  await tab(page, 'gifts', 'zh-CN').tap();
  await page.locator('.skeleton').waitFor();
  await tab(page, 'me', 'zh-CN').tap();
  await choose(page, 'en');
  release();
  await showTab(page, 'gifts', 'en');
  await speaks(page, 'en', 'gifts');
});

test('a phone in a third language is spoken to in one of the two', async (t) => {
  const { page, goto } = walking(await mini(t, server, { locale: 'fr-FR' }));
  await goto('/sign-in');
  const look = await page.locator(`${MINI.main}`).evaluate((main) => main.parentElement.className);
  assert.match(look, /\blang-(zh-CN|en)\b/);
  await speaks(page, look.includes('lang-en') ? 'en' : 'zh-CN', 'sign-in');
});
