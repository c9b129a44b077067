// Signing in to the mini-program: with her number once, and from then on in silence, because WeChat says who she is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '../lib/api.mjs';
import { mini } from '../lib/mini.mjs';
import { forgotten, heading, kept, miniOf, settled, throughWechat, wechatName } from '../lib/mini-member.mjs';
import { at } from '../lib/mini-places.mjs';
import { later, startServer } from '../lib/server.mjs';
import { words } from '../lib/words.mjs';

const AFTER_THE_CODE = '+6m';
const AFTER_THE_BINDING = '+11m';
const NAME = '周知夏';
let server;
let members;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  ({ members } = await server.accounts());
});
after(() => server?.stop());

const national = (number) => number.replace('+86', '');
const codeField = (page) => page.getByRole('textbox', { name: words('sign_in.code'), exact: true });
const phoneField = (page) => page.getByRole('textbox', { name: words('sign_in.phone'), exact: true });
/** The token as her phone keeps it: encrypted, and nowhere else. */
async function tokenOf(her) {
  const { data, encrypted } = await kept(her.page, 'token');
  assert.equal(encrypted, true, 'the token is stored encrypted');
  const plain = JSON.stringify(Object.entries(await her.stored()).filter(([, entry]) => !entry.encrypted));
  assert.ok(!plain.includes(data), `and nowhere in plain: ${plain}`);
  return data;
}

/** To the second step: the code is asked for and on its way. */
async function askFor(page, number) {
  await phoneField(page).fill(national(number));
  await page.getByRole('button', { name: words('sign_in.send'), exact: true }).tap();
  await codeField(page).waitFor();
}

const home = (page, account) => heading(page, account.name).waitFor();

test('an account nobody knows: her number once, then never again', async (t) => {
  const account = members[0];
  const her = await mini(t, server, { wechat: { name: 'first' } });
  const { page, open, stack, calls } = her;
  await open();
  await heading(page, words('sign_in.heading')).waitFor();
  assert.deepEqual(await stack(), ['pages/sign_in/sign_in'], 'nothing is behind it');
  await forgotten(page, 'token');
  await askFor(page, account.phone);
  await page.waitForFunction(() => document.activeElement?.closest('wx-input') !== null, undefined);
  await codeField(page).pressSequentially(await server.code(account.phone));
  await home(page, account);
  assert.deepEqual(await stack(), ['pages/home/home']);
  assert.ok(await tokenOf(her));

  // Opened again: nothing is asked, of her or of WeChat.
  await open();
  await home(page, account);
  assert.deepEqual((await calls('request')).filter(({ url }) => url.includes('/auth/')), []);
  assert.deepEqual(await calls('login'), []);
  // No cookie, ever: the token is all there is.
  assert.deepEqual(await her.context.cookies(), []);
});

test('a new phone: WeChat knows her, and so do we', async (t) => {
  const account = members[1];
  await throughWechat(server, account);
  const her = await mini(t, server, { wechat: { name: wechatName(account) } });
  await her.open();
  await home(her.page, account);
  assert.ok(await tokenOf(her));
  assert.ok((await her.stack()).every((path) => path === 'pages/home/home'));
  // A card that somebody shared leads there at once, too.
  const other = await mini(t, server, { wechat: { name: wechatName(account) } });
  await other.open(at('/points'));
  await heading(other.page, words('chrome.points')).waitFor();
  await settled(other.page);
  assert.deepEqual(await other.stack(), ['account/points/points']);
});

