// Every figure a demo member sees equals what the oracle makes of her purchases.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '../lib/api.mjs';
import { figuresFor, figuresOn } from '../lib/figures.mjs';
import { hold, letGo, unit } from '../lib/gifts.mjs';
import { phoneOf, settled } from '../lib/member.mjs';
import { startServer } from '../lib/server.mjs';
import { bearer } from '../lib/signin.mjs';
import { say } from '../lib/words.mjs';
import { iso } from '../oracle/dates.mjs';
import { figuresOf, rules } from '../oracle/demo.mjs';
import { holding } from '../oracle/holds.mjs';
import { points } from '../oracle/wording.mjs';

const YEAR = 365 * 24 * 3600 * 1000;
const shown = figuresOn({ settled, section: 'section', item: 'li', cell: 'dt, dd', bar: 'li:has(svg rect)' });
let server;
let members;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  ({ members } = await server.accounts());
});
after(() => server?.stop());

for (const [place, which] of ['new', 'in the middle', 'at the top'].entries()) {
  test(`the member ${which}, in Chinese`, (t) => sees(t, members[place], 'zh-CN'));
}
test('the member at the top, in English', (t) => sees(t, members[2], 'en'));

test('the three differ in tier, and one of them is at the top', () => {
  assert.equal(members.length >= 3, true);
  assert.equal(new Set(members.slice(0, 3).map(({ tier }) => tier)).size, 3);
  assert.equal(figuresOf(members[2].customer).next, null);
});

test('a reservation locks the points that would go first, every page says so, and giving it up leaves no trace in the figures', async (t) => {
  const account = members[1];
  const her = figuresOf(account.customer);
  const hers = api(server, await bearer(server, account.phone));
  const lots = async () => {
    const byDay = new Map();
    for (const { earned_on: on, points: all, held } of (await hers.get('/me/points/expiring')).items) {
      const lot = byDay.get(on) ?? byDay.set(on, { on, points: 0, held: 0 }).get(on);
      lot.points += all;
      lot.held += held;
    }
    return [...byDay.values()].toSorted((one, other) => one.on.localeCompare(other.on));
  };
  const byDay = (all) => {
    const days = new Map();
    for (const { on, points: number, held } of all) {
      const lot = days.get(on) ?? days.set(on, { on: iso(on), points: 0, held: 0 }).get(on);
      lot.points += number;
      lot.held += held;
    }
    return [...days.values()].toSorted((one, other) => one.on.localeCompare(other.on));
  };
  const before = await lots();
  let cost = 0;
  for (const gift of ['travel-duo', 'essence-trio']) {
    const place = await unit(hers, gift, 'guangzhou-lixiang', 0);
    await hold(hers, place);
    cost += place.gift.points;
    const { available, held, lots: expected } = holding(rules, her, cost);
    const overview = await hers.get('/me/overview');
    assert.deepEqual(overview.points, { available, held, pending: her.pending });
    assert.deepEqual(overview.expiring.map(({ on, points: number }) => [on, number]), her.expiring.map(({ on, points: number }) => [iso(on), number]), 'locked points keep their dates');
    assert.deepEqual(await lots(), byDay(expected));
  }
  const { available, held } = holding(rules, her, cost);
  for (const locale of ['zh-CN', 'en']) {
    const word = say(locale);
    const { page, goto } = await phoneOf(t, server, account, { locale });
    await goto('/');
    await settled(page);
    await page.getByText(word('home.held', { points: points(held) }), { exact: true }).waitFor();
    assert.equal(await text(page.getByText(word('home.available')).locator('..')), `${points(available)} ${word('home.available')}`);
    await goto('/points');
    await settled(page);
    assert.equal(await text(page.getByText(word('points.available'), { exact: true }).locator('..')), `${points(available)} ${word('points.available')}`);
    await page.getByText(points(held), { exact: false }).first().waitFor();
  }
  await letGo(hers);
  assert.deepEqual((await hers.get('/me/overview')).points, { available: her.available, held: 0, pending: her.pending });
  assert.deepEqual(await lots(), before);
});

test('the same dates on a phone far away whose clock is years off', async (t) => {
  const readings = async (options, clock) => {
    const { page, goto } = await phoneOf(t, server, members[1], options);
    if (clock !== undefined) await page.clock.setFixedTime(Date.now() + clock);
    const pages = [];
    for (const address of ['/', '/points', '/tier']) {
      await goto(address);
      await settled(page);
      // The minute may turn between two visits.
      pages.push((await page.getByRole('main').innerText()).replaceAll(/\d\d:\d\d/g, ''));
    }
    return pages;
  };
  const here = await readings({});
  assert.deepEqual(await readings({ timezoneId: 'America/Los_Angeles' }, 2 * YEAR), here);
  assert.deepEqual(await readings({ timezoneId: 'Pacific/Kiritimati' }, -2 * YEAR), here);
});

async function sees(t, account, locale) {
  const her = figuresFor(account);
  const { page, goto } = await phoneOf(t, server, account, { locale });
  await goto('/');
  await shown.home(page, her, locale);
  await goto('/points');
  await shown.points(page, her, locale);
  await goto('/tier');
  await shown.tier(page, her, locale);
}

const text = async (locator) => (await locator.textContent()).replaceAll(/\s+/g, ' ').trim();
