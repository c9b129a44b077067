// Which tags and classes meet, as the portal's and the mini-program's markup says. Rules about others can't get in each other's way.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

const PLACES = [['src', '.rs'], ['crates/ui/src', '.rs'], ['miniprogram', '.wxml']];

/**
 * For what `rules` name: `{one(a, b), near(a, b)}`, whether both stand on one element anywhere, and whether one stands anywhere within the other: written in
 * one file, or one after the other in a selector.
 */
export async function together(root, rules) {
  const [one, near] = [new Set(), new Set()];
  const known = new Set();
  for (const { source } of rules) {
    const words = [];
    source.walk(({ type, value }) => void ((type === 'class' || type === 'tag') && words.push(value)));
    for (const word of words) known.add(word);
    pair(near, words);
  }
  const computed = { tags: new Set(), classes: new Set() };
  for (const [folder, ext] of PLACES) {
    const files = await readdir(path.join(root, folder), { recursive: true });
    for (const file of files.filter((name) => path.extname(name) === ext)) {
      const text = await readFile(path.join(root, folder, file), 'utf8');
      const lists = (ext === '.rs' ? drawn : templated)(text, computed).map((words) => words.filter((word) => known.has(word)));
      for (const words of lists) pair(one, words);
      pair(near, new Set(lists.flat()));
    }
  }
  for (const tag of computed.tags) for (const name of computed.classes) if (known.has(name)) pair(one, [tag, name]);
  const asks = (pairs) => (here, there) => here === there || pairs.has(`${here} ${there}`);
  return { one: asks(one), near: asks(near) };
}

function pair(pairs, words) {
  for (const here of words) for (const there of words) pairs.add(`${here} ${there}`);
}

const WORD = /[a-z][a-z0-9-]*/g;
const words = (text) => text.match(WORD) ?? [];

/** In Rust: an element's tag with its classes. Where they are computed, they can be any list that stands by itself. */
function drawn(text, computed) {
  const found = [];
  for (const [, tag, list] of text.matchAll(/<([a-z][a-z0-9]*)\s(?:[^<]*?\s)?class=(?:"([^"]*)"|\w)/g)) {
    if (list === undefined) computed.tags.add(tag);
    else found.push([tag, ...words(list)]);
  }
  for (const [, list] of text.matchAll(/(?<!=)"([a-z][a-z0-9-]*(?: [a-z][a-z0-9-]*)*)"/g)) {
    found.push(words(list));
    for (const word of words(list)) computed.classes.add(word);
  }
  return found;
}

/** In a template: a view's classes, its tag among them. */
const templated = (text) => [...text.matchAll(/\sclass="([^"]*)"/g)].map(([, list]) => words(list));
