// How the mini-program looks: light and dark, ordinary and large, in two brands; nothing is too small, too faint or too wide. Pictures of every page, for people, are left in end2end/.results/mini.
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { write, files } from '../../miniprogram/tools/build.mjs';
import { violations } from '../lib/axe.mjs';
import { walking } from '../lib/both.mjs';
import { faintWords } from '../lib/contrast.mjs';
import { PAGES } from '../lib/member.mjs';
import { builtMiniprogram, mini } from '../lib/mini.mjs';
import { miniOf, settled } from '../lib/mini-member.mjs';
import { at } from '../lib/mini-places.mjs';
import * as place from '../lib/place.mjs';
import { startServer } from '../lib/server.mjs';
import { arranged } from '../lib/states.mjs';
import { overflow, smallTargets } from '../lib/targets.mjs';
import { say, words } from '../lib/words.mjs';

const LEAST = 44;
const LEAST_LARGE = 60;
const VIEWPORT = { width: 360, height: 740 };
const NARROW = { width: 320, height: 568 };
const STAGE = '#mini-stage';
const TAPPED = `${STAGE} [data-tap], ${STAGE} :is(wx-input, wx-textarea, wx-picker)`;
// WeChat has no keyboard that could get into a strip that scrolls; a finger can.
const NOT_IN_WECHAT = ['scrollable-region-focusable'];
const LARGE = { large: { data: true } };
const PICTURES = path.join(place.results, 'mini');
const SECOND = { names: { 'zh-CN': '霁云', en: 'Cirrus' }, folder: path.join(place.root, 'end2end/brands/cirrus') };
let server;
let members;
let house;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODE_RESEND_SECONDS: '0', SHOUYUE_CODES_PER_NUMBER: '50' } });
  ({ members } = await server.accounts());
  house = await arranged(server, members[1]);
  await rm(PICTURES, { recursive: true, force: true });
  await mkdir(PICTURES, { recursive: true });
});
after(() => server?.stop());

const pagesOf = {
  member: () => ({ ...Object.fromEntries(Object.entries(PAGES).map(([address, key]) => [key.replace('chrome.', ''), address])), ...house.member }),
  nobody: () => ({ 'sign in': '/sign-in', join: '/join', 'programme for everybody': '/programme', nowhere: '/nowhere' }),
};

/** A phone of hers and one of nobody's, and `every(look)`: each of their pages, one after the other. */
async function phones(t, options = {}) {
  const her = walking(await miniOf(t, server, members[1], options));
  const nobody = walking(await mini(t, server, options));
  return async (look) => {
    for (const [phone, pages] of [[her, pagesOf.member()], [nobody, pagesOf.nobody()]]) {
      for (const [name, address] of Object.entries(pages)) {
        await phone.goto(address);
        await look(phone, name);
      }
    }
  };
}

/** As a person sees it: the whole page, as tall as it is, so that its tabs stand at its end. */
async function picture({ page }, name) {
  const before = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: before.width, height });
  await page.evaluate(async () => {
    window.scrollTo(0, 0);
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  });
  await page.screenshot({ path: path.join(PICTURES, `${name.replaceAll(' ', '-')}.png`), scale: 'css', animations: 'disabled', caret: 'hide' });
  await page.setViewportSize(before);
}

// Dark changes colours and no place; a size and a language change places and no colour.
const LOOKS = [
  { name: 'light', least: LEAST, placed: true, coloured: true },
  { name: 'dark', options: { colorScheme: 'dark' }, coloured: true },
  { name: 'large', options: { storage: LARGE }, least: LEAST_LARGE, placed: true },
  { name: 'en', options: { locale: 'en' }, least: LEAST, placed: true },
];
for (const { name, options, least, placed, coloured } of LOOKS) {
  const what = [placed && `targets of ${least} pixels, nothing too wide`, coloured && 'words stand out from every pixel behind them', placed && coloured && 'axe finds nothing'];
  test(`${name}: ${what.filter(Boolean).join(', ')}`, async (t) => {
    const every = await phones(t, options);
    await every(async (phone, where) => {
      const { page } = phone;
      if (placed) assert.equal(await overflow(page), 0, `${where} is too wide`);
      if (placed) assert.deepEqual(await smallTargets(page, least, TAPPED), [], where);
      if (placed && coloured) assert.deepEqual(await violations(page, NOT_IN_WECHAT), [], where);
      if (coloured) assert.deepEqual(await faintWords(page, STAGE), [], where);
      await page.setViewportSize(VIEWPORT);
      await picture(phone, `${where} ${name}`);
    });
  });
}

