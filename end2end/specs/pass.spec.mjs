// P3 and P4: the pass is green only after the very unit was scanned, both sides look at the variant, and what she has nobody takes back. A member and a clerk,
// each with a device of her own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '../lib/api.mjs';
import { chooseUnit, handOver, hold, pointsOf, reserveButton, unit } from '../lib/gifts.mjs';
import { phone } from '../lib/browser.mjs';
import { phoneOf, settled } from '../lib/member.mjs';
import { startServer } from '../lib/server.mjs';
import { bearer, signIn } from '../lib/signin.mjs';
import { TABLET, cast, deviceOf, staffApi } from '../lib/staff.mjs';
import { tapLabel } from '../lib/taps.mjs';
import { words } from '../lib/words.mjs';

const CODE = /[2-9A-HJKMNP-TV-Z]{3} [2-9A-HJKMNP-TV-Z]{3} [2-9A-HJKMNP-TV-Z]{3}/;
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

const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true });
const barcode = (page) => page.getByLabel(words('staff_unit.barcode'), { exact: true });

/** Her page, and the clerk's tablet. */
async function both(t) {
  const her = await phoneOf(t, server, member);
  const desk = await deviceOf(t, server, people.clerk, TABLET);
  return { her, desk };
}

/** Everything a phone keeps of this site, as one text. */
const keptOn = (page) => page.evaluate(async () => {
  const found = [JSON.stringify({ ...localStorage })];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(`${request.url} ${await (await cache.match(request)).text()}`);
  }
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((resolve, reject) => { const open = indexedDB.open(name); open.onsuccess = () => resolve(open.result); open.onerror = () => reject(open.error); });
    for (const store of base.objectStoreNames) found.push(JSON.stringify(await new Promise((resolve) => { const all = base.transaction(store).objectStore(store).getAll(); all.onsuccess = () => resolve(all.result); })));
    base.close();
  }
  return found.join('\n');
});

/** A `ready` reservation of hers, made by programs. */
async function madeReady(place) {
  const made = await hold(hers, place);
  return clerks.post(`/staff/reservations/${made.id}/ready`, { barcode: place.variant.barcode });
}

