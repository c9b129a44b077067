// A reservation in the mini-program: it holds the points and the very unit; however it is tapped there is one; and she is asked in that tap whether WeChat may tell her about it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '../lib/api.mjs';
import { holdBack } from '../lib/deferred.mjs';
import { choice, hold, letGo, pointsOf, reserveButton, unit } from '../lib/gifts.mjs';
import { arrived, forgotten, heading, miniOf, settled, throughWechat } from '../lib/mini-member.mjs';
import { at } from '../lib/mini-places.mjs';
import { startServer } from '../lib/server.mjs';
import { bearer } from '../lib/signin.mjs';
import { words } from '../lib/words.mjs';
import { today } from '../oracle/demo.mjs';
import { points, shortDate } from '../oracle/wording.mjs';

const HOLD_DAYS = 5;
const TAPS = 20;
const A_LITTLE = 10_000;
const HELD = words('reservation.held_title');
let server;
let members;
let hers;
let rivals;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  ({ members } = await server.accounts());
  hers = api(server, await throughWechat(server, members[1]));
  rivals = api(server, await bearer(server, members[2].phone));
});
after(() => server?.stop());

const open = async () => (await hers.get('/reservations?limit=100')).items.filter(({ state }) => state === 'held' || state === 'ready');
const consents = async () => (await hers.get('/me/wechat/consents')).items;
const posts = (page, path) => page.waitForResponse((answer) => answer.url().endsWith(`/api/v1${path}`) && answer.request().method() === 'POST');

/** Her phone with the mini-program on `path`; it knows already what WeChat may be asked. */
async function on(t, path, options) {
  const her = await miniOf(t, server, members[1], options);
  const templates = her.page.waitForResponse('**/api/v1/wechat/templates');
  await her.visit(path);
  await (await templates).finished();
  return her;
}

/** On the gift's page, variant and counter chosen. */
async function ready(t, place, options) {
  const her = await on(t, `/gifts/${place.gift.id}`, options);
  await choice(her.page, place.words.variant).tap();
  await choice(her.page, place.words.counter).tap();
  await reserveButton(her.page, place.words).waitFor();
  return her;
}

/** Many taps before anything can be drawn. */
const hammer = (button) => button.evaluate((element, taps) => { for (let tap = 0; tap < taps; tap += 1) element.click(); }, TAPS);

test('three taps from home to a reserved gift; consent is asked in the last, and her answer is on the ledger', async (t) => {
  const { page, back, top, stack, calls } = await on(t, '/');
  const before = await pointsOf(hers);
  await page.locator('.few .a').first().tap();
  await arrived(page, /^\/gifts\/./);
  await settled(page);
  const gift = await hers.get(decodeURIComponent((await top()).query.path));
  await page.getByRole('radio', { name: /余\s\d+\s份/ }).first().tap();
  const until = `${shortDate(today() + HOLD_DAYS, today(), 'zh-CN')} 20:00`;
  await page.getByText(words('gift.locks', { points: points(gift.points), until })).waitFor();
  await page.getByText(words('gift.confirms', { by: words('common.moment_tomorrow', { time: '18:00' }) })).waitFor();
  const recorded = posts(page, '/me/wechat/consents');
  await page.getByRole('button', { name: /^预约 · / }).tap();
  await heading(page, HELD).waitFor();
  const [made] = await open();
  await arrived(page, `/reservations/${made.id}`);
  assert.deepEqual(await stack(), ['pages/home/home', 'reserve/reservation/reservation'], 'back does not lead to the form');
  assert.deepEqual(await pointsOf(hers), { ...before, available: before.available - gift.points, held: gift.points });

  // Asked once, within the tap, for the server's own template; the harness refuses whatever comes later than the tap.
  const { items: [{ template_id: template }] } = await hers.get('/wechat/templates');
  assert.deepEqual(await calls('requestSubscribeMessage'), [{ tmplIds: [template] }]);
  assert.equal((await recorded).status(), 201);
  assert.deepEqual((await consents()).map(({ purpose, template_id: id, answer }) => [purpose, id, answer]), [['reservation', template, 'accept']]);

  // Back is home, which knows.
  await back();
  await page.getByText(words('home.held', { points: points(gift.points) })).waitFor();
  await page.locator('.open').filter({ hasText: made.gift.name }).waitFor();
  await letGo(hers);
  assert.deepEqual(await pointsOf(hers), before);
});

