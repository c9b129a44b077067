// The pass in the mini-program: green only after the very unit was scanned, kept on her phone only if she says so, and an exchange only after her own tap.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { api } from '../lib/api.mjs';
import { handOver, hold, letGo, unit } from '../lib/gifts.mjs';
import { arrived, forgotten, heading, kept, miniOf, throughWechat, wechatName } from '../lib/mini-member.mjs';
import { at } from '../lib/mini-places.mjs';
import { root } from '../lib/place.mjs';
import { cast, staffApi } from '../lib/roster.mjs';
import { startServer } from '../lib/server.mjs';
import { words } from '../lib/words.mjs';

const A_BEAT = 20_000;
let server;
let member;
let hers;
let clerk;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  const { members, staff } = await server.accounts();
  member = members[1];
  hers = api(server, await throughWechat(server, member));
  clerk = await staffApi(server, cast(staff).clerk);
  prepareZXingModule({ overrides: { wasmBinary: await readFile(path.join(root, 'node_modules/zxing-wasm/dist/reader/zxing_reader.wasm')) } });
});
after(() => server?.stop());

const qrOf = (page) => page.getByRole('img', { name: words('pass.qr') });
const keep = (page) => page.getByRole('switch', { name: words('pass.keep') });
const spoken = async (page) => (await page.locator('.spoken').innerText()).replaceAll(/[^0-9A-Z]/g, '');
/** What another phone's camera reads where the code is drawn. */
const read = async (locator) => (await readBarcodes(await locator.screenshot(), { formats: ['QRCode'] })).map(({ text }) => text);
const putAside = (made, place) => clerk.post(`/staff/reservations/${made.id}/ready`, { barcode: place.variant.barcode });

/** A `ready` reservation of hers, made by programs. */
async function madeReady(gift, which = 0) {
  const place = await unit(hers, gift, 'shanghai-qixia', which);
  const made = await hold(hers, place);
  await putAside(made, place);
  return { place, id: made.id, address: `/reservations/${made.id}/pass` };
}

test('put aside, green by itself, the pass is shown, and collected by itself', async (t) => {
  const place = await unit(hers, 'travel-duo', 'shanghai-qixia', 0);
  const made = await hold(hers, place);
  const { page, visit } = await miniOf(t, server, member);
  await page.clock.install();
  await visit(`/reservations/${made.id}`);
  await heading(page, words('reservation.held_title')).waitFor();
  assert.equal(await page.getByText(words('state.ready')).count(), 0, 'nothing is green');
  assert.equal(await page.getByRole('link', { name: words('reservation.show_pass') }).count(), 0);
  assert.equal(await page.locator('.outlook.tone-good').count(), 0);

  await putAside(made, place);
  await page.clock.fastForward(A_BEAT);
  await heading(page, words('state.ready')).waitFor();
  await page.locator('.outlook.tone-good').waitFor();

  await page.getByRole('link', { name: words('reservation.show_pass') }).tap();
  await arrived(page, `/reservations/${made.id}/pass`);
  await qrOf(page).waitFor();
  const known = await hers.get(`/reservations/${made.id}/pass`);
  const text = await page.getByRole('main').innerText();
  for (const part of [place.words.variant, place.words.gift, place.words.counter, place.counter.hours]) assert.ok(text.includes(part), `${part} in ${text}`);
  assert.ok((await page.getByRole('main').textContent()).includes(words(`variant.${place.variant.colour}`)), 'the mark’s colour in words');
  assert.equal(await spoken(page), known.code);
  assert.deepEqual(await read(qrOf(page)), [known.qr]);

  await handOver(clerk, hers, made.id, place.variant.barcode);
  await page.clock.fastForward(A_BEAT);
  await heading(page, words('pass.collected_title')).waitFor();
  assert.equal(await qrOf(page).count(), 0);
});

test('without signal it opens only if she wished it kept, and is wiped when it is collected', async (t) => {
  const { place, id, address } = await madeReady('cleansing-foam');
  const { code } = await hers.get(address);
  const { page, context, visit, open, stored } = await miniOf(t, server, member);
  await visit(address);
  await qrOf(page).waitFor();
  assert.equal(await keep(page).isChecked(), false);
  assert.ok(!JSON.stringify(await stored()).includes(code), 'nothing is kept unless she says so');
  await keep(page).tap();
  await page.getByText(words('pass.kept')).first().waitFor();
  const pass = await kept(page, 'pass');
  assert.ok(pass.encrypted && pass.data.includes(code));

  await context.setOffline(true);
  await open(at(address));
  await page.getByText(words('pass.offline')).first().waitFor();
  assert.equal(await spoken(page), code);
  assert.equal((await read(qrOf(page))).length, 1);

  // The signal is back, and it was collected meanwhile.
  await handOver(clerk, hers, id, place.variant.barcode);
  await context.setOffline(false);
  await visit(address);
  await heading(page, words('pass.collected_title')).waitFor();
  await forgotten(page, 'pass');
});

