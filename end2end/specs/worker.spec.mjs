// The worker that opens the portal without a network: nobody's figures, one build at a time, and no part of another.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { phone, ready } from '../lib/browser.mjs';
import { settled } from '../lib/member.mjs';
import { portal } from '../lib/place.mjs';
import { later, startServer } from '../lib/server.mjs';
import { signIn } from '../lib/signin.mjs';
import { words } from '../lib/words.mjs';

const NEXT = 'ffffffffffff';
const OFFLINE = /ERR_INTERNET_DISCONNECTED|Failed to fetch/;
const buildOf = async (folder) => (await readdir(folder)).find((name) => /^[0-9a-f]{12}$/.test(name) && name !== NEXT);

/** The portal's folder after a deployment of another build: the former one's files are there still. */
async function deployed(t) {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'shouyue-portal-')), 'dist');
  t.after(() => rm(path.dirname(folder), { recursive: true, force: true }));
  await cp(portal, folder, { recursive: true });
  const former = await buildOf(folder);
  await rename(path.join(folder, former), path.join(folder, NEXT));
  await cp(path.join(portal, former), path.join(folder, former), { recursive: true });
  for (const name of ['index.html', 'sw.js']) {
    const file = path.join(folder, name);
    const text = (await readFile(file, 'utf8')).replaceAll(former, NEXT);
    await writeFile(file, name === 'sw.js' ? text.replace(/shell-[0-9a-f]+/, 'shell-next') : text);
    await rm(`${file}.br`, { force: true });
  }
  return { folder, former };
}

/** A phone of a member who keeps a pass on it: the worker is there, with all it keeps. */
async function withWorker(t, server) {
  const account = (await server.accounts()).members[1];
  const hers = await phone(t, server);
  hers.tolerate(OFFLINE);
  await signIn(hers.context, server, account.phone);
  await hers.goto('/me');
  await settled(hers.page);
  await hers.page.evaluate(async () => { await navigator.serviceWorker.register('/sw.js'); await navigator.serviceWorker.ready; });
  return { ...hers, account };
}

/** What the workers keep: `{'shell-…': ['/offline', …]}`. */
const kept = (page) => page.evaluate(async () => {
  const all = {};
  for (const name of await caches.keys()) all[name] = (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
  return all;
});

/** Looks for a newer worker, and says what became of it: `installed`, `redundant`, or nothing. */
const update = (page) => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update();
  const worker = registration.installing ?? registration.waiting;
  const settled = () => ['installed', 'activated', 'redundant'].includes(worker.state);
  if (worker && !settled()) await new Promise((resolve) => worker.addEventListener('statechange', () => settled() && resolve()));
  return worker?.state;
});

/**
 * Follows the workers from a blank page, which is none of theirs; answers a function that waits until the one that waits has taken over.
 * The browser says when the former one's pages are gone: a page opened before that would be the former one's again.
 */
async function succession(context) {
  const blank = await context.newPage();
  const browser = await context.newCDPSession(blank);
  const has = (wanted) => new Promise((resolve) => browser.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    const found = versions.find(wanted);
    if (found) resolve(found);
  }));
  const waits = has(({ status }) => status === 'installed');
  await browser.send('ServiceWorker.enable');
  const { versionId } = await waits;
  const active = has((version) => version.versionId === versionId && version.status === 'activated');
  return { blank, done: () => active };
}

/** The folders that the page's script and wasm came from. */
const loadedFrom = (page) => page.evaluate(() => {
  const names = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname.split('/')[1]);
  return [...new Set(names.filter((name) => /^[0-9a-f]{12}$/.test(name)))];
});

test('any page opens without a network, with a way on and nobody’s figures', async (t) => {
  const server = await startServer({ t });
  const { page, context, account } = await withWorker(t, server);
  const [[name, files], ...others] = Object.entries(await kept(page));
  assert.deepEqual(others, []);
  assert.match(name, /^shell-/);
  const former = await buildOf(portal);
  assert.ok(files.includes('/offline') && files.includes(`/${former}/portal_bg.wasm`));
  assert.deepEqual(files.filter((file) => file !== '/offline' && !file.startsWith(`/${former}/`)), []);
  const shell = await page.evaluate(async () => (await (await caches.match('/offline')).text()));
  assert.ok(!shell.includes(account.name) && !shell.includes('first-reply'));

  await context.setOffline(true);
  for (const address of ['/points', '/', '/programme']) {
    await page.goto(address);
    await ready(page);
    await page.getByRole('heading', { name: words('trouble.unreachable_title') }).waitFor();
    assert.equal(new URL(page.url()).pathname, address);
    assert.ok(!(await page.locator('body').innerText()).includes(account.name));
  }
  await context.setOffline(false);
  await page.getByRole('button', { name: words('common.retry') }).tap();
  await page.getByRole('heading', { name: words('programme.clauses') }).waitFor();
});

test('a newer build takes over whole: before it the former one, after it the newer, and never a part of each', async (t) => {
  const server = await startServer({ t });
  const { page, context } = await withWorker(t, server);
  const { folder, former } = await deployed(t);
  await later(t, server, undefined, { portal: folder });

  let loads = 0;
  page.on('load', () => { loads += 1; });
  await page.goto('/me');
  await settled(page);
  assert.deepEqual(await loadedFrom(page), [NEXT], 'from the network comes the newer one');
  assert.equal(await update(page), 'installed');
  assert.equal(loads, 1, 'nothing is reloaded');

  // The newer worker waits for the former one's pages to close.
  await context.setOffline(true);
  await page.goto('/programme');
  await ready(page);
  assert.deepEqual(await loadedFrom(page), [former]);

  await context.setOffline(false);
  const { blank: fresh, done } = await succession(context);
  await page.close();
  await done();
  await fresh.goto('/me');
  await settled(fresh);
  assert.deepEqual(Object.keys(await kept(fresh)), ['shell-next']);
  await context.setOffline(true);
  await fresh.goto('/programme');
  await ready(fresh);
  assert.deepEqual(await loadedFrom(fresh), [NEXT]);
});

test('a newer build that is cut off in the middle leaves the former one as it was', async (t) => {
  const server = await startServer({ t });
  const { page, context } = await withWorker(t, server);
  const before = await kept(page);
  const { folder, former } = await deployed(t);
  for (const tail of ['', '.br']) await rm(path.join(folder, NEXT, `split_account.wasm${tail}`), { force: true });
  await later(t, server, undefined, { portal: folder });
  assert.equal(await update(page), 'redundant');
  const [name] = Object.keys(before);
  assert.deepEqual((await kept(page))[name], before[name]);
  assert.deepEqual((await kept(page))['shell-next'] ?? [], [], 'nothing of it is kept');
  await context.setOffline(true);
  await page.goto('/programme');
  await ready(page);
  assert.deepEqual(await loadedFrom(page), [former]);
});
