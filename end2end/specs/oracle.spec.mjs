// The oracle itself, on small cases worked out by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import path from 'node:path';
import { root } from '../lib/place.mjs';
import { addMonths, civil, dateIn, endOfMonth, iso, parse } from '../oracle/dates.mjs';
import { countsUntil, expiresOn, expiresUnannounced, figures, windowFrom } from '../oracle/figures.mjs';
import { holding } from '../oracle/holds.mjs';
import { minorUnits, readPurchases, shifted } from '../oracle/purchases.mjs';
import { readProgramme } from '../oracle/programme.mjs';
import * as wording from '../oracle/wording.mjs';

const demo = readProgramme(path.join(root, 'programme.toml'));

/** Figures from `[date, amount]` pairs, with dates as texts. */
function of(joined, today, pairs, rules = demo) {
  const purchases = pairs.map(([on, amount]) => ({ on: parse(on), paid: minorUnits(amount) }));
  return figures(rules, { joinedOn: parse(joined), purchases, today: parse(today) });
}

test('dates round-trip, over leap days and centuries', () => {
  for (const text of ['1970-01-01', '1996-02-29', '1999-12-31', '2000-02-29', '2026-11-22', '2100-02-28']) {
    assert.equal(iso(parse(text)), text);
  }
  assert.equal(parse('1970-01-02'), 1);
  assert.equal(parse('2000-03-01') - parse('2000-02-28'), 2);
  assert.equal(parse('2100-03-01') - parse('2100-02-28'), 1);
  assert.deepEqual(civil(parse('2026-11-22')), { year: 2026, month: 11, dayOfMonth: 22 });
  assert.throws(() => parse('2025-02-29'));
});

test('months are added to the same day, or to the month’s last', () => {
  assert.equal(iso(addMonths(parse('2024-01-31'), 1)), '2024-02-29');
  assert.equal(iso(addMonths(parse('2024-02-29'), 12)), '2025-02-28');
  assert.equal(iso(addMonths(parse('2024-03-31'), -1)), '2024-02-29');
  assert.equal(iso(addMonths(parse('2024-11-15'), 2)), '2025-01-15');
  assert.equal(iso(addMonths(parse('2024-01-15'), -1)), '2023-12-15');
  assert.equal(iso(endOfMonth(parse('2025-02-03'))), '2025-02-28');
});

test('the programme’s date is not the phone’s', () => {
  const evening = Date.UTC(2026, 10, 22, 16, 0, 0);
  assert.equal(iso(dateIn('Asia/Shanghai', evening)), '2026-11-23');
  assert.equal(iso(dateIn('America/Los_Angeles', evening)), '2026-11-22');
});

test('a rolling window of twelve months counts today, and not the same day a year ago', () => {
  assert.equal(iso(windowFrom(demo.window, parse('2026-11-22'))), '2025-11-23');
  assert.equal(iso(countsUntil(demo.window, parse('2025-11-23'))), '2026-11-22');
  // The 28th still reaches back to the 29th; the first of March no more.
  assert.equal(iso(countsUntil(demo.window, parse('2024-02-29'))), '2025-02-28');
  // Both the 28th and the 29th reach back to the first of March.
  assert.equal(iso(countsUntil(demo.window, parse('2023-03-01'))), '2024-02-29');
});

test('points come with the multiplier held just before, and post after seven days', () => {
  const her = of('2026-01-10', '2026-02-07', [
    ['2026-01-10', '199.99'], // pearl: 199
    ['2026-01-10', '0.01'], // pearl still, 0 points, but reaches rose
    ['2026-01-31', '10.00'], // rose: floor(10 × 1.1) = 11, posts on 7 February: today
    ['2026-02-01', '9.99'], // floor(10.989) = 10, pending
  ]);
  assert.equal(her.tier, 'rose');
  assert.equal(her.available, 199 + 11);
  assert.equal(her.pending, 10);
  assert.deepEqual(her.entries.map(({ points, posted }) => [points, posted]), [[199, true], [11, true], [10, false]]);
  assert.deepEqual(her.expiring.map(({ on, points }) => [iso(on), points]), [['2028-01-31', 210]]);
});

test('a tier is reached at its threshold to the cent, and what is missing counts from the window', () => {
  const short = of('2026-01-10', '2026-01-10', [['2026-01-10', '199.99']]);
  assert.deepEqual([short.tier, short.next, short.toNext, short.toKeep], ['pearl', 'rose', 1, null]);
  const reached = of('2026-01-10', '2026-01-10', [['2026-01-10', '200.00']]);
  assert.deepEqual([reached.tier, reached.next, reached.toNext], ['rose', 'gold', 40000]);
  assert.equal(iso(reached.validUntil), '2027-01-31');
  // The purchase lies in the window of the term's end no more: all of it is still to be spent.
  assert.equal(reached.toKeep, 15000);
  assert.equal(iso(reached.toNextBy), '2027-01-09');
});

