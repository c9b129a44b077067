// Everything about the mini-program that can be checked without running it: `node miniprogram/tools/check.mjs` says what it finds.
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import stylelint from 'stylelint';
import { compileTemplates } from '../../end2end/miniprogram/bundle.mjs';
import { library, privacy } from './lint/platform.mjs';
import { sentence } from './lint/problem.mjs';
import { read, words } from './lint/words.mjs';
import { style } from './style.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = path.join(root, 'miniprogram');

/** Types, with WeChat's functions and no browser's. */
const types = () =>
  new Promise((resolve) => {
    const tsc = spawn(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '--project', folder, '--pretty', 'false'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    tsc.stdout.setEncoding('utf8').on('data', (text) => (said += text));
    tsc.on('close', (code) => resolve(code === 0 ? [] : said.trim().split('\n')));
  });

async function lint() {
  const results = await new ESLint({ cwd: folder }).lintFiles(['.']);
  return results.flatMap(({ filePath, messages }) => messages.map(({ line, column, message, ruleId }) => `${path.relative(folder, filePath)}:${line}:${column}: ${message} (${ruleId})`));
}

/** Whether the templates compile, and call only templates that there are. */
function compile(sources) {
  const { subpackages } = JSON.parse(sources['app.json']);
  try {
    compileTemplates({ names: Object.keys(sources), text: (name) => sources[name], roots: subpackages.map((each) => each.root) });
    return [];
  } catch (error) {
    return [error.message];
  }
}

async function sheets() {
  const { results } = await stylelint.lint({ code: (await style(root))['app.wxss'], configFile: path.join(folder, 'stylelint.config.mjs') });
  return results.flatMap(({ warnings }) => warnings.map(({ line, column, text }) => `app.wxss:${line}:${column}: ${text}`));
}

const sources = await read(folder);
const declared = await readFile(path.join(folder, 'PRIVACY.md'), 'utf8');
const checks = {
  types: await types(),
  lint: await lint(),
  templates: compile(sources),
  style: await sheets(),
  'no word and no rule outside the core': words(sources).map(sentence),
  privacy: privacy(sources, declared).map(sentence),
  'base library': library(sources).map(sentence),
};
for (const [name, found] of Object.entries(checks)) {
  for (const each of found) console.error(each);
  console.log(`${found.length === 0 ? 'ok    ' : 'FAILED'}  ${name}`);
  if (found.length > 0) process.exitCode = 1;
}