test('at 320 pixels nothing is cut off, with ordinary and with large text', async (t) => {
  for (const storage of [{}, LARGE]) {
    const every = await phones(t, { viewport: NARROW, storage });
    await every(async ({ page }, where) => assert.equal(await overflow(page), 0, `${where} is too wide`));
  }
});

test('the checks see what is wrong', async (t) => {
  const { page, goto } = walking(await miniOf(t, server, members[1]));
  await goto('/me');
  await page.addStyleTag({ content: '.main { width: 400px } .h1 { color: #f0f0f0 !important } .nav .a { min-height: 0 !important; padding: 0 !important }' });
  await page.locator('.main').evaluate((main) => main.removeAttribute('role'));
  assert.ok(await overflow(page) > 0);
  assert.ok((await smallTargets(page, LEAST, TAPPED)).length > 0);
  assert.ok((await violations(page, NOT_IN_WECHAT)).some((found) => found.startsWith('landmark-one-main')));
  assert.ok((await faintWords(page, STAGE)).some((found) => found.includes(words('chrome.me'))));
});

test('the material of every tier stands out', async (t) => {
  for (const colorScheme of ['light', 'dark']) {
    for (const account of [members[0], members[2]]) {
      const her = walking(await miniOf(t, server, account, { colorScheme }));
      for (const address of ['/', '/tier']) {
        await her.goto(address);
        assert.deepEqual(await faintWords(her.page, STAGE), [], `${address}, ${account.tier}, ${colorScheme}`);
        await her.page.setViewportSize(VIEWPORT);
        await picture(her, `${address === '/' ? 'home' : 'tier'} ${account.tier} ${colorScheme}`);
      }
    }
  }
});

test('while it loads, and when nothing comes', async (t) => {
  const her = walking(await miniOf(t, server, members[1]));
  await her.goto('/programme');
  let release;
  const held = new Promise((done) => { release = done; });
  await her.context.route('**/api/v1/**', async (route) => { await held; await route.abort(); });
  for (const address of ['/', '/gifts', '/reservations', '/points', house.member.held, house.member.gift, house.member.pass]) {
    assert.match((await her.ask('reLaunch', { url: at(address) })).errMsg, /:ok/);
    await her.page.locator('.skeleton').first().waitFor();
    assert.equal(await overflow(her.page), 0, address);
    assert.deepEqual(await violations(her.page, NOT_IN_WECHAT), [], address);
    await picture(her, `loading ${address.replaceAll(/[^a-z]+/g, ' ').trim() || 'home'}`);
  }
  release();
  for (const address of ['/', '/gifts', '/points']) {
    await her.goto(address);
    await her.page.locator('.trouble').first().waitFor();
    assert.deepEqual(await smallTargets(her.page, LEAST, TAPPED), [], address);
    assert.deepEqual(await violations(her.page, NOT_IN_WECHAT), [], address);
    assert.deepEqual(await faintWords(her.page, STAGE), [], address);
    await her.page.setViewportSize(VIEWPORT);
    await picture(her, `trouble ${address.slice(1) || 'home'}`);
  }
});

test('without the core a page says so, in the language of the phone, and tries again', async (t) => {
  for (const locale of ['zh-CN', 'en']) {
    const phone = await mini(t, server, { locale });
    phone.tolerate(/core\.wasm|404/);
    await phone.context.route('**/core.wasm.br', (route) => route.fulfill({ status: 404 }), { times: 1 });
    await phone.open('/pages/home/home');
    await phone.page.getByText(say(locale)('trouble.crashed_title')).waitFor();
    await picture(phone, `no core ${locale}`);
    await phone.page.getByRole('button', { name: say(locale)('trouble.reload') }).tap();
    await phone.page.getByText(say(locale)('trouble.crashed_title')).waitFor({ state: 'detached' });
    await settled(phone.page);
  }
});

const barOf = (page) => page.evaluate(() => {
  const { backgroundColor, color } = getComputedStyle(document.getElementById('mini-bar'));
  return { bar: backgroundColor, ink: color, ground: getComputedStyle(document.querySelector('#mini-stage .root')).backgroundColor };
});

