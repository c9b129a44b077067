// The figures of many real histories, over the API: a sample of all members of the demo, and everyone who is in grace or at the top.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../lib/server.mjs';
import { bearer } from '../lib/signin.mjs';
import { customers, figuresOf, today } from '../oracle/demo.mjs';
import { iso, parse } from '../oracle/dates.mjs';

const EVERY = 12;
const AT_ONCE = 4;
let server;
let phones;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODES_PER_ADDRESS: '100000', SHOUYUE_REQUESTS_PER_ADDRESS: '0' } });
  phones = phoneBook((await server.accounts()).members);
});
after(() => server?.stop());

/** The demo numbers its members in the order of the file, from 100 on; those one signs in as have numbers of their own. */
function phoneBook(members) {
  const book = new Map(members.map(({ customer, phone }) => [customer, phone]));
  let number = 100;
  for (const customer of customers) {
    if (book.has(customer)) continue;
    book.set(customer, `+86138${String(number).padStart(8, '0')}`);
    number += 1;
  }
  return book;
}

test('overview, lots and trace equal the oracle', async () => {
  const figures = new Map(customers.map((customer) => [customer, figuresOf(customer)]));
  const chosen = customers.filter((customer, index) => {
    const { graceUntil, next, history } = figures.get(customer);
    return index % EVERY === 0 || graceUntil !== null || next === null || history.some(({ reason }) => reason === 'lowered' || reason === 'kept');
  });
  assert.ok(chosen.length > customers.length / EVERY, 'grace, top, kept and lowered are among them');
  const queue = [...chosen];
  const work = async () => { for (let customer = queue.pop(); customer; customer = queue.pop()) await compare(customer, figures.get(customer)); };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
});

async function compare(customer, her) {
  const token = await bearer(server, phones.get(customer));
  const get = async (path) => (await fetch(`${server.origin}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })).json();
  const [overview, lots, trace] = await Promise.all([get('/me/overview'), get('/me/points/expiring'), get('/me/tier')]);
  const date = (day) => (day === null ? null : iso(day));
  const money = (amount) => (amount === null ? null : { amount, currency: 'CNY' });
  const expiring = her.expiring.map(({ on, points }) => [date(on), points]);
  const spoken = (tier) => ({
    current: tier.current.id, valid_until: tier.valid_until, grace_until: tier.grace_until ?? null, spent: tier.spent, next: tier.next?.id ?? null,
    to_next: tier.to_next, to_next_by: tier.to_next_by, to_keep: tier.to_keep, to_keep_by: tier.to_keep_by, window: tier.window,
  });
  const tier = {
    current: her.tier, valid_until: date(her.validUntil), grace_until: date(her.graceUntil), spent: money(her.spent), next: her.next,
    to_next: money(her.toNext), to_next_by: date(her.toNextBy), to_keep: money(her.toKeep), to_keep_by: date(her.toKeepBy),
    window: { from: date(her.window.from), to: date(her.window.to) },
  };
  const who = `customer ${customer}`;
  assert.deepEqual(overview.points, { available: her.available, held: 0, pending: her.pending }, who);
  assert.deepEqual(overview.expiring.map(({ on, points }) => [on, points]), expiring, who);
  assert.deepEqual(spoken(overview.tier), tier, who);
  assert.deepEqual(spoken(trace), tier, who);
  // In grace nothing ends before the grace does.
  assert.equal(overview.status_sentence.active_until, tier.grace_until ?? tier.valid_until, who);

  const byDate = new Map();
  for (const { on, points } of lots.items) byDate.set(on, (byDate.get(on) ?? 0) + points);
  assert.deepEqual([...byDate], expiring, who);
  assert.deepEqual(
    trace.purchases.map(({ on, counted, counts_until: until }) => [on, counted.amount, until]),
    her.counted.map(({ on, paid, until }) => [date(on), paid, date(until)]), who);
  assert.deepEqual(
    trace.history.map(({ on, tier: reached, reason }) => [on, reached.id, reason]),
    her.history.map(({ on, tier: reached, reason }) => [date(on), reached, reason]), who);
  promises(trace, customer);
}

/** "Spend so much by then, and this follows" must be true: with one such purchase, today or on the last day, the oracle says the same. */
function promises(trace, customer) {
  for (const { spend, by, becomes, keeps } of trace.what_if) {
    for (const on of [today(), parse(by)]) {
      // What keeps a tier shows when its term is over.
      const seen = keeps ? Math.max(on, parse(trace.valid_until) + 1) : on;
      const then = figuresOf(customer, { more: [{ on, paid: spend.amount }], on: seen });
      assert.deepEqual([then.tier, then.graceUntil], [becomes.id, null], `customer ${customer} spends ${spend.amount} on ${iso(on)}`);
    }
  }
}
