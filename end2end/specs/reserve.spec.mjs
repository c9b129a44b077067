// P1: a reservation holds the points and the very unit; and however it is tapped, there is one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '../lib/api.mjs';
import { holdBack } from '../lib/deferred.mjs';
import { choice, chooseUnit, hold, letGo, pointsOf, reserveButton, unit } from '../lib/gifts.mjs';
import { phoneOf, settled } from '../lib/member.mjs';
import { startServer } from '../lib/server.mjs';
import { bearer } from '../lib/signin.mjs';
import { tapLabel } from '../lib/taps.mjs';
import { words } from '../lib/words.mjs';
import { today } from '../oracle/demo.mjs';
import { points, shortDate } from '../oracle/wording.mjs';

const HOLD_DAYS = 5;
const TAPS = 20;
let server;
let members;
let hers;
let rivals;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  ({ members } = await server.accounts());
  hers = api(server, await bearer(server, members[1].phone));
  rivals = api(server, await bearer(server, members[2].phone));
});
after(() => server?.stop());

const open = async () => (await hers.get('/reservations?limit=100')).items.filter(({ state }) => state === 'held' || state === 'ready');

/** To the gift's page, variant and counter chosen. */
async function ready(t, place) {
  const her = await phoneOf(t, server, members[1]);
  await her.goto(`/gifts/${place.gift.id}`);
  await settled(her.page);
  await chooseUnit(her.page, place.words);
  await reserveButton(her.page, place.words).waitFor();
  return her;
}

test('three taps from home to a reserved gift, and the last says what it locks', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[1]);
  const before = await pointsOf(hers);
  await goto('/');
  await settled(page);
  await page.getByRole('main').locator('a[href^="/gifts/"]').first().tap();
  await page.waitForURL('**/gifts/*');
  await settled(page);
  const gift = await hers.get(`/gifts/${new URL(page.url()).pathname.split('/').at(-1)}`);
  const button = page.getByRole('button', { name: /^预约 · |选一家专柜/ });
  await page.locator('label').filter({ hasText: /余\s\d+\s份/ }).first().tap();
  const until = `${shortDate(today() + HOLD_DAYS, today(), 'zh-CN')} 20:00`;
  await page.getByText(words('gift.locks', { points: points(gift.points), until })).waitFor();
  await page.getByText(words('gift.confirms', { by: words('common.moment_tomorrow', { time: '18:00' }) })).waitFor();
  await button.tap();
  await page.waitForURL('**/reservations/*');
  await page.getByRole('heading', { level: 1, name: words('reservation.held_title') }).waitFor();
  const [made] = await open();
  assert.equal(new URL(page.url()).pathname, `/reservations/${made.id}`);
  assert.deepEqual(await pointsOf(hers), { ...before, available: before.available - gift.points, held: gift.points });
  await goto('/');
  await settled(page);
  await page.getByText(words('home.held', { points: points(gift.points) })).waitFor();
  await page.getByRole('main').getByRole('link', { name: new RegExp(made.gift.name) }).first().waitFor();
  await letGo(hers);
  assert.deepEqual(await pointsOf(hers), before);
});

test('the last unit taken meanwhile: nothing is locked, the nearest are offered, and one of them works', async (t) => {
  const place = await unit(hers, 'travel-duo', 'shanghai-qixia', 1);
  assert.equal(place.free, 1);
  const before = await pointsOf(hers);
  const { page } = await ready(t, place);
  const taken = await hold(rivals, place);
  await reserveButton(page, place.words).tap();
  const gone = page.getByRole('alert').filter({ hasText: words('pick.gone_title') });
  await gone.waitFor();
  assert.deepEqual(await pointsOf(hers), before);
  const next = await unit(hers, 'travel-duo', 'shanghai-yunting', 1);
  await tapLabel(choice(page, next.words.counter));
  await reserveButton(page, next.words).tap();
  await page.getByRole('heading', { level: 1, name: words('reservation.held_title') }).waitFor();
  const [made, ...more] = await open();
  assert.deepEqual([made.counter.id, more.length], [next.counter.id, 0]);
  await rivals.delete(`/reservations/${taken.id}`);
  await letGo(hers);
});

test(`${TAPS} taps on the button are one hold`, async (t) => {
  const place = await unit(hers, 'hand-cream', 'shanghai-qixia', 1);
  const { page } = await ready(t, place);
  const slow = await holdBack(page, '**/api/v1/reservations');
  await reserveButton(page, place.words).evaluate((button, taps) => { for (let tap = 0; tap < taps; tap += 1) button.click(); }, TAPS);
  await slow.asked;
  await page.getByRole('button', { name: words('gift.reserving') }).evaluate((button, taps) => { for (let tap = 0; tap < taps; tap += 1) button.click(); }, TAPS);
  slow.release();
  await page.getByRole('heading', { level: 1, name: words('reservation.held_title') }).waitFor();
  assert.equal((await open()).length, 1);
  await letGo(hers);
});

test('an answer that never came is asked for again under the same key: one hold', async (t) => {
  const place = await unit(hers, 'hand-cream', 'shanghai-qixia', 1);
  const { page } = await ready(t, place);
  const keys = [];
  await page.route('**/api/v1/reservations', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    keys.push(await route.request().headerValue('idempotency-key'));
    if (keys.length > 1) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await reserveButton(page, place.words).tap();
  await page.getByRole('alert').filter({ hasText: words('gift.unsure_title') }).waitFor();
  await page.getByRole('button', { name: words('gift.ask_again') }).tap();
  await page.getByRole('heading', { level: 1, name: words('reservation.held_title') }).waitFor();
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  assert.equal((await open()).length, 1);
  await letGo(hers);
});

test('a reload in the middle: the wish keeps its key, and there is one hold', async (t) => {
  const place = await unit(hers, 'hand-cream', 'shanghai-qixia', 1);
  const { page } = await ready(t, place);
  // The server has done it; its answer is on the way when she reloads.
  const keys = [];
  let done;
  const arrived = new Promise((resolve) => { done = resolve; });
  await page.route('**/api/v1/reservations', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    keys.push(await route.request().headerValue('idempotency-key'));
    if (keys.length > 1) return route.continue();
    await route.fetch();
    return done();
  });
  await reserveButton(page, place.words).tap();
  await arrived;
  await page.reload();
  await page.getByRole('heading', { level: 1, name: words('reservation.held_title') }).waitFor();
  assert.equal((await open()).length, 1);
  assert.equal(new Set(keys).size, 1);
  // Whoever comes back to the gift is told that she has it already.
  await page.goto(`/gifts/${place.gift.id}`);
  await settled(page);
  await page.getByText(words('gift.already', { counter: place.words.counter, state: words('state.held') })).waitFor();
  await letGo(hers);
});