test('her choice of light or dark goes before the device’s, on the page, its tabs and the bar above them; and large text grows', async (t) => {
  const her = walking(await miniOf(t, server, members[1], { colorScheme: 'light' }));
  const { page, goto, open } = her;
  await goto('/me');
  const light = await barOf(page);
  assert.equal(light.ink, 'rgb(0, 0, 0)');
  await page.getByRole('radio', { name: words('me.theme_dark'), exact: true }).tap();
  await page.locator('.main').locator('xpath=..').and(page.locator('.theme-dark')).waitFor();
  const dark = await barOf(page);
  assert.equal(dark.ink, 'rgb(255, 255, 255)');
  assert.notEqual(dark.bar, light.bar);
  assert.notEqual(dark.ground, light.ground);
  assert.match(await page.locator('.tabs').getAttribute('class'), /\btheme-dark\b/);
  await picture(her, 'me forced dark');
  await open('/pages/home/home');
  await settled(page);
  assert.deepEqual(await barOf(page), dark, 'after starting again');
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await barOf(page), dark);
  await goto('/me');
  await page.getByRole('radio', { name: words('me.theme_light'), exact: true }).tap();
  await page.locator('#mini-stage .root.theme-light .main').waitFor();
  assert.deepEqual(await barOf(page), light, 'light on a dark device');
  const size = () => page.locator('.main .p').first().evaluate((text) => parseFloat(getComputedStyle(text).fontSize));
  const before = await size();
  await page.getByRole('switch', { name: words('me.large_text') }).tap();
  await page.locator('.root.large .main').waitFor();
  assert.ok(await size() >= before * 1.2);
});

test('another brand by another folder: name, colours and materials change, and nothing of the first is left', async (t) => {
  const elsewhere = await mkdtemp(path.join(tmpdir(), 'shouyue-mini-brand-'));
  t.after(() => rm(elsewhere, { recursive: true, force: true }));
  await mkdir(path.join(elsewhere, 'public'));
  for (const name of await readdir(place.root)) if (name !== 'public') await symlink(path.join(place.root, name), path.join(elsewhere, name));
  await cp(SECOND.folder, path.join(elsewhere, 'public/brand'), { recursive: true });
  const app = path.join(elsewhere, 'app');
  await write(app, await files(await readFile(path.join(builtMiniprogram, 'core/core.wasm.br')), {}, elsewhere));

  const theme = async (folder) => (await readFile(path.join(folder, 'theme.css'), 'utf8')).match(/#[0-9a-f]{6}/g);
  const own = await theme(SECOND.folder);
  const traces = ['晨露', 'Dewlight', ...(await theme(path.join(place.root, 'public/brand'))).filter((colour) => !own.includes(colour))];
  for (const file of await readdir(app, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const bytes = await readFile(path.join(file.parentPath, file.name));
    for (const trace of traces) assert.ok(!bytes.includes(trace), `${trace} in ${file.name}`);
  }
  const selected = async (folder) => JSON.parse(await readFile(path.join(folder, 'theme.json'), 'utf8')).light.tabBarSelectedColor;
  assert.notEqual(await selected(app), await selected(builtMiniprogram));
  const portal = path.join(elsewhere, 'portal');
  await cp(place.portal, portal, { recursive: true });
  await cp(SECOND.folder, path.join(portal, 'brand'), { recursive: true });
  const second = await startServer({ t, portal });
  const colours = ({ page }) => page.evaluate(() => {
    const of = (selector, name) => getComputedStyle(document.querySelector(selector)).getPropertyValue(name);
    return [of('.main .ring', '--accent'), of('.main .card', 'background-image'), of('.tabs .current', 'color')];
  });
  for (const locale of ['zh-CN', 'en']) {
    const [ours, theirs] = [walking(await miniOf(t, server, members[1], { locale })), walking(await miniOf(t, second, members[1], { locale, app }))];
    await Promise.all([ours.goto('/'), theirs.goto('/')]);
    const [first, now] = [await colours(ours), await colours(theirs)];
    first.forEach((colour, index) => assert.notEqual(now[index], colour));
    await theirs.bar.getByText(SECOND.names[locale]).waitFor();
    assert.deepEqual(await faintWords(theirs.page, STAGE), []);
    await theirs.page.setViewportSize(VIEWPORT);
    await picture(theirs, `second brand ${locale}`);
  }
});
