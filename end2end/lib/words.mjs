// The portal's words, from the same catalogue the portal is built with: a spec names what it means, and stays true when a sentence is worded better.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { root } from './place.mjs';

const catalogues = new Map();

/**
 * `say('zh-CN')('home.held', {points: '300'})`; `count` chooses between one and many. Throws for a key that does not exist. Spaces that hold a number and its unit
 * together are given as plain ones, as locators and specs see them.
 */
export function say(locale) {
  if (!catalogues.has(locale)) catalogues.set(locale, read(path.join(root, 'locales', locale)));
  const catalogue = catalogues.get(locale);
  return (key, values = {}, count = undefined) => {
    const [group, name] = key.split('.');
    let text = catalogue[group]?.[name];
    if (text === undefined) throw new Error(`${locale} has no ${key}`);
    if (typeof text === 'object') text = count === 1 ? text.one : text.other;
    return text.replaceAll('\u00a0', ' ').replaceAll(/\{(\w+)\}/g, (_, placeholder) => {
      if (!(placeholder in values)) throw new Error(`${key} needs ${placeholder}`);
      return values[placeholder];
    });
  };
}

// No table stands in two files; the build of the catalogue checks that.
const read = (folder) => Object.assign({}, ...readdirSync(folder).map((file) => parse(readFileSync(path.join(folder, file), 'utf8'))));

/** In the language most specs run in. */
export const words = say('zh-CN');
