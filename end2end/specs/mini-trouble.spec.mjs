// When something fails: the network, the server, the session, the core itself. She is told what it is, and there is always a way on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '../lib/api.mjs';
import { cutOff, holdBack } from '../lib/deferred.mjs';
import { hold, letGo, unit } from '../lib/gifts.mjs';
import { PAGES } from '../lib/member.mjs';
import { arrived, heading, miniOf, settled, throughWechat } from '../lib/mini-member.mjs';
import { at } from '../lib/mini-places.mjs';
import { mini } from '../lib/mini.mjs';
import { startServer } from '../lib/server.mjs';
import { say, words } from '../lib/words.mjs';
import { points } from '../oracle/wording.mjs';

const API = '**/api/v1/**';
const CORE = '**/core/core.wasm.br';
const DEEPEST = 10;
let server;
let members;
let hers;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  ({ members } = await server.accounts());
  hers = api(server, await throughWechat(server, members[1]));
});
after(() => server?.stop());

const tab = (page, key) => page.getByRole('navigation').getByRole('link', { name: words(key), exact: true });
const alert = (page, key) => page.getByRole('alert').filter({ hasText: words(key) });
const retry = (within) => within.getByRole('button', { name: words('common.retry'), exact: true });

test('a server that is down: what happened, that her points are safe, and a retry that works', async (t) => {
  const { page, visit } = await miniOf(t, server, members[1]);
  await visit('/me');
  const down = await cutOff(page, API);
  await tab(page, 'chrome.reservations').tap();
  const said = alert(page, 'trouble.unreachable_title');
  await said.getByText(words('trouble.unreachable_detail')).waitFor();
  await down.restore();
  await retry(said).tap();
  await page.getByText(words('reservations.none_heading')).waitFor();
  assert.equal(await said.count(), 0);
});

test('no network when it is opened: nobody is sent away to sign in, and all is there when it is back', async (t) => {
  const { page, context, open, stack, calls, stored } = await miniOf(t, server, members[1]);
  await context.setOffline(true);
  await open();
  const said = alert(page, 'trouble.unreachable_title');
  await said.waitFor();
  assert.deepEqual([await stack(), await calls('login')], [['pages/home/home'], []]);
  assert.ok((await stored()).token);
  await context.setOffline(false);
  await retry(said).tap();
  await heading(page, members[1].name).waitFor();
});

test('a server that stops for good while she is signing in', async (t) => {
  const doomed = await startServer({ t });
  const { page, open } = await mini(t, doomed, { wechat: { name: 'doomed' } });
  await open();
  const field = page.getByRole('textbox', { name: words('sign_in.phone'), exact: true });
  await field.waitFor();
  await doomed.stop();
  await field.fill('13900000000');
  await page.getByRole('button', { name: words('sign_in.send'), exact: true }).tap();
  await alert(page, 'trouble.unreachable_title').waitFor();
  assert.match(await field.inputValue(), /^139/, 'what she typed is still there');
});

test('an answer of 500 is called our fault, not hers', async (t) => {
  const { page, visit } = await miniOf(t, server, members[1]);
  await visit('/me');
  await page.route('**/api/v1/reservations**', (route) => route.fulfill({ status: 500, body: 'boom', contentType: 'text/plain' }));
  await tab(page, 'chrome.reservations').tap();
  await retry(alert(page, 'trouble.broken_title')).waitFor();
});

test('a slow server: the page is there at once, with words, and fills in when the answer comes', async (t) => {
  const { page, visit } = await miniOf(t, server, members[1]);
  await visit('/me');
  const slow = await holdBack(page, '**/api/v1/reservations**');
  await tab(page, 'chrome.reservations').tap();
  await slow.asked;
  await heading(page, words('chrome.reservations')).waitFor();
  await page.getByText(words('common.loading')).first().waitFor();
  assert.ok(await page.locator('.skeleton').count() > 0);
  assert.equal(await page.locator('.tabs .current-page').innerText(), words('chrome.reservations'));
  slow.release();
  await page.getByText(words('reservations.none_heading')).waitFor();
  await settled(page);
  assert.equal(await page.getByText(words('common.loading')).count(), 0);
});