test('whoever says no, or is not asked by WeChat at all, has a reservation all the same', async (t) => {
  const earlier = await consents();
  const place = await unit(hers, 'hand-cream', 'shanghai-qixia', 1);
  const { page } = await ready(t, place, { wechat: { subscribe: 'reject' } });
  const recorded = posts(page, '/me/wechat/consents');
  await reserveButton(page, place.words).tap();
  await heading(page, HELD).waitFor();
  await recorded;
  const [latest, ...others] = await consents();
  assert.deepEqual([latest.answer, others], ['reject', earlier]);
  await letGo(hers);

  // She has switched such messages off in WeChat: there is no answer, and nothing to record.
  const off = await ready(t, place);
  await off.set({ subscribe: { errCode: 20004, errMsg: 'The main switch is switched off' } });
  await reserveButton(off.page, place.words).tap();
  await heading(off.page, HELD).waitFor();
  assert.equal((await off.calls('requestSubscribeMessage')).length, 1);
  assert.equal((await off.calls('request')).filter(({ url }) => url.endsWith('/consents')).length, 0);
  assert.equal((await consents()).length, earlier.length + 1);
  assert.equal((await open()).length, 1);
  await letGo(hers);
});

test('the last unit taken meanwhile: nothing is locked, the nearest are offered, and one of them works', async (t) => {
  const place = await unit(hers, 'travel-duo', 'shanghai-qixia', 1);
  assert.equal(place.free, 1);
  const before = await pointsOf(hers);
  const { page } = await ready(t, place);
  const taken = await hold(rivals, place);
  await reserveButton(page, place.words).tap();
  await page.getByRole('alert').filter({ hasText: words('pick.gone_title') }).waitFor();
  assert.deepEqual(await pointsOf(hers), before);
  const next = await unit(hers, 'travel-duo', 'shanghai-yunting', 1);
  await choice(page, next.words.counter).tap();
  await reserveButton(page, next.words).tap();
  await heading(page, HELD).waitFor();
  const [made, ...more] = await open();
  assert.deepEqual([made.counter.id, more.length], [next.counter.id, 0]);
  await rivals.delete(`/reservations/${taken.id}`);
  await letGo(hers);
});

test(`${TAPS} taps on the button are one hold, and one question`, async (t) => {
  const place = await unit(hers, 'hand-cream', 'shanghai-qixia', 1);
  const { page, calls } = await ready(t, place);
  const slow = await holdBack(page, '**/api/v1/reservations');
  await hammer(reserveButton(page, place.words));
  await slow.asked;
  await hammer(page.getByRole('button', { name: words('gift.reserving') }));
  slow.release();
  await heading(page, HELD).waitFor();
  assert.equal((await open()).length, 1);
  assert.equal((await calls('requestSubscribeMessage')).length, 1);
  await letGo(hers);
});

test('a session that ended before the tap: one hold, and her consent is not lost', async (t) => {
  const earlier = await consents();
  const place = await unit(hers, 'hand-cream', 'shanghai-qixia', 1);
  const { page, stored, calls } = await ready(t, place);
  await page.clock.install();
  const former = (await stored()).token.data;
  await throughWechat(server, members[1], { former });
  assert.equal((await api(server, former).call('GET', '/me/overview')).status, 401);
  const sent = posts(page, '/me/wechat/consents');
  const recorded = page.waitForResponse((answer) => answer.url().endsWith('/me/wechat/consents') && answer.status() === 201);
  await reserveButton(page, place.words).tap();
  const status = (await sent).status();
  await heading(page, HELD).waitFor();
  // Refused with the former session, it is sent again a little later.
  if (status !== 201) await page.clock.fastForward(A_LITTLE);
  await recorded;
  assert.equal((await open()).length, 1);
  assert.deepEqual([(await consents()).length - earlier.length, (await calls('login')).length], [1, 1]);
  await letGo(hers);
});

