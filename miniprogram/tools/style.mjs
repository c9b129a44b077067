// The mini-program's style, from the portal's: style/index.css, style/mini.css and the brand's theme become app.wxss, theme.json and theme-colours.json.
// `node miniprogram/tools/style.mjs [folder]` writes them; without a folder it says what was left out of the portal's style, and why.
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import postcss from 'postcss';
import { compounds, settle } from './style/cascade.mjs';
import { REM, declarations } from './style/declarations.mjs';
import { icons, inline } from './style/icons.mjs';
import { selectors } from './style/selectors.mjs';
import { problem, sheets } from './style/sheets.mjs';
import { colours, theme, tokens } from './style/theme.mjs';
import { together } from './style/together.mjs';

/** What WebViews of 2020 were. */
const TARGET = ['chrome78', 'safari13'];
const HEADER = '/* Made from style/ and the brand\'s theme.css by miniprogram/tools/style.mjs. */\n';

/** Files of the built folder, by name. */
export async function style(root) {
  const { css, layers } = await translate(root);
  const all = tokens(layers);
  const { code } = await transform(css, { loader: 'css', target: TARGET, charset: 'utf8' });
  const forced = JSON.stringify(colours(all), null, 2);
  return {
    // An empty value is a toggle's other half. WXSS wants to see something where it is.
    'app.wxss': HEADER + code.replace(/: ?;$/gm, ':  ;'),
    'theme.json': `${JSON.stringify(theme(all), null, 2)}\n`,
    'theme-colours.json': `${forced}\n`,
    // A page's script can load no JSON.
    'theme-colours.js': `module.exports = ${forced};\n`,
  };
}

/** The mini-program's style before old WebViews: `{css, rules, layers, dropped}`. `rules` are those of the cascade, one a selector. */
export async function translate(root) {
  const { layers } = await sheets(root);
  const book = { root, rules: [], blocks: [], dropped: [] };
  const mini = layers.find(({ name }) => name === 'mini');
  mini.nodes = [...postcss.parse(await icons(root, pen(layers)), { from: path.join(root, 'style/icons') }).nodes, ...mini.nodes];
  for (const [layer, { nodes }] of layers.entries()) for (const node of nodes) take(book, node, layer, []);
  const meeting = await together(root, book.rules);
  settle(book.rules, meeting);
  return { css: print(book.blocks), rules: book.rules, together: meeting, layers, dropped: book.dropped };
}

/** Takes in a rule, or those within an at-rule. */
function take(book, node, layer, within) {
  if (node.type === 'comment') return;
  if (node.type === 'rule') {
    rule(book, node, layer, within);
    return;
  }
  const { name, params } = node;
  if (name === 'keyframes') book.blocks.push({ within, text: node.toString() });
  else if (name === 'media' && params.includes('forced-colors')) book.dropped.push([`@media ${params}`, 'phones force no colours']);
  else if (name === 'media') for (const inner of node.nodes) take(book, inner, layer, [...within, `@media ${params.replace(/([\d.]+)rem/g, (_, many) => `${many * REM}px`)}`]);
  // What is held is said by a class, so there is nothing to support.
  else if (name === 'supports' && params === 'selector(:has(a))') for (const inner of node.nodes) take(book, inner, layer, within);
  else throw problem(node, `@${name} ${params} has no counterpart in the mini-program`);
}

function rule(book, node, layer, within) {
  const place = book.blocks.length;
  const inlined = (address) => inline(readFileSync(path.join(book.root, 'public', address), 'utf8'));
  const drop = (what, reason) => book.dropped.push([what, reason]);
  try {
    const found = selectors(node.selector, drop);
    if (found.length === 0) return;
    const about = new Set(found.map(({ mapped }) => compounds(mapped).at(-1).nodes.find((each) => each.type === 'class')?.value));
    const says = declarations(node, about.size === 1 ? [...about][0] : undefined, inlined, (prop, reason) => drop(`${node.selector} { ${prop} }`, reason));
    if (says.length === 0) return;
    const rules = found.map((each) => ({ ...each, layer, place, says, node }));
    book.rules.push(...rules);
    book.blocks.push({ within, rules, says });
  } catch (error) {
    throw problem(node, error.message);
  }
}

function print(blocks) {
  return blocks
    .map(({ within, rules, says, text }) => {
      const body = text ?? `${rules.map(({ mapped }) => mapped.toString()).join(',\n')} {\n${says.map(({ prop, value, important }) => `  ${prop}: ${value}${important ? ' !important' : ''};\n`).join('')}}`;
      return within.reduceRight((inner, outer) => `${outer} {\n${inner}\n}`, body);
    })
    .join('\n');
}

/** How the portal draws an icon's strokes, as attributes. */
function pen(layers) {
  const all = tokens(layers);
  let found = '';
  for (const { nodes } of layers)
    for (const node of nodes)
      if (node.type === 'rule' && node.selector === '.icon')
        node.walkDecls(/^stroke-/, ({ prop, value }) => {
          const token = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
          found += ` ${prop}="${token ? parseFloat(all.get(token).value) : value}"`;
        });
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const [folder] = process.argv.slice(2);
  if (folder) {
    await mkdir(folder, { recursive: true });
    for (const [file, contents] of Object.entries(await style(root))) await writeFile(path.join(folder, file), contents);
  } else for (const [what, reason] of (await translate(root)).dropped) console.log(`${what.replace(/\s+/g, ' ')}: ${reason}`);
}