test('a session that ended while she writes: saved in silence, and nothing she typed is lost', async (t) => {
  const own = await startServer({ t, env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  const [account] = (await own.accounts()).members;
  const her = await miniOf(t, own, account);
  const { page, visit, stack, calls } = her;
  await visit('/me/profile');
  const email = page.getByRole('textbox', { name: words('profile.email') });
  const address = page.getByRole('textbox', { name: words('profile.address') });
  await email.fill('zhixia@example.com');
  await address.fill('上海市静安区南京西路 1 号');
  // This session is over; her account stays bound.
  const former = await tokenOf(her);
  await throughWechat(own, account, { former });
  assert.equal((await api(own, former).call('GET', '/me/profile')).status, 401);
  await page.getByRole('button', { name: words('common.save'), exact: true }).tap();
  await page.locator('.saved').getByText(words('common.saved')).waitFor();
  assert.deepEqual([await email.inputValue(), await address.inputValue()], ['zhixia@example.com', '上海市静安区南京西路 1 号']);
  assert.deepEqual(await stack(), ['account/profile/profile']);
  assert.equal((await calls('login')).length, 1);
  const token = await tokenOf(her);
  assert.notEqual(token, former);
  const saved = await api(own, token).get('/me/profile');
  assert.deepEqual([saved.email, saved.address], ['zhixia@example.com', '上海市静安区南京西路 1 号']);
});

test('signed out: opened again, she is asked for her number', async (t) => {
  const own = await startServer({ t, env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  const [, account] = (await own.accounts()).members;
  const her = await miniOf(t, own, account);
  const { page, visit, open, stack } = her;
  await visit('/me');
  const token = await tokenOf(her);
  await page.getByRole('button', { name: words('me.sign_out'), exact: true }).tap();
  await heading(page, words('sign_in.heading')).waitFor();
  await phoneField(page).waitFor();
  await forgotten(page, 'token');
  assert.equal((await api(own, token).call('GET', '/me/overview')).status, 401);
  await open();
  await heading(page, words('sign_in.heading')).waitFor();
  await phoneField(page).waitFor();
  assert.deepEqual(await stack(), ['pages/sign_in/sign_in']);
});

test('a wrong code says so, keeps the number, and the right one still works', async (t) => {
  const account = members[2];
  const { page, open } = await mini(t, server, { wechat: { name: 'wrong' } });
  await open();
  await askFor(page, account.phone);
  const code = await server.code(account.phone);
  await codeField(page).fill(code === '000000' ? '111111' : '000000');
  await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
  await page.locator('.input.invalid').waitFor();
  assert.equal(await codeField(page).inputValue(), '', 'the wrong digits are gone');
  await codeField(page).fill(code);
  await home(page, account);
});

test('a code that came too late is refused in words that lead on, and so is a binding, in silence', async (t) => {
  const early = await startServer({ t, env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  const [account] = (await early.accounts()).members;
  const { page, open, calls } = await mini(t, early, { wechat: { name: 'late' } });
  await open();
  await askFor(page, account.phone);
  const code = await early.code(account.phone);
  const late = await later(t, early, AFTER_THE_CODE, { env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  await codeField(page).fill(code);
  await page.getByRole('alert').filter({ hasText: /失效[\s\S]*重新获取/ }).first().waitFor();
  // What WeChat said of her is too old by now, as well: it is asked again, and she is bound all the same.
  const latest = await later(t, late, AFTER_THE_BINDING, { env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  await page.getByRole('button', { name: words('sign_in.resend'), exact: true }).tap();
  const another = await latest.code(account.phone);
  // It may be there before the page has heard that it was sent.
  await settled(page);
  await codeField(page).fill(another);
  await home(page, account);
  assert.equal((await calls('login')).length, 2);
  const elsewhere = await mini(t, latest, { wechat: { name: 'late' } });
  await elsewhere.open();
  await home(elsewhere.page, account);
});

test('WeChat does not answer: her number works all the same', async (t) => {
  const account = members[0];
  const her = await mini(t, server, { wechat: { name: 'silent', loginFails: 'system error' } });
  const { page, open } = her;
  await open();
  await heading(page, words('sign_in.heading')).waitFor();
  await askFor(page, account.phone);
  await codeField(page).fill(await server.code(account.phone));
  await home(page, account);
  await open();
  await home(page, account);
});

test('from an unknown number to a card', async (t) => {
  const { page, open, stack } = await mini(t, server, { wechat: { name: 'new' } });
  await open();
  await askFor(page, '+8613912345678');
  await codeField(page).fill(await server.code('+8613912345678'));

  // First what it is; nothing to fill in yet.
  await heading(page, words('chrome.join')).waitFor();
  await page.getByText(words('plain.promise', { days: '30' })).waitFor();
  assert.equal(await page.getByRole('textbox').count(), 0);
  await page.getByRole('button', { name: words('join.next'), exact: true }).tap();

  // Then who she is, and each consent on its own; what is missing is said beside it.
  const name = page.getByRole('textbox', { name: words('join.name'), exact: true });
  await name.waitFor();
  const boxes = page.getByRole('group', { name: words('join.consents') }).getByRole('checkbox');
  assert.equal(await boxes.count(), 4);
  for (const box of await boxes.all()) assert.equal(await box.isChecked(), false);
  const submit = page.getByRole('button', { name: words('join.join'), exact: true });
  await submit.tap();
  await page.getByText(words('join.name_missing')).waitFor();
  assert.equal(await page.getByText(words('join.consent_missing')).count(), 2);
  await name.fill(NAME);
  for (const title of [/会员计划条款/, /个人信息的使用/]) await page.getByRole('checkbox', { name: title }).tap();
  await submit.tap();
  await heading(page, NAME).waitFor();
  await page.getByText(words('home.empty_text')).waitFor();
  assert.deepEqual(await stack(), ['pages/home/home']);
  await page.getByRole('link', { name: words('home.show_card') }).tap();
  await page.getByRole('img', { name: words('card.barcode') }).waitFor();
  await page.getByText(/^\d{4} \d{4} \d{4}$/).waitFor();
});
