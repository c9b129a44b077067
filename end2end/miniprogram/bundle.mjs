// Makes of a built mini-program what Chromium can run: templates compiled, styles translated, and the harness beside them.
// By hand: node end2end/miniprogram/bundle.mjs dist-miniprogram target/mini
import { createRequire } from 'node:module';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { readPackage, resolve, rootOf } from './package.mjs';
import { wxss } from './wxss.mjs';

const { TmplGroup } = createRequire(import.meta.url)('glass-easel-template-compiler');
const here = path.dirname(fileURLToPath(import.meta.url));
const ASSET = /\.(wasm|wasm\.br|png|jpe?g|gif|svg|webp|ttf)$/;
const PAGE = `<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>…</title><link rel="stylesheet" href="glass.css"><link rel="icon" href="data:,"></head>
<body><div id="mini-bar" role="banner"></div><div id="mini-glass"><div id="mini-stage"></div><div id="mini-panels"></div></div>
<script src="app-data.js"></script><script src="runtime.js"></script></body></html>
`;

/** Bundles the mini-program in `appFolder` into `outFolder`. Throws a list of everything that WeChat's compilers would find. */
export async function bundle(appFolder, outFolder) {
  const app = readPackage(appFolder);
  const templates = compileTemplates(app);
  const styles = translateStyles(app);
  const js = Object.fromEntries(app.names.filter((name) => name.endsWith('.js')).map((name) => [name, app.text(name)]));
  const { configs: json, pages, roots, components } = app;
  await rm(outFolder, { recursive: true, force: true });
  await mkdir(outFolder, { recursive: true });
  await writeFile(path.join(outFolder, 'app-data.js'), `window.__miniApp = ${JSON.stringify({ js, json, styles, pages, roots, components })};\nwindow.__miniApp.templates = ${templates};\n`);
  await writeFile(path.join(outFolder, 'index.html'), PAGE);
  for (const name of app.names.filter((file) => ASSET.test(file))) {
    const target = path.join(outFolder, 'app', name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, app.bytes(name));
  }
  await esbuild.build({
    entryPoints: { runtime: path.join(here, 'runtime/index.js'), glass: path.join(here, 'runtime/glass.css') },
    outdir: outFolder,
    bundle: true,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
}

/** The source text of an object: what each template draws, by its path without ending. */
export function compileTemplates(app) {
  const group = new TmplGroup();
  const found = [];
  const sources = new Map(app.names.filter((name) => name.endsWith('.wxml')).map((name) => [name.slice(0, -'.wxml'.length), app.text(name)]));
  for (const [name, source] of sources) {
    for (const { message, startLine, startColumn } of group.addTmpl(name, source)) found.push(`${name}.wxml:${startLine + 1}:${startColumn + 1}: ${message}`);
  }
  for (const name of app.names.filter((file) => file.endsWith('.wxs'))) group.addScript(name.slice(0, -'.wxs'.length), app.text(name));
  for (const name of sources.keys()) {
    for (const needed of group.getDirectDependencies(name)) {
      const root = rootOf(app.roots, needed);
      if (!sources.has(needed)) found.push(`${name}.wxml: there is no ${needed}.wxml`);
      else if (root !== '' && root !== rootOf(app.roots, name)) found.push(`${name}.wxml: ${needed}.wxml is in another subpackage`);
    }
    found.push(...unknownTemplates(name, sources));
  }
  if (found.length > 0) throw new Error(`WXML:\n${found.join('\n')}`);
  return group.getTmplGenObjectGroups();
}

/** Templates called by a name that nobody gives: the compiler lets them pass, and WeChat draws nothing. */
function unknownTemplates(name, sources) {
  const given = new Set();
  const collect = (text) => { for (const [, template] of text.matchAll(/<template\s[^>]*?\bname="([^"]+)"/g)) given.add(template); };
  const source = sources.get(name);
  collect(source);
  for (const [, , wanted] of source.matchAll(/<(import|include)\s[^>]*?\bsrc="([^"]+)"/g)) collect(sources.get(resolve(name, wanted).replace(/\.wxml$/, '')) ?? '');
  return [...source.matchAll(/<template\s[^>]*?\bis="([^"{]+)"/g)]
    .filter(([, called]) => !given.has(called))
    .map(({ index, 1: called }) => {
      const before = source.slice(0, index).split('\n');
      return `${name}.wxml:${before.length}:${before.at(-1).length + 1}: there is no template ${called}`;
    });
}

// Styles of a component reach nobody else's elements. Its classes are given this name before theirs.
const scopeOf = (unit) => unit.replaceAll('/', '-');

function translateStyles(app) {
  const read = Object.assign((name) => app.text(name), { resolve });
  const styles = {};
  const own = new Set([app.config, ...Object.values(app.configs)].flatMap(({ usingComponents }) => Object.keys(usingComponents ?? {})));
  for (const unit of ['app', ...app.pages, ...app.components]) {
    if (!app.known.has(`${unit}.wxss`)) continue;
    const isolated = app.components.includes(unit) && !['shared', 'page-shared'].includes(app.configs[`${unit}.json`].styleIsolation);
    styles[unit] = wxss(app.text(`${unit}.wxss`), { file: `${unit}.wxss`, read, own, ...(isolated && { scope: scopeOf(unit) }) });
  }
  return styles;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle(...process.argv.slice(2));
