// The package as it is uploaded: what WeChat and old phones ask of it, and a core that nothing can bring down.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { Linter } from 'eslint';
import { readPackage, resolve, rootOf } from '../miniprogram/package.mjs';
import * as place from '../lib/place.mjs';
import { sections } from '../lib/wasm-mvp.mjs';
import { words } from '../lib/words.mjs';

/** Of WeChat, in bytes: of one package, and of all together when a service provider uploads them. */
const ONE = 2 * 1024 * 1024;
const ALL = 20 * 1024 * 1024;
const CORE = 300_000;

const folder = path.join(place.root, 'dist-miniprogram');
const app = readPackage(folder);
const own = app.names.filter((name) => name !== 'project.private.config.json');
const packed = app.bytes('core/core.wasm.br');
const wasm = brotliDecompressSync(packed);
const scripts = own.filter((name) => name.endsWith('.js'));

/** Whether the optimiser takes a module that may use nothing but the first WebAssembly. */
function isMvp(t, bytes) {
  const working = mkdtempSync(path.join(tmpdir(), 'shouyue-mvp-'));
  t.after(() => rmSync(working, { recursive: true, force: true }));
  writeFileSync(path.join(working, 'm.wasm'), bytes);
  return spawnSync(path.join(place.root, 'node_modules/.bin/wasm-opt'), ['--mvp-features', 'm.wasm', '-o', 'o.wasm'], { cwd: working }).status === 0;
}

/** A module with one function from i32 to i32. */
const tiny = (...body) => Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f, 3, 2, 1, 0, 10, body.length + 4, 1, body.length + 2, 0, ...body, 0x0b]);
const bytesOf = (names) => names.reduce((sum, name) => sum + app.bytes(name).length, 0);

test('the core: at most 300 KB as it is loaded', (t) => {
  t.diagnostic(`core.wasm: ${wasm.length} bytes, ${packed.length} packed`);
  assert.ok(packed.length <= CORE, `${packed.length} bytes`);
});

test('the core: nothing imported; its memory and three functions exported, and no Global', () => {
  const { imports, exports } = sections(wasm);
  assert.equal(imports, 0);
  const sorted = exports.map(({ name, kind }) => `${kind} ${name}`).sort();
  assert.deepEqual(sorted, ['function core_alloc', 'function core_call', 'function core_free', 'memory memory']);
});

test('the core: WebAssembly as it first was, and nothing for tools', (t) => {
  assert.deepEqual(sections(wasm).later, []);
  assert.ok(isMvp(t, wasm));
});

test('a module of later features would be noticed', (t) => {
  const [LOCAL_0, EXTEND_8, CLZ] = [[0x20, 0], 0xc0, 0x67];
  assert.equal(isMvp(t, tiny(...LOCAL_0, CLZ)), true);
  assert.equal(isMvp(t, tiny(...LOCAL_0, EXTEND_8)), false, 'sign extension');
  const tabled = (type) => Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 4, 4, 1, type, 0, 1, 6, 6, 1, 0x7f, 0, 0x41, 0, 0x0b, 7, 5, 1, 1, 0x67, 3, 0]);
  assert.deepEqual(sections(tabled(0x6f)).later, ['a table of foreign values']);
  assert.deepEqual(sections(tabled(0x70)), { imports: 0, exports: [{ name: 'g', kind: 'global' }], later: [] });
});

test('within WeChat’s limits', (t) => {
  for (const root of ['', ...app.roots]) {
    const bytes = bytesOf(own.filter((name) => rootOf(app.roots, name) === root));
    t.diagnostic(`${root || 'main package'}: ${bytes} bytes`);
    assert.ok(bytes <= ONE, `${root}: ${bytes}`);
  }
  t.diagnostic(`all: ${bytesOf(own)} bytes`);
  assert.ok(bytesOf(own) <= ALL);
});

test('nothing in it that is not for members', () => {
  const kinds = new Set(own.map((name) => path.extname(name)));
  assert.deepEqual([...kinds].filter((kind) => !['.js', '.json', '.wxml', '.wxss', '.br', '.svg', '.png', '.jpg'].includes(kind)), []);
  assert.deepEqual(own.filter((name) => /(^|\/)(tools|tests?|node_modules)\/|\.(test|spec)\.|tsconfig|eslint|stylelint|PRIVACY/.test(name)), []);
  for (const name of own) {
    const text = name.endsWith('.br') ? wasm.toString('latin1') : app.text(name);
    assert.doesNotMatch(text, /sourceMappingURL|app_?secret|PRIVATE KEY|file:\/\/|(?<![\w.])\/(home|root|Users)\/|\.cargo\/|localhost|127\.0\.0\.1/i, name);
    assert.ok(!text.includes(place.root), `${name} names this machine’s folder`);
  }
});

