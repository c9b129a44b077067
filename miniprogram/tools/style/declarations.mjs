// The portal's declarations, as WebViews of 2020 take them.
import { list } from 'postcss';

/** Pixels of a `rem` where nobody has changed it: what CSS calls a medium font. */
export const REM = 16;

const DRAWN = 'a part of a drawing: the mini-program has no SVG';
const SIZED = 'WeChat sizes text itself';
const SCROLLED = 'what scrolls is the page, which WXSS can’t name';

/** What only a web page or a drawing has, and why it is left out. */
export const DROPPED = new Map([
  ['text-size-adjust', SIZED],
  ['-webkit-text-size-adjust', SIZED],
  ['scroll-padding-block', SCROLLED],
  ['scroll-padding-bottom', SCROLLED],
  ['appearance', 'fields are views, or native ones without a look'],
  ['resize', 'there is nothing to pull at'],
  ['fill', DRAWN],
  ['stroke', DRAWN],
  ['stroke-width', DRAWN],
  ['stroke-linecap', DRAWN],
  ['stroke-linejoin', DRAWN],
  ['shape-rendering', DRAWN],
  ['text-anchor', DRAWN],
]);

const BOX = ['top', 'right', 'bottom', 'left'];
const AXES = { inline: ['left', 'right'], block: ['top', 'bottom'] };
const ENDS = { start: 0, end: 1 };
const LOGICAL = /^(margin|padding|inset|border)-(inline|block)(?:-(start|end))?$/;

/**
 * A rule's declarations: `[{prop, value, important}]`. `subject` is the class it is about; `inlined(address)` gives a local file as a `data:` address;
 * `dropped(prop, reason)` is told what is left out.
 */
export function declarations(rule, subject, inlined, dropped) {
  const found = [];
  const moves = [];
  const add = (prop, value, important) => found.push({ prop, value, important });
  for (const node of rule.nodes) {
    if (node.type === 'comment') continue;
    if (node.type !== 'decl') throw new Error('is nested; the portal’s sheets are flat');
    const { prop, important = false } = node;
    const value = addresses(relative(node.value), inlined);
    if (prop === 'fill' && subject === 'icon') add('--fill', value, important);
    else if (prop === 'font-size' && value.endsWith('%') && subject === 'root') add('--rem', `${(REM * parseFloat(value)) / 100}px`, important);
    else if (DROPPED.has(prop)) dropped(prop, DROPPED.get(prop));
    else if (prop === 'translate' || prop === 'rotate' || prop === 'scale') moves.push([prop, value]);
    else for (const [name, each] of physical(prop, value)) add(name, each, important);
  }
  if (moves.length > 0) add('transform', transform(moves), false);
  return found;
}

/** Measured in what large text makes larger. Nothing outside this view has a say in it, unlike with `rem`. */
const relative = (value) =>
  outside(value, (text) =>
    text.replace(/(?<![\w.#-])(-?(?:\d*\.)?\d+)rem\b/g, (_, number) => (number === '1' ? 'var(--rem)' : `calc(${number} * var(--rem))`)),
  );

const addresses = (value, inlined) =>
  value.replace(/url\((?:"([^"]*)"|([^)]*))\)/g, (whole, quoted, plain) => {
    const address = quoted ?? plain;
    return address.startsWith('data:') ? whole : `url("${inlined(address)}")`;
  });

/** Changes what is no quoted string. */
const outside = (value, change) => value.replace(/"[^"]*"|[^"]+/g, (part) => (part.startsWith('"') ? part : change(part)));

/** Names that say left and right: those that follow the script came late to WebViews. The portal's scripts all run from left to right. */
function physical(prop, value) {
  const [, what, axis, end] = LOGICAL.exec(prop) ?? [];
  const name = (side) => (what === 'inset' || prop === 'inset' ? side : `${what}-${side}`);
  if (prop === 'inset') {
    const [top, right = top, bottom = top, left = right] = list.space(value);
    return [top, right, bottom, left].map((each, index) => [BOX[index], each]);
  }
  if (end) return [[name(AXES[axis][ENDS[end]]), value]];
  if (what === 'border') return AXES[axis].map((side) => [name(side), value]);
  if (what) {
    const [start, stop = start] = list.space(value);
    return [[name(AXES[axis][0]), start], [name(AXES[axis][1]), stop]];
  }
  if (prop === 'text-align' && value in ENDS) return [[prop, AXES.inline[ENDS[value]]]];
  if (/\ddvh\b/.test(value)) return [[prop, value.replace(/dvh\b/g, 'vh')], [prop, value]];
  return [[prop, value]];
}

const ORDER = ['translate', 'rotate', 'scale'];

function transform(moves) {
  return moves
    .sort(([one], [other]) => ORDER.indexOf(one) - ORDER.indexOf(other))
    .map(([name, value]) => `${name}(${list.space(value).join(', ')})`)
    .join(' ');
}

/** Whether a declaration of one can undo one of the other. */
export const overlap = (one, other) => one === other || covers(one, other) || covers(other, one);

const SHORT = ['animation', 'background', 'flex', 'grid', 'grid-area', 'grid-column', 'grid-row', 'list-style', 'margin', 'mask', 'outline', 'padding', 'text-decoration', 'transition'];

function covers(short, long) {
  if (short === 'font') return long === 'line-height' || long.startsWith('font-');
  if (short.startsWith('border') && long.startsWith('border')) return short.includes('radius') === long.includes('radius');
  if (short === 'gap') return long === 'row-gap' || long === 'column-gap';
  if (short.startsWith('place-')) return [`align-${short.slice(6)}`, `justify-${short.slice(6)}`].includes(long);
  return SHORT.includes(short) && long.startsWith(`${short}-`);
}
