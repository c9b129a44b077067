// What the mini-program has of the phone and of WeChat: the cards she shares, where she is, the clipboard, light and dark, and the size of text.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'smol-toml';
import { api } from '../lib/api.mjs';
import { holdBack } from '../lib/deferred.mjs';
import { choice, hold, letGo, unit } from '../lib/gifts.mjs';
import { arrived, kept, miniOf, settled, throughWechat } from '../lib/mini-member.mjs';
import { at } from '../lib/mini-places.mjs';
import { builtMiniprogram } from '../lib/mini.mjs';
import { root } from '../lib/place.mjs';
import { cast, staffApi } from '../lib/roster.mjs';
import { startServer } from '../lib/server.mjs';
import { say, words } from '../lib/words.mjs';

const toml = (name) => parse(readFileSync(path.join(root, name), 'utf8'));
const BRAND = toml('public/brand/brand.toml').name;
const PICTURE = '/brand/share.jpg';
const HOME = '/pages/home/home';
/** WeChat's own text sizes. */
const [LARGE, STANDARD] = [20, 17];
// In Hangzhou, as exactly as a phone knows it; and what of that anybody may know.
const [EXACT, COARSE] = [{ latitude: 30.274137, longitude: 120.155128 }, { lat: 30.27, lng: 120.16 }];
let server;
let members;
let hers;
let clerk;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  const { members: accounts, staff } = await server.accounts();
  members = accounts;
  hers = api(server, await throughWechat(server, members[1]));
  clerk = await staffApi(server, cast(staff).clerk);
});
after(() => server?.stop());

/** A `ready` reservation of hers, made by programs. */
async function madeReady() {
  const place = await unit(hers, 'travel-duo', 'shanghai-qixia', 0);
  const made = await hold(hers, place);
  await clerk.post(`/staff/reservations/${made.id}/ready`, { barcode: place.variant.barcode });
  return { made, address: `/reservations/${made.id}/pass` };
}

// ---- Sharing

/** The card she sends from the page on top. */
async function shared({ share, shares }) {
  await share();
  return (await shares()).at(-1);
}

for (const locale of ['zh-CN', 'en']) test(`every page is shared as the member centre, with nothing of hers; ${locale}`, async (t) => {
  const { made, address: pass } = await madeReady();
  const her = await miniOf(t, server, members[1], { locale });
  const card = { title: say(locale)('chrome.share', { brand: BRAND[locale] }), path: HOME, imageUrl: PICTURE };
  for (const address of ['/', '/gifts', '/reservations', '/me', '/card', '/points', `/reservations/${made.id}`, pass]) {
    await her.visit(address);
    assert.deepEqual(await shared(her), card, address);
  }
  assert.ok(existsSync(path.join(builtMiniprogram, PICTURE)), 'the picture is in the package');
  await letGo(hers);
});

test('a gift is shared as itself, without the counter and the variant she has in mind', async (t) => {
  const { gift, variant, counter, words: named } = await unit(hers, 'travel-duo', 'shanghai-qixia', 1);
  const her = await miniOf(t, server, members[1]);
  const address = `/gifts/${gift.id}?counter=${counter.id}&variant=${variant.id}`;
  await her.visit(address);
  assert.equal(await choice(her.page, named.counter).isChecked(), true);
  const card = { title: words('chrome.share_gift', { brand: BRAND['zh-CN'], gift: named.gift }), path: at(`/gifts/${gift.id}`), imageUrl: PICTURE };
  assert.deepEqual(await shared(her), card);
  // Whoever gets the card arrives at the gift.
  const friend = await miniOf(t, server, members[2]);
  await friend.open(card.path);
  await settled(friend.page);
  assert.equal(await friend.page.locator('.h1').innerText(), named.gift);

  // As long as its name is not known, it is a page like every other.
  const slow = await holdBack(her.page, `**/api/v1/gifts/${gift.id}**`);
  await her.open(at(address));
  await slow.asked;
  assert.deepEqual(await shared(her), { title: words('chrome.share', { brand: BRAND['zh-CN'] }), path: HOME, imageUrl: PICTURE });
  slow.release();
  await settled(her.page);
});

// ---- Where she is

const near = (page) => page.getByRole('button', { name: words('pick.by_distance'), exact: true });
const counterNames = (page) => page.locator('.counters .li').evaluateAll((rows) => rows.map((row) => row.querySelector('.p').textContent.trim()));
/** Everything that went to the server, as text. */
const sent = async ({ calls }) => (await calls('request')).map(({ url, data }) => `${decodeURIComponent(url)} ${JSON.stringify(data ?? '')}`);

