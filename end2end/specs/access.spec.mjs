// Usable by everyone: axe finds nothing on any page in any state.
import { after, before, test } from 'node:test';
import { assertAccessible } from '../lib/axe.mjs';
import { phone } from '../lib/browser.mjs';
import { cutOff, holdBack } from '../lib/deferred.mjs';
import { PAGES, phoneOf, settled } from '../lib/member.mjs';
import { startServer } from '../lib/server.mjs';
import { signIn } from '../lib/signin.mjs';
import { say, words } from '../lib/words.mjs';

let server;
let members;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  ({ members } = await server.accounts());
});
after(() => server?.stop());

for (const locale of ['zh-CN', 'en']) {
  for (const colorScheme of ['light', 'dark']) {
    test(`every page of a member, ${locale}, ${colorScheme}`, async (t) => {
      const { page, goto } = await phoneOf(t, server, members[2], { locale, colorScheme });
      for (const address of Object.keys(PAGES)) {
        await goto(address);
        await settled(page);
        await assertAccessible(page, `${address}, ${locale}, ${colorScheme}`);
      }
    });

    test(`on the way in and astray, ${locale}, ${colorScheme}`, async (t) => {
      const word = say(locale);
      const { page, goto, tolerate } = await phone(t, server, { locale, colorScheme });
      tolerate(/404/);
      for (const address of ['/sign-in?back=/points', '/join', '/programme', '/nowhere']) {
        await goto(address);
        await settled(page);
        await assertAccessible(page, `${address}, ${locale}, ${colorScheme}`);
      }
      await goto('/sign-in');
      await page.getByRole('button', { name: word('sign_in.send') }).click();
      await page.getByText(word('sign_in.phone_empty')).waitFor();
      await assertAccessible(page, 'sign-in without a number');
      await page.route('**/api/v1/auth/otp', (route) =>
        route.fulfill({ status: 202, json: { challenge_id: 'x', expires_at: '2100-01-01T00:00:00Z', resend_after: 60 } }));
      await page.getByLabel(word('sign_in.phone')).fill('13800000000');
      await page.getByRole('button', { name: word('sign_in.send') }).click();
      await page.getByLabel(word('sign_in.code'), { exact: true }).waitFor();
      await assertAccessible(page, 'sign-in, the code');
    });
  }
}

test('every tier’s material carries its words, light and dark', async (t) => {
  for (const account of members) {
    for (const colorScheme of ['light', 'dark']) {
      const { page, goto } = await phoneOf(t, server, account, { colorScheme });
      for (const address of ['/', '/tier']) {
        await goto(address);
        await settled(page);
        await assertAccessible(page, `${address}, ${account.tier}, ${colorScheme}`);
      }
    }
  }
});

test('with large text', async (t) => {
  const { page, context, goto } = await phoneOf(t, server, members[1]);
  await context.addInitScript(() => localStorage.setItem('large', '1'));
  for (const address of Object.keys(PAGES)) {
    await goto(address);
    await settled(page);
    await assertAccessible(page, `${address}, large text`);
  }
});

test('while it loads, and when it fails', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[1]);
  await goto('/me');
  await settled(page);
  const slow = await holdBack(page, '**/api/v1/gifts**');
  await page.getByRole('navigation').getByRole('link', { name: words('chrome.gifts') }).click();
  await slow.asked;
  await page.getByText(words('common.loading')).first().waitFor();
  await assertAccessible(page, 'gifts, loading');
  slow.release();
  await settled(page);
  await cutOff(page, '**/api/v1/**');
  await page.getByRole('navigation').getByRole('link', { name: words('chrome.reservations') }).click();
  await page.getByRole('alert').first().waitFor();
  await assertAccessible(page, 'reservations, no connection');
});

test('the form for joining, empty and with mistakes', async (t) => {
  const { page, context, goto } = await phone(t, server);
  await signIn(context, server, '+8613912340001');
  await goto('/join');
  await settled(page);
  await page.getByRole('button', { name: words('join.next'), exact: true }).click();
  await page.getByLabel(words('join.name'), { exact: true }).waitFor();
  await assertAccessible(page, 'join, the form');
  await page.getByRole('button', { name: words('join.join'), exact: true }).click();
  await page.getByText(words('join.name_missing')).waitFor();
  await assertAccessible(page, 'join, with mistakes');
});
