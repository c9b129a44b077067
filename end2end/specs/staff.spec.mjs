// The counter's application: who is let in, what it shows and never shows, stock, holds on the telephone, and a camera.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '../lib/api.mjs';
import { phone } from '../lib/browser.mjs';
import { barcode as box, browserSeeing, sight } from '../lib/camera.mjs';
import { hold, letGo, unit } from '../lib/gifts.mjs';
import { phoneOf, settled } from '../lib/member.mjs';
import { startServer } from '../lib/server.mjs';
import { bearer } from '../lib/signin.mjs';
import { TABLET, cast, credentials, deviceOf, staffApi } from '../lib/staff.mjs';
import { tapLabel } from '../lib/taps.mjs';
import { words } from '../lib/words.mjs';

let server;
let member;
let hers;
let people;
let clerks;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  const { members, staff } = await server.accounts();
  member = members[1];
  people = cast(staff);
  hers = api(server, await bearer(server, member.phone));
  clerks = await staffApi(server, people.colleague);
});
after(() => server?.stop());

const field = (page, key) => page.getByLabel(words(key), { exact: true });
const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true });

async function typeIn(page, { user, password, totp }) {
  await field(page, 'staff_sign_in.user').fill(user);
  await field(page, 'staff_sign_in.password').fill(password);
  // The sixth digit sends it.
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/staff/session') && answer.request().method() === 'POST');
  await field(page, 'staff_sign_in.totp').fill(totp);
  return (await answered).status();
}

test('user, password and authenticator; a used code is refused, and a member’s session opens nothing', async (t) => {
  const { page, goto } = await phone(t, server, TABLET);
  await goto('/staff/stock');
  await page.waitForURL((url) => url.pathname === '/staff/sign-in');
  const typed = await credentials(server, people.neighbour);
  assert.equal(await typeIn(page, { ...typed, totp: typed.totp === '000000' ? '111111' : '000000' }), 422);
  await page.getByRole('alert').first().waitFor();
  assert.equal(await typeIn(page, typed), 200);
  await page.waitForURL((url) => url.pathname === '/staff/stock', { timeout: 30_000 });
  const again = await api(server).call('POST', '/staff/session', typed, { headers: { 'x-session': 'bearer' } });
  assert.equal(again.status, 422, 'each code is good once');
  const { goto: asMember, page: members } = await phoneOf(t, server, member);
  await asMember('/staff');
  await members.waitForURL((url) => url.pathname === '/staff/sign-in');
});

test('too many wrong passwords lock the account for a while, and the page says so', async (t) => {
  const own = await startServer({ t });
  const { clerk } = cast((await own.accounts()).staff);
  const { page, goto } = await phone(t, own);
  await goto('/staff/sign-in');
  const wrong = { user: clerk.user, password: 'not this one', totp: '123456' };
  let status = 0;
  for (let attempt = 0; attempt < 12 && status !== 429; attempt += 1) {
    status = await typeIn(page, wrong);
    await page.getByRole('alert').first().waitFor();
  }
  await page.getByText(new RegExp(words('staff_sign_in.locked_until', { when: '.+' }))).first().waitFor();
  const right = await api(own).call('POST', '/staff/session', await credentials(own, clerk));
  assert.equal(right.status, 429, 'the right password does not open a locked account either');
});

