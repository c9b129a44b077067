// No word, no arithmetic and no rule outside the core: `node miniprogram/tools/lint/words.mjs` says what it finds.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ALLOWED } from './allowed.mjs';
import { HAN, problem, sentence } from './problem.mjs';
import { scripts } from './scripts.mjs';
import { templates } from './templates.mjs';

/** `[{file, line?, column?, message}]` of all of a mini-program's sources: `{'pages/home/home.wxml': '…'}`. */
export function words(sources, allowed = ALLOWED) {
  const found = [];
  const needed = new Set();
  for (const [file, source] of Object.entries(sources)) {
    if (file.endsWith('.wxs')) found.push({ file, message: 'there is nothing for a script of templates to do' });
    if (file.endsWith('.wxml')) found.push(...templates(file, source));
    if (file.endsWith('.json') && HAN.test(source)) found.push(problem(file, source, source.search(HAN), 'a word; configuration takes words from the catalogue: {{chrome.home}}'));
    if (!file.endsWith('.ts') || file.endsWith('.d.ts')) continue;
    for (const each of scripts(file, source)) {
      const key = [each.text, '*'].find((text) => allowed[file]?.[text] !== undefined);
      if (key === undefined) found.push(each);
      else needed.add(`${file} ${key}`);
    }
  }
  for (const [file, texts] of Object.entries(allowed))
    for (const text of Object.keys(texts)) if (!needed.has(`${file} ${text}`)) found.push({ file, message: `nothing needs to be allowed any more: ${text}` });
  return found;
}

/** All sources of the mini-program by name. */
export async function read(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  const sources = names.filter((name) => !name.startsWith('tools/') && name !== 'tsconfig.json' && /\.(ts|wxml|wxs|json)$/.test(name)).sort();
  return Object.fromEntries(await Promise.all(sources.map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')])));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = words(await read(fileURLToPath(new URL('../..', import.meta.url))));
  for (const each of found) console.error(sentence(each));
  process.exitCode = found.length > 0 ? 1 : 0;
}
