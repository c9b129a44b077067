// Every figure a demo member sees equals what the oracle makes of her purchases.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '../lib/api.mjs';
import { hold, letGo, unit } from '../lib/gifts.mjs';
import { phoneOf, settled } from '../lib/member.mjs';
import { startServer } from '../lib/server.mjs';
import { bearer } from '../lib/signin.mjs';
import { say } from '../lib/words.mjs';
import { iso } from '../oracle/dates.mjs';
import { figuresOf, rules, threshold, tierName, today } from '../oracle/demo.mjs';
import { holding } from '../oracle/holds.mjs';
import { date, points, shortDate, yuan } from '../oracle/wording.mjs';

const YEAR = 365 * 24 * 3600 * 1000;
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
  const shown = async (options, clock) => {
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
  const here = await shown({});
  assert.deepEqual(await shown({ timezoneId: 'America/Los_Angeles' }, 2 * YEAR), here);
  assert.deepEqual(await shown({ timezoneId: 'Pacific/Kiritimati' }, -2 * YEAR), here);
});

async function sees(t, account, locale) {
  const her = { ...figuresOf(account.customer), name: account.name, now: today() };
  const { page, goto } = await phoneOf(t, server, account, { locale });
  await goto('/');
  await home(page, her, locale);
  await goto('/points');
  await pointsPage(page, her, locale);
  await goto('/tier');
  await tierPage(page, her, locale);
}

async function home(page, her, locale) {
  const word = say(locale);
  const full = (day) => date(day, locale);
  const short = (day) => shortDate(day, her.now, locale);
  const tier = tierName(her.tier, locale);
  await settled(page);
  const heading = await page.getByRole('heading', { level: 1 }).textContent();
  assert.equal(heading, word('home.status', { name: her.name, date: full(her.graceUntil ?? her.validUntil) }));

  const card = page.locator('section').filter({ has: page.getByRole('heading', { name: tier, exact: true }) });
  assert.equal(await text(card.getByText(word('home.available')).locator('..')), `${points(her.available)} ${word('home.available')}`);
  const pending = card.getByText(word('home.pending', { points: points(her.pending) }), { exact: true });
  assert.equal(await pending.count(), her.pending > 0 ? 1 : 0);

  const standing = page.locator('section').filter({ has: page.getByRole('link', { name: word('standing.why') }) });
  for (const sentence of standingOf(her, word, short, locale)) await standing.getByText(sentence, { exact: true }).waitFor();
  await standing.getByRole('img', { name: ringOf(her, word, locale) }).waitFor();

  const bars = her.expiring.slice(0, 6).map((batch) => bar(batch, word, locale));
  assert.deepEqual(await barsOn(page), bars);
  if (her.expiring.length > 0) {
    const [next] = her.expiring;
    const amount = word('home.expiry_next', { points: points(next.points), date: short(next.on) }, next.points);
    await page.getByText(amount, { exact: true }).waitFor();
    const all = word('home.expiry_all', { number: points(her.expiring.length) }, her.expiring.length);
    await page.getByRole('link', { name: all, exact: true }).waitFor();
  }
}

async function pointsPage(page, her, locale) {
  const word = say(locale);
  await settled(page);
  const amount = (number) => word('points.amount', { points: points(number) }, number);
  assert.equal(await text(page.getByText(word('points.available'), { exact: true }).locator('..')), `${points(her.available)} ${word('points.available')}`);
  assert.deepEqual(await row(page, word('points.pending')), [word('points.pending'), points(her.pending)]);

  assert.deepEqual(await barsOn(page), her.expiring.map((batch) => bar(batch, word, locale)));
  for (const { on, points: number } of her.expiring) {
    const entry = page.getByRole('listitem').filter({ has: page.getByText(date(on, locale), { exact: true }) });
    await entry.getByText(amount(number), { exact: true }).first().waitFor();
  }

  // The ledger: every purchase that earned something, newest first, pending ones before all others.
  const more = page.getByRole('button', { name: word('points.more') });
  while (await more.isVisible()) {
    await more.click();
    await page.waitForFunction((label) => ![...document.querySelectorAll('button')].some((button) => button.textContent.trim() === label), word('points.loading_more'));
  }
  const ledger = page.locator('section').filter({ has: page.getByRole('heading', { name: word('points.ledger') }) });
  const lines = await ledger.getByRole('listitem').allInnerTexts();
  const expected = ledgerOf(her, word, locale);
  assert.equal(lines.length, expected.length, 'as many entries as purchases that earned points');
  for (const [index, parts] of expected.entries()) {
    for (const part of parts) assert.ok(lines[index].includes(part), `${part} in line ${index + 1} of the ledger: ${lines[index]}`);
  }
}

