// One-time codes: typed wrong, come too late, pasted as a whole message, asked for again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { phone } from '../lib/browser.mjs';
import { startServer } from '../lib/server.mjs';
import { say, words } from '../lib/words.mjs';

const LATER = '+6m';
let server;
let members;
before(async () => {
  server = await startServer();
  ({ members } = await server.accounts());
});
after(() => server?.stop());

const national = (account) => account.phone.replace('+86', '');
const codeField = (page) => page.getByLabel(words('sign_in.code'), { exact: true });

/** To the second step: the code is asked for and on its way. */
async function askFor(page, account) {
  await page.getByLabel(words('sign_in.phone')).fill(national(account));
  await page.getByRole('button', { name: words('sign_in.send') }).click();
  await codeField(page).waitFor();
}

test('the sixth digit signs in', async (t) => {
  const { page, goto } = await phone(t, server);
  await goto('/sign-in');
  await askFor(page, members[0]);
  assert.equal(await codeField(page).evaluate((field) => field === document.activeElement), true, 'the code’s field has the focus');
  await codeField(page).pressSequentially(await server.code(members[0].phone));
  await page.getByRole('heading', { level: 1 }).filter({ hasText: members[0].name }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/');
});

test('a wrong code says so, keeps the phone number, and the right one still works', async (t) => {
  const { page, goto } = await phone(t, server);
  await goto('/sign-in');
  await askFor(page, members[1]);
  const code = await server.code(members[1].phone);
  const wrong = code === '000000' ? '111111' : '000000';
  await codeField(page).fill(wrong);
  await page.getByRole('alert').waitFor();
  assert.equal(await codeField(page).getAttribute('aria-invalid'), 'true');
  assert.equal(await codeField(page).inputValue(), '', 'the wrong digits are gone');
  assert.equal(await codeField(page).evaluate((field) => field === document.activeElement), true, 'the focus waits for the right ones');
  await codeField(page).fill(code);
  await page.getByRole('heading', { level: 1 }).filter({ hasText: members[1].name }).waitFor();
});

test('a code that came too late is refused in words that lead on', async (t) => {
  const early = await startServer({ t });
  const { page, goto } = await phone(t, early);
  const [account] = members;
  await goto('/sign-in');
  await askFor(page, account);
  const code = await early.code(account.phone);
  // The same database six minutes later, behind the address the page knows.
  await early.stop('SIGTERM', { keep: true });
  const late = await startServer({ t, database: early.database, clock: LATER });
  await page.route('**/api/v1/**', async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const answer = await route.fetch({ url: late.origin + pathname + search, headers: { ...route.request().headers(), origin: late.origin } });
    await route.fulfill({ response: answer });
  });
  await codeField(page).fill(code);
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.innerText(), /失效[\s\S]*重新获取/);
  await page.getByRole('button', { name: words('sign_in.resend') }).waitFor();
});

test('the whole message may be pasted', async (t) => {
  const { page, context, goto } = await phone(t, server);
  const account = members[2];
  await goto('/sign-in');
  await askFor(page, account);
  const message = say('zh-CN')('server.code_message', { brand: '2026', code: await server.code(account.phone) });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
  const messages = await context.newPage();
  await messages.setContent('<textarea></textarea>');
  await messages.locator('textarea').fill(message);
  await messages.locator('textarea').press('ControlOrMeta+a');
  await messages.locator('textarea').press('ControlOrMeta+c');
  await messages.close();
  await page.bringToFront();
  await codeField(page).focus();
  await page.keyboard.press('ControlOrMeta+v');
  await page.getByRole('heading', { level: 1 }).filter({ hasText: account.name }).waitFor();
});

test('another code can be asked for when the countdown is over, not before', async (t) => {
  const { page, goto } = await phone(t, server);
  await page.clock.install();
  let asked = 0;
  await page.route('**/api/v1/auth/otp', async (route) => {
    asked += 1;
    await route.fulfill({ status: 202, json: { challenge_id: 'x', expires_at: '2100-01-01T00:00:00Z', resend_after: 60 } });
  });
  await goto('/sign-in');
  await askFor(page, members[0]);
  const waiting = (seconds) => page.getByRole('button', { name: words('sign_in.resend_in', { seconds }) });
  await waiting(60).waitFor();
  await page.clock.runFor(18_000);
  await waiting(42).waitFor();
  assert.equal(await waiting(42).getAttribute('aria-disabled'), 'true');
  await waiting(42).click({ force: true });
  assert.equal(asked, 1, 'a tap in between asks for nothing');
  await page.clock.runFor(42_000);
  await page.getByRole('button', { name: words('sign_in.resend'), exact: true }).click();
  await waiting(60).waitFor();
  assert.equal(asked, 2);
});

test('what is no phone number is said beside the field, before anything is sent', async (t) => {
  const { page, goto } = await phone(t, server);
  const sent = [];
  page.on('request', (request) => request.url().includes('/auth/otp') && sent.push(request.url()));
  await goto('/sign-in');
  const field = page.getByLabel(words('sign_in.phone'));
  await page.getByRole('button', { name: words('sign_in.send') }).click();
  await page.getByText(words('sign_in.phone_empty')).waitFor();
  await field.fill('12345');
  await page.getByRole('button', { name: words('sign_in.send') }).click();
  await page.getByText(words('sign_in.phone_wrong')).waitFor();
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  assert.deepEqual(sent, []);
});
