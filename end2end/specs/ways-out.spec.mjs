// P3: if the counter does not confirm in time she is told and has four ways out, and points never stay in limbo. The server's clock is moved, nobody waits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api } from '../lib/api.mjs';
import { phone } from '../lib/browser.mjs';
import { choice, hold, pointsOf, reserveButton, unit } from '../lib/gifts.mjs';
import { settled } from '../lib/member.mjs';
import { later, startServer } from '../lib/server.mjs';
import { bearer, signIn } from '../lib/signin.mjs';
import { cast, staffApi } from '../lib/staff.mjs';
import { tapLabel } from '../lib/taps.mjs';
import { words } from '../lib/words.mjs';
import { points } from '../oracle/wording.mjs';

// Past `ready_by` (18:00 of the next day) whenever the test runs, and before `hold_until` (20:00, five days on).
const PAST_READY_BY = '+2d';
const PAST_HOLD_UNTIL = '+6d';

/** All her points, wherever they are: what is pending may arrive while the clock is moved. */
const all = ({ available, held, pending }) => available + held + pending;

/** A member with a hold at the first counter with staff, on a server of her own; `to(clock)` moves its clock on. */
async function story(t, { gift = 'travel-duo', which = 0, counter = 'shanghai-qixia' } = {}) {
  let server = await startServer({ t, env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  const { members, staff } = await server.accounts();
  const hers = api(() => server, await bearer(server, members[1].phone));
  const before = await pointsOf(hers);
  const place = await unit(hers, gift, counter, which);
  const made = await hold(hers, place);
  const her = await phone(t, server);
  await signIn(her.context, server, members[1].phone);
  return {
    ...her, hers, before, place, made, people: cast(staff), account: members[1],
    get server() { return server; },
    async to(clock) {
      server = await later(t, server, clock);
      return server;
    },
    async visit(address = `/reservations/${made.id}`) {
      await her.goto(address);
      await settled(her.page);
    },
    now: () => hers.get(`/reservations/${made.id}`),
  };
}

const heading = (page, key) => page.getByRole('heading', { level: 1, name: words(key), exact: true });

test('held: not to set out yet, by when the counter confirms, and until when it is hers', async (t) => {
  const { page, visit } = await story(t);
  await visit();
  await heading(page, 'reservation.held_title').waitFor();
  assert.equal(await page.getByText(words('state.ready')).count(), 0, 'nothing is green');
});

test('late: she is told by message and on every page that lists it, the manager sees it, and the four ways are there', async (t) => {
  const { page, to, visit, people, now, place } = await story(t);
  const server = await to(PAST_READY_BY);
  await visit('/');
  await page.getByText(words('state.late')).first().waitFor();
  await visit('/reservations');
  await page.getByText(words('state.late')).first().waitFor();
  await visit();
  await heading(page, 'reservation.late_title').waitFor();
  const ways = page.locator('section').filter({ has: page.getByRole('heading', { name: words('reservation.ways_out') }) }).getByRole('listitem');
  const offered = await ways.allInnerTexts();
  for (const way of ['extend', 'move_on', 'other_gift', 'cancel']) {
    assert.ok(offered.some((text) => text.startsWith(words(`reservation.${way}`))), `${way} in ${offered}`);
  }
  assert.equal(offered.length, 4);
  const manager = await staffApi(server, people.manager);
  await waitUntil(async () => (await now()).history.some(({ what }) => what === 'late'));
  const alerts = await manager.get('/staff/audit?alert=true&limit=50');
  assert.ok(alerts.items.some(({ action, counter }) => action === 'late' && counter?.id === place.counter.id), JSON.stringify(alerts.items));
});

test('first way: longer', async (t) => {
  const { page, to, visit, now, made } = await story(t);
  await to(PAST_READY_BY);
  await visit();
  await page.getByRole('button', { name: new RegExp(`^${words('reservation.extend')}`) }).tap();
  await heading(page, 'reservation.held_title').waitFor();
  const { hold_until: until, late, ready_by: by, as_of: asOf } = await now();
  assert.equal(Date.parse(until) - Date.parse(made.hold_until), 3 * 24 * 3600 * 1000);
  assert.equal(late, false);
  assert.ok(Date.parse(by) > Date.parse(asOf));
});

test('second way: another counter', async (t) => {
  const { page, to, visit, now, hers, place, before } = await story(t);
  await to(PAST_READY_BY);
  await visit();
  await page.getByRole('link', { name: new RegExp(`^${words('reservation.move_on')}`) }).tap();
  await page.waitForURL('**/move');
  await settled(page);
  const next = await unit(hers, 'travel-duo', 'hangzhou-liulang', 0);
  await tapLabel(choice(page, next.words.counter));
  await page.getByRole('button', { name: words('relocate.submit', { counter: next.words.counter }) }).tap();
  await heading(page, 'reservation.held_title').waitFor();
  const moved = await now();
  assert.deepEqual([moved.counter.id, moved.state, moved.late], [next.counter.id, 'held', false]);
  assert.equal((await unit(hers, 'travel-duo', 'shanghai-qixia', 0)).free, place.free, 'the old unit is free again');
  assert.equal((await unit(hers, 'travel-duo', 'hangzhou-liulang', 0)).free, next.free - 1);
  const there = await pointsOf(hers);
  assert.deepEqual([there.held, all(there)], [moved.points, all(before)]);
});

test('third way: another gift; the points are back before she chooses it', async (t) => {
  const { page, to, visit, now, hers, before } = await story(t);
  await to(PAST_READY_BY);
  await visit();
  await page.getByRole('button', { name: new RegExp(`^${words('reservation.other_gift')}`) }).tap();
  await page.getByRole('button', { name: words('reservation.yes_other') }).tap();
  await page.waitForURL('**/gifts');
  assert.equal((await now()).state, 'cancelled');
  const back = await pointsOf(hers);
  assert.deepEqual([back.held, all(back)], [0, all(before)]);
});

test('fourth way: her points back, at once', async (t) => {
  const { page, to, visit, now, hers, before, made } = await story(t);
  await to(PAST_READY_BY);
  await visit();
  await page.getByRole('button', { name: new RegExp(`^${words('reservation.cancel')}`) }).tap();
  await page.getByText(words('reservation.sure_cancel', { points: points(made.points) })).waitFor();
  await page.getByRole('button', { name: words('reservation.yes_cancel') }).tap();
  await heading(page, 'reservation.cancelled_title').waitFor();
  assert.equal((await now()).state, 'cancelled');
  const back = await pointsOf(hers);
  assert.deepEqual([back.held, all(back)], [0, all(before)]);
});

test('the counter can’t keep it: points back at once, she reads why, and reserves it elsewhere', async (t) => {
  const { page, visit, now, hers, before, made, people, server } = await story(t);
  const clerk = await staffApi(server, people.clerk);
  await clerk.post(`/staff/reservations/${made.id}/fail`, { reason: '货架上的这一份外盒破损' });
  await visit();
  await heading(page, 'reservation.failed_title').waitFor();
  await page.getByText(/货架上的这一份外盒破损/).first().waitFor();
  assert.equal((await pointsOf(hers)).available, before.available);
  await page.getByRole('link', { name: words('reservation.other_counter') }).tap();
  await page.waitForURL(`**/reservations/${made.id}/move`);
  await settled(page);
  const next = await unit(hers, 'travel-duo', 'shanghai-yunting', 0);
  await tapLabel(choice(page, next.words.counter));
  await reserveButton(page, next.words).tap();
  await heading(page, 'reservation.held_title').waitFor();
  assert.equal((await now()).state, 'failed', 'what has ended stays ended');
  assert.equal((await pointsOf(hers)).held, made.points);
});

test('run out: expired for whoever looks, points and unit are back, and nothing says the membership expired', async (t) => {
  const { page, to, visit, now, hers, before, place, made } = await story(t);
  await to(PAST_HOLD_UNTIL);
  // At once, whether or not anybody has swept.
  assert.equal((await now()).state, 'expired');
  const back = await pointsOf(hers);
  assert.deepEqual([back.held, all(back)], [0, all(before)]);
  assert.equal((await unit(hers, 'travel-duo', 'shanghai-qixia', 0)).free, place.free);
  await visit();
  await heading(page, 'reservation.lapsed_title').waitFor();
  await page.getByText(new RegExp(`${points(made.points)}\\s积分已全数退回`)).first().waitFor();
  const shown = await page.getByRole('main').innerText();
  assert.doesNotMatch(shown, /会员[^。]*(过期|到期)/);
});

/** Jobs tick every few seconds; asking is cheap. */
async function waitUntil(true_) {
  const end = Date.now() + 30_000;
  while (!(await true_())) {
    assert.ok(Date.now() < end, 'within 30 s');
    await new Promise((resolve) => { setTimeout(resolve, 200); });
  }
}
