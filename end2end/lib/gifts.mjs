// The demo's gifts and counters, found by what they are called in the files of data/demo.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { root } from './place.mjs';
import { tapLabel } from './taps.mjs';
import { words } from './words.mjs';

const file = (name) => parse(readFileSync(path.join(root, 'data/demo', `${name}.toml`), 'utf8'));
const gifts = file('gifts').gift;
const counters = file('counters').counter;
/** Units at first, by counter and gift: one number a variant. */
export const stock = file('stock');

/**
 * A variant of a gift at a counter, by their keys and the variant's place in the file: `{gift, variant, counter, words}`, the first three with their ids,
 * `words` with what a member reads in `locale`. `api` is anybody's who may read gifts.
 */
export async function unit(api, giftKey, counterKey, which = 0, locale = 'zh-CN') {
  const known = gifts.find(({ key }) => key === giftKey);
  const place = counters.find(({ key }) => key === counterKey);
  const listed = (await api.get('/gifts?limit=100')).items.find(({ picture }) => picture.endsWith(`/${giftKey}.svg`));
  const gift = await api.get(`/gifts/${listed.id}`);
  const variant = gift.variants.find(({ barcode }) => barcode === known.variants[which].barcode);
  const found = gift.counters.find(({ counter }) => counter.name === place['zh-CN'].name);
  return {
    gift,
    variant,
    counter: found.counter,
    free: found.stock.find(({ variant_id: id }) => id === variant.id).free,
    other: gift.variants.find(({ id }) => id !== variant.id),
    words: { gift: known[locale].name, variant: known.variants[which].label[locale], counter: place[locale].name, other: known.variants.find((one, index) => index !== which).label[locale] },
  };
}

/** A hold, made by a program. */
export async function hold(api, { variant, counter }) {
  const made = await api.post('/reservations', { variant_id: variant.id, counter_id: counter.id });
  assert.equal(made.state, 'held');
  return made;
}

/** Her pass is shown, the unit is scanned, and it is hers: what the counter does, by a program. */
export async function handOver(clerk, hers, id, barcode) {
  const { code } = await hers.get(`/reservations/${id}/pass`);
  const shown = await clerk.post('/staff/pickups/lookup', { code });
  assert.equal(shown.id, id);
  return clerk.post(`/staff/pickups/${id}/collect`, { barcode });
}

/** Points as the server counts them: `{available, held, pending}`. */
export const pointsOf = async (api) => (await api.get('/me/overview')).points;

/** Ends whatever is still open of hers, so that the next story begins with free hands. */
export async function letGo(api) {
  const { items } = await api.get('/reservations?limit=100');
  for (const { id, state } of items) if (state === 'held' || state === 'ready') await api.delete(`/reservations/${id}`);
}

/** The one choice of a group whose name begins so. */
export const choice = (page, name) => page.getByRole('radio', { name: new RegExp(`^${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`) });

/** On a gift's page: its variant and counter, by their words. */
export async function chooseUnit(page, { variant, counter }) {
  await tapLabel(choice(page, variant));
  await tapLabel(choice(page, counter));
}

/** On a gift's page: what reserves at this counter. */
export const reserveButton = (page, { counter }) => page.getByRole('button', { name: words('gift.reserve', { counter }), exact: true });
