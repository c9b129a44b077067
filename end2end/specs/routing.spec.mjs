// Addresses, back and forth, focus, scrolling and titles: as on a page, although it is a program.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { phone } from '../lib/browser.mjs';
import { PAGES, phoneOf, settled } from '../lib/member.mjs';
import { startServer } from '../lib/server.mjs';
import { words } from '../lib/words.mjs';

let server;
let members;
before(async () => {
  server = await startServer();
  ({ members } = await server.accounts());
});
after(() => server?.stop());

const BRAND = '晨露';
const title = (key) => words('chrome.title', { page: words(key), brand: BRAND });
const tab = (page, key) => page.getByRole('navigation').getByRole('link', { name: words(key), exact: true });
const path = (page) => new URL(page.url()).pathname;
const focused = (page) => page.evaluate(() => document.activeElement?.tagName);

test('every address opens its page, with a title of its own', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[1]);
  const titles = new Set();
  for (const [address, key] of Object.entries(PAGES)) {
    assert.equal((await goto(address)).status(), 200, address);
    await settled(page);
    assert.equal(path(page), address);
    assert.equal(await page.title(), title(key));
    assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, `one heading of the first level on ${address}`);
    titles.add(await page.title());
  }
  assert.equal(titles.size, Object.keys(PAGES).length);
});

test('the tabs lead on, back leads back, and the focus is on the heading each time', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[1]);
  await goto('/');
  await settled(page);
  for (const [key, address] of [['chrome.gifts', '/gifts'], ['chrome.reservations', '/reservations'], ['chrome.me', '/me']]) {
    await tab(page, key).click();
    await page.getByRole('heading', { level: 1, name: words(key), exact: true }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    assert.equal(path(page), address);
    assert.equal(await page.title(), title(key));
    assert.equal(await tab(page, key).getAttribute('aria-current'), 'page');
  }
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: words('chrome.reservations'), exact: true }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: words('chrome.gifts'), exact: true }).waitFor();
  await page.goForward();
  await page.getByRole('heading', { level: 1, name: words('chrome.reservations'), exact: true }).waitFor();
  assert.equal(await page.title(), title('chrome.reservations'));
});

test('a page below a tab has a way back up, and its tab stays marked', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[1]);
  await goto('/me');
  await settled(page);
  await page.getByRole('main').getByRole('link', { name: words('chrome.profile') }).click();
  await page.getByRole('heading', { level: 1, name: words('chrome.profile'), exact: true }).waitFor();
  assert.equal(await tab(page, 'chrome.me').getAttribute('aria-current'), 'true');
  await page.getByRole('link', { name: words('chrome.back_to', { page: words('chrome.me') }) }).click();
  await page.getByRole('heading', { level: 1, name: words('chrome.me'), exact: true }).waitFor();
});

test('back finds the page where it was left, and a new page begins at its top', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[2]);
  await goto('/points');
  await settled(page);
  await page.evaluate(() => window.scrollTo(0, 420));
  await tab(page, 'chrome.gifts').click();
  await page.getByRole('heading', { level: 1, name: words('chrome.gifts'), exact: true }).waitFor();
  await page.waitForFunction(() => window.scrollY === 0);
  await settled(page);
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: words('chrome.points'), exact: true }).waitFor();
  await page.waitForFunction(() => Math.abs(window.scrollY - 420) <= 1);
});

test('a reload stays on the page and where it was', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[2]);
  await goto('/tier');
  await settled(page);
  await page.evaluate(() => window.scrollTo(0, 300));
  await page.reload();
  await settled(page);
  assert.equal(path(page), '/tier');
  await page.waitForFunction(() => Math.abs(window.scrollY - 300) <= 1);
});

test('an address that does not exist says so and leads on', async (t) => {
  const { page, goto, tolerate } = await phoneOf(t, server, members[1]);
  tolerate(/404/);
  const answer = await goto('/nowhere/at/all');
  assert.equal(answer.status(), 404);
  await page.getByRole('heading', { level: 1, name: words('chrome.not_found') }).waitFor();
  await page.getByText(words('not_found.text')).waitFor();
  assert.equal(await page.title(), title('chrome.not_found'));
  await page.getByRole('main').getByRole('link', { name: words('chrome.programme') }).click();
  await page.getByRole('heading', { level: 1, name: words('chrome.programme'), exact: true }).waitFor();
});

test('the programme is open to anyone', async (t) => {
  const { page, goto } = await phone(t, server);
  await goto('/programme');
  await settled(page);
  assert.equal(path(page), '/programme');
  await page.getByRole('heading', { name: words('programme.clauses') }).waitFor();
  for (const name of [/^珍珠卡/, /^玫瑰卡/, /^金卡/, /^铂金卡/]) await page.getByRole('heading', { name }).waitFor();
});

test('the way back after signing in never leads to another site', async (t) => {
  const { page, goto } = await phone(t, server);
  for (const away of ['https://example.com', '//example.com', '/\\example.com', 'javascript:alert(1)']) {
    await goto(`/sign-in?back=${encodeURIComponent(away)}`);
    await page.getByRole('heading', { level: 1, name: words('sign_in.heading') }).waitFor();
    assert.ok(!(await page.getByRole('main').innerText()).includes('example.com'));
  }
});

test('a link opened in a new tab is left to the browser', async (t) => {
  const { page, context, goto } = await phoneOf(t, server, members[1]);
  await goto('/me');
  await settled(page);
  const opened = context.waitForEvent('page');
  await tab(page, 'chrome.reservations').click({ modifiers: ['ControlOrMeta'] });
  const other = await opened;
  await other.waitForURL('**/reservations');
  assert.equal(path(page), '/me');
});

test('the first thing to reach is the way to the contents', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[1]);
  await goto('/');
  await settled(page);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: words('chrome.skip') });
  assert.equal(await skip.evaluate((link) => link === document.activeElement), true);
  const box = await skip.boundingBox();
  assert.ok(box.y >= 0 && box.height > 0, 'it can be seen while it has the focus');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'MAIN');
  assert.equal(path(page), '/');
});
