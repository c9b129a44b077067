// Makes the folder that WeChat's developer tools open and upload: `node miniprogram/tools/build.mjs OUT CORE.wasm.br`. Without arguments it says what is
// not set yet, and makes nothing.
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBrand, unset } from './build/brand.mjs';
import { complete } from './build/complete.mjs';
import { failed, fill } from './build/fill.mjs';
import { kinds, script } from './build/sources.mjs';
import { style } from './style.mjs';

const home = fileURLToPath(new URL('../..', import.meta.url));
/** What the developer tools keep in the folder for themselves. */
const THEIRS = 'project.private.config.json';

/** Of the style, what no page reads. */
const FOR_TESTS = 'theme-colours.json';

/** The folder's files by name: `{'app.json': '…', …}`. `core` is the core, packed; `root` holds `miniprogram/`, `locales/`, `style/` and `public/brand/`. Throws a list of all that is missing. */
export async function files(core, environment = process.env, root = home) {
  const brand = await readBrand(root, environment);
  const made = new Map();
  for (const { name, kind, text } of await kinds(path.join(root, 'miniprogram'))) {
    if (kind === 'script') compiled(made, name, script(name, text));
    if (kind === 'json') made.set(name, fill(root, name, text, brand));
    if (kind === 'template') made.set(name, text);
  }
  for (const [name, text] of Object.entries(await style(root))) if (name !== FOR_TESTS) made.set(name, text);
  made.set('core/core.wasm.br', core);
  made.set('config.js', `module.exports = ${JSON.stringify({ origin: brand.origin, brand: brand.names, failed: failed(root) }, null, 2)};\n`);
  return complete(root, made);
}

function compiled(made, name, code) {
  if (code !== undefined) made.set(name.replace(/\.ts$/, '.js'), code);
}

/** Makes `folder` hold these files and no others. The developer tools may have it open: only what has changed is touched. */
export async function write(folder, made) {
  await mkdir(folder, { recursive: true });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const there = entries.filter((entry) => entry.isFile()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  for (const name of there) if (!made.has(name.split(path.sep).join('/')) && name !== THEIRS) await rm(path.join(folder, name));
  for (const [name, contents] of made) {
    const file = path.join(folder, name);
    const bytes = Buffer.from(contents);
    if (there.includes(path.normalize(name)) && bytes.equals(await readFile(file))) continue;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, core] = process.argv.slice(2);
  try {
    if (folder !== undefined) await write(folder, await files(await readFile(core)));
    for (const each of unset(await readBrand(home, process.env))) console.log(each);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
