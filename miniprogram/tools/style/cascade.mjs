// Which of two rules wins is settled in the portal by layers, then by tags and classes. WXSS has no layers, and tags are classes there: rules that would win
// and must not are outdone by naming a class of the winner twice.
import parser from 'postcss-selector-parser';
import { overlap } from './declarations.mjs';
import { compare, specificity } from './selectors.mjs';

/** A selector's compounds, each with the combinator before it: the last is what it is about. */
export const compounds = (selector) => {
  const found = [{ by: '', nodes: [] }];
  for (const node of selector.nodes) {
    if (node.type === 'combinator') found.push({ by: node.value.trim(), nodes: [] });
    else found.at(-1).nodes.push(node);
  }
  return found;
};

const part = (nodes) => nodes.find((node) => node.value?.startsWith('::'))?.value;
const words = (nodes) => nodes.filter(({ type }) => type === 'class' || type === 'tag').map(({ value }) => value);

/** Whether both can be about one element: as far as their words and their parents' tell. */
export function meet(one, other, together) {
  const [mine, hers] = [compounds(one.source), compounds(other.source)];
  if (part(mine.at(-1).nodes) !== part(hers.at(-1).nodes)) return false;
  while (mine.length > 0 && hers.length > 0) {
    const [here, there] = [mine.pop(), hers.pop()];
    if (words(here.nodes).some((word) => words(there.nodes).some((each) => !together.one(word, each)))) return false;
    if (here.by !== '>' || there.by !== '>') break;
  }
  const [around, about] = [mine, hers].map((rest) => rest.flatMap(({ nodes }) => nodes.filter(({ type }) => type === 'class').map(({ value }) => value)));
  return around.length === 0 || about.length === 0 || around.some((word) => about.some((each) => together.near(word, each)));
}

/** Whether both can say something else about one property of one element. */
export const contend = (one, other, together) =>
  one.says.some((mine) => other.says.some((hers) => mine.important === hers.important && overlap(mine.prop, hers.prop) && !(mine.prop === hers.prop && mine.value === hers.value))) &&
  meet(one, other, together);

/** Order of the portal's cascade, weakest first. `layer` and `place` are numbers in the order of the sheets. */
const cascade = (one, other) => one.layer - other.layer || compare(specificity(one.source), specificity(other.source)) || one.place - other.place;

/** Makes `mapped` of each rule (`{layer, place, source, mapped, says}`) win over exactly what it wins over in the portal. `together` tells which classes meet. */
export function settle(rules, together) {
  const settled = [];
  for (const rule of [...rules].sort(cascade)) {
    for (const weaker of settled) {
      if (!contend(rule, weaker, together)) continue;
      while (!wins(rule, weaker)) double(rule);
    }
    settled.push(rule);
  }
}

const wins = (rule, weaker) => {
  const by = compare(specificity(rule.mapped), specificity(weaker.mapped));
  return by > 0 || (by === 0 && rule.place >= weaker.place);
};

function double(rule) {
  const last = rule.mapped.nodes.findLast((node) => node.type === 'class');
  if (!last) throw new Error(`${rule.source} must win and has no class to name twice`);
  rule.mapped.insertAfter(last, parser.className({ value: last.value }));
}
