import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import postcss from 'postcss';
import stylelint from 'stylelint';
import { style, translate } from './style.mjs';
import { contend } from './style/cascade.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CONFIG = path.join(ROOT, 'miniprogram/stylelint.config.mjs');
const made = await style(ROOT);
const wxss = made['app.wxss'];

/** A copy of all that the style is made of, to be changed. */
async function copy(t) {
  const root = await mkdtemp(path.join(tmpdir(), 'style-'));
  t.after(() => rm(root, { recursive: true }));
  for (const part of ['style', 'public/brand', 'src', 'crates/ui/src']) await cp(path.join(ROOT, part), path.join(root, part), { recursive: true });
  await cp(path.join(ROOT, 'miniprogram'), path.join(root, 'miniprogram'), { recursive: true, filter: (file) => !file.includes('node_modules') });
  return {
    root,
    append: async (file, css) => writeFile(path.join(root, file), `${await readFile(path.join(root, file), 'utf8')}${css}`),
  };
}

test('WXSS takes what is made', async () => {
  const { results } = await stylelint.lint({ code: wxss, configFile: CONFIG });
  assert.deepEqual(results[0].warnings.map(({ line, text }) => `${line}: ${text}`), []);
  for (const never of [/\drem\b/, /@layer/, /:root/, /:has\(/, /\burl\("?\//]) assert.ok(!never.test(wxss), `${never} is in it`);
  postcss.parse(wxss).walkRules((rule) => {
    if (rule.parent.name === 'keyframes') return;
    for (const selector of rule.selectors) assert.doesNotMatch(selector, /[>+~] *:|[*[#]/, `${selector} has a compound that WXSS does not take`);
  });
});

test('a colour is written once', async () => {
  const hex = (css) => new Set(css.replace(/url\("[^"]*"\)/g, '').match(/#[0-9a-f]{3,8}\b/gi));
  const written = hex((await readFile(path.join(ROOT, 'style/tokens.css'), 'utf8')) + (await readFile(path.join(ROOT, 'public/brand/theme.css'), 'utf8')));
  assert.deepEqual([...hex(wxss)].filter((colour) => !written.has(colour)), []);
  assert.deepEqual([...hex(await readFile(path.join(ROOT, 'style/mini.css'), 'utf8'))], []);
});

/** Classes and types of a selector, counted in its text. */
function weight(selector) {
  const text = selector.replace(/\[[^\]]*\]/g, '.attribute').replace(/:lang\([^)]*\)/g, '.lang');
  const count = (pattern) => (text.match(pattern) ?? []).length;
  return [count(/\.[\w-]+|(?<!:):(?!not\b|has\b|:)[\w-]+/g), count(/(?<![\w.:-])[a-z][\w-]*|::[\w-]+/g)];
}
const heavier = (one, other) => one[0] - other[0] || one[1] - other[1];

/** Pairs of rules where the mini-program draws what the portal would not. */
function wrong({ rules, together }) {
  const found = [];
  const weighed = rules.map((rule) => ({ rule, source: weight(rule.source.toString()), mapped: weight(rule.mapped.toString()) }));
  for (const [index, one] of weighed.entries())
    for (const other of weighed.slice(index + 1)) {
      if (one.rule.place === other.rule.place || !contend(one.rule, other.rule, together)) continue;
      const inPortal = one.rule.layer - other.rule.layer || heavier(one.source, other.source) || one.rule.place - other.rule.place;
      const inMini = heavier(one.mapped, other.mapped) || one.rule.place - other.rule.place;
      if (inPortal > 0 !== inMini > 0) found.push(`${one.rule.mapped} ${inMini > 0 ? 'wins over' : 'loses to'} ${other.rule.mapped}`);
    }
  return found;
}

test('of two rules about one element the same wins as in the portal', async () => {
  const all = await translate(ROOT);
  assert.deepEqual(wrong(all), []);
  // A raised selector taken back to what it was shows that there was something to settle.
  const raised = all.rules.filter(({ mapped }) => /(\.[\w-]+)\1/.test(mapped.toString()));
  for (const rule of raised) rule.mapped = rule.mapped.toString().replace(/(\.[\w-]+)\1+/g, '$1');
  assert.notEqual(raised.length, 0);
  assert.notDeepEqual(wrong(all), []);
});

test('what is not known is an error at its place', async (t) => {
  for (const [css, message] of [
    ['\n.card::marker {\n  color: inherit;\n}\n', /panel\.css:\d+: ::marker has no counterpart/],
    ['\n.card[lang] {\n  color: inherit;\n}\n', /panel\.css:\d+: \[lang\] has no counterpart/],
    ['\ntable {\n  color: inherit;\n}\n', /panel\.css:\d+: table has no counterpart/],
    ['\n@container (width > 1px) {\n  .card {\n    color: inherit;\n  }\n}\n', /panel\.css:\d+: @container/],
    ['\n.card {\n  & .x {\n    color: inherit;\n  }\n}\n', /panel\.css:\d+: is nested/],
  ]) {
    const { root, append } = await copy(t);
    await append('style/components/panel.css', css);
    await assert.rejects(style(root), message);
  }
});

test('tags, attributes and states are classes', () => {
  for (const [portal, mini] of [
    [/\.root\.theme-dark \{/, 'a theme'],
    [/\.root\.large \{\n {2}--rem: 20px;/, 'large text'],
    [/\.root\.lang-en \{/, 'a language'],
    [/\.tier-gold \{/, 'a tier'],
    [/\.choices \.checked \+ \.span[\w.-]* \{/, 'what is checked'],
    [/\.main\.has-bar[\w.-]* \{/, 'a page with a bar'],
    [/\.fieldset\.disabled[\w.-]* \{/, 'what is locked'],
  ])
    assert.ok(portal.test(wxss), mini);
});

test('every icon is a class', async () => {
  for (const file of await readdir(path.join(ROOT, 'style/icons'))) {
    const strokes = await readFile(path.join(ROOT, 'style/icons', file), 'utf8');
    assert.equal(strokes, strokes.trim());
    assert.ok(wxss.includes(`d='${strokes}'`), file);
    assert.ok(wxss.includes(`.icon-${path.basename(file, '.path')} {`), file);
  }
});

test('WeChat’s own parts have the colours of the tokens, or the brand’s', async (t) => {
  const theme = JSON.parse(made['theme.json']);
  const tokens = await readFile(path.join(ROOT, 'style/tokens.css'), 'utf8');
  const [, light, dark] = /--paper: var\(--light, (#\w+)\) var\(--dark, (#\w+)\)/.exec(tokens);
  assert.equal(theme.light.navigationBarBackgroundColor, light);
  assert.equal(theme.dark.navigationBarBackgroundColor, dark);
  assert.deepEqual([theme.light.navigationBarTextStyle, theme.dark.navigationBarTextStyle], ['black', 'white']);
  assert.deepEqual(JSON.parse(made['theme-colours.json']).dark.navigationBar, { frontColor: '#ffffff', backgroundColor: dark });
  const [, green] = /--pass: var\(--light, (#\w+)\)/.exec(tokens);
  assert.deepEqual(JSON.parse(made['theme-colours.json']).pass.light.navigationBar, { frontColor: '#ffffff', backgroundColor: green });
  const { root, append } = await copy(t);
  await append('public/brand/theme.css', ':root { --paper: var(--light, #ffffee) var(--dark, #001100); }');
  assert.equal(JSON.parse((await style(root))['theme.json']).dark.backgroundColor, '#001100');
});
