// Joining: what it is comes before what she has to say, each consent is asked on its own, and the card is there at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { phone } from '../lib/browser.mjs';
import { settled } from '../lib/member.mjs';
import { startServer } from '../lib/server.mjs';
import { signIn } from '../lib/signin.mjs';
import { words } from '../lib/words.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server?.stop());

const NAME = '周知夏';
const consents = (page) => page.getByRole('group', { name: words('join.consents') }).getByRole('checkbox');

async function toTheForm(page) {
  await page.getByRole('button', { name: words('join.next'), exact: true }).click();
  await page.getByLabel(words('join.name'), { exact: true }).waitFor();
}

test('from an unknown number to a card, by thumb', async (t) => {
  const { page, goto } = await phone(t, server);
  await goto('/');
  await page.waitForURL('**/sign-in');
  await page.getByLabel(words('sign_in.phone')).fill('13912345678');
  await page.getByRole('button', { name: words('sign_in.send') }).click();
  await page.getByLabel(words('sign_in.code'), { exact: true }).fill(await server.code('+8613912345678'));

  // First what it is: tiers, points, expiry and its promise. Nothing to fill in yet.
  await page.getByRole('heading', { level: 1, name: words('chrome.join'), exact: true }).waitFor();
  for (const name of [/^珍珠卡/, /^玫瑰卡/, /^金卡/, /^铂金卡/]) await page.getByRole('heading', { name }).waitFor();
  for (const key of ['plain.earning', 'plain.expiry', 'plain.window']) await page.getByRole('heading', { name: words(key) }).waitFor();
  await page.getByText(words('plain.promise', { days: '30' })).waitFor();
  assert.equal(await page.getByRole('textbox').count(), 0);
  await toTheForm(page);

  // Then who she is, and each consent on its own with its text in full; none given beforehand.
  await page.getByLabel(words('join.name'), { exact: true }).fill(NAME);
  const boxes = await consents(page).all();
  assert.equal(boxes.length, 4);
  for (const box of boxes) assert.equal(await box.isChecked(), false);
  await page.getByText('这些信息不会出售').waitFor();
  await page.getByRole('checkbox', { name: /会员计划条款/ }).check();
  await page.getByRole('checkbox', { name: /个人信息的使用/ }).check();
  await page.getByRole('button', { name: words('join.join'), exact: true }).click();

  await page.getByRole('heading', { level: 1 }).filter({ hasText: NAME }).waitFor();
  await page.getByText(words('home.empty_text')).waitFor();
  await page.getByRole('link', { name: words('home.show_card') }).click();
  await page.getByRole('img', { name: words('card.barcode') }).waitFor();
  await page.getByRole('img', { name: words('card.qr') }).waitFor();
  await page.getByText(/^\d{4} \d{4} \d{4}$/).waitFor();
});

test('what is missing is said beside it, and what she did not agree to is not taken as agreed', async (t) => {
  const { page, context, goto } = await phone(t, server);
  await signIn(context, server, '+8613912345679');
  await goto('/join');
  await settled(page);
  await toTheForm(page);
  const submit = page.getByRole('button', { name: words('join.join'), exact: true });
  await submit.click();
  await page.getByText(words('join.name_missing')).waitFor();
  assert.equal(await page.getByText(words('join.consent_missing')).count(), 2);
  assert.equal(await page.getByLabel(words('join.name'), { exact: true }).evaluate((field) => field === document.activeElement), true);

  await page.getByLabel(words('join.name'), { exact: true }).fill(NAME);
  await page.getByRole('checkbox', { name: /会员计划条款/ }).check();
  await submit.click();
  assert.equal(await page.getByText(words('join.consent_missing')).count(), 1);

  await page.getByRole('checkbox', { name: /个人信息的使用/ }).check();
  const enrolment = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/v1/members'));
  await submit.click();
  const { consents: said } = (await enrolment).postDataJSON();
  assert.deepEqual(said.map(({ id, granted }) => [id, granted]), [['terms', true], ['privacy', true], ['marketing-sms', false], ['marketing-wechat', false]]);
  await page.getByRole('heading', { level: 1 }).filter({ hasText: NAME }).waitFor();
});

test('a second tap and a lost answer make one member', async (t) => {
  const { page, context, goto } = await phone(t, server);
  await signIn(context, server, '+8613912345680');
  await goto('/join');
  await settled(page);
  await toTheForm(page);
  await page.getByLabel(words('join.name'), { exact: true }).fill(NAME);
  for (const title of [/会员计划条款/, /个人信息的使用/]) await page.getByRole('checkbox', { name: title }).check();

  // The server does it; the answer never arrives.
  const keys = [];
  await page.route('**/api/v1/members', async (route) => {
    keys.push(await route.request().headerValue('idempotency-key'));
    if (keys.length === 1) {
      await route.fetch();
      await route.abort('connectionreset');
    } else {
      await route.continue();
    }
  });
  const submit = page.getByRole('button', { name: words('join.join'), exact: true });
  await submit.click();
  await page.getByRole('alert').getByText(words('trouble.unreachable_title')).waitFor();
  await submit.click();
  await page.getByRole('heading', { level: 1 }).filter({ hasText: NAME }).waitFor();
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1], 'the same intent, the same key');
});

test('without a session the programme is explained, and signing in comes before the form', async (t) => {
  const { page, goto } = await phone(t, server);
  await goto('/join');
  await settled(page);
  await page.getByRole('button', { name: words('join.next_sign_in') }).click();
  await page.getByRole('heading', { level: 1, name: words('sign_in.heading') }).waitFor();
});
