// The mini-program says word for word what the portal says: the same member, the same pages.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '../lib/api.mjs';
import { MINI, PORTAL, reading, walking } from '../lib/both.mjs';
import { phone } from '../lib/browser.mjs';
import { hold, unit } from '../lib/gifts.mjs';
import { PAGES, phoneOf, settled } from '../lib/member.mjs';
import { mini } from '../lib/mini.mjs';
import { miniOf, settled as drawn } from '../lib/mini-member.mjs';
import { later, startServer } from '../lib/server.mjs';
import { bearer } from '../lib/signin.mjs';
import { arranged } from '../lib/states.mjs';
import { say } from '../lib/words.mjs';

// After `ready_by` (18:00 of the next day), before `hold_until`.
const LATE = '+2d';
const TIME = '\\d\\d:\\d\\d';
const TABS = ['/', '/gifts', '/reservations', '/me'];
// First it is known that there is no pass, then why.
const LAST = { 'no pass yet': 'pass.not_ready_title' };
const LOCALES = ['zh-CN', 'en'];
let server;
let member;
let house;
let late;
let unknown;
before(async () => {
  const env = { SHOUYUE_CODE_RESEND_SECONDS: '0', SHOUYUE_CODES_PER_NUMBER: '50' };
  const early = await startServer({ env });
  const { members } = await early.accounts();
  const other = api(early, await bearer(early, members[2].phone));
  const made = await hold(other, await unit(other, 'travel-duo', 'shanghai-qixia', 0));
  server = await later(undefined, early, LATE, { env });
  member = members[1];
  house = await arranged(server, member);
  late = { account: members[2], addresses: { late: `/reservations/${made.id}`, home: '/', reservations: '/reservations' } };
  unknown = { phone: '+8613900000055' };
});
after(() => server?.stop());

// What differs, and why. Everything else is the same.
const DIFFERS = {
  'the camera reads codes in WeChat, and in no browser': (locale) => ({ without: [say(locale)('gifts.scan')] }),
  'WeChat’s way to choose a date has no way to choose none': (locale) => ({ without: [say(locale)('common.clear')] }),
  'one was opened before the minute was over, the other after': (locale) => ({
    mask: [say(locale)('common.as_of_today', { time: TIME }), say(locale)('common.as_of', { date: '\\S+( \\S+)?', time: TIME })].map((text) => new RegExp(text, 'g')),
  }),
  'the code on the card counts down by the second': (locale) => ({ mask: [new RegExp(say(locale)('card.countdown', { seconds: '\\d+' }), 'g')] }),
};
const allowed = (locale) => Object.values(DIFFERS).map((each) => each(locale)).reduce((all, one) => ({ without: [...all.without, ...(one.without ?? [])], mask: [...all.mask, ...(one.mask ?? [])] }), { without: [], mask: [] });

/** What both say on the pages they show. */
const both = async (portal, her, locale) => Promise.all([reading(portal.page, PORTAL, allowed(locale)), reading(her.page, MINI, allowed(locale))]);

/** WeChat's tab bar belongs to the tabs' own pages; the portal's stands on every page of hers. */
const withoutBar = ({ tabs, ...read }, address) => (TABS.includes(address) ? { tabs, ...read } : read);

const toBoth = (portal, her, address) => Promise.all([her.goto(address), portal.goto(address).then(() => settled(portal.page))]);

/** `title` is a heading that comes last, where others come before. */
async function same(portal, her, address, name, locale, title) {
  await toBoth(portal, her, address);
  if (title) for (const { page } of [portal, her]) await page.getByRole('heading', { level: 1, name: say(locale)(title), exact: true }).waitFor();
  const [ours, theirs] = await both(portal, her, locale);
  assert.ok(ours.words.join('').length > 10, `${name} says something`);
  assert.deepEqual(withoutBar(theirs, address), withoutBar(ours, address), `${name} in ${locale}`);
}

