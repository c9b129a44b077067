// What must not be: broken policy, personal data left on the phone or in addresses, a dead page that takes taps.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { phone } from '../lib/browser.mjs';
import { PAGES, phoneOf, settled } from '../lib/member.mjs';
import { startServer } from '../lib/server.mjs';
import { signIn } from '../lib/signin.mjs';
import { words } from '../lib/words.mjs';

const WITHIN = 1000;
let server;
let members;
before(async () => {
  server = await startServer();
  ({ members } = await server.accounts());
});
after(() => server?.stop());

test('every page comes with a policy that starts from nothing', async (t) => {
  const { goto } = await phoneOf(t, server, members[1]);
  for (const address of Object.keys(PAGES)) {
    const headers = (await goto(address)).headers();
    const policy = Object.fromEntries(headers['content-security-policy'].split(';').map((part) => part.trim().split(/\s+/)).map(([name, ...values]) => [name, values]));
    assert.deepEqual(policy['default-src'], ["'none'"]);
    for (const source of policy['script-src']) assert.match(source, /^('self'|'wasm-unsafe-eval'|'sha(256|384|512)-.+'|'strict-dynamic'|'nonce-.+')$/);
    for (const source of policy['style-src'] ?? []) assert.notEqual(source, "'unsafe-inline'");
    assert.deepEqual(policy['frame-ancestors'], ["'none'"]);
    assert.deepEqual(policy['base-uri'], ["'none'"]);
    assert.ok(policy['form-action']);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.match(headers['referrer-policy'], /no-referrer|same-origin/);
    assert.match(headers['cache-control'], /no-store|private|no-cache/);
  }
});

test('the session is out of reach of scripts, and nothing personal stays on the phone or in addresses', async (t) => {
  const own = await startServer({ t });
  const account = members[2];
  const { page, context, goto } = await phone(t, own);
  const addresses = [];
  context.on('request', (request) => addresses.push(request.url()));
  await goto('/sign-in');
  await page.getByLabel(words('sign_in.phone')).fill(account.phone);
  await page.getByRole('button', { name: words('sign_in.send') }).click();
  const code = await own.code(account.phone);
  await page.getByLabel(words('sign_in.code'), { exact: true }).fill(code);
  await page.getByRole('heading', { level: 1 }).filter({ hasText: account.name }).waitFor();
  const number = (await page.locator('section').filter({ hasText: words('home.available') }).innerText()).match(/\d{4} \d{4} \d{4}/)[0];
  for (const address of Object.keys(PAGES)) {
    await goto(address);
    await settled(page);
    addresses.push(page.url());
  }
  const session = (await context.cookies()).find(({ name }) => name.endsWith('session'));
  assert.ok(session.httpOnly);
  assert.equal(session.sameSite, 'Lax');
  assert.equal(session.path, '/');

  const kept = await page.evaluate(async () => JSON.stringify({
    local: { ...localStorage }, tab: { ...sessionStorage }, cookie: document.cookie, history: history.state, name: window.name,
    caches: 'caches' in window ? await caches.keys() : [],
    databases: await indexedDB.databases?.() ?? [],
  }));
  const digits = account.phone.replace('+86', '');
  for (const secret of [digits, digits.replace(/(...)(....)/, '$1 $2 '), account.name, number, number.replaceAll(' ', ''), code, session.value]) {
    assert.ok(!kept.includes(secret), `${secret} is kept on the phone: ${kept}`);
    for (const address of addresses) assert.ok(!decodeURIComponent(address).includes(secret), `${secret} in ${address}`);
  }
  const { local } = JSON.parse(kept);
  assert.deepEqual(Object.keys(local).filter((name) => !['locale', 'theme', 'large'].includes(name)), []);
  for (const secret of [digits, account.name, code]) assert.ok(!own.output().split('\n').some((line) => !line.startsWith('one-time code') && line.includes(secret)), `${secret} in the server’s log`);
});