test('reserve, put aside, green, the wrong unit refused, collected, and no way back', async (t) => {
  const place = await unit(hers, 'travel-duo', 'shanghai-qixia', 0);
  const before = await pointsOf(hers);
  const { her, desk } = await both(t);

  // She reserves. Nothing is green, and there is no pass.
  await her.goto(`/gifts/${place.gift.id}`);
  await settled(her.page);
  await chooseUnit(her.page, place.words);
  await reserveButton(her.page, place.words).tap();
  await heading(her.page, words('reservation.held_title')).waitFor();
  const { id } = (await hers.get('/reservations')).items[0];
  assert.equal((await hers.call('GET', `/reservations/${id}/pass`)).status, 409);
  assert.equal(await her.page.getByText(words('state.ready')).count(), 0);

  // The clerk puts aside the wrong one: nothing changes, and it is on record.
  await desk.goto('/staff');
  await settled(desk.page);
  await desk.page.getByRole('main').locator(`a[href="/staff/reservations/${id}"]`).first().tap();
  await barcode(desk.page).fill(place.other.barcode);
  await desk.page.getByRole('button', { name: words('staff_work.put_aside') }).tap();
  await desk.page.getByRole('heading', { name: words('staff_work.mismatch_heading') }).waitFor();
  const shown = await desk.page.getByRole('alertdialog').innerText();
  for (const part of [place.words.variant, place.words.other]) assert.ok(shown.includes(part), `${part} in ${shown}`);
  assert.equal((await hers.get(`/reservations/${id}`)).state, 'held');
  const manager = await staffApi(server, people.manager);
  const record = await manager.get('/staff/audit?limit=50');
  assert.ok(record.items.some(({ action, about }) => action === 'variant-mismatch' && about === id));

  // Then the right one. Her page turns green by itself.
  await desk.page.getByRole('button', { name: words('staff_work.scan_again') }).tap();
  await barcode(desk.page).fill(place.variant.barcode);
  await desk.page.getByRole('button', { name: words('staff_work.put_aside') }).tap();
  await desk.page.getByText(words('staff_work.put_aside_title')).first().waitFor();
  await heading(her.page, words('state.ready')).waitFor({ timeout: 60_000 });
  await her.page.getByRole('link', { name: words('reservation.show_pass') }).tap();
  await her.page.getByRole('img', { name: words('pass.qr') }).waitFor();
  const pass = await her.page.getByRole('main').innerText();
  const code = pass.match(CODE)?.[0];
  assert.ok(code, pass);
  for (const part of [place.words.variant, place.words.gift, place.words.counter, place.counter.hours]) assert.ok(pass.includes(part), `${part} in ${pass}`);
  assert.ok((await her.page.getByRole('main').textContent()).includes(words(`variant.${place.variant.colour}`)), 'the mark’s colour in words');

  // At the counter: the code as she reads it out, then the unit.
  await desk.goto('/staff/pickup');
  await settled(desk.page);
  await desk.page.getByLabel(words('staff_pickup.code'), { exact: true }).fill(code.toLowerCase());
  await desk.page.getByRole('button', { name: words('staff_pickup.look_up') }).tap();
  await desk.page.getByText(words('staff_pickup.found')).first().waitFor();
  await barcode(desk.page).fill(place.other.barcode);
  await desk.page.getByRole('button', { name: words('staff_work.hand_over') }).tap();
  await desk.page.getByRole('heading', { name: words('staff_work.mismatch_heading') }).waitFor();
  assert.equal((await hers.get(`/reservations/${id}`)).state, 'ready');
  await desk.page.getByRole('button', { name: words('staff_work.scan_again') }).tap();
  await barcode(desk.page).fill(place.variant.barcode);
  await desk.page.getByRole('button', { name: words('staff_work.hand_over') }).tap();
  await desk.page.getByText(words('staff_work.handed_over_title')).first().waitFor();
  assert.equal((await hers.get(`/reservations/${id}`)).state, 'collected');
  assert.deepEqual(await pointsOf(hers), { ...before, available: before.available - place.gift.points });
  await her.page.getByRole('heading', { name: words('pass.collected_title') }).waitFor({ timeout: 60_000 });

  // No way back, for anybody.
  for (const [path, body] of [
    [`/staff/reservations/${id}/fail`, { reason: '误交' }],
    [`/staff/reservations/${id}/ready`, { barcode: place.variant.barcode }],
    [`/staff/pickups/${id}/collect`, { barcode: place.variant.barcode }],
  ]) {
    const { status, body: answer } = await clerks.call('POST', path, body);
    assert.equal(status, 409, `${path}: ${JSON.stringify(answer)}`);
  }
  assert.equal((await hers.call('DELETE', `/reservations/${id}`)).status, 409);
  assert.equal((await hers.call('GET', `/reservations/${id}/pass`)).status, 409);
  assert.equal((await hers.get(`/reservations/${id}`)).state, 'collected');
  await her.goto(`/reservations/${id}`);
  await settled(her.page);
  await heading(her.page, words('reservation.collected_title')).waitFor();
});

