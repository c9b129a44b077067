// Light and dark, ordinary and large, calm and moving; and nothing too small to tap.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { phone } from '../lib/browser.mjs';
import { faintWords } from '../lib/contrast.mjs';
import { PAGES, phoneOf, settled } from '../lib/member.mjs';
import { startServer } from '../lib/server.mjs';
import { tapLabel } from '../lib/taps.mjs';
import { overflow, smallTargets } from '../lib/targets.mjs';
import { words } from '../lib/words.mjs';

const LEAST = 44;
const LEAST_LARGE = 60;
let server;
let members;
before(async () => {
  server = await startServer();
  ({ members } = await server.accounts());
});
after(() => server?.stop());

/** 0 for black, 1 for white. */
const brightness = (page, property) => page.evaluate((name) => {
  const context = document.createElement('canvas').getContext('2d');
  context.fillStyle = getComputedStyle(document.body)[name];
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return (red * 0.2126 + green * 0.7152 + blue * 0.0722) / 255;
}, property);

const remember = (context, settings) => context.addInitScript((all) => {
  for (const [name, value] of Object.entries(all)) localStorage.setItem(name, value);
}, settings);

test('targets are at least 44 pixels, and nothing is wider than the phone', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[2]);
  for (const address of Object.keys(PAGES)) {
    await goto(address);
    await settled(page);
    assert.deepEqual(await smallTargets(page, LEAST), [], address);
    assert.equal(await overflow(page), 0, `${address} is too wide`);
  }
});

test('with large text targets are at least 60 pixels, words are larger, and it still fits', async (t) => {
  const { page, context, goto } = await phoneOf(t, server, members[2]);
  await goto('/points');
  const before = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  await remember(context, { large: '1' });
  for (const address of Object.keys(PAGES)) {
    await goto(address);
    await settled(page);
    assert.deepEqual(await smallTargets(page, LEAST_LARGE), [], address);
    assert.equal(await overflow(page), 0, `${address} is too wide`);
  }
  const now = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
  assert.ok(now >= before * 1.2, `${before} px became ${now} px`);
});

test('on the way in targets are large enough too', async (t) => {
  for (const [large, least] of [[undefined, LEAST], ['1', LEAST_LARGE]]) {
    const { page, context, goto } = await phone(t, server);
    if (large) await remember(context, { large });
    for (const address of ['/sign-in', '/join', '/programme']) {
      await goto(address);
      await settled(page);
      assert.deepEqual(await smallTargets(page, least), [], `${address}, ${large ? 'large' : 'ordinary'} text`);
      assert.equal(await overflow(page), 0, `${address} is too wide`);
    }
  }
});

test('at 320 pixels, which is 400 % of a desktop, nothing is cut off', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[2], { viewport: { width: 320, height: 568 } });
  for (const address of Object.keys(PAGES)) {
    await goto(address);
    await settled(page);
    assert.equal(await overflow(page), 0, `${address} is too wide`);
  }
});

test('dark follows the device, and her choice overrides it at once and after a reload', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[1], { colorScheme: 'dark' });
  await goto('/me');
  await settled(page);
  assert.ok(await brightness(page, 'backgroundColor') < 0.2);
  assert.ok(await brightness(page, 'color') > 0.6);
  await tapLabel(page.getByRole('radio', { name: words('me.theme_light') }));
  assert.ok(await brightness(page, 'backgroundColor') > 0.8);
  await page.reload();
  await settled(page);
  assert.ok(await brightness(page, 'backgroundColor') > 0.8);
  await tapLabel(page.getByRole('radio', { name: words('me.theme_dark') }));
  await page.emulateMedia({ colorScheme: 'light' });
  assert.ok(await brightness(page, 'backgroundColor') < 0.2);
  await tapLabel(page.getByRole('radio', { name: words('me.theme_device') }));
  assert.ok(await brightness(page, 'backgroundColor') > 0.8);
});

for (const colorScheme of ['light', 'dark']) {
  test(`words stand out from every pixel behind them, ${colorScheme}`, async (t) => {
    const her = await phoneOf(t, server, members[1], { colorScheme });
    for (const address of Object.keys(PAGES)) {
      await her.page.setViewportSize({ width: 360, height: 740 });
      await her.goto(address);
      await settled(her.page);
      assert.deepEqual(await faintWords(her.page), [], `${address}, ${colorScheme}`);
    }
    // The materials of the other tiers.
    for (const account of [members[0], members[2]]) {
      const { page, goto } = await phoneOf(t, server, account, { colorScheme });
      for (const address of ['/', '/tier']) {
        await page.setViewportSize({ width: 360, height: 740 });
        await goto(address);
        await settled(page);
        assert.deepEqual(await faintWords(page), [], `${address}, ${account.tier}, ${colorScheme}`);
      }
    }
  });
}

test('large text can be switched on and off on the page', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[1]);
  await goto('/me');
  await settled(page);
  const large = page.getByRole('switch', { name: words('me.large_text') });
  await tapLabel(large);
  await page.locator('html[data-large]').waitFor({ state: 'attached' });
  await page.reload();
  await settled(page);
  assert.equal(await large.isChecked(), true);
  await tapLabel(large);
  assert.equal(await page.locator('html[data-large]').count(), 0);
});

test('nothing moves for those who ask for calm', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[1], { reducedMotion: 'reduce' });
  await goto('/');
  await settled(page);
  const moving = () => page.evaluate(() => document.getAnimations()
    .filter((animation) => Number(animation.effect.getComputedTiming().activeDuration) > 1)
    .map((animation) => animation.effect.target?.outerHTML.slice(0, 80)));
  assert.deepEqual(await moving(), []);
  await page.getByRole('navigation').getByRole('link', { name: words('chrome.gifts') }).click();
  await page.getByRole('heading', { level: 1, name: words('chrome.gifts'), exact: true }).waitFor();
  assert.deepEqual(await moving(), []);
});
