// Every page of the gallery, as the portal draws it and as the mini-program would: the same styles, the same boxes.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import postcss from 'postcss';
import { style } from './style.mjs';
import { compare } from './style/look.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** WeChat's elements, as far as their own style goes. */
const WECHAT = `body { margin: 0 }
wx-view { display: block }
wx-text { display: inline }
wx-image { display: inline-block; width: 320px; height: 240px; overflow: hidden }
wx-input { display: block; height: 22px; min-height: 22px; overflow: hidden }
wx-textarea { display: block; width: 300px; height: 150px }`;
/** What is another way in the mini-program: a button's words are in its middle, which nothing but a short link shows; a space between two texts is a margin; the pass says above its heading that
 * it is kept, because the way back beside it is WeChat's; a gift's picture begins at WeChat's bar. */
const MEANT = [/\bp\.kept (height|line-height|margin-(top|bottom)):/, /\bdiv\.pass height:/, /button\.link text-align: center became left$/, /\bi\.(dot|swatch) font-style: italic became normal$/, /\b(p\.price|div\.band div p) strong margin-right: 0px became [45]px$/, /\.hero\b.* margin-top: 0px became -8px$/];

let folder, browser, given;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gallery-'));
  await promisify(execFile)('cargo', ['run', '--quiet', '--package', 'portal', '--example', 'gallery', '--features', 'ssr', '--', folder], { cwd: ROOT });
  await build({ entryPoints: [path.join(ROOT, 'style/index.css')], bundle: true, external: ['/brand/*'], outfile: path.join(folder, 'style.css'), logLevel: 'error' });
  const sheet = postcss.parse((await style(ROOT))['app.wxss']);
  sheet.walkRules((rule) => {
    rule.selectors = rule.selectors.map((each) => each.replace(/(?<![\w.:-])(view|text|image|input|textarea|picker|button)\b/g, 'wx-$1'));
  });
  const icons = {};
  for (const file of await readdir(path.join(ROOT, 'style/icons'))) icons[await readFile(path.join(ROOT, 'style/icons', file), 'utf8')] = path.basename(file, '.path');
  given = { sheet: `${WECHAT}\n${sheet}`, icons };
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
});
after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

for (const [how, options, large, chosen] of [
  ['in the light', { colorScheme: 'light' }, false, /zh-CN/],
  ['in the dark', { colorScheme: 'dark' }, false, /^(home|pass|me|gift|card|reservation-held)\.zh-CN/],
  ['in large letters', { colorScheme: 'light' }, true, /^(home|pass|me|gift|points|profile)\.zh-CN/],
  ['in English', { colorScheme: 'light' }, false, /^(home|pass|me|gift|points|programme)\.en/],
])
  test(`pages look the same ${how}`, async () => {
    const files = (await readdir(folder)).filter((file) => chosen.test(file));
    assert.ok(files.length >= 6);
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    const found = new Map();
    for (const file of files) {
      await page.goto(pathToFileURL(path.join(folder, file)).href);
      if (large) await page.evaluate(() => void (document.documentElement.dataset.large = ''));
      for (const each of await page.evaluate(compare, { ...given, large })) if (!MEANT.some((meant) => meant.test(each))) found.set(each, file);
    }
    await context.close();
    assert.deepEqual([...found].map(([what, file]) => `${file}: ${what}`), []);
  });