async function tierPage(page, her, locale) {
  const word = say(locale);
  const full = (day) => date(day, locale);
  const short = (day) => shortDate(day, her.now, locale);
  const tier = tierName(her.tier, locale);
  await settled(page);
  const valid = her.graceUntil === null
    ? word('tier.valid', { tier, until: full(her.validUntil) })
    : word('tier.in_grace', { tier, until: full(her.validUntil), grace: full(her.graceUntil) });
  await page.getByText(valid, { exact: true }).waitFor();
  for (const sentence of standingOf(her, word, short, locale)) await page.getByText(sentence, { exact: true }).first().waitFor();
  await page.getByRole('img', { name: ringOf(her, word, locale) }).waitFor();
  if (her.toKeep !== null) {
    const by = short(her.toKeepBy);
    const sentence = her.toKeep > 0
      ? word('tier.keep', { date: by, amount: yuan(her.toKeep), tier })
      : word('tier.kept', { date: by, tier });
    await page.getByText(sentence, { exact: true }).waitFor();
  }
  await page.getByText(word('tier.window', { from: full(her.window.from), to: full(her.window.to) }), { exact: true }).waitFor();

  const counted = page.locator('section').filter({ has: page.getByRole('heading', { name: word('tier.counted') }) });
  const rows = await counted.getByRole('listitem').allInnerTexts();
  const ofPurchases = rows.filter((line) => line.includes(word('tier.counts_until', { date: '' }).trim()));
  assert.equal(ofPurchases.length, her.counted.length, 'every purchase in the window');
  for (const [index, purchase] of her.counted.entries()) {
    for (const part of [short(purchase.on), yuan(purchase.paid), word('tier.counts_until', { date: full(purchase.until) })]) {
      assert.ok(ofPurchases[index].includes(part), `${part} in purchase ${index + 1}: ${ofPurchases[index]}`);
    }
  }
  assert.ok((await counted.innerText()).includes(yuan(her.spent)), 'their sum');

  const history = page.locator('section').filter({ has: page.getByRole('heading', { name: word('tier.history') }) });
  const changes = await history.getByRole('listitem').allInnerTexts();
  assert.equal(changes.length, her.history.length);
  const reasons = { joined: 'tier.joined', reached: 'tier.reached', kept: 'tier.was_kept', lowered: 'tier.lowered' };
  for (const [index, change] of her.history.entries()) {
    const what = word(reasons[change.reason], { tier: tierName(change.tier, locale) });
    for (const part of [full(change.on), what]) assert.ok(changes[index].includes(part), `${part} in ${changes[index]}`);
  }
}

/** What the portal says about what to spend by when; in its own order of precedence. */
function standingOf(her, word, short, locale) {
  const tier = tierName(her.tier, locale);
  if (her.graceUntil !== null && her.toKeep > 0) {
    return [word('standing.grace', { date: short(her.graceUntil), amount: yuan(her.toKeep) }), word('standing.grace_then', { tier })];
  }
  if (her.next !== null) {
    return [
      word('standing.next', { date: short(her.toNextBy), amount: yuan(her.toNext) }),
      word('standing.next_then', { tier: tierName(her.next, locale) }),
    ];
  }
  if (her.toKeep > 0) {
    return [word('standing.keep', { date: short(her.toKeepBy), amount: yuan(her.toKeep) }), word('standing.keep_then', { tier })];
  }
  return [word('standing.kept', { tier })];
}

function ringOf(her, word, locale) {
  if (her.next === null) return word('standing.ring_top');
  const percent = Math.floor((her.spent * 100) / threshold(her.next));
  return word('standing.ring_next', { percent: `${percent}%`, tier: tierName(her.next, locale) });
}

const bar = ({ on, points: number }, word, locale) =>
  word('home.bar', { date: date(on, locale), points: points(number) }, number);

/** What the timeline says to those who can't see it. */
async function barsOn(page) {
  const bars = page.getByRole('listitem').filter({ has: page.locator('svg rect') });
  return Promise.all((await bars.all()).map(async (item) => text(item.locator('.unseen'))));
}

/** Each line's parts: points, date, and the balance after it or the day it will be posted. */
function ledgerOf(her, word, locale) {
  const short = (day) => shortDate(day, her.now, locale);
  let balance = 0;
  const lines = her.entries.map((entry) => {
    const amount = `+${points(entry.points)}`;
    if (!entry.posted) return { posted: false, parts: [amount, word('points.posts_on', { date: short(entry.postsOn) })] };
    balance += entry.points;
    return { posted: true, parts: [amount, short(entry.postsOn), word('points.balance', { points: points(balance) })] };
  }).reverse();
  return [...lines.filter(({ posted }) => !posted), ...lines.filter(({ posted }) => posted)].map(({ parts }) => parts);
}

/** A row of two cells. */
const row = async (page, label) => (await page.getByText(label, { exact: true }).first().locator('..').locator('dt, dd').allInnerTexts()).map((cell) => cell.trim());
const text = async (locator) => (await locator.textContent()).replaceAll(/\s+/g, ' ').trim();