test('a page left while it loads does not come back over the next one', async (t) => {
  const { page, visit, stack } = await miniOf(t, server, members[1]);
  await visit('/me');
  const slow = await holdBack(page, '**/api/v1/gifts**');
  await tab(page, 'chrome.gifts').tap();
  await slow.asked;
  await tab(page, 'chrome.reservations').tap();
  await heading(page, words('chrome.reservations')).waitFor();
  slow.release();
  await settled(page);
  assert.deepEqual(await stack(), ['pages/reservations/reservations']);
  assert.equal(await page.getByText(words('gifts.filters')).count(), 0);
});

test('pulled down, a page asks again; without a network it keeps what it has and says so', async (t) => {
  const { page, visit, pullDown } = await miniOf(t, server, members[1]);
  await visit('/');
  const place = await unit(hers, 'hand-cream', 'guangzhou-lixiang', 0);
  await hold(hers, place);
  await pullDown();
  await page.getByText(words('home.held', { points: points(place.gift.points) })).waitFor();
  const down = await cutOff(page, API);
  await pullDown();
  const stale = page.getByRole('status').filter({ hasText: words('common.stale', { as_of: '' }).split('。')[0] });
  await stale.waitFor();
  await page.getByText(words('home.held', { points: points(place.gift.points) })).waitFor();
  await down.restore();
  await retry(stale).tap();
  await stale.waitFor({ state: 'detached' });
  await letGo(hers);
});

test('changes that are not saved are not lost by a slip of the finger', async (t) => {
  const { page, visit, stack, back } = await miniOf(t, server, members[1]);
  await visit('/me');
  await page.getByRole('link', { name: words('chrome.profile'), exact: true }).tap();
  await arrived(page, '/me/profile');
  await settled(page);
  const email = page.getByRole('textbox', { name: words('profile.email') });
  const asked = page.getByRole('alertdialog').filter({ hasText: words('chrome.unsaved') });
  await email.fill('zhou@example.com');
  await back();
  await asked.getByRole('button').first().tap();
  await asked.waitFor({ state: 'detached' });
  assert.equal(await email.inputValue(), 'zhou@example.com');
  await page.getByRole('button', { name: words('common.save'), exact: true }).tap();
  await page.locator('.saved').waitFor();
  // Saved: nothing to ask.
  await back();
  await heading(page, words('chrome.me')).waitFor();
  assert.deepEqual(await stack(), ['pages/me/me']);
});

test('ten pages deep, and on', async (t) => {
  const place = await unit(hers, 'hand-cream', 'guangzhou-lixiang', 1);
  const made = await hold(hers, place);
  const { page, visit, stack, back } = await miniOf(t, server, members[1]);
  await visit('/');
  await page.locator('.open').filter({ hasText: place.words.gift }).tap();
  await arrived(page, `/reservations/${made.id}`);
  // From the reservation to its gift, and from the gift to the reservation that she has of it: as long as she likes.
  for (let pages = 3; pages <= DEEPEST + 3; pages += 1) {
    const odd = pages % 2 === 1;
    await (odd ? page.locator('.who-what') : page.getByRole('link', { name: words('gift.already_link'), exact: true })).tap();
    await arrived(page, odd ? new RegExp(`^/gifts/${place.gift.id}`) : `/reservations/${made.id}`);
    await settled(page);
    assert.equal((await stack()).length, Math.min(pages, DEEPEST));
  }
  await back();
  await page.waitForFunction((depth) => window.__wx.stack().length === depth, DEEPEST - 1);
  await settled(page);
  await letGo(hers);
});

