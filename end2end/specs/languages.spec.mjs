// Two languages, one at a time: nothing of the other is left on any page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { phone } from '../lib/browser.mjs';
import { PAGES, phoneOf, settled } from '../lib/member.mjs';
import { HAN, LATIN, said } from '../lib/said.mjs';
import { startServer } from '../lib/server.mjs';
import { tapLabel } from '../lib/taps.mjs';
import { say } from '../lib/words.mjs';

let server;
let members;
before(async () => {
  server = await startServer();
  ({ members } = await server.accounts());
});
after(() => server?.stop());

for (const locale of ['zh-CN', 'en']) {
  const other = locale === 'en' ? 'zh-CN' : 'en';
  const foreign = locale === 'en' ? HAN : LATIN;
  // A language is offered in its own words.
  const exceptions = [say(other)('me.own_name'), 'id="root"'];

  test(`${locale}: every page of a member`, async (t) => {
    const account = members[1];
    const { page, goto } = await phoneOf(t, server, account, { locale });
    for (const address of Object.keys(PAGES)) {
      await goto(address);
      await settled(page);
      const left = (await said(page, [account.name, ...exceptions])).match(foreign) ?? [];
      assert.deepEqual(left, [], `${address} in ${locale}`);
      assert.equal(await page.locator('html').getAttribute('lang'), locale);
    }
  });

  test(`${locale}: on the way in, and astray`, async (t) => {
    const { page, goto, tolerate } = await phone(t, server, { locale });
    tolerate(/404/);
    for (const address of ['/sign-in?back=/points', '/join', '/programme', '/nowhere']) {
      await goto(address);
      await settled(page);
      assert.deepEqual((await said(page, exceptions)).match(foreign) ?? [], [], `${address} in ${locale}`);
    }
  });
}

test('she changes the language on the page, and it stays changed', async (t) => {
  const account = members[1];
  const { page, goto } = await phoneOf(t, server, account);
  await goto('/me');
  await settled(page);
  await tapLabel(page.getByRole('radio', { name: 'English' }));
  const en = say('en');
  await page.getByRole('heading', { level: 1, name: en('chrome.me'), exact: true }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.getByRole('navigation').getByRole('link', { name: en('chrome.gifts') }).click();
  await page.getByRole('heading', { level: 1, name: en('chrome.gifts'), exact: true }).waitFor();
  await settled(page);
  assert.deepEqual((await said(page, [account.name])).match(HAN) ?? [], [], 'what the server words follows');
  await goto('/points');
  await page.getByRole('heading', { level: 1, name: en('chrome.points'), exact: true }).waitFor();
});

test('a phone in a third language is spoken to in one of the two', async (t) => {
  const { page, goto } = await phone(t, server, { locale: 'fr-FR' });
  await goto('/sign-in');
  assert.match(await page.locator('html').getAttribute('lang'), /^(zh-CN|en)$/);
});