/** The first wish reaches the server (or not even that), its answer nobody. Says when, and under which keys wishes came. */
async function withoutAnswer(page, end, reaches = true) {
  const keys = [];
  let done;
  const lost = new Promise((resolve) => { done = resolve; });
  await page.route('**/api/v1/reservations', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    keys.push(await route.request().headerValue('idempotency-key'));
    if (keys.length > 1) return route.continue();
    if (reaches) await route.fetch();
    done();
    return end(route);
  });
  return { keys, lost };
}

test('an answer that never came is asked for again under the same key: one hold', async (t) => {
  const place = await unit(hers, 'hand-cream', 'shanghai-qixia', 1);
  const { page } = await ready(t, place);
  const { keys } = await withoutAnswer(page, (route) => route.abort('connectionreset'));
  await reserveButton(page, place.words).tap();
  await page.getByRole('alert').filter({ hasText: words('gift.unsure_title') }).waitFor();
  await page.getByRole('button', { name: words('gift.ask_again') }).tap();
  await heading(page, HELD).waitFor();
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  assert.equal((await open()).length, 1);
  await letGo(hers);
});

for (const reaches of [true, false]) test(`killed ${reaches ? 'before the answer' : 'before the wish'} arrived, and opened again: it keeps its key, and there is one hold`, async (t) => {
  const place = await unit(hers, 'hand-cream', 'shanghai-qixia', 1);
  const her = await ready(t, place);
  const { page, visit, stored } = her;
  const { keys, lost } = await withoutAnswer(page, () => {}, reaches);
  await reserveButton(page, place.words).tap();
  await lost;
  assert.equal((await open()).length, reaches ? 1 : 0);
  // What is kept names no person.
  const { wish, token } = await stored();
  assert.ok(wish.data.includes(place.gift.id) && !wish.data.includes(token.data) && !wish.data.includes(members[1].name));
  await her.open(at(`/gifts/${place.gift.id}`));
  await heading(page, HELD).waitFor();
  assert.equal((await open()).length, 1);
  assert.deepEqual([keys.length, new Set(keys).size], [2, 1]);
  // It is not kept longer than it is open.
  await forgotten(page, 'wish');
  // Whoever comes back to the gift is told that she has it already.
  await visit(`/gifts/${place.gift.id}`);
  await page.getByText(words('gift.already', { counter: place.words.counter, state: words('state.held') })).waitFor();
  await letGo(hers);
});

const UNKNOWN = [
  ['the answer is lost', true, (route) => route.abort('connectionreset')],
  ['the wish is lost', false, (route) => route.abort('connectionreset')],
  ['the answer is on its way', true, () => {}],
];
for (const [what, reaches, end] of UNKNOWN) test(`two pages of one gift, and ${what} on the upper: the lower finds out under the same key, and there is one hold`, async (t) => {
  const first = await hold(hers, await unit(hers, 'hand-cream', 'guangzhou-lixiang', 0));
  const place = await unit(hers, 'hand-cream', 'shanghai-qixia', 1);
  const { page, back, stack } = await ready(t, place);
  await page.getByRole('link', { name: words('gift.already_link'), exact: true }).tap();
  await arrived(page, `/reservations/${first.id}`);
  await settled(page);
  await page.locator('.who-what').tap();
  await arrived(page, new RegExp(`^/gifts/${place.gift.id}`));
  await settled(page);
  assert.deepEqual(await stack(), ['reserve/gift/gift', 'reserve/reservation/reservation', 'reserve/gift/gift']);
  await choice(page, place.words.variant).tap();
  await choice(page, place.words.counter).tap();
  const { keys, lost } = await withoutAnswer(page, end, reaches);
  await reserveButton(page, place.words).tap();
  await lost;

  await back();
  await arrived(page, `/reservations/${first.id}`);
  await back();
  // The lower page asks by itself what came of it, and leads there.
  await arrived(page, new RegExp(`^/reservations/(?!${first.id})`));
  await heading(page, HELD).waitFor();
  await page.getByText(place.words.counter).first().waitFor();
  const [made, ...more] = (await open()).filter(({ id }) => id !== first.id);
  assert.deepEqual([made.counter.id, made.variant.id, more], [place.counter.id, place.variant.id, []]);
  await arrived(page, `/reservations/${made.id}`);
  assert.deepEqual([keys.length, new Set(keys).size], [2, 1]);
  assert.deepEqual(await stack(), ['reserve/reservation/reservation']);
  await forgotten(page, 'wish');
  await letGo(hers);
});

