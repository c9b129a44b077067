// Every figure on a member's pages, against what the oracle makes of her purchases; for the portal and the mini-program.
import assert from 'node:assert/strict';
import { say } from './words.mjs';
import { figuresOf, threshold, tierName, today } from '../oracle/demo.mjs';
import { date, points, shortDate, yuan } from '../oracle/wording.mjs';

/** What the oracle knows of a demo member, with her name and today. */
export const figuresFor = (account) => ({ ...figuresOf(account.customer), name: account.name, now: today() });

/**
 * Looks at the page that is open: `home(page, her, locale)`, `points` and `tier`. `settled` waits until a page is all there; `section`, `item`, `cell` and `bar` are the selectors
 * of sections, entries of lists, cells of a list of facts, and the bars of a timeline.
 */
export function figuresOn({ settled, section, item, cell, bar: bars }) {
  // What a locator has is looked for inside it: from no scope, which a page may have.
  const inside = (page) => page.locator(section).page();
  const sectionWith = (page, ...role) => page.locator(section).filter({ has: inside(page).getByRole(...role) });
  const sectionOf = (page, heading) => sectionWith(page, 'heading', { name: heading });
  /** Each line's text, white space as one space. */
  const linesOf = async (locator) => (await locator.locator(item).allInnerTexts()).map((line) => line.replaceAll(/\s+/g, ' '));

  async function home(page, her, locale) {
    const word = say(locale);
    const full = (day) => date(day, locale);
    const short = (day) => shortDate(day, her.now, locale);
    const tier = tierName(her.tier, locale);
    await settled(page);
    assert.equal(await text(page.getByRole('heading', { level: 1 })), word('home.status', { name: her.name, date: full(her.graceUntil ?? her.validUntil) }));

    const card = sectionWith(page, 'heading', { name: tier, exact: true });
    assert.equal(await dense(card.getByText(word('home.available')).locator('..')), `${points(her.available)}${word('home.available')}`.replaceAll(' ', ''));
    const pending = card.getByText(word('home.pending', { points: points(her.pending) }), { exact: true });
    assert.equal(await pending.count(), her.pending > 0 ? 1 : 0);

    const standing = sectionWith(page, 'link', { name: word('standing.why') });
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
    assert.equal(await dense(page.getByText(word('points.available'), { exact: true }).locator('..')), `${points(her.available)}${word('points.available')}`.replaceAll(' ', ''));
    assert.deepEqual(await row(page, word('points.pending')), [word('points.pending'), points(her.pending)]);

    assert.deepEqual(await barsOn(page), her.expiring.map((batch) => bar(batch, word, locale)));
    for (const { on, points: number } of her.expiring) {
      const entry = page.locator(item).filter({ has: inside(page).getByText(date(on, locale), { exact: true }) });
      await entry.getByText(amount(number), { exact: true }).first().waitFor();
    }

    // The ledger: every purchase that earned something, newest first, pending ones before all others.
    const more = page.getByRole('button', { name: word('points.more') });
    while (await more.isVisible()) {
      await more.click();
      await page.getByRole('button', { name: word('points.loading_more') }).waitFor({ state: 'detached' });
    }
    const ledger = sectionOf(page, word('points.ledger'));
    const lines = await linesOf(ledger);
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

    const counted = sectionOf(page, word('tier.counted'));
    const rows = await linesOf(counted);
    const ofPurchases = rows.filter((line) => line.includes(word('tier.counts_until', { date: '' }).trim()));
    assert.equal(ofPurchases.length, her.counted.length, 'every purchase in the window');
    for (const [index, purchase] of her.counted.entries()) {
      for (const part of [short(purchase.on), yuan(purchase.paid), word('tier.counts_until', { date: full(purchase.until) })]) {
        assert.ok(ofPurchases[index].includes(part), `${part} in purchase ${index + 1}: ${ofPurchases[index]}`);
      }
    }
    assert.ok((await counted.innerText()).includes(yuan(her.spent)), 'their sum');

    const history = sectionOf(page, word('tier.history'));
    const changes = await linesOf(history);
    assert.equal(changes.length, her.history.length);
    const reasons = { joined: 'tier.joined', reached: 'tier.reached', kept: 'tier.was_kept', lowered: 'tier.lowered' };
    for (const [index, change] of her.history.entries()) {
      const what = word(reasons[change.reason], { tier: tierName(change.tier, locale) });
      for (const part of [full(change.on), what]) assert.ok(changes[index].includes(part), `${part} in ${changes[index]}`);
    }
  }

  /** What the timeline says to those who can't see it. */
  const barsOn = async (page) => Promise.all((await page.locator(bars).all()).map((one) => text(one.locator('.unseen'))));

  /** A row of two cells. */
  const row = async (page, label) => (await page.getByText(label, { exact: true }).first().locator('..').locator(cell).allInnerTexts()).map((one) => one.trim());

  return { home, points: pointsPage, tier: tierPage };
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

const text = async (locator) => (await locator.textContent()).replaceAll(/\s+/g, ' ').trim();
/** Without white space: a gap between two texts is a margin here and a space there. */
const dense = async (locator) => (await locator.textContent()).replaceAll(/\s+/g, '');