test('an address that leads nowhere, or that was put together by hand', async (t) => {
  const { page, open, visit, stack } = await miniOf(t, server, members[1]);
  await visit('/nowhere');
  await page.getByText(words('not_found.text')).waitFor();
  await page.getByRole('link', { name: words('chrome.home'), exact: true }).tap();
  await heading(page, members[1].name).waitFor();

  // Of another page than the file it names: where it says it leads.
  await open(`/reserve/gift/gift?path=${encodeURIComponent('/points')}`);
  await heading(page, words('chrome.points')).waitFor();
  assert.deepEqual(await stack(), ['account/points/points']);
  for (const [address, said] of [
    ['/reserve/gift/gift?path=%zz', 'not_found.text'],
    [at('/gifts/none'), 'problem.not_found_title'],
    [at('/reservations/none/pass'), 'pass.over_title'],
  ]) {
    await open(address);
    await page.getByText(words(said), { exact: true }).first().waitFor();
  }
  // Of no page at all: home.
  await open('/reserve/gift/gift');
  await heading(page, members[1].name).waitFor();
  assert.deepEqual(await stack(), ['pages/home/home']);
  // A page that an older version had.
  await open('/pages/none/none');
  await page.getByText(words('not_found.text')).waitFor();
});

for (const [language, locale] of [['zh_CN', 'zh-CN'], ['en', 'en']]) {
  test(`the core can't be loaded: words, and a retry that works; ${locale}`, async (t) => {
    const word = say(locale);
    const { page, open, pullDown, tolerate } = await miniOf(t, server, members[1], { wechat: { language } });
    tolerate(/core\.wasm\.br/);
    const gone = await cutOff(page, CORE);
    await open();
    const said = page.getByRole('alert').filter({ hasText: word('trouble.crashed_title') });
    await said.getByText(word('trouble.crashed_detail')).waitFor();
    const again = said.getByRole('button', { name: word('trouble.reload'), exact: true });
    // Not yet: it says so again.
    await again.tap();
    await said.waitFor();
    // Pulled down, the page does not stay so.
    await pullDown();
    await gone.restore();
    await again.tap();
    await heading(page, members[1].name).waitFor();
    await settled(page);
    assert.equal(await said.count(), 0);
  });
}

test('a session and a binding ended elsewhere: she is told, signs in, and is back on the page she was on', async (t) => {
  const own = await startServer({ t, env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  const account = (await own.accounts()).members[1];
  const { page, visit, stack, stored } = await miniOf(t, own, account);
  await visit('/me');
  // From another device with the same session, as a sign-out everywhere would do.
  await api(own, (await stored()).token.data).delete('/session');
  await tab(page, 'chrome.reservations').tap();
  await page.getByText(words('sign_in.ended', { page: words('chrome.reservations') })).waitFor();
  await page.getByRole('textbox', { name: words('sign_in.phone'), exact: true }).fill(account.phone);
  await page.getByRole('button', { name: words('sign_in.send'), exact: true }).tap();
  await page.getByRole('textbox', { name: words('sign_in.code'), exact: true }).fill(await own.code(account.phone));
  await heading(page, words('chrome.reservations')).waitFor();
  await settled(page);
  assert.deepEqual(await stack(), ['pages/reservations/reservations'], 'the way back does not lead through the sign-in page');
});

test('without a session every page of hers leads to the sign-in, and on to it afterwards', async (t) => {
  const { page, open, top } = await mini(t, server, { wechat: { name: 'nobody' } });
  for (const address of Object.keys(PAGES).filter((path) => path !== '/programme')) {
    await open(at(address));
    await arrived(page, /^\/sign-in/);
    await heading(page, words('sign_in.heading')).waitFor();
    const asked = new URLSearchParams(decodeURIComponent((await top()).query.path).split('?')[1]);
    assert.equal(asked.get('back') ?? '/', address);
  }
  await page.getByRole('textbox', { name: words('sign_in.phone'), exact: true }).fill(members[0].phone);
  await page.getByRole('button', { name: words('sign_in.send'), exact: true }).tap();
  await page.getByRole('textbox', { name: words('sign_in.code'), exact: true }).fill(await server.code(members[0].phone));
  await arrived(page, Object.keys(PAGES).at(-1));
  await heading(page, words('chrome.preferences')).waitFor();
});