/** The demo's counters, the nearest first. */
function byDistance({ lat, lng }) {
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const apart = (to) => Math.acos(Math.sin(radians(lat)) * Math.sin(radians(to.lat)) + Math.cos(radians(lat)) * Math.cos(radians(to.lat)) * Math.cos(radians(to.lng - lng)));
  return toml('data/demo/counters.toml').counter.toSorted((one, other) => apart(one.position) - apart(other.position)).map((counter) => counter['zh-CN'].name);
}

async function onGift(t, wechat) {
  const { gift, words: { variant } } = await unit(hers, 'travel-duo', 'shanghai-qixia', 0);
  const her = await miniOf(t, server, members[1], { wechat });
  await her.visit(`/gifts/${gift.id}`);
  await choice(her.page, variant).tap();
  return her;
}

test('she says where she is: the nearest counters come first, and nobody learns more than about a kilometre', async (t) => {
  const her = await onGift(t, { location: EXACT });
  const { page, calls, stored } = her;
  const before = await counterNames(page);
  assert.deepEqual(await calls('getFuzzyLocation'), [], 'never by itself');
  await near(page).tap();
  await near(page).waitFor({ state: 'detached' });
  await settled(page);
  await page.waitForFunction((first) => document.querySelector('.counters .li .p').textContent.trim() === first, byDistance(COARSE)[0]);
  const after = await counterNames(page);
  assert.deepEqual(after, byDistance(COARSE));
  assert.deepEqual(after.toSorted(), before.toSorted(), 'the same counters');
  await page.locator('.counters .li').first().getByText(words('pick.away', { distance: words('common.kilometres', { number: '1' }), city: '杭州', hours: '' })).waitFor();

  const told = (await sent(her)).flatMap((text) => [...text.matchAll(/[?&]near=([^&\s]*)/g)].map(([, position]) => position));
  assert.ok(told.length > 0);
  for (const position of told) assert.deepEqual(position.split(',').map(Number), [COARSE.lat, COARSE.lng]);
  const everything = [...(await sent(her)), JSON.stringify(await stored())].join('\n');
  for (const degrees of Object.values(EXACT)) assert.ok(!everything.includes(String(degrees).slice(0, -3)), `${degrees} in ${everything}`);
  assert.ok(!JSON.stringify(await stored()).includes(String(COARSE.lat)), 'and it is not kept');
  assert.equal((await calls('getFuzzyLocation')).length, 1);
});

for (const [how, wechat] of [['to the phone', { location: null }], ['to WeChat’s guide', { location: EXACT, privacy: 'ask' }]]) {
  test(`she says no ${how}: the list stays as it is, and she may think again`, async (t) => {
    const her = await onGift(t, wechat);
    const { page, set } = her;
    const before = await counterNames(page);
    assert.notDeepEqual(before, byDistance(COARSE));
    await near(page).tap();
    if (wechat.privacy) await page.getByRole('alertdialog').getByRole('button', { name: '拒绝' }).tap();
    await page.getByText(words('pick.not_located'), { exact: true }).waitFor();
    assert.deepEqual(await counterNames(page), before);
    assert.ok((await sent(her)).every((text) => !text.includes('near=')));

    await set({ location: EXACT, privacy: 'agreed' });
    await near(page).tap();
    await page.waitForFunction((first) => document.querySelector('.counters .li .p').textContent.trim() === first, byDistance(COARSE)[0]);
    assert.equal(await page.getByText(words('pick.not_located')).count(), 0);
  });
}

// ---- The clipboard

const copy = (page, key) => page.getByRole('button', { name: words(key), exact: true });

test('her card’s number is copied without its spaces, and the button says so', async (t) => {
  const { page, visit, clipboard } = await miniOf(t, server, members[1]);
  const { number } = await hers.get('/me/card');
  await visit('/card');
  assert.match(await page.locator('.digits').innerText(), /^\d+(\s\d+)+$/);
  await copy(page, 'card.copy').tap();
  await copy(page, 'card.copied').waitFor();
  assert.match(number, /^\d+$/);
  assert.equal(await clipboard(), number);
  assert.equal(await copy(page, 'card.copy').count(), 0);
});

test('what was not copied is not called copied', async (t) => {
  const { page, visit, clipboard, ask } = await miniOf(t, server, members[1], { wechat: { privacy: 'ask' } });
  await visit('/card');
  await copy(page, 'card.copy').tap();
  await page.getByRole('alertdialog').getByRole('button', { name: '拒绝' }).tap();
  // Answers come in the order in which they were asked for.
  await ask('getNetworkType');
  assert.equal(await copy(page, 'card.copied').count(), 0);
  assert.equal(await clipboard(), null);
  // She thinks again.
  await copy(page, 'card.copy').tap();
  await page.getByRole('alertdialog').getByRole('button', { name: '同意' }).tap();
  await copy(page, 'card.copied').waitFor();
  assert.equal(await clipboard(), (await hers.get('/me/card')).number);
});

