// What the oracle says of a member of the demo.
import path from 'node:path';
import { root } from '../lib/place.mjs';
import { dateIn } from './dates.mjs';
import { figures } from './figures.mjs';
import { readProgramme } from './programme.mjs';
import { readPurchases, shifted } from './purchases.mjs';

/** The demo programme's rules. */
export const rules = readProgramme(path.join(root, 'programme.toml'));
const all = readPurchases(path.join(root, 'data/purchases.csv'));

/** Today where the programme is. */
export const today = () => dateIn(rules.timeZone, Date.now());

/** Every customer, in the order of the file. */
export const customers = [...all.byCustomer.keys()];

/** Her figures on the day `on`, in a demo that was filled on the day `filled`; with what she might buy besides, after all else. */
export function figuresOf(customer, { filled = today(), on = filled, more = [] } = {}) {
  const purchases = shifted(all, filled, customer);
  if (!purchases) throw new Error(`no such customer: ${customer}`);
  // The demo's members joined when they first bought something.
  return figures(rules, { joinedOn: purchases[0].on, purchases: [...purchases, ...more], today: on });
}

/** A tier's name. */
export const tierName = (id, locale) => rules.tiers.find((tier) => tier.id === id).name[locale];
/** The spend at which it begins. */
export const threshold = (id) => rules.tiers.find((tier) => tier.id === id).threshold;
