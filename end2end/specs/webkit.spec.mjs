// The engine of iOS: sign in and home.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../lib/server.mjs';
import { webkit } from '../lib/webkit.mjs';
import { figuresOf } from '../oracle/demo.mjs';
import { points } from '../oracle/wording.mjs';

test('WebKit: a member signs in and sees her figures', async (t) => {
  const server = await startServer({ t });
  const [, account] = (await server.accounts()).members;
  const her = figuresOf(account.customer);
  const browser = await webkit(t);
  await browser.open(`${server.origin}/`);
  await browser.find('html[data-ready]');
  await browser.type('input[autocomplete="tel"]', account.phone);
  await browser.click('form button[type="submit"]');
  await browser.type('input[autocomplete="one-time-code"]', await server.code(account.phone));
  await browser.waitForText('main h1', new RegExp(account.name));
  assert.equal(await browser.address(), `${server.origin}/`);
  const text = await browser.run('return document.querySelector("main").innerText');
  assert.ok(text.includes(points(her.available)), text);
  assert.equal(await browser.run('return document.getElementById("cover").hidden'), true);

  await browser.click('main a[href="/points"]');
  await browser.waitForText('main h1', /^(积分|Points)$/);
  await browser.find('main ol.timeline');
  const bars = await browser.run('return document.querySelectorAll("main ol.timeline li").length');
  assert.equal(bars, her.expiring.length, 'a bar for every date');
});
