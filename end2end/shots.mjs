// The README's pictures: the real portal with the demo's members, always on the same morning.
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { api } from './lib/api.mjs';
import { walking } from './lib/both.mjs';
import { choice, chooseUnit, hold, unit } from './lib/gifts.mjs';
import { miniOf, settled as drawn } from './lib/mini-member.mjs';
import { at } from './lib/mini-places.mjs';
import { root } from './lib/place.mjs';
import { startServer } from './lib/server.mjs';
import { settled } from './lib/settled.mjs';
import { bearer, signIn } from './lib/signin.mjs';
import { cast, signIn as staffSignIn, staffApi } from './lib/roster.mjs';
import { words } from './lib/words.mjs';

const MORNING = Date.parse('2026-11-20T09:41:00+08:00');
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' };
const FOLDER = path.join(root, 'docs/pictures');
const QUIET = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--hide-scrollbars', '--font-render-hinting=none'];

const TABLET = { viewport: { width: 820, height: 1180 }, deviceScaleFactor: 1.5 };
const DAY = 86_400_000;

const data = await mkdtemp(path.join(tmpdir(), 'shouyue-shots-'));
const database = `sqlite:${path.join(data, 'demo.sqlite')}`;
/** The house at that instant. */
function houseAt(instant) {
  const away = Math.round((instant - Date.now()) / 1000);
  return startServer({ database, clock: `${away < 0 ? '-' : '+'}${Math.abs(away)}s`, env: { SHOUYUE_CODE_RESEND_SECONDS: '0', SHOUYUE_CODES_PER_NUMBER: '50' } });
}
// The demo's dates end on the day it is filled. Then two days before, for what is late by now.
await (await houseAt(MORNING)).stop();
const earlier = await houseAt(MORNING - 2 * DAY);
const lateOne = await reserved(earlier, (await earlier.accounts()).members[2], 'travel-duo', 0);
await earlier.stop();
const server = await houseAt(MORNING);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: QUIET });
try {
  await mkdir(FOLDER, { recursive: true });
  const { members, staff } = await server.accounts();
  const [fresh, gold, top] = members;
  const people = cast(staff);
  const cookies = new Map();
  const held = await reserved(server, gold, 'travel-duo', 0);
  const ready = await reserved(server, gold, 'essence-trio', 0);
  await (await staffApi(server, people.colleague)).post(`/staff/reservations/${ready.made.id}/ready`, { barcode: ready.place.variant.barcode });
  const wrongUnit = held.place.other.barcode;
  // Something she has not reserved yet.
  const wished = await unit(api(server, await bearer(server, gold.phone)), 'sun-milk', 'shanghai-qixia', 0);

  const shots = [
    ['home', gold, '/'],
    ['home-top', top, '/'],
    ['home-new', fresh, '/'],
    ['gifts', gold, '/gifts'],
    ['gift', gold, `/gifts/${wished.gift.id}`],
    ['confirm', gold, `/gifts/${wished.gift.id}`, { act: toTheButton }],
    ['reservations', gold, '/reservations'],
    ['held', gold, `/reservations/${held.made.id}`],
    ['late', top, `/reservations/${lateOne.made.id}`],
    ['ready', gold, `/reservations/${ready.made.id}`],
    ['pass', gold, `/reservations/${ready.made.id}/pass`],
    ['card', gold, '/card'],
    ['points', gold, '/points'],
    ['tier', gold, '/tier'],
    ['programme', null, '/programme', { act: toTheClauses }],
    ['me', gold, '/me'],
    ['sign-in', null, '/sign-in'],
    ['code', null, '/sign-in', { act: askForCode }],
    ['join', null, '/join'],
    ['join-form', 'stranger', '/join', { act: fillIn }],
    ['home-dark', gold, '/', { colorScheme: 'dark' }],
    ['tier-dark', top, '/tier', { colorScheme: 'dark' }],
    ['points-en', gold, '/points', { locale: 'en' }],
    ['home-large', gold, '/', { settings: { large: '1' } }],
    ['gifts-dark', gold, '/gifts', { colorScheme: 'dark' }],
    ['gift-en', gold, `/gifts/${wished.gift.id}`, { locale: 'en' }],
    ['pass-en', gold, `/reservations/${ready.made.id}/pass`, { locale: 'en' }],
    ['pass-dark', gold, `/reservations/${ready.made.id}/pass`, { colorScheme: 'dark' }],
    ['held-large', gold, `/reservations/${held.made.id}`, { settings: { large: '1' } }],
    ['staff-today', people.clerk, '/staff'],
    ['staff-scan', people.clerk, `/staff/reservations/${held.made.id}`],
    ['staff-mismatch', people.clerk, `/staff/reservations/${held.made.id}`, { act: scanWrong }],
    ['staff-pickup', people.clerk, '/staff/pickup'],
    ['staff-stock', people.clerk, '/staff/stock'],
    ['staff-tablet', people.clerk, '/staff', TABLET],
    ['staff-mismatch-tablet', people.clerk, `/staff/reservations/${held.made.id}`, { ...TABLET, act: scanWrong }],
    ['staff-today-dark', people.clerk, '/staff', { colorScheme: 'dark' }],
    ['staff-hold-en', people.clerk, '/staff/hold', { locale: 'en' }],
    ['staff-attention', people.manager, '/staff/attention'],
  ];
  for (const [name, who, address, { act, settings, ...options } = {}] of shots) {
    const context = await browser.newContext({ ...PHONE, locale: 'zh-CN', baseURL: server.origin, ...options });
    if (settings) await context.addInitScript((all) => { for (const [key, value] of Object.entries(all)) localStorage.setItem(key, value); }, settings);
    if (who) await context.addCookies(await sessionOf(who));
    const page = await context.newPage();
    await page.goto(address);
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    await settled(page);
    await act?.(page);
    // The heading has the focus after going somewhere; a picture needs no caret and no ring.
    await page.evaluate(() => document.activeElement?.blur());
    await page.evaluate(() => document.fonts.ready);
    const file = path.join(FOLDER, `${name}.jpg`);
    await taken(page, file);
    await context.close();
  }

  // The mini-program, as she comes to each page from a tab.
  const miniShots = [
    ['mini-home', '/'],
    ['mini-gift', '/gifts', `/gifts/${wished.gift.id}`],
    ['mini-reservations', '/reservations'],
    ['mini-pass', '/reservations', `/reservations/${ready.made.id}/pass`],
  ];
  for (const [name, tab, address] of miniShots) {
    let close;
    const her = walking(await miniOf({ name, passed: true, after: (end) => { close = end; } }, server, gold, { browser, deviceScaleFactor: 1.5 }));
    await her.goto(tab);
    if (address) {
      await her.ask('navigateTo', { url: at(address) });
      await her.page.locator(`[data-path="${at(address).slice(1).split('?')[0]}"]`).waitFor();
      await drawn(her.page);
    }
    await her.page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => {}))));
    await taken(her.page, path.join(FOLDER, `${name}.jpg`), 70);
    await close();
  }

  async function taken(page, file, quality = 80) {
    await page.screenshot({ path: file, type: 'jpeg', quality, caret: 'hide', animations: 'disabled' });
    console.log(`${path.relative(root, file)}  ${Math.round((await stat(file)).size / 1000)} KB`);
  }

  async function sessionOf(who) {
    if (who.user) {
      if (!cookies.has(who.user)) {
        const context = await browser.newContext();
        await staffSignIn(context, server, who);
        cookies.set(who.user, await context.cookies());
        await context.close();
      }
      return cookies.get(who.user);
    }
    const phone = who === 'stranger' ? '+8613900000042' : who.phone;
    if (!cookies.has(phone)) {
      const context = await browser.newContext();
      await signIn(context, server, phone);
      cookies.set(phone, await context.cookies());
      await context.close();
    }
    return cookies.get(phone);
  }

  async function scanWrong(page) {
    await page.getByLabel(words('staff_unit.barcode'), { exact: true }).fill(wrongUnit);
    await page.getByRole('button', { name: words('staff_work.put_aside') }).click();
    await page.getByRole('heading', { name: words('staff_work.mismatch_heading') }).waitFor();
  }

  async function toTheButton(page) {
    await chooseUnit(page, wished.words);
    await choice(page, wished.words.counter).evaluate((input) => input.closest('label').scrollIntoView({ block: 'center' }));
  }

  async function askForCode(page) {
    await page.getByLabel(words('sign_in.phone')).fill('13900000077');
    await page.getByRole('button', { name: words('sign_in.send') }).click();
    await page.getByLabel(words('sign_in.code'), { exact: true }).waitFor();
    await page.getByLabel(words('sign_in.code'), { exact: true }).fill('284');
  }
} finally {
  await browser.close();
  await server.stop();
  await rm(data, { recursive: true, force: true });
}

/** A hold of hers at the counter with staff. */
async function reserved(house, account, gift, which) {
  const hers = api(house, await bearer(house, account.phone));
  const place = await unit(hers, gift, 'shanghai-qixia', which);
  return { place, made: await hold(hers, place) };
}

async function fillIn(page) {
  await page.getByRole('button', { name: words('join.next'), exact: true }).click();
  await page.getByLabel(words('join.name'), { exact: true }).fill('林听雨');
}

async function toTheClauses(page) {
  await page.getByRole('heading', { name: words('programme.clauses') }).evaluate((heading) => heading.closest('section').scrollIntoView());
  await page.evaluate(() => window.scrollBy(0, -24));
}
