// The engine of iOS: sign in and home.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api } from '../lib/api.mjs';
import { unit } from '../lib/gifts.mjs';
import { startServer } from '../lib/server.mjs';
import { bearer } from '../lib/signin.mjs';
import { cast, credentials } from '../lib/staff.mjs';
import { say } from '../lib/words.mjs';
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

test('WebKit: she reserves a gift, the counter puts it aside, and her pass turns green', async (t) => {
  const server = await startServer({ t, env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  const { members, staff } = await server.accounts();
  const account = members[1];
  const hers = api(server, await bearer(server, account.phone));
  const place = await unit(hers, 'travel-duo', 'shanghai-qixia', 0, 'en');
  const browser = await webkit(t);
  await browser.open(`${server.origin}/sign-in?back=/gifts/${place.gift.id}`);
  await browser.find('html[data-ready]');
  await browser.type('input[autocomplete="tel"]', account.phone);
  await browser.click('form button[type="submit"]');
  await browser.type('input[autocomplete="one-time-code"]', await server.code(account.phone));
  await browser.waitForText('main h1', new RegExp(place.words.gift));
  await browser.find('main label');
  // Its own script, because radio buttons are drawn by their labels: a click on the label chooses.
  const choose = (words) => browser.run('[...document.querySelectorAll("main label")].find((label) => label.textContent.includes(arguments[0])).click()', words);
  await choose(place.words.variant);
  await choose(place.words.counter);
  await browser.waitForText('main form button[type="submit"], main .bar button', new RegExp(place.words.counter));
  await browser.run('[...document.querySelectorAll("main button")].find((button) => button.textContent.includes(arguments[0])).click()', place.words.counter);
  await browser.waitForText('main h1', new RegExp(say('en')('reservation.held_title')));
  const [made] = (await hers.get('/reservations')).items;
  assert.deepEqual([made.state, made.counter.id], ['held', place.counter.id]);

  // The same browser at the counter: another world, another session.
  const typed = await credentials(server, cast(staff).clerk);
  await browser.open(`${server.origin}/staff/sign-in?back=/staff/reservations/${made.id}`);
  await browser.find('html[data-ready]');
  await browser.type('input[autocomplete="username"]', typed.user);
  await browser.type('input[autocomplete="current-password"]', typed.password);
  await browser.type('input[autocomplete="one-time-code"]', typed.totp);
  await browser.type('form.typed input', place.variant.barcode);
  await browser.click('form.typed button[type="submit"], form.typed button');
  await browser.find('.notice.good');
  assert.equal((await hers.get(`/reservations/${made.id}`)).state, 'ready');
  await browser.open(`${server.origin}/reservations/${made.id}/pass`);
  await browser.find('main svg[role="img"]');
});