for (const locale of LOCALES) {
  test(`${locale}: every page of a member`, async (t) => {
    const [portal, her] = [await phoneOf(t, server, member, { locale }), walking(await miniOf(t, server, member, { locale }))];
    // A cold portal does not know yet that she is signed in, and offers joining on the programme's page: she comes there from a page of hers.
    const { '/programme': _, ...pages } = PAGES;
    for (const address of Object.keys(pages)) await same(portal, her, address, address, locale);
    await portal.goto('/me');
    await settled(portal.page);
    await portal.page.getByRole('link', { name: say(locale)('chrome.programme'), exact: true }).click();
    await portal.page.getByRole('heading', { level: 1, name: say(locale)('chrome.programme'), exact: true }).waitFor();
    await settled(portal.page);
    await her.goto('/programme');
    const [ours, theirs] = await both(portal, her, locale);
    assert.deepEqual(withoutBar(theirs), withoutBar(ours), `programme in ${locale}`);
  });

  test(`${locale}: her reservations in every state`, async (t) => {
    const [portal, her] = [await phoneOf(t, server, member, { locale }), walking(await miniOf(t, server, member, { locale }))];
    portal.tolerate(/404/);
    for (const [name, address] of Object.entries(house.member)) await same(portal, her, address, name, locale, LAST[name]);
  });

  test(`${locale}: one that is late`, async (t) => {
    const [portal, her] = [await phoneOf(t, server, late.account, { locale }), walking(await miniOf(t, server, late.account, { locale }))];
    for (const [name, address] of Object.entries(late.addresses)) await same(portal, her, address, name, locale);
  });

  test(`${locale}: nobody, and somebody on her way in`, async (t) => {
    const [portal, her] = [await phone(t, server, { locale }), walking(await mini(t, server, { locale }))];
    portal.tolerate(/404/);
    for (const address of ['/sign-in', '/programme', '/nowhere']) await same(portal, her, address, address, locale);
    await toBoth(portal, her, '/sign-in');
    for (const { page } of [portal, her]) {
      await page.getByLabel(say(locale)('sign_in.phone')).fill(unknown.phone.slice(3));
      await page.getByRole('button', { name: say(locale)('sign_in.send') }).click();
      await page.getByLabel(say(locale)('sign_in.code'), { exact: true }).waitFor();
      await server.code(unknown.phone);
    }
    await Promise.all([settled(portal.page), drawn(her.page)]);
    const [ours, theirs] = await both(portal, her, locale);
    assert.deepEqual(withoutBar(theirs), withoutBar(ours), `the code in ${locale}`);
  });

  test(`${locale}: joining`, async (t) => {
    const [portal, her] = [await phoneOf(t, server, unknown, { locale }), walking(await miniOf(t, server, unknown, { locale }))];
    await same(portal, her, '/join', 'what it is about', locale);
    for (const page of [portal.page, her.page]) {
      await page.getByRole('button', { name: say(locale)('join.next'), exact: true }).click();
      await page.getByLabel(say(locale)('join.name'), { exact: true }).waitFor();
    }
    const [ours, theirs] = await both(portal, her, locale);
    assert.deepEqual(withoutBar(theirs), withoutBar(ours), `the form in ${locale}`);
    assert.ok(ours.fields.length > 5);
  });
}

test('the page that the server draws before the portal runs says the same', async (t) => {
  const locale = 'zh-CN';
  const her = walking(await miniOf(t, server, member, { locale }));
  const portal = await phoneOf(t, server, member, { locale, javaScriptEnabled: false });
  await portal.page.goto('/');
  await her.goto('/');
  const [ours, theirs] = await both(portal, her, locale);
  // Its title is the brand's until the portal runs.
  assert.deepEqual({ ...theirs, title: '' }, { ...ours, title: '' });
});

test('one changed word is noticed, wherever it is', async (t) => {
  const locale = 'zh-CN';
  const [portal, her] = [await phoneOf(t, server, member), walking(await miniOf(t, server, member))];
  const wrong = async (address, change, part) => {
    await toBoth(portal, her, address);
    const [ours, theirs] = await both(portal, her, locale);
    assert.deepEqual(theirs[part], ours[part]);
    await her.page.evaluate(change);
    const changed = await reading(her.page, MINI, allowed(locale));
    assert.notDeepEqual(changed[part], ours[part], part);
  };
  await wrong('/', () => { document.querySelector('.main .figure .strong').textContent += '0'; }, 'words');
  await wrong('/', () => { document.querySelector('.main .status').append(...document.querySelectorAll('.main .card .figure')); }, 'words');
  await wrong('/', () => { document.querySelector('#mini-bar .mini-title').textContent = '晨露'; }, 'title');
  await wrong('/', () => { document.querySelector('.main .ring').setAttribute('aria-label', '圆'); }, 'pictures');
  await wrong('/', () => { document.querySelector('.tabs [role=link]').setAttribute('aria-label', '主页'); }, 'tabs');
  await wrong('/', () => { document.querySelector('.main .a.show').removeAttribute('role'); }, 'doors');
  await wrong('/me', () => { document.querySelector('.main [aria-checked=true]').setAttribute('aria-checked', 'false'); }, 'fields');
  await wrong('/me/profile', () => { document.querySelector('.main input').value = ''; }, 'fields');
  await wrong('/points', () => { document.querySelector('.main .h2').removeAttribute('aria-level'); }, 'headings');
});
