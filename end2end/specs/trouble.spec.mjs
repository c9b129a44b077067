// When something fails: the server, the network, the session. She is told what it is, and there is always a way on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { phone } from '../lib/browser.mjs';
import { cutOff, holdBack } from '../lib/deferred.mjs';
import { PAGES, phoneOf, settled } from '../lib/member.mjs';
import { startServer } from '../lib/server.mjs';
import { signIn } from '../lib/signin.mjs';
import { words } from '../lib/words.mjs';

let server;
let members;
before(async () => {
  server = await startServer();
  ({ members } = await server.accounts());
});
after(() => server?.stop());

const tab = (page, key) => page.getByRole('navigation').getByRole('link', { name: words(key), exact: true });
const heading = (page, key) => page.getByRole('heading', { level: 1, name: words(key), exact: true });

test('a server that is down: what happened, that her points are safe, and a retry that works', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[1]);
  await goto('/me');
  await settled(page);
  const down = await cutOff(page, '**/api/v1/**');
  await tab(page, 'chrome.reservations').click();
  const alert = page.getByRole('alert').filter({ hasText: words('trouble.unreachable_title') });
  await alert.getByText(words('trouble.unreachable_detail')).waitFor();
  await down.restore();
  await alert.getByRole('button', { name: words('common.retry') }).click();
  await page.getByText(words('reservations.none_heading')).waitFor();
  assert.equal(await alert.count(), 0);
});

test('a server that stops for good while she is signing in', async (t) => {
  const doomed = await startServer({ t });
  const { page, goto, tolerate } = await phone(t, doomed);
  // Pages that are fetched ahead may be asked for just then.
  tolerate(/ERR_CONNECTION_REFUSED|Failed to fetch/);
  await goto('/sign-in');
  await page.getByLabel(words('sign_in.phone')).waitFor();
  await doomed.stop();
  await page.getByLabel(words('sign_in.phone')).fill('13900000000');
  await page.getByRole('button', { name: words('sign_in.send') }).click();
  await page.getByRole('alert').getByText(words('trouble.unreachable_title')).waitFor();
  assert.match(await page.getByLabel(words('sign_in.phone')).inputValue(), /^139/, 'what she typed is still there');
});

test('an answer of 500 is called our fault, not hers', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[1]);
  await goto('/me');
  await settled(page);
  await page.route('**/api/v1/reservations**', (route) => route.fulfill({ status: 500, body: 'boom', contentType: 'text/plain' }));
  await tab(page, 'chrome.reservations').click();
  await page.getByRole('alert').getByText(words('trouble.broken_title')).waitFor();
  await page.getByRole('button', { name: words('common.retry') }).waitFor();
});

test('a slow server: the page is there at once, with words, and fills in when the answer comes', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[1]);
  await goto('/me');
  await settled(page);
  const slow = await holdBack(page, '**/api/v1/reservations**');
  await tab(page, 'chrome.reservations').click();
  await slow.asked;
  await heading(page, 'chrome.reservations').waitFor();
  await page.getByText(words('common.loading')).first().waitFor();
  assert.ok(await page.locator('[aria-busy="true"]').count() > 0);
  assert.equal(await tab(page, 'chrome.reservations').getAttribute('aria-current'), 'page');
  slow.release();
  await page.getByText(words('reservations.none_heading')).waitFor();
  await settled(page);
  assert.equal(await page.getByText(words('common.loading')).count(), 0);
});

test('a page left while it loads does not come back over the next one', async (t) => {
  const { page, goto } = await phoneOf(t, server, members[1]);
  await goto('/me');
  await settled(page);
  const slow = await holdBack(page, '**/api/v1/gifts**');
  await tab(page, 'chrome.gifts').click();
  await slow.asked;
  await tab(page, 'chrome.reservations').click();
  await heading(page, 'chrome.reservations').waitFor();
  slow.release();
  await settled(page);
  assert.equal(await heading(page, 'chrome.reservations').count(), 1);
  assert.equal(await page.getByText(words('gifts.filters')).count(), 0);
});

test('a session ended elsewhere: she is told, signs in, and is back on the page she was on', async (t) => {
  const own = await startServer({ t, env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  const [account] = (await own.accounts()).members.slice(1);
  const { page, context, goto } = await phone(t, own);
  await signIn(context, own, account.phone);
  await goto('/me');
  await settled(page);
  // From another device with the same session, as a sign-out everywhere would do.
  const answer = await context.request.delete(`${own.origin}/api/v1/session`, { headers: { origin: own.origin, 'sec-fetch-site': 'same-origin' } });
  assert.equal(answer.status(), 204);
  await tab(page, 'chrome.reservations').click();
  await page.getByText(words('sign_in.ended', { page: words('chrome.reservations') })).waitFor();
  assert.equal(new URL(page.url()).pathname, '/sign-in');
  await page.getByLabel(words('sign_in.phone')).fill(account.phone);
  await page.getByRole('button', { name: words('sign_in.send') }).click();
  await page.getByLabel(words('sign_in.code'), { exact: true }).fill(await own.code(account.phone));
  await heading(page, 'chrome.reservations').waitFor();
  assert.equal(new URL(page.url()).pathname, '/reservations');
  await page.goBack();
  await settled(page);
  assert.notEqual(new URL(page.url()).pathname, '/sign-in', 'the way back does not lead through the sign-in page');
});

test('without a session every page of hers leads to the sign-in, and on to it afterwards', async (t) => {
  const { page, goto } = await phone(t, server);
  for (const address of Object.keys(PAGES).filter((path) => path !== '/programme')) {
    await goto(address);
    await page.waitForURL((url) => url.pathname === '/sign-in');
    assert.equal(new URL(page.url()).searchParams.get('back') ?? '/', address);
    await heading(page, 'sign_in.heading').waitFor();
  }
});
