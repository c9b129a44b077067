// The pages of gifts, reservations and the pass, and the counter's application: usable by everyone in every state. What the other specs ask of every page is
// asked of these as well.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible } from '../lib/axe.mjs';
import { phone } from '../lib/browser.mjs';
import { assertReachable } from '../lib/keyboard.mjs';
import { faintWords } from '../lib/contrast.mjs';
import { PAGES, phoneOf, settled } from '../lib/member.mjs';
import { HAN, LATIN, said } from '../lib/said.mjs';
import { startServer } from '../lib/server.mjs';
import { TABLET, deviceOf } from '../lib/staff.mjs';
import { REASON, arranged } from '../lib/states.mjs';
import { overflow, smallTargets } from '../lib/targets.mjs';
import { say } from '../lib/words.mjs';

const LEAST = 44;
const LEAST_LARGE = 60;
const VIEWPORT = { width: 360, height: 740 };
let server;
let account;
let house;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  account = (await server.accounts()).members[1];
  house = await arranged(server, account);
});
after(() => server?.stop());

const her = (t, options) => phoneOf(t, server, account, options);
const clerk = (t, options) => deviceOf(t, server, house.people.clerk, options);
const worlds = [['member', her], ['staff', clerk]];
const large = (context) => context.addInitScript(() => localStorage.setItem('large', '1'));

/** Every page of a world, one after the other. */
async function everyPage({ page, goto, tolerate }, world, look) {
  tolerate(/404/);
  const addresses = world === 'member' ? { ...house.member, gifts: '/gifts', reservations: '/reservations', home: '/' } : house.staff;
  for (const [name, address] of Object.entries(addresses)) {
    await goto(address);
    await settled(page);
    await look(name);
  }
}

for (const [world, device] of worlds) {
  for (const locale of ['zh-CN', 'en']) {
    for (const colorScheme of ['light', 'dark']) {
      test(`${world}: axe finds nothing, ${locale}, ${colorScheme}`, async (t) => {
        const theirs = await device(t, { locale, colorScheme });
        await everyPage(theirs, world, (name) => assertAccessible(theirs.page, `${name}, ${locale}, ${colorScheme}`));
      });
    }
  }

  for (const colorScheme of ['light', 'dark']) {
    test(`${world}: words stand out from every pixel behind them, ${colorScheme}`, async (t) => {
      const theirs = await device(t, { colorScheme });
      await everyPage(theirs, world, async (name) => {
        assert.deepEqual(await faintWords(theirs.page), [], `${name}, ${colorScheme}`);
        await theirs.page.setViewportSize(VIEWPORT);
      });
    });
  }

  test(`${world}: targets are at least ${LEAST} pixels, and it fits on the narrowest phone`, async (t) => {
    const theirs = await device(t);
    await everyPage(theirs, world, async (name) => {
      assert.deepEqual(await smallTargets(theirs.page, LEAST), [], name);
      assert.equal(await overflow(theirs.page), 0, `${name} is too wide`);
    });
    const narrow = await device(t, { viewport: { width: 320, height: 568 } });
    await everyPage(narrow, world, async (name) => assert.equal(await overflow(narrow.page), 0, `${name} is too wide at 320 pixels`));
  });

  test(`${world}: with large text targets are at least ${LEAST_LARGE} pixels, and it still fits`, async (t) => {
    const theirs = await device(t);
    await large(theirs.context);
    await everyPage(theirs, world, async (name) => {
      assert.deepEqual(await smallTargets(theirs.page, LEAST_LARGE), [], name);
      assert.equal(await overflow(theirs.page), 0, `${name} is too wide`);
      await assertAccessible(theirs.page, `${name}, large text`);
    });
  });

  test(`${world}: a keyboard reaches everything, in the order it is read`, async (t) => {
    const theirs = await device(t);
    await everyPage(theirs, world, (name) => assertReachable(theirs.page, name));
  });

  for (const [locale, other, foreign] of [['zh-CN', 'en', LATIN], ['en', 'zh-CN', HAN]]) {
    test(`${world}: nothing of the other language, ${locale}`, async (t) => {
      const theirs = await device(t, { locale });
      // People are called what they are called, a reason is what the counter wrote, and users, codes and volumes are no words.
      const masked = [...account.name][0];
      const names = [account.name, ...Object.values(house.people).map(({ name }) => name), `${masked}*`, `${masked}**`, REASON, say(other)('me.own_name')];
      await everyPage(theirs, world, async (name) => {
        const left = (await said(theirs.page, names)).replaceAll(/id="root"|[2-9A-Z]{3} [2-9A-Z]{3} [2-9A-Z]{3}|\b\d+\s?ml\b/g, '').match(foreign) ?? [];
        assert.deepEqual(left, [], `${name} in ${locale}`);
      });
    });
  }

  test(`${world}: a policy that starts from nothing`, async (t) => {
    const { context } = await device(t);
    const address = world === 'member' ? house.member.pass : house.staff.pickup;
    const headers = (await context.request.get(server.origin + address)).headers();
    const policy = headers['content-security-policy'];
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/);
    // A camera is the staff's alone.
    const permissions = headers['permissions-policy'] ?? '';
    assert.match(permissions, world === 'member' ? /camera=\(\)/ : /camera=\(self\)/);
  });
}

test('the staff on a tablet: targets, fit and axe', async (t) => {
  const theirs = await clerk(t, TABLET);
  await everyPage(theirs, 'staff', async (name) => {
    assert.deepEqual(await smallTargets(theirs.page, LEAST), [], name);
    assert.equal(await overflow(theirs.page), 0, `${name} is too wide`);
    await assertAccessible(theirs.page, `${name}, tablet`);
  });
});

test('the staff’s way in, and who has nothing to do with a counter', async (t) => {
  const { page, goto } = await phone(t, server);
  await goto('/staff/sign-in');
  await settled(page);
  await assertAccessible(page, 'staff sign-in');
  assert.deepEqual(await smallTargets(page, LEAST), []);
  const theirs = await deviceOf(t, server, house.people.manager, TABLET);
  for (const address of ['/staff', '/staff/stock', '/staff/hold', '/staff/attention', '/staff/pickup']) {
    await theirs.goto(address);
    await settled(theirs.page);
    await assertAccessible(theirs.page, `${address}, manager`);
    assert.equal(await overflow(theirs.page), 0, `${address} is too wide`);
  }
});

test('every page has a title of its own and one heading', async (t) => {
  const theirs = await her(t);
  await everyPage(theirs, 'member', async (name) => {
    assert.equal(await theirs.page.getByRole('heading', { level: 1 }).count(), 1, name);
    assert.notEqual(await theirs.page.title(), '', name);
  });
  const titles = new Set();
  for (const address of Object.keys(PAGES)) {
    await theirs.goto(address);
    titles.add(await theirs.page.title());
  }
  assert.equal(titles.size, Object.keys(PAGES).length);
});