test('today’s list: what is to be done, masked, and no pick-up code in any page or answer', async (t) => {
  const place = await unit(hers, 'travel-duo', 'shanghai-qixia', 0);
  const made = await hold(hers, place);
  await clerks.post(`/staff/reservations/${made.id}/ready`, { barcode: place.variant.barcode });
  const { code, qr } = await hers.get(`/reservations/${made.id}/pass`);
  const { page, context, goto } = await deviceOf(t, server, people.clerk, TABLET);
  const answers = [];
  context.on('response', (answer) => { if (answer.url().includes('/api/v1/')) answers.push(answer.text().catch(() => '')); });
  for (const address of ['/staff', `/staff/reservations/${made.id}`, '/staff/stock', '/staff/pickup']) {
    await goto(address);
    await settled(page);
    const text = await page.evaluate(() => document.documentElement.outerHTML);
    for (const secret of [code, code.match(/.{3}/g).join(' '), qr, member.phone, member.phone.replace('+86', ''), member.name]) {
      assert.ok(!text.includes(secret), `${secret} on ${address}`);
    }
  }
  await goto('/staff');
  await settled(page);
  await page.getByRole('main').getByText(words('staff_standing.ready')).first().waitFor();
  for (const answer of await Promise.all(answers)) for (const secret of [code, qr, member.phone, member.name]) assert.ok(!answer.includes(secret), secret);
  await letGo(hers);
});

test('a counter sees its own counter', async (t) => {
  const place = await unit(hers, 'travel-duo', 'shanghai-qixia', 0);
  const made = await hold(hers, place);
  const { page, goto, tolerate } = await deviceOf(t, server, people.elsewhere, TABLET);
  tolerate(/404/);
  await goto('/staff');
  await settled(page);
  assert.equal(await page.locator(`a[href="/staff/reservations/${made.id}"]`).count(), 0);
  const others = await staffApi(server, people.elsewhere);
  assert.equal((await others.call('GET', `/staff/reservations/${made.id}`)).status, 404);
  await letGo(hers);
});

test('stock is counted with a reason, and a number is never called a promise', async (t) => {
  const place = await unit(hers, 'candle', 'shanghai-qixia', 2);
  const { page, goto } = await deviceOf(t, server, people.clerk, TABLET);
  await goto('/staff/stock');
  await settled(page);
  await page.getByText(words('staff_stock.lead')).waitFor();
  const gift = page.locator('section').filter({ has: page.getByRole('heading', { name: place.words.gift, exact: true }) });
  const line = gift.getByRole('listitem').filter({ hasText: place.words.variant });
  await line.getByRole('button', { name: words('staff_stock.count'), exact: true }).tap();
  await page.getByLabel(words('staff_stock.counted_number'), { exact: true }).fill(String(place.free - 2));
  await tapLabel(page.getByRole('radio', { name: words('staff_stock.reason_damaged') }));
  await page.getByRole('button', { name: words('staff_stock.save_count') }).tap();
  await page.getByText(words('staff_stock.saved')).first().waitFor();
  assert.equal((await unit(hers, 'candle', 'shanghai-qixia', 2)).free, place.free - 2);
  const { items } = await (await staffApi(server, people.manager)).get('/staff/audit?limit=50');
  assert.ok(items.some(({ action, about }) => action === 'stock-counted' && about === place.variant.id));
});

test('a hold on the telephone: nothing is promised before it is held, and it is hers at once', async (t) => {
  const place = await unit(hers, 'candle', 'shanghai-qixia', 0);
  const { page, goto } = await deviceOf(t, server, people.clerk);
  await goto('/staff/hold');
  await settled(page);
  await page.getByText(words('staff_hold.lead')).waitFor();
  await page.getByLabel(words('staff_hold.phone'), { exact: true }).fill(member.phone.replace('+86', ''));
  await page.getByRole('button', { name: words('staff_hold.go_on') }).tap();
  await page.getByRole('button', { name: new RegExp(place.words.gift) }).tap();
  await page.getByRole('button', { name: new RegExp(place.words.variant) }).tap();
  await page.getByText(words('staff_hold.consequence')).waitFor();
  assert.equal((await hers.get('/reservations')).items.filter(({ state }) => state === 'held').length, 0);
  await page.getByRole('button', { name: words('staff_hold.hold') }).tap();
  await page.getByText(words('staff_hold.made')).first().waitFor();
  const [made] = (await hers.get('/reservations')).items;
  assert.deepEqual([made.state, made.variant.id, made.counter.id, made.history[0].by], ['held', place.variant.id, place.counter.id, 'staff']);
  const text = await page.locator('body').innerText();
  assert.ok(!text.includes(member.phone.replace('+86', '')) && !text.includes(member.name), 'masked');
  await letGo(hers);
});