test('two quick taps on a link open one page', async (t) => {
  const { page, back, stack, visit } = await on(t, '/');
  const link = page.locator('.few .a').first();
  await link.evaluate((element) => { element.click(); element.click(); });
  await arrived(page, /^\/gifts\/./);
  await settled(page);
  assert.deepEqual(await stack(), ['pages/home/home', 'reserve/gift/gift']);
  await back();
  await arrived(page, 'pages/home/home');
  // Once she is back, it leads there again.
  await link.tap();
  await arrived(page, /^\/gifts\/./);
  assert.equal((await stack()).length, 2);

  // Two tabs one after the other: she is on one of them, and on nothing else.
  await visit('/');
  const tabs = page.getByRole('navigation').getByRole('link');
  await tabs.filter({ hasText: words('chrome.me') }).evaluate((element) => { element.click(); element.click(); });
  await arrived(page, 'pages/me/me');
  assert.deepEqual(await stack(), ['pages/me/me']);
});

test('a gift is found by scanning its box', async (t) => {
  const { page, set, stack } = await on(t, '/gifts');
  const place = await unit(hers, 'travel-duo', 'shanghai-qixia', 1);
  const button = page.getByRole('button', { name: words('gifts.scan'), exact: true });
  // She closes the camera: nothing has happened.
  await button.tap();
  assert.deepEqual(await stack(), ['pages/gifts/gifts']);
  await set({ scan: { result: place.variant.barcode, scanType: 'EAN_13' } });
  await button.tap();
  await arrived(page, new RegExp(`^/gifts/${place.gift.id}`));
  await settled(page);
  await heading(page, place.words.gift).waitFor();
  assert.equal(await choice(page, place.words.variant).isChecked(), true, 'and the very variant');
});

test('another counter, then her points back', async (t) => {
  const place = await unit(hers, 'travel-duo', 'shanghai-qixia', 0);
  const before = await pointsOf(hers);
  const made = await hold(hers, place);
  const { page, visit, calls } = await on(t, `/reservations/${made.id}`);
  await page.getByRole('link', { name: new RegExp(`^${words('reservation.move_on')}`) }).tap();
  await arrived(page, `/reservations/${made.id}/move`);
  await settled(page);
  const next = await unit(hers, 'travel-duo', 'hangzhou-liulang', 0);
  await choice(page, next.words.counter).tap();
  await page.getByRole('button', { name: words('relocate.submit', { counter: next.words.counter }) }).tap();
  await arrived(page, `/reservations/${made.id}`);
  await heading(page, HELD).waitFor();
  await page.getByText(next.words.counter).first().waitFor();
  assert.equal((await calls('requestSubscribeMessage')).length, 1, 'it is news again, so she is asked again');
  const moved = await hers.get(`/reservations/${made.id}`);
  assert.deepEqual([moved.counter.id, moved.state], [next.counter.id, 'held']);
  assert.equal((await unit(hers, 'travel-duo', 'shanghai-qixia', 0)).free, place.free, 'the old unit is free again');

  // Asked once more before it is given up; then all of it is back at once.
  await page.getByRole('button', { name: new RegExp(`^${words('reservation.cancel')}`) }).tap();
  await page.getByText(words('reservation.sure_cancel', { points: points(made.points) })).waitFor();
  assert.equal((await hers.get(`/reservations/${made.id}`)).state, 'held');
  await page.getByRole('button', { name: words('reservation.yes_cancel') }).tap();
  await heading(page, words('reservation.cancelled_title')).waitFor();
  assert.deepEqual(await pointsOf(hers), before);
  await visit('/reservations');
  await page.getByText(words('state.cancelled')).first().waitFor();
});
