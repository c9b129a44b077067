// data/purchases.csv as purchases by customer, in the order of the file.
import { readFileSync } from 'node:fs';
import { parse } from './dates.mjs';

/** Minor units of a decimal with two places, without passing through a fraction. */
export function minorUnits(text) {
  const match = /^(\d+)\.(\d{2})$/.exec(text);
  if (!match) throw new Error(`not an amount: ${text}`);
  return Number(match[1]) * 100 + Number(match[2]);
}

/** `Map` of customer (text, leading zeros kept) to `[{on, paid, items}]`, by date; and the last day of all of them. */
export function readPurchases(file) {
  const [header, ...rows] = readFileSync(file, 'utf8').split(/\r?\n/).filter((line) => line !== '');
  if (header !== 'customer,purchased_on,items,amount') throw new Error(`unknown columns: ${header}`);
  const byCustomer = new Map();
  let last = -Infinity;
  for (const row of rows) {
    const [customer, on, items, amount] = row.split(',');
    const purchase = { on: parse(on), paid: minorUnits(amount), items: Number(items) };
    last = Math.max(last, purchase.on);
    if (!byCustomer.has(customer)) byCustomer.set(customer, []);
    byCustomer.get(customer).push(purchase);
  }
  // Sorting is stable: purchases of one day stay in the order of the file.
  for (const purchases of byCustomer.values()) purchases.sort((a, b) => a.on - b.on);
  return { byCustomer, last };
}

/** One customer's, moved by whole days so that the last purchase of all falls on the day before `today`. */
export function shifted({ byCustomer, last }, today, customer) {
  const by = today - 1 - last;
  return byCustomer.get(customer)?.map((purchase) => ({ ...purchase, on: purchase.on + by }));
}