// ---- Light and dark

const tokens = JSON.parse(readFileSync(path.join(builtMiniprogram, 'theme-colours.js'), 'utf8').replaceAll(/^module\.exports = |;\s*$/g, ''));
const rgb = (colour) => `rgb(${colour.match(/[\da-f]{2}/gi).map((part) => Number.parseInt(part, 16)).join(', ')})`;

/** What is seen of the bar, the ground behind the page, and the page. */
const clothes = (page) => page.evaluate(() => {
  const bar = getComputedStyle(document.getElementById('mini-bar'));
  return { letters: bar.color, bar: bar.backgroundColor, ground: getComputedStyle(document.body).backgroundColor, paper: getComputedStyle(document.querySelector('#mini-stage .root')).backgroundColor };
});

/** Waits until they have `colours`, all of them. */
async function wears(page, { navigationBar, background: { backgroundColor } }) {
  const wanted = { letters: rgb(navigationBar.frontColor), bar: rgb(navigationBar.backgroundColor), ground: rgb(backgroundColor), paper: rgb(backgroundColor) };
  await page.waitForFunction(({ letters, bar }) => {
    const { style } = document.getElementById('mini-bar');
    return style.color === letters && style.backgroundColor === bar;
  }, wanted).catch(() => {});
  assert.deepEqual(await clothes(page), wanted);
}

/** The phone turns dark or light, and everybody has heard it. */
async function turns(page, colorScheme) {
  await page.evaluate(() => { window.turned = new Promise((heard) => { matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => setTimeout(heard), { once: true }); }); });
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => window.turned);
}

test('dark comes while it is open: bar, ground and page follow, on the page below as well', async (t) => {
  const { page, visit, back } = await miniOf(t, server, members[1]);
  await visit('/me');
  await wears(page, tokens.light);
  await page.getByRole('link', { name: words('chrome.profile'), exact: true }).tap();
  await arrived(page, '/me/profile');
  await settled(page);
  await turns(page, 'dark');
  await wears(page, tokens.dark);
  await back();
  await arrived(page, 'pages/me/me');
  await wears(page, tokens.dark);
  await turns(page, 'light');
  await wears(page, tokens.light);
});

test('her own choice stands when the phone changes; the green of the pass stays green', async (t) => {
  const { page, visit, back } = await miniOf(t, server, members[1], { storage: { theme: { data: 'light' } } });
  await visit('/me');
  await wears(page, tokens.light);
  await page.getByRole('link', { name: words('chrome.profile'), exact: true }).tap();
  await arrived(page, '/me/profile');
  await settled(page);
  await turns(page, 'dark');
  await wears(page, tokens.light);
  await back();
  await arrived(page, 'pages/me/me');
  await wears(page, tokens.light);

  const { address } = await madeReady();
  const green = await miniOf(t, server, members[1]);
  await green.visit(address);
  await wears(green.page, tokens.pass.light);
  await turns(green.page, 'dark');
  await wears(green.page, tokens.pass.dark);
  await letGo(hers);
});

// ---- The size of text

const isLarge = async (page) => (await page.locator('#mini-stage .root').first().getAttribute('class')).split(' ').includes('large');
const large = (page) => page.getByRole('switch', { name: words('me.large_text') });

test('who has large text in WeChat has it here, until she chooses for herself', async (t) => {
  const { page, visit, set, stored } = await miniOf(t, server, members[1], { largeText: true });
  await visit('/me');
  assert.ok(await isLarge(page));
  assert.equal(await large(page).isChecked(), true);
  const size = () => page.locator('.main .p').first().evaluate((text) => parseFloat(getComputedStyle(text).fontSize));
  const before = await size();
  // Nothing is kept of it: it is WeChat's, and goes with WeChat's.
  assert.ok(!('large' in await stored()));
  await set({ fontSize: STANDARD });
  await visit('/me');
  assert.equal(await isLarge(page), false);
  assert.ok(await size() * 1.2 <= before);
  await set({ fontSize: LARGE });
  await visit('/me');
  assert.ok(await isLarge(page));

  await large(page).tap();
  await page.locator('#mini-stage .root:not(.large) .main').waitFor();
  assert.equal((await kept(page, 'large')).data, false);
  await visit('/gifts');
  assert.equal(await isLarge(page), false, 'after starting again, on every page');
  // The other way round: large by her own choice.
  await set({ fontSize: STANDARD });
  await visit('/me');
  await large(page).tap();
  await page.locator('#mini-stage .root.large .main').waitFor();
  await page.waitForFunction(() => window.__wx.stored().large.data);
  await visit('/gifts');
  assert.ok(await isLarge(page));
});
