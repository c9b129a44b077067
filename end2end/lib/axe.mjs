// Accessibility, by axe-core. Its source is evaluated by the debugger, which the page's policy does not govern, so the page is tested as it is served.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with a readable list if axe finds anything on the page as it stands. `without` are rules that can't hold there. */
export async function assertAccessible(page, what = page.url(), without = []) {
  const found = await violations(page, without);
  assert.deepEqual(found, [], `axe on ${what}`);
}

/** What axe finds: one line for each rule and element. */
export async function violations(page, without = []) {
  await page.evaluate(source);
  const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  const result = await page.evaluate((options) => window.axe.run(document, options), { runOnly: { type: 'tag', values: RULES }, rules });
  return result.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.replaceAll(/\s+/g, ' ')}`));
}
