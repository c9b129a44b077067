// Usable by everyone: a keyboard is enough.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { phone } from '../lib/browser.mjs';
import { assertReachable } from '../lib/keyboard.mjs';
import { phoneOf, settled } from '../lib/member.mjs';
import { startServer } from '../lib/server.mjs';
import { words } from '../lib/words.mjs';

let server;
let members;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  ({ members } = await server.accounts());
});
after(() => server?.stop());

test('everything can be reached with a keyboard, in the order it is read, and shows where it is', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[1]);
  for (const address of ['/', '/gifts', '/reservations', '/points', '/tier', '/me', '/me/profile', '/me/preferences', '/card']) {
    await goto(address);
    await settled(page);
    await assertReachable(page, address);
  }
});

test('signing in without touching the screen', async (t) => {
  const account = members[0];
  const { page, goto } = await phone(t, server);
  await goto('/sign-in');
  await page.getByLabel(words('sign_in.phone')).focus();
  await page.keyboard.type(account.phone);
  await page.keyboard.press('Enter');
  await page.getByLabel(words('sign_in.code'), { exact: true }).waitFor();
  await page.keyboard.type(await server.code(account.phone));
  await page.getByRole('heading', { level: 1 }).filter({ hasText: account.name }).waitFor();
});
