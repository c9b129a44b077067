// What stands in configuration files in double braces: words from the catalogue, in Chinese, because WeChat shows them before our first page has come.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';

const LOCALES = ['zh-CN', 'en'];
const [FIRST] = LOCALES;

/** A JSON file with its marks filled in: `{{brand}}`, `{{app_id}}`, or a key of the catalogue such as `{{chrome.home}}`. */
export function fill(root, name, text, brand) {
  const all = words(root, FIRST);
  const known = { brand: brand.names[FIRST], app_id: brand.appId };
  const filled = text.replaceAll(/\{\{([\w.]+)\}\}/g, (_, key) => {
    const word = known[key] ?? all(key);
    // Within quotes already.
    return JSON.stringify(word).slice(1, -1);
  });
  try {
    JSON.parse(filled);
  } catch (error) {
    throw new Error(`miniprogram/${name}: ${error.message}`, { cause: error });
  }
  return filled;
}

/** What is said if the core itself can't be loaded, by language. */
export const failed = (root) =>
  Object.fromEntries(
    LOCALES.map((locale) => {
      const all = words(root, locale);
      return [locale, { title: all('trouble.crashed_title'), detail: all('trouble.crashed_detail'), retry: all('trouble.reload') }];
    }),
  );

/** The catalogue of a language: `words(root, 'zh-CN')('chrome.home')`. Throws for a key that it has not, or one that wants something put in. */
export function words(root, locale) {
  const folder = path.join(root, 'locales', locale);
  const catalogue = Object.assign({}, ...readdirSync(folder).map((file) => parse(readFileSync(path.join(folder, file), 'utf8'))));
  return (key) => {
    const [table, name] = key.split('.');
    const word = catalogue[table]?.[name];
    if (typeof word !== 'string' || word.includes('{')) throw new Error(`the catalogue has no plain words for ${key}`);
    return word;
  };
}