test('an exchange happens only after her own tap, before and after she has it', async (t) => {
  const place = await unit(hers, 'sun-milk', 'shanghai-qixia', 0);
  const { id } = await madeReady(place);
  const { her, desk } = await both(t);
  await desk.goto(`/staff/reservations/${id}`);
  await settled(desk.page);
  await desk.page.getByRole('button', { name: words('staff_work.offer') }).tap();
  await tapLabel(desk.page.getByRole('radio', { name: new RegExp(place.words.other) }));
  await desk.page.getByRole('button', { name: words('staff_exchange.ask') }).tap();
  await desk.page.getByText(words('staff_exchange.waiting_text')).waitFor();
  const waiting = await hers.get(`/reservations/${id}`);
  assert.deepEqual([waiting.variant.id, waiting.state, waiting.exchange.variant.id], [place.variant.id, 'ready', place.other.id], 'nothing has changed yet');

  // She says no: nothing changes. Then the clerk asks once more, and she says yes.
  await her.goto(`/reservations/${id}`);
  await settled(her.page);
  await her.page.getByRole('heading', { name: words('reservation.offer_heading') }).waitFor();
  await her.page.getByRole('button', { name: words('reservation.offer_decline') }).tap();
  await her.page.getByRole('heading', { name: words('reservation.offer_heading') }).waitFor({ state: 'detached' });
  const declined = await hers.get(`/reservations/${id}`);
  assert.deepEqual([declined.variant.id, declined.exchange], [place.variant.id, null]);
  await desk.page.getByText(words('staff_exchange.declined_title'), { exact: true }).first().waitFor({ timeout: 60_000 });

  await clerks.post(`/staff/pickups/${id}/exchange`, { variant_id: place.other.id });
  await her.goto(`/reservations/${id}`);
  await settled(her.page);
  await her.page.getByRole('button', { name: words('reservation.offer_take', { variant: place.words.other }) }).tap();
  await her.page.getByRole('heading', { name: words('reservation.offer_heading') }).waitFor({ state: 'detached' });
  const exchanged = await hers.get(`/reservations/${id}`);
  assert.deepEqual([exchanged.variant.id, exchanged.state], [place.other.id, 'ready']);

  // The new unit is what is scanned now; and once she has it, the same again, on her word alone.
  const { status, body } = await clerks.call('POST', `/staff/pickups/${id}/collect`, { barcode: place.other.barcode });
  assert.deepEqual([status, body.code], [409, 'pass-not-shown'], 'not without her pass either');
  await handOver(clerks, hers, id, place.other.barcode);
  await clerks.post(`/staff/pickups/${id}/exchange`, { variant_id: place.variant.id });
  assert.equal((await hers.get(`/reservations/${id}`)).variant.id, place.other.id, 'an offer is no exchange');
  await her.goto(`/reservations/${id}`);
  await settled(her.page);
  await her.page.getByRole('button', { name: words('reservation.offer_take', { variant: place.words.variant }) }).tap();
  await her.page.getByRole('heading', { name: words('reservation.offer_heading') }).waitFor({ state: 'detached' });
  const after = await hers.get(`/reservations/${id}`);
  assert.deepEqual([after.variant.id, after.state], [place.variant.id, 'collected']);
});

test('without signal the pass opens only if she wished it kept, and is gone when it ends', async (t) => {
  const place = await unit(hers, 'cleansing-foam', 'shanghai-qixia', 0);
  const { id } = await madeReady(place);
  const { her } = await both(t);
  her.tolerate(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  const { page, context } = her;
  const address = `/reservations/${id}/pass`;
  const code = (await hers.get(`/reservations/${id}/pass`)).code;
  const kept = () => keptOn(page);

  await her.goto(address);
  await page.getByRole('img', { name: words('pass.qr') }).waitFor();
  assert.ok(!(await kept()).includes(code), 'nothing is kept unless she says so');
  assert.deepEqual(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);

  await tapLabel(page.getByRole('switch', { name: words('pass.keep') }));
  await page.getByText(words('pass.kept')).first().waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null || navigator.serviceWorker.ready.then(() => true));
  await context.setOffline(true);
  await page.reload();
  await page.getByText(words('pass.offline')).first().waitFor();
  await page.getByRole('img', { name: words('pass.qr') }).waitFor();
  assert.ok((await page.getByRole('main').innerText()).replaceAll(/\s/g, '').includes(code));

  // The signal is back and it was collected meanwhile: wiped.
  await handOver(clerks, hers, id, place.variant.barcode);
  await context.setOffline(false);
  await page.reload();
  await page.getByRole('heading', { name: words('pass.collected_title') }).waitFor();
  assert.ok(!(await kept()).includes(code), 'wiped at the end');
});

test('signing out wipes a kept pass', async (t) => {
  const place = await unit(hers, 'cleansing-foam', 'shanghai-qixia', 1);
  const own = await startServer({ t, env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  const accounts = await own.accounts();
  const theirs = api(own, await bearer(own, accounts.members[2].phone));
  const there = await unit(theirs, 'cleansing-foam', 'shanghai-qixia', 1);
  assert.equal(there.words.gift, place.words.gift);
  const made = await hold(theirs, there);
  const clerk = await staffApi(own, cast(accounts.staff).clerk);
  await clerk.post(`/staff/reservations/${made.id}/ready`, { barcode: there.variant.barcode });
  const { code } = await theirs.get(`/reservations/${made.id}/pass`);
  const { page, context, goto } = await phone(t, own);
  await signIn(context, own, accounts.members[2].phone);
  await goto(`/reservations/${made.id}/pass`);
  await tapLabel(page.getByRole('switch', { name: words('pass.keep') }));
  await page.getByText(words('pass.kept')).first().waitFor();
  await goto('/me');
  await settled(page);
  await page.getByRole('button', { name: words('me.sign_out') }).click();
  await heading(page, words('sign_in.heading')).waitFor();
  assert.ok(!(await keptOn(page)).includes(code));
});