test('every script is one that engines of 2018 can read, and asks only for what it may', () => {
  const linter = new Linter();
  for (const name of scripts) {
    const wrong = linter.verify(app.text(name), { languageOptions: { ecmaVersion: 2018, sourceType: 'script' } });
    assert.deepEqual(wrong.map(({ line, message }) => `${line}: ${message}`), [], name);
    for (const [, wanted] of app.text(name).matchAll(/\brequire\("([^"]+)"\)/g)) {
      const target = `${resolve(name, wanted)}.js`;
      assert.ok(app.known.has(target), `${name}: ${wanted}`);
      assert.ok(['', rootOf(app.roots, name)].includes(rootOf(app.roots, target)), `${name} is in another subpackage than ${target}`);
    }
  }
  assert.notDeepEqual(linter.verify('const a = b?.c;', { languageOptions: { ecmaVersion: 2018, sourceType: 'script' } }), [], 'a later script would be noticed');
});

test('every page, component, tab and address in the package is there', () => {
  // Pages and components were asked for by `readPackage`.
  assert.equal(app.pages.length, 17);
  const { tabBar, themeLocation, sitemapLocation, preloadRule } = app.config;
  for (const name of [themeLocation, sitemapLocation]) assert.ok(app.known.has(name), name);
  for (const [page, { packages }] of Object.entries(preloadRule)) {
    assert.ok(app.pages.includes(page), page);
    for (const name of packages) assert.ok(app.config.subpackages.some((each) => each.name === name), name);
  }
  assert.equal(tabBar.list.length, 4);
  const wanted = own.filter((name) => /\.(js|wxml|wxss)$/.test(name)).flatMap((name) => [...app.text(name).matchAll(/["'(](\/[\w./-]+\.(?:br|wasm|svg|png|jpg|js|wxml))["')]/g)].map(([, file]) => [name, file]));
  assert.ok(wanted.some(([, file]) => file === '/core/core.wasm.br'), 'the core is asked for');
  for (const [name, file] of wanted) assert.ok(app.known.has(file.slice(1)), `${name}: ${file}`);
});

test('what WeChat shows by itself is worded by the catalogue and coloured by the theme', () => {
  const { tabBar, permission, window } = app.config;
  assert.deepEqual(tabBar.list.map(({ text }) => text), ['home', 'gifts', 'reservations', 'me'].map((key) => words(`chrome.${key}`)));
  const { desc } = permission['scope.userFuzzyLocation'];
  assert.equal(desc, words('wechat.why_position'));
  assert.ok([...desc].length <= 30, 'WeChat takes 30 characters');
  const theme = JSON.parse(app.text('theme.json'));
  for (const value of [...Object.values(window), ...Object.values(tabBar)].filter((one) => typeof one === 'string' && one.startsWith('@')))
    for (const mode of ['light', 'dark']) assert.ok(theme[mode][value.slice(1)], `${value} in ${mode}`);
  assert.ok(own.filter((name) => name.endsWith('.json')).every((name) => !app.text(name).includes('{{')), 'no mark is left');
});

test('nothing of hers is indexed, privacy is asked about, and no file is left out of an upload', () => {
  assert.deepEqual(JSON.parse(app.text('sitemap.json')).rules, [{ action: 'disallow', page: '*' }]);
  const { config } = app;
  assert.equal(config.__usePrivacyCheck__, true);
  assert.deepEqual(config.requiredPrivateInfos, ['getFuzzyLocation']);
  const project = JSON.parse(app.text('project.config.json'));
  assert.equal(project.miniprogramRoot, './');
  // The core is named in a text alone, so WeChat's search for unused files would take it away.
  assert.equal(project.setting.ignoreUploadUnusedFiles, false);
  // What is uploaded is what was tested: nothing is translated, prefixed or minified on the way, least of all the empty values that the style's toggles are made of.
  for (const change of ['es6', 'enhance', 'postcss', 'minified', 'minifyWXML', 'minifyWXSS', 'uploadWithSourceMap']) assert.equal(project.setting[change], false, change);
  const { origin, brand } = configured(readFileSync(path.join(folder, 'config.js'), 'utf8'));
  assert.equal(typeof origin, 'string');
  assert.deepEqual(Object.keys(brand).sort(), ['en', 'zh-CN']);
});

/** What a generated module of the package exports. */
function configured(source) {
  const module = { exports: {} };
  new Function('module', source)(module);
  return module.exports;
}