test('she changes her mind, or signs out: nothing is kept', async (t) => {
  const own = await startServer({ t, env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  const accounts = await own.accounts();
  const theirs = api(own, await throughWechat(own, accounts.members[2]));
  const place = await unit(theirs, 'cleansing-foam', 'shanghai-qixia', 1);
  const made = await hold(theirs, place);
  const counter = await staffApi(own, cast(accounts.staff).clerk);
  await counter.post(`/staff/reservations/${made.id}/ready`, { barcode: place.variant.barcode });
  const { page, visit } = await miniOf(t, own, accounts.members[2]);
  const address = `/reservations/${made.id}/pass`;
  await visit(address);
  await keep(page).tap();
  await page.getByText(words('pass.kept')).first().waitFor();
  await keep(page).tap();
  await page.getByText(words('pass.kept')).waitFor({ state: 'detached' });
  await forgotten(page, 'pass');
  await keep(page).tap();
  await page.getByText(words('pass.kept')).first().waitFor();
  await kept(page, 'pass');

  await visit('/me');
  await page.getByRole('button', { name: words('me.sign_out'), exact: true }).tap();
  await heading(page, words('sign_in.heading')).waitFor();
  await forgotten(page, 'pass');
  await forgotten(page, 'token');
});

const keptPass = (page) => page.getByRole('link', { name: words('reservations.kept_pass'), exact: true });

/** A house of its own, and a phone on which a pass of the third member's is kept, opened without a network on the reservations. */
async function keptOnPhone(t) {
  const own = await startServer({ t, env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  const { members, staff } = await own.accounts();
  const theirs = api(own, await throughWechat(own, members[2]));
  const place = await unit(theirs, 'cleansing-foam', 'shanghai-qixia', 1);
  const made = await hold(theirs, place);
  await (await staffApi(own, cast(staff).clerk)).post(`/staff/reservations/${made.id}/ready`, { barcode: place.variant.barcode });
  const address = `/reservations/${made.id}/pass`;
  const { code } = await theirs.get(address);
  const phone = await miniOf(t, own, members[2]);
  await phone.visit('/me');
  await phone.visit(address);
  await keep(phone.page).tap();
  await kept(phone.page, 'pass');
  await phone.context.setOffline(true);
  await phone.open(at('/reservations'));
  await phone.page.getByRole('alert').filter({ hasText: words('trouble.unreachable_title') }).waitFor();
  return { ...phone, own, members, address, code };
}

/** Nothing of it is on the phone, nor to be had without a network. */
async function nothingKept({ page, context, open, stored, address, code }) {
  await forgotten(page, 'pass');
  assert.ok(!JSON.stringify(await stored()).includes(code));
  await context.setOffline(true);
  await open(at('/reservations'));
  const unreachable = page.getByRole('alert').filter({ hasText: words('trouble.unreachable_title') });
  await unreachable.waitFor();
  assert.equal(await keptPass(page).count(), 0);
  await open(at(address));
  await unreachable.waitFor();
  assert.equal(await page.locator('.spoken').count(), 0);
}

test('started without a network, the kept pass is one tap away from the reservations', async (t) => {
  const { page, top, address, code } = await keptOnPhone(t);
  await keptPass(page).tap();
  await arrived(page, address);
  await page.getByText(words('pass.offline')).first().waitFor();
  assert.equal(await spoken(page), code);
  assert.equal((await read(qrOf(page))).length, 1);
  assert.equal((await top()).path, 'reserve/pass/pass');
});

test('another member who signs in on that phone finds none', async (t) => {
  const phone = await keptOnPhone(t);
  const { page, context, open, stored, own, members } = phone;
  // Her session and its binding have ended elsewhere; nobody has touched the phone since.
  await api(own, (await stored()).token.data).delete('/session');
  assert.ok((await stored()).pass);
  await context.setOffline(false);
  await open(at('/reservations'));
  await heading(page, words('sign_in.heading')).waitFor();
  await page.getByRole('textbox', { name: words('sign_in.phone'), exact: true }).fill(members[0].phone);
  await page.getByRole('button', { name: words('sign_in.send'), exact: true }).tap();
  await page.getByRole('textbox', { name: words('sign_in.code'), exact: true }).fill(await own.code(members[0].phone));
  await heading(page, words('chrome.reservations')).waitFor();
  await nothingKept(phone);
});

test('nor does one whom WeChat signs in by itself', async (t) => {
  const phone = await keptOnPhone(t);
  const { page, context, open, set, stored, own, members } = phone;
  await throughWechat(own, members[0]);
  await throughWechat(own, members[2], { former: (await stored()).token.data });
  assert.ok((await stored()).pass);
  await set({ name: wechatName(members[0]) });
  await context.setOffline(false);
  await open(at('/me'));
  await page.getByText(members[0].name).first().waitFor();
  await nothingKept(phone);
});

test('an exchange happens only after her own tap', async (t) => {
  const { place, id } = await madeReady('sun-milk');
  const offer = () => clerk.post(`/staff/pickups/${id}/exchange`, { variant_id: place.other.id });
  await offer();
  const { page, visit } = await miniOf(t, server, member);
  const asked = page.getByRole('heading', { name: words('reservation.offer_heading') });
  await visit(`/reservations/${id}`);
  await asked.waitFor();
  assert.deepEqual([(await hers.get(`/reservations/${id}`)).variant.id], [place.variant.id], 'nothing has changed yet');
  await page.getByRole('button', { name: words('reservation.offer_decline') }).tap();
  await asked.waitFor({ state: 'detached' });
  const declined = await hers.get(`/reservations/${id}`);
  assert.deepEqual([declined.variant.id, declined.exchange], [place.variant.id, null]);

  await offer();
  await visit(`/reservations/${id}`);
  await page.getByRole('button', { name: words('reservation.offer_take', { variant: place.words.other }) }).tap();
  await asked.waitFor({ state: 'detached' });
  const exchanged = await hers.get(`/reservations/${id}`);
  assert.deepEqual([exchanged.variant.id, exchanged.state], [place.other.id, 'ready']);
  await page.getByText(place.words.other).first().waitFor();
  await letGo(hers);
});
