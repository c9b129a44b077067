// Whether a package is whole: every page, component, script and picture that is named is there.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The limits of WeChat, in bytes: of the main package and of each subpackage, and of all together when a service provider uploads. */
export const ONE = 2 * 1024 * 1024;
export const ALL = 20 * 1024 * 1024;

const resolve = (from, wanted) => path.posix.normalize(wanted.startsWith('/') ? wanted.slice(1) : path.posix.join(path.posix.dirname(from), wanted));

/** The files, and those of the brand's that they show from the package. Throws a list of all that is named and is not there. */
export function complete(root, made) {
  const all = new Map(made);
  const missing = [];
  const need = (who, name) => {
    if (all.has(name)) return;
    const file = path.join(root, 'public', name);
    if (name.startsWith('brand/') && existsSync(file)) all.set(name, readFileSync(file));
    else missing.push(`${who}: there is no ${name}`);
  };
  for (const page of pages(JSON.parse(made.get('app.json')))) for (const kind of ['js', 'wxml', 'json']) need('app.json', `${page}.${kind}`);
  for (const [name, contents] of made) {
    for (const wanted of named(name, contents.toString())) need(name, wanted);
  }
  const heavy = Object.entries(weights(all)).filter(([part, bytes]) => bytes > (part === 'all' ? ALL : ONE));
  missing.push(...heavy.map(([part, bytes]) => `${part === '' ? 'the main package' : part} has ${bytes} bytes: too heavy for WeChat`));
  if (missing.length > 0) throw new Error([...new Set(missing)].join('\n'));
  return all;
}

/** Pages of an app.json, by path without ending. */
export const pages = (app) => [...app.pages, ...app.subpackages.flatMap(({ root, pages: inside }) => inside.map((page) => `${root}/${page}`))];

/** Bytes by subpackage, the main package's under the empty name, the sum under `all`. */
export function weights(files) {
  const roots = JSON.parse(files.get('app.json').toString()).subpackages.map(({ root }) => root);
  const bytes = { '': 0, ...Object.fromEntries(roots.map((each) => [each, 0])), all: 0 };
  for (const [name, contents] of files) {
    const part = roots.find((each) => name.startsWith(`${each}/`)) ?? '';
    bytes[part] += Buffer.byteLength(contents);
    bytes.all += Buffer.byteLength(contents);
  }
  return bytes;
}

/** What a file of the package wants from the package. */
function named(name, text) {
  const found = [];
  if (name.endsWith('.js')) {
    for (const [, wanted] of text.matchAll(/\brequire\("([^"]+)"\)/g)) found.push(`${resolve(name, wanted)}.js`);
    for (const [, wanted] of text.matchAll(/['"](\/[\w./-]+\.(?:wasm|wasm\.br|png|svg|jpg))['"]/g)) found.push(resolve(name, wanted));
  } else if (name.endsWith('.wxml')) {
    for (const [, wanted] of text.matchAll(/<(?:import|include)\s[^>]*?\bsrc="([^"]+)"/g)) found.push(resolve(name, wanted).replace(/(\.wxml)?$/, '.wxml'));
    // A picture from the package; those of the server begin with a mark.
    for (const [, wanted] of text.matchAll(/<image\s[^>]*?\bsrc="([^"{]+)"/g)) found.push(resolve(name, wanted));
  } else if (name.endsWith('.json')) {
    const { usingComponents = {}, tabBar, themeLocation, sitemapLocation } = JSON.parse(text);
    for (const wanted of Object.values(usingComponents)) found.push(...['js', 'wxml', 'json'].map((kind) => `${resolve(name, wanted)}.${kind}`));
    if (tabBar?.custom) found.push(...['js', 'wxml', 'json'].map((kind) => `custom-tab-bar/index.${kind}`));
    for (const wanted of [themeLocation, sitemapLocation]) if (wanted) found.push(wanted);
  }
  return found;
}
