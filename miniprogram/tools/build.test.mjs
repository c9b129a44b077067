// What is built is whole, and what is wrong with a brand or a source stops the build.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { files, write } from './build.mjs';
import { readBrand, unset } from './build/brand.mjs';
import { ONE, complete, weights } from './build/complete.mjs';
import { fill } from './build/fill.mjs';
import { kinds, script } from './build/sources.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const core = Buffer.from('core');
const whole = await files(core, {});

test('the app’s id and the server’s address come from the environment, or else from the brand', async () => {
  const environment = { SHOUYUE_MINIPROGRAM_APP_ID: 'wx0123456789abcdef', SHOUYUE_MINIPROGRAM_ORIGIN: 'https://members.example.com/' };
  const { appId, origin, names } = await readBrand(root, environment);
  assert.deepEqual([appId, origin], ['wx0123456789abcdef', 'https://members.example.com']);
  assert.ok(names.en && names['zh-CN']);
  assert.deepEqual({ ...(await readBrand(root, {})), names }, { appId: 'touristappid', origin: '', names });
  const built = await files(core, environment);
  assert.equal(JSON.parse(built.get('project.config.json')).appid, appId);
  assert.match(built.get('config.js'), /"origin": "https:\/\/members\.example\.com"/);
});

for (const [what, environment] of Object.entries({
  'an id that is none': { SHOUYUE_MINIPROGRAM_APP_ID: 'wx123' },
  'an address without encryption': { SHOUYUE_MINIPROGRAM_ORIGIN: 'http://members.example.com' },
  'an address with a path': { SHOUYUE_MINIPROGRAM_ORIGIN: 'https://members.example.com/api' },
  'a host alone': { SHOUYUE_MINIPROGRAM_ORIGIN: 'members.example.com' },
})) test(`refused: ${what}`, () => assert.rejects(readBrand(root, environment)));

test('the developer’s own machine may be named without encryption', async () => {
  assert.equal((await readBrand(root, { SHOUYUE_MINIPROGRAM_ORIGIN: 'http://127.0.0.1:8080' })).origin, 'http://127.0.0.1:8080');
});

test('what is not set is said, a line each', () => {
  const [origin, appId] = ['https://members.example.com', 'wx0123456789abcdef'];
  assert.deepEqual(unset({ origin, appId }), []);
  for (const [brand, said] of [[{ origin: '', appId }, /^no origin .*can reach no server/], [{ origin, appId: 'touristappid' }, /^no app id .*can’t be uploaded/]]) {
    const lines = unset(brand);
    assert.equal(lines.length, 1);
    assert.match(lines[0], said);
    assert.doesNotMatch(lines[0], /\n/);
  }
});

/** The built files, with something changed. */
function changed(change) {
  const built = new Map(whole);
  change(built);
  return () => complete(root, built);
}

test('a page of app.json without files stops the build', () => {
  for (const kind of ['js', 'wxml', 'json']) assert.throws(changed((built) => built.delete(`reserve/pass/pass.${kind}`)), new RegExp(`there is no reserve/pass/pass\\.${kind}`));
});
test('so does what a script, a template or a configuration names and nobody has', () => {
  assert.throws(changed((built) => built.delete('core/text.js')), /core\/index\.js: there is no core\/text\.js/);
  assert.throws(changed((built) => built.delete('core/core.wasm.br')), /there is no core\/core\.wasm\.br/);
  assert.throws(changed((built) => built.delete('templates/words.wxml')), /there is no templates\/words\.wxml/);
  assert.throws(changed((built) => built.delete('theme.json')), /there is no theme\.json/);
  assert.throws(changed((built) => built.delete('custom-tab-bar/index.js')), /there is no custom-tab-bar\/index\.js/);
});
test('a picture of the brand that is shown from the package is in it', () => {
  const made = changed((built) => built.set('pages/me/me.wxml', '<image src="/brand/logo.svg" />'));
  assert.ok(made().has('brand/logo.svg'));
  assert.throws(changed((built) => built.set('pages/me/me.wxml', '<image src="/brand/nothing.svg" />')), /there is no brand\/nothing\.svg/);
});
test('a package that is too heavy for WeChat stops the build', () => {
  assert.throws(changed((built) => built.set('reserve/heavy.json', `"${'x'.repeat(ONE)}"`)), /reserve has \d+ bytes/);
  const parts = weights(whole);
  assert.equal(parts[''] + parts.account + parts.reserve, parts.all);
});

test('configuration takes its words from the catalogue, and only words that are there', () => {
  const brand = { names: { 'zh-CN': '"晨"' }, appId: 'touristappid' };
  assert.deepEqual(JSON.parse(fill(root, 'a.json', '{"a": "{{brand}}", "b": "{{chrome.home}}"}', brand)), { a: '"晨"', b: '首页' });
  assert.throws(() => fill(root, 'a.json', '{"a": "{{chrome.nothing}}"}', brand), /chrome\.nothing/);
  assert.throws(() => fill(root, 'a.json', '{"a": "{{chrome.share_gift}}"}', brand), /chrome\.share_gift/, 'something is to be put in');
  assert.throws(() => fill(root, 'a.json', '{"a": }', brand), /miniprogram\/a\.json/);
});

test('a file that has no place in the package stops the build', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'shouyue-sources-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(path.join(folder, 'a.wxml'), '');
  assert.deepEqual((await kinds(folder)).map(({ name, kind }) => [name, kind]), [['a.wxml', 'template']]);
  for (const name of ['a.wxss', 'a.wxs', 'a.js']) {
    await writeFile(path.join(folder, name), '');
    await assert.rejects(kinds(folder), new RegExp(name));
    await rm(path.join(folder, name));
  }
});

test('the folder holds what is built, what the developer tools keep there, and nothing else; what has not changed is not touched', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'shouyue-out-'));
  t.after(() => rm(folder, { recursive: true }));
  await write(folder, new Map([['app.json', '{}'], ['a/b.js', '1'], ['gone/c.js', '1']]));
  await utimes(path.join(folder, 'app.json'), 1, 1);
  await writeFile(path.join(folder, 'project.private.config.json'), '{}');
  await write(folder, new Map([['app.json', '{}'], ['a/b.js', '2']]));
  const left = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);
  assert.deepEqual(left.sort(), ['app.json', 'b.js', 'project.private.config.json']);
  assert.equal(await readFile(path.join(folder, 'a/b.js'), 'utf8'), '2');
  assert.equal((await stat(path.join(folder, 'app.json'))).mtimeMs, 1000);
});

test('scripts are compiled for engines of 2018; types alone make none', () => {
  const code = script('a.ts', "import type { A } from './a';\nimport { b } from './b';\nexport const c = (a: A) => a?.d ?? b; // why\n");
  assert.match(code, /require\("\.\/b"\)/);
  assert.doesNotMatch(code, /\?\?|\?\.|why|\.\/a"/);
  assert.equal(script('a.ts', "import type { A } from './a';\nexport interface B { a: A }\nexport type C = B | null;\n"), undefined);
  assert.throws(() => script('a.ts', 'const = 1;'), /miniprogram\/a\.ts/);
});
