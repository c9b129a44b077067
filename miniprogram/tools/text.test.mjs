// UTF-8 and JSON of the logic layer, which has neither TextEncoder nor TextDecoder, against those of Node.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { script } from './build/sources.mjs';

const source = await readFile(new URL('../core/text.ts', import.meta.url), 'utf8');
const { decode, encode, json } = (() => {
  const exports = {};
  new Function('exports', script('core/text.ts', source))(exports);
  return exports;
})();

const HIGH = '\ud83d';
const LOW = '\ude00';
const TEXTS = ['', 'a', '\0\x7f\x80\u07ff\u0800\uffff', '积分 1,240 分', '😀'.repeat(3), '\ufeffBOM', '\u{10ffff}', `${'长😀'.repeat(5000)}x`, '\\ud83d', '"\\\\ud83d\n'];
const HALVES = [HIGH, LOW, `${LOW}${HIGH}`, `a${HIGH}b`, `${HIGH}${HIGH}${LOW}`, `${HIGH}\\ud83d`, `\\${HIGH}`];

test('bytes are those of TextEncoder', () => {
  for (const text of [...TEXTS, ...HALVES]) assert.deepEqual(encode(text), [...new TextEncoder().encode(text)]);
});

test('a text survives its bytes', () => {
  for (const text of TEXTS) assert.equal(decode(Uint8Array.from(encode(text))), text);
  // A piece that ends within a pair.
  for (let length = 4090; length < 4100; length += 1) {
    const text = `${'a'.repeat(length)}😀b`;
    assert.equal(decode(Uint8Array.from(encode(text))), text);
  }
});

test('JSON holds no half of a pair, and everything else as it is', () => {
  for (const text of TEXTS) assert.equal(json({ text }), JSON.stringify({ text }));
  for (const text of HALVES) assert.deepEqual(JSON.parse(json({ text })), { text: text.toWellFormed() });
});
