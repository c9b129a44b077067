// The README's pictures: the real portal with the demo's members, always on the same morning.
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './lib/place.mjs';
import { startServer } from './lib/server.mjs';
import { settled } from './lib/settled.mjs';
import { signIn } from './lib/signin.mjs';
import { words } from './lib/words.mjs';

const MORNING = Date.parse('2026-11-20T09:41:00+08:00');
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' };
const FOLDER = path.join(root, 'docs/pictures');
const QUIET = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--hide-scrollbars', '--font-render-hinting=none'];

const data = await mkdtemp(path.join(tmpdir(), 'shouyue-shots-'));
const away = Math.round((MORNING - Date.now()) / 1000);
const server = await startServer({
  database: `sqlite:${path.join(data, 'demo.sqlite')}`,
  clock: `${away < 0 ? '-' : '+'}${Math.abs(away)}s`,
});
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: QUIET });
try {
  await mkdir(FOLDER, { recursive: true });
  const [fresh, gold, top] = (await server.accounts()).members;
  const cookies = new Map();

  const shots = [
    ['home', gold, '/'],
    ['home-top', top, '/'],
    ['home-new', fresh, '/'],
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
    await page.screenshot({ path: file, type: 'jpeg', quality: 80, caret: 'hide', animations: 'disabled' });
    console.log(`${path.relative(root, file)}  ${Math.round((await stat(file)).size / 1000)} KB`);
    await context.close();
  }

  async function sessionOf(who) {
    const phone = who === 'stranger' ? '+8613900000042' : who.phone;
    if (!cookies.has(phone)) {
      const context = await browser.newContext();
      await signIn(context, server, phone);
      cookies.set(phone, await context.cookies());
      await context.close();
    }
    return cookies.get(phone);
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

async function fillIn(page) {
  await page.getByRole('button', { name: words('join.next'), exact: true }).click();
  await page.getByLabel(words('join.name'), { exact: true }).fill('林听雨');
}

async function toTheClauses(page) {
  await page.getByRole('heading', { name: words('programme.clauses') }).evaluate((heading) => heading.closest('section').scrollIntoView());
  await page.evaluate(() => window.scrollBy(0, -24));
}