test('after signing out, back shows nothing of hers', async (t) => {
  const own = await startServer({ t });
  const account = members[2];
  const { page, context, goto } = await phone(t, own);
  await signIn(context, own, account.phone);
  await goto('/');
  await settled(page);
  await page.getByRole('navigation').getByRole('link', { name: words('chrome.reservations') }).click();
  await page.getByRole('heading', { level: 1, name: words('chrome.reservations'), exact: true }).waitFor();
  await page.getByRole('navigation').getByRole('link', { name: words('chrome.me') }).click();
  await settled(page);
  await page.getByRole('button', { name: words('me.sign_out') }).click();
  await page.getByRole('heading', { level: 1, name: words('sign_in.heading') }).waitFor();
  for (let step = 0; step < 2; step += 1) {
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: words('sign_in.heading') }).waitFor();
    assert.ok(!(await page.locator('body').innerText()).includes(account.name));
  }
  const answer = await context.request.get(`${own.origin}/api/v1/me/overview`);
  assert.equal(answer.status(), 401);
  const document = await (await context.request.get(`${own.origin}/`)).text();
  assert.ok(!document.includes(account.name));
});

test('another site can’t write in her name', async (t) => {
  const { context } = await phoneOf(t, server, members[1]);
  for (const headers of [{ origin: 'https://example.com' }, { 'sec-fetch-site': 'cross-site' }]) {
    const answer = await context.request.delete(`${server.origin}/api/v1/session`, { headers });
    assert.equal(answer.status(), 403, JSON.stringify(headers));
  }
  assert.equal((await context.request.get(`${server.origin}/api/v1/me/overview`)).status(), 200);
});

test('a program that traps is covered within a second, takes no taps, and offers to start again', async (t) => {
  const { page, context, goto, tolerate } = await phoneOf(t, server, members[1]);
  tolerate(/RuntimeError|unreachable|out of bounds|indirect call|null function/i);
  // Keeps the program's own entrances, to make it fail in earnest later: calls with wild pointers trap.
  await context.addInitScript(() => {
    window.entrances = [];
    const keep = ({ instance, ...rest }) => { window.entrances.push(instance.exports); return { instance, ...rest }; };
    for (const name of ['instantiateStreaming', 'instantiate']) {
      const original = WebAssembly[name];
      WebAssembly[name] = async (...given) => {
        const made = await original.apply(WebAssembly, given);
        if (made instanceof WebAssembly.Instance) { window.entrances.push(made.exports); return made; }
        return keep(made);
      };
    }
  });
  await goto('/me');
  await settled(page);
  await page.evaluate(() => {
    setTimeout(() => {
      const functions = window.entrances.flatMap((exports) => Object.values(exports)).filter((value) => typeof value === 'function');
      for (const call of functions) {
        try { call(0x7fffffff, 0x7fffffff, 0x7fffffff, 0x7fffffff); } catch (error) { if (error instanceof WebAssembly.RuntimeError) throw error; }
      }
      throw new Error('nothing trapped');
    });
  });
  const cover = page.locator('#cover');
  await cover.waitFor({ timeout: WITHIN });
  assert.match(await cover.innerText(), /重新打开/);
  assert.equal(await page.locator('#app').evaluate((app) => app.inert), true);
  await page.addInitScript(() => { window.entrances = []; });
  await cover.getByRole('link').click();
  await cover.waitFor({ state: 'hidden' });
  await settled(page);
  await page.getByRole('heading', { level: 1, name: words('chrome.me'), exact: true }).waitFor();
});

test('a browser without wasm gets a plain page with a way on', async (t) => {
  const { page, context, tolerate } = await phone(t, server);
  tolerate(/WebAssembly/);
  await context.addInitScript(() => { delete window.WebAssembly; });
  await page.goto('/sign-in');
  const cover = page.locator('#cover');
  await cover.waitFor({ timeout: WITHIN });
  await cover.getByRole('link').waitFor();
});

test('a program that does not arrive leaves a plain page with a way on', async (t) => {
  for (const lost of ['**/portal.js', '**/*.wasm']) {
    const { page, context, tolerate } = await phone(t, server);
    tolerate(/ERR_FAILED|Failed to (fetch|load)|dynamically imported|WebAssembly|wasm/i);
    await context.route(lost, (route) => route.abort());
    await page.goto('/sign-in');
    await page.locator('#cover').waitFor();
    await page.locator('#cover').getByRole('link').waitFor();
    await context.unroute(lost);
    await page.locator('#cover').getByRole('link').click();
    await page.getByLabel(words('sign_in.phone')).waitFor();
  }
});

test('without script the page says what it needs', async (t) => {
  const { page } = await phone(t, server, { javaScriptEnabled: false });
  await page.goto('/');
  // Not by its text: Playwright takes it for granted that nobody reads what stands in `noscript`.
  const notice = page.locator('noscript p[lang="zh-CN"]');
  await notice.waitFor();
  assert.match(await notice.innerText(), /需要启用 JavaScript/);
});
