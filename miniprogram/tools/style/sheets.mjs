// Reads the portal's sheets, the mini-program's and the brand's, and puts them in the order of their layers.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import postcss from 'postcss';

const IMPORT = /^"(\.\/[^"]+)"\s+layer\((\w+)\)$/;

/** What a sheet may not hold, at its place. */
export const problem = (node, message) => {
  const { input, start } = node.source;
  return new Error(`${path.relative(process.cwd(), input.file)}:${start.line}: ${message}`);
};

/** Sheets of `root`: `{layers: [{name, nodes}], brand}`. The brand's theme stands in no layer, and so in the last. */
export async function sheets(root) {
  const portal = await open(path.join(root, 'style/index.css'));
  const mini = await open(path.join(root, 'style/mini.css'));
  const theme = await open(path.join(root, 'public/brand/theme.css'));
  const order = named(mini);
  const layers = new Map(order.map((name) => [name, []]));
  const into = (node, name) => {
    const nodes = layers.get(name);
    if (!nodes) throw problem(node, `layer ${name} has no place in the order that style/mini.css gives`);
    return nodes;
  };
  const known = named(portal).map((name) => order.indexOf(name));
  if (known.some((at, index) => at < 0 || at < known[index - 1])) throw problem(mini.first, 'orders the layers in another way than style/index.css');
  for (const node of portal.nodes) {
    if (node.type === 'comment' || isOrder(node)) continue;
    const [, file, name] = (node.name === 'import' && IMPORT.exec(node.params)) || [];
    if (!file) throw problem(node, 'is no import into a layer');
    into(node, name).push(...(await open(path.join(root, 'style', file))).nodes);
  }
  for (const node of mini.nodes) {
    if (node.type === 'comment' || isOrder(node)) continue;
    if (node.name !== 'layer') throw problem(node, 'stands in no layer');
    into(node, node.params).push(...node.nodes);
  }
  return { layers: [...[...layers].map(([name, nodes]) => ({ name, nodes })), { name: 'brand', nodes: theme.nodes }] };
}

const open = async (file) => postcss.parse(await readFile(file, 'utf8'), { from: file });
const isOrder = (node) => node.type === 'atrule' && node.name === 'layer' && !node.nodes;
const named = (sheet) => sheet.nodes.find(isOrder).params.split(',').map((name) => name.trim());
