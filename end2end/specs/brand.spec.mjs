// Another brand by another folder: name, logo, colours and materials change, and nothing of the first is left anywhere.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible } from '../lib/axe.mjs';
import { phone } from '../lib/browser.mjs';
import { PAGES, phoneOf, settled } from '../lib/member.mjs';
import * as place from '../lib/place.mjs';
import { startServer } from '../lib/server.mjs';
import { say, words } from '../lib/words.mjs';

const FIRST = { names: ['晨露', 'Dewlight'], folder: path.join(place.root, 'public/brand') };
const SECOND = { names: ['霁云', 'Cirrus'], folder: path.join(place.root, 'end2end/brands/cirrus') };
let portal;
let first;
let second;
let members;
before(async () => {
  portal = await mkdtemp(path.join(tmpdir(), 'shouyue-brand-'));
  await cp(place.portal, portal, { recursive: true });
  await rm(path.join(portal, 'brand'), { recursive: true });
  await cp(SECOND.folder, path.join(portal, 'brand'), { recursive: true });
  // The demo's gifts are the same in every brand, and so are their pictures.
  await cp(path.join(place.portal, 'brand/gifts'), path.join(portal, 'brand/gifts'), { recursive: true });
  [first, second] = await Promise.all([startServer(), startServer({ portal, env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } })]);
  ({ members } = await second.accounts());
});
after(async () => {
  await Promise.all([first?.stop(), second?.stop()]);
  await rm(portal, { recursive: true, force: true });
});

/** What the brand decides of how the home page looks. */
const look = (page) => page.evaluate(() => {
  const style = (selector, property) => getComputedStyle(document.querySelector(selector)).getPropertyValue(property);
  return {
    accent: getComputedStyle(document.documentElement).getPropertyValue('--accent').trim(),
    arc: style('.ring .arc', 'stroke'),
    material: style('[data-tier]', 'background-image') + style('[data-tier]', 'background-color'),
    ink: style('[data-tier]', 'color'),
  };
});

test('name and titles in both languages', async (t) => {
  for (const [place, locale] of ['zh-CN', 'en'].entries()) {
    const { page, goto } = await phoneOf(t, second, members[1], { locale });
    for (const [address, key] of Object.entries(PAGES)) {
      await goto(address);
      await settled(page);
      assert.equal(await page.title(), say(locale)('chrome.title', { page: say(locale)(key), brand: SECOND.names[place] }));
    }
    await goto('/');
    await page.getByText(SECOND.names[place], { exact: true }).first().waitFor();
  }
});

test('colours and the material of every tier’s card', async (t) => {
  for (const account of members) {
    const [before, now] = [await phoneOf(t, first, account), await phoneOf(t, second, account)];
    for (const her of [before, now]) {
      await her.goto('/');
      await settled(her.page);
    }
    const [was, is] = [await look(before.page), await look(now.page)];
    for (const what of Object.keys(was)) assert.notEqual(is[what], was[what], `${what}, ${account.tier}`);
    await assertAccessible(now.page, `home of ${account.tier} in the second brand`);
  }
});

test('nothing of the first brand is left: not in a page, not in a file', async (t) => {
  const colours = (await readFile(path.join(FIRST.folder, 'theme.css'), 'utf8')).match(/#[0-9a-f]{6}/g);
  const own = (await readFile(path.join(SECOND.folder, 'theme.css'), 'utf8')).match(/#[0-9a-f]{6}/g);
  const traces = [...FIRST.names, ...colours.filter((colour) => !own.includes(colour))];
  const clean = (text, where) => { for (const trace of traces) assert.ok(!text.includes(trace), `${trace} in ${where}`); };

  const { page, context, goto } = await phoneOf(t, second, members[1]);
  for (const address of Object.keys(PAGES)) {
    await goto(address);
    await settled(page);
    clean(await page.content(), address);
  }
  const fetched = async (address) => (await context.request.get(second.origin + address)).text();
  for (const address of ['/', '/manifest.webmanifest', '/api/v1/programme', '/brand/theme.css', '/brand/logo.svg', '/brand/icon.svg']) {
    clean(await fetched(address), address);
  }
  assert.ok((await fetched('/manifest.webmanifest')).includes(SECOND.names[0]));
  assert.ok((await fetched('/api/v1/programme')).includes(SECOND.names[0]));
  // The program itself, and every style: the same build serves both brands.
  for (const file of await readdir(portal, { recursive: true, withFileTypes: true })) {
    if (!file.isFile() || file.name.endsWith('.br')) continue;
    const bytes = await readFile(path.join(file.parentPath ?? file.path, file.name));
    for (const name of FIRST.names) assert.ok(!bytes.includes(name), `${name} in ${file.name}`);
  }
});

test('the code’s message is signed by the brand', async (t) => {
  const { page, goto } = await phone(t, second);
  await goto('/sign-in');
  await page.getByLabel(words('sign_in.phone')).fill(members[0].phone);
  await page.getByRole('button', { name: words('sign_in.send') }).click();
  await second.code(members[0].phone);
  for (const name of FIRST.names) assert.ok(!second.output().includes(name));
});