test('a hold for somebody unknown, or of what is gone, is refused with a way on', async (t) => {
  const place = await unit(hers, 'lip-balm', 'shanghai-qixia', 0);
  assert.equal(place.free, 1);
  const [made] = [await hold(hers, place)];
  const { status, body } = await clerks.call('POST', '/staff/holds', { phone: member.phone, variant_id: place.variant.id, counter_id: place.counter.id });
  assert.deepEqual([status, body.code], [409, 'out-of-stock']);
  assert.ok(body.nearest.length > 0 && body.nearest.every(({ held_for_you: held }) => held === false));
  const unknown = await clerks.call('POST', '/staff/holds', { phone: '+8613999999999', variant_id: place.other.id, counter_id: place.counter.id });
  assert.ok(unknown.status === 404 || unknown.status === 422, JSON.stringify(unknown.body));
  await hers.delete(`/reservations/${made.id}`);
});

test('the camera reads the barcode on the box, and the pass on her phone', async (t) => {
  const place = await unit(hers, 'sun-milk', 'shanghai-qixia', 0);
  const made = await hold(hers, place);
  const before = await clerks.get(`/staff/reservations/${made.id}`);
  assert.equal(before.state, 'held');
  const shelf = await deviceOf(t, server, people.clerk, { browser: await browserSeeing(t, box(place.variant.barcode)), permissions: ['camera'] });
  await shelf.goto(`/staff/reservations/${made.id}`);
  await settled(shelf.page);
  await shelf.page.getByRole('button', { name: words('staff_unit.scan') }).tap();
  await shelf.page.getByText(words('staff_work.put_aside_title')).first().waitFor({ timeout: 30_000 });
  assert.equal((await hers.get(`/reservations/${made.id}`)).state, 'ready');

  const her = await phoneOf(t, server, member);
  await her.goto(`/reservations/${made.id}/pass`);
  const code = her.page.getByRole('img', { name: words('pass.qr') });
  await code.waitFor();
  const counter = await deviceOf(t, server, people.clerk, { browser: await browserSeeing(t, await sight(her.page, code)), permissions: ['camera'] });
  await counter.goto('/staff/pickup');
  await settled(counter.page);
  await counter.page.getByRole('button', { name: words('staff_pickup.scan') }).tap();
  await counter.page.getByText(words('staff_pickup.found')).first().waitFor({ timeout: 30_000 });
  await letGo(hers);
});

test('codes that are guessed lock the look-up, and the manager is alerted', async (t) => {
  const { page, goto } = await deviceOf(t, server, people.elsewhere, TABLET);
  await goto('/staff/pickup');
  await settled(page);
  const locked = page.getByText(new RegExp(words('staff_pickup.locked_until', { when: '.+' })));
  for (let attempt = 0; attempt < 40 && await locked.count() === 0; attempt += 1) {
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/staff/pickups/lookup'));
    await page.getByLabel(words('staff_pickup.code'), { exact: true }).fill(`234567${String(200 + attempt).replaceAll(/[01]/g, '9')}`);
    await page.getByRole('button', { name: words('staff_pickup.look_up') }).tap();
    const answer = await answered;
    if (answer.status() === 429) break;
    assert.ok([404, 422].includes(answer.status()), String(answer.status()));
    await page.getByRole('alert').first().waitFor();
  }
  await locked.first().waitFor();
  const { items } = await (await staffApi(server, people.manager)).get('/staff/audit?alert=true&limit=50');
  assert.ok(items.some(({ action }) => action === 'pickup-locked'), JSON.stringify(items));
  const { page: office, goto: visit } = await deviceOf(t, server, people.manager, TABLET);
  await visit('/staff/attention');
  await settled(office);
  await office.getByText(words('staff_attention.pickup_locked')).first().waitFor();
});
