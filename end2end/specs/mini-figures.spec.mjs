// Every figure a demo member sees in the mini-program equals what the oracle makes of her purchases.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '../lib/api.mjs';
import { figuresFor, figuresOn } from '../lib/figures.mjs';
import { hold, letGo, unit } from '../lib/gifts.mjs';
import { miniOf, settled } from '../lib/mini-member.mjs';
import { startServer } from '../lib/server.mjs';
import { bearer } from '../lib/signin.mjs';
import { say } from '../lib/words.mjs';
import { figuresOf, rules } from '../oracle/demo.mjs';
import { holding } from '../oracle/holds.mjs';
import { points } from '../oracle/wording.mjs';

const YEAR = 365 * 24 * 3600 * 1000;
const PAGES = ['/', '/points', '/tier'];
const shown = figuresOn({ settled, section: '.section', item: '.li', cell: '.dt, .dd', bar: '.timeline .li' });
let server;
let members;
before(async () => {
  server = await startServer({ env: { SHOUYUE_CODE_RESEND_SECONDS: '0' } });
  ({ members } = await server.accounts());
});
after(() => server?.stop());

for (const [place, which] of ['new', 'in the middle', 'at the top'].entries()) {
  test(`the member ${which}, in Chinese`, (t) => sees(t, members[place], 'zh-CN'));
}
test('the member in the middle, in English', (t) => sees(t, members[1], 'en'));

test('points that a reservation locks are said on home and on the points page', async (t) => {
  const account = members[1];
  const hers = api(server, await bearer(server, account.phone));
  const place = await unit(hers, 'travel-duo', 'guangzhou-lixiang', 0);
  await hold(hers, place);
  const { available, held } = holding(rules, figuresOf(account.customer), place.gift.points);
  const word = say('zh-CN');
  const { page, visit } = await miniOf(t, server, account);
  await visit('/');
  await page.getByText(word('home.held', { points: points(held) }), { exact: true }).waitFor();
  await page.locator('.card').getByText(points(available), { exact: true }).waitFor();
  await visit('/points');
  await page.locator('.figure').getByText(points(available), { exact: true }).waitFor();
  await page.locator('.facts').getByText(points(held), { exact: true }).waitFor();
  await letGo(hers);
});

test('the same dates on a phone far away whose clock is years off', async (t) => {
  const reading = async (options, clock) => {
    const { page, visit } = await miniOf(t, server, members[1], options);
    if (clock !== undefined) await page.clock.setFixedTime(Date.now() + clock);
    const pages = [];
    for (const address of PAGES) {
      await visit(address);
      // The minute may turn between two visits.
      pages.push((await page.getByRole('main').innerText()).replaceAll(/\d\d:\d\d/g, ''));
    }
    return pages;
  };
  const here = await reading({});
  assert.ok(here.every((text) => text.length > 100));
  assert.deepEqual(await reading({ timezoneId: 'America/Los_Angeles' }, 2 * YEAR), here);
  assert.deepEqual(await reading({ timezoneId: 'Pacific/Kiritimati' }, -2 * YEAR), here);
});

async function sees(t, account, locale) {
  const her = figuresFor(account);
  const { page, visit } = await miniOf(t, server, account, { locale });
  await visit('/');
  await shown.home(page, her, locale);
  await visit('/points');
  await shown.points(page, her, locale);
  await visit('/tier');
  await shown.tier(page, her, locale);
}
