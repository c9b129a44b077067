// A phone to test with: Chromium, 360 × 740, touch, Chinese, Shanghai. Whatever goes wrong on a page fails the test that opened it.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after } from 'node:test';
import { chromium } from 'playwright-core';
import * as place from './place.mjs';

const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const PATIENCE = 15_000;
/** The phone, as options of a context. */
const PHONE = {
  viewport: { width: 360, height: 740 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  reducedMotion: 'reduce',
};

let running;
/** Chromium, with what it is told besides. */
export const launch = (args = []) => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: [...QUIET, ...args] });
/** Chromium, one a process. */
export const chrome = () => (running ??= launch());
// Registered here and not in `chrome`, where it would belong to the first test that asks.
after(async () => (await running)?.close());

/**
 * A phone with an empty memory, pointed at `server`. Options are Playwright's for a context (`locale`, `colorScheme`, `viewport`, …), and `browser` for another
 * one than everybody's.
 * Returns `{page, context, goto, tolerate, problems}`: `goto('/points')` waits until the portal is ready for taps; `tolerate(/…/)` lets a message of the
 * console through that the test provokes on purpose.
 */
export async function phone(t, server, { browser, ...options } = {}) {
  const { context, problems } = await phoneContext(server, { browser, ...options });
  const page = await context.newPage();
  t.after(async () => {
    if (!t.passed || problems.list().length > 0) await picture(t, page);
    await context.close();
    assert.deepEqual(problems.list(), [], 'the page reported problems');
  });
  return {
    page,
    context,
    tolerate: problems.tolerate,
    problems: problems.list,
    async goto(address) {
      const answer = await page.goto(address);
      await ready(page);
      return answer;
    },
  };
}

/** A phone's context with an empty memory, pointed at `server`, and what is reported of its pages. */
export async function phoneContext(server, { browser, ...options } = {}) {
  const context = await (browser ?? await chrome()).newContext({ baseURL: server.origin, ...PHONE, ...options });
  context.setDefaultTimeout(PATIENCE);
  return { context, problems: watch(context) };
}

/** Waits until the portal runs: it marks the document when its taps are alive. */
export const ready = (page) => page.locator('html[data-ready]').waitFor({ state: 'attached' });

/** Collects broken security policy, errors of the console and uncaught errors of all pages of a context. */
export function watch(context) {
  const found = [];
  const tolerated = [];
  const report = (what) => tolerated.some((pattern) => pattern.test(what)) || found.push(what);
  context.on('weberror', (error) => report(`uncaught: ${error.error().stack ?? error.error()}`));
  context.on('console', (message) => {
    if (message.type() !== 'error' && !message.text().includes('[policy]')) return;
    // The browser itself logs every answer of 400 and more, and every request without one. To the portal's API they belong to the day's work: the test
    // looks at what the member is told.
    const { url } = message.location();
    if (message.text().startsWith('Failed to load resource') && URL.canParse(url) && new URL(url).pathname.startsWith('/api/')) return;
    report(`console: ${message.text()} (${url})`);
  });
  context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`[policy] ${event.effectiveDirective} refused ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
    });
  });
  return { list: () => [...found], tolerate: (pattern) => tolerated.push(pattern) };
}

async function picture(t, page) {
  if (page.isClosed()) return;
  await mkdir(place.results, { recursive: true });
  const file = path.join(place.results, `${t.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}.png`);
  await page.screenshot({ path: file, fullPage: true }).then(() => t.diagnostic(`picture: ${file}`), () => {});
}