test('a tier that is not kept is lost one step at a time, after its grace', () => {
  const purchases = [['2024-01-10', '700.00']];
  const at = (today, more = []) => of('2024-01-10', today, [...purchases, ...more]);
  assert.deepEqual([at('2025-01-31').tier, at('2025-01-31').graceUntil], ['gold', null]);
  const grace = at('2025-02-01');
  assert.deepEqual([grace.tier, iso(grace.graceUntil), grace.toKeep], ['gold', '2025-03-02', 45000]);
  assert.equal(iso(at('2025-03-02').toKeepBy), '2025-03-02');
  const lowered = at('2025-03-03');
  assert.deepEqual([lowered.tier, iso(lowered.validUntil)], ['rose', '2026-03-31']);
  assert.deepEqual(lowered.history.map(({ on, reason, tier }) => [iso(on), reason, tier]), [
    ['2025-03-03', 'lowered', 'rose'], ['2024-01-10', 'reached', 'gold'], ['2024-01-10', 'joined', 'pearl'],
  ]);
  const kept = at('2025-03-03', [['2025-03-02', '450.00']]);
  assert.deepEqual([kept.tier, iso(kept.validUntil), kept.graceUntil], ['gold', '2026-01-31', null]);
  assert.equal(at('2026-05-01').tier, 'pearl');
});

test('a tier is kept by what was spent in the twelve months before its end', () => {
  const her = of('2024-01-10', '2025-02-01', [['2024-01-10', '700.00'], ['2024-06-01', '450.00']]);
  assert.deepEqual([her.tier, iso(her.validUntil), her.graceUntil], ['gold', '2026-01-31', null]);
});

test('the calendar year counts from January, and a tier lasts to the end of the next', () => {
  const rules = { ...demo, window: { ...demo.window, kind: 'calendar-year' } };
  const her = of('2025-06-01', '2026-03-01', [['2025-06-01', '250.00'], ['2026-02-01', '50.00']], rules);
  assert.deepEqual([her.tier, iso(her.validUntil), her.spent], ['rose', '2026-12-31', 5000]);
  assert.deepEqual([iso(her.window.from), iso(her.window.to), iso(her.toNextBy)], ['2026-01-01', '2026-12-31', '2026-12-31']);
  assert.equal(her.toKeep, 10000);
});

test('points expire at the end of the month, and never unannounced', () => {
  assert.equal(iso(expiresOn(demo.expiry, parse('2024-02-29'))), '2026-02-28');
  assert.equal(iso(expiresUnannounced(demo.expiry, parse('2024-02-29'), parse('2026-01-29'))), '2026-02-28');
  // On 30 January there are only 29 days left: the date moves to the end of the month thirty days on.
  assert.equal(iso(expiresUnannounced(demo.expiry, parse('2024-02-29'), parse('2026-01-30'))), '2026-03-31');
  assert.equal(expiresOn({ months: null, endOfMonth: true }, parse('2024-02-29')), null);
});

test('a hold takes what expires soonest, whole batches before parts of later ones', () => {
  const her = of('2026-01-05', '2026-04-30', [['2026-01-05', '10.00'], ['2026-01-31', '20.00'], ['2026-02-01', '30.00'], ['2026-04-28', '99.00']]);
  const on = (lots) => lots.map(({ on: day, held }) => [iso(day), held]);
  const { available, held, lots } = holding(demo, her, 35);
  assert.deepEqual([her.available, available, held], [60, 25, 35]);
  // January's both expire on the last of the month; the earlier one goes first. What is pending can't be held.
  assert.deepEqual(on(lots), [['2026-01-05', 10], ['2026-01-31', 20], ['2026-02-01', 5]]);
  assert.throws(() => holding(demo, her, 61));
});

test('the purchases are whole, and move as one', () => {
  const all = readPurchases(path.join(root, 'data/purchases.csv'));
  const count = [...all.byCustomer.values()].reduce((sum, list) => sum + list.length, 0);
  assert.deepEqual([all.byCustomer.size, count, iso(all.last)], [2357, 6919, '1998-06-30']);
  assert.deepEqual(all.byCustomer.get('00004').map(({ on, paid }) => [iso(on), paid]),
    [['1997-01-01', 2933], ['1997-01-18', 2973], ['1997-08-02', 1496], ['1997-12-12', 2648]]);
  const moved = shifted(all, parse('1998-07-11'), '00004');
  assert.deepEqual(moved.map(({ on }) => iso(on)), ['1997-01-11', '1997-01-28', '1997-08-12', '1997-12-22']);
});

test('figures are written as a member reads them', () => {
  assert.deepEqual([0, 999, 1000, 1234567].map(wording.points), ['0', '999', '1,000', '1,234,567']);
  assert.deepEqual([0, 5, 124000, 124050].map(wording.yuan), ['¥0', '¥0.05', '¥1,240', '¥1,240.50']);
  assert.equal(wording.shortDate(parse('2026-12-03'), parse('2026-11-22'), 'zh-CN'), '12月3日');
  assert.equal(wording.shortDate(parse('2027-01-03'), parse('2026-11-22'), 'en'), '3 January 2027');
});
