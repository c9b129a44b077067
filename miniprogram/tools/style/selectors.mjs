// The portal's selectors, as WXSS takes them: tags and attributes become classes, because everything in WXML is a view.
import parser from 'postcss-selector-parser';

/** The document is one view in the mini-program, and so is what holds the page. */
const ROOT = new Set(['html', 'body', ':root']);
const MAIN = '#app';

/** Tags that become a class of the same name. */
export const TAGS = new Set(
  `a b dd div dl dt em fieldset form h1 h2 h3 header i img input label legend li main nav ol p root section select small span strong svg text textarea ul`.split(' '),
);

/** What a pseudo-class is called where it has to be a class. */
const STATES = new Map([[':checked', 'checked'], [':disabled', 'disabled']]);

/** Pseudo-classes and pseudo-elements that WXSS knows. */
const KNOWN = new Set([':active', ':first-child', ':last-child', ':only-child', '::before', '::after']);

/** Built-in elements of a page. WXSS has no universal selector, and takes no pseudo-class straight after a combinator. */
const ELEMENTS = ['view', 'text', 'image', 'input', 'textarea', 'picker', 'button'];
const CHILDREN = ['view', 'text'];

const NO_FOCUS = 'the mini-program draws no focus: there is no keyboard to move it';
const NO_SVG = 'the mini-program has no SVG: style/mini.css draws the ring, and pictures bring their colours';
const NO_LIST = 'a picker draws its own list';
const NO_TRANSITION = 'pages change as WeChat changes them';

/** What only a web page has, and why it is left out. A selector with any of these is dropped. */
export const DROPPED = new Map([
  [':focus', NO_FOCUS],
  [':focus-visible', NO_FOCUS],
  ['[tabindex]', NO_FOCUS],
  ['[hidden]', 'wx:if leaves out what is hidden'],
  ['[type]', 'native pickers stand for inputs of dates and times'],
  ['::view-transition', NO_TRANSITION],
  ['::view-transition-group', NO_TRANSITION],
  ['button', 'a view inherits its type anyway, and `.button` is what looks like one'],
  ['optgroup', NO_LIST],
  ['option', NO_LIST],
  ['circle', NO_SVG],
  ['path', NO_SVG],
  ['#cover', 'it covers a program that did not start; the mini-program’s stands in its app'],
  ['.skip', NO_FOCUS],
]);

/** Attributes with a dash lose what stands before it; of those without, one says something about a field. */
const attribute = (name) => /^(?:data|aria)-(.+)$/.exec(name)?.[1] ?? (name === 'autocomplete' ? '' : undefined);

/**
 * A rule's selectors: `[{source, mapped}]`, both parsed (`source` with what is one view in the mini-program written as one). Those that are dropped
 * are absent; `dropped(selector, reason)` is told. Throws at what it doesn't know.
 */
export function selectors(text, dropped) {
  const found = [];
  for (const selector of parser().astSync(text).nodes) {
    const source = unify(selector.clone());
    try {
      for (const mapped of spread(source.clone())) found.push({ source, mapped: map(mapped) });
    } catch (left) {
      if (!(left instanceof Left)) throw left;
      dropped(selector.toString().trim(), left.message);
    }
  }
  return found;
}

class Left extends Error {}

const leave = (key) => {
  const reason = DROPPED.get(key);
  if (reason) throw new Left(`${key}: ${reason}`);
};

/** Elements that are one view in the mini-program, written as one. */
function unify(selector) {
  selector.spaces.before = selector.spaces.after = '';
  selector.walk((node) => {
    if (ROOT.has(node.value)) node.replaceWith(parser.tag({ value: 'root' }));
    if (node.type === 'id' && `#${node.value}` === MAIN) node.replaceWith(parser.tag({ value: 'main' }));
  });
  return selector;
}

/** Names the elements that "any" stands for: all of them, or those that a box is made of. */
function spread(selector) {
  const compounds = selector.split((node) => node.type === 'combinator');
  const bare = compounds.findIndex((nodes) => anything(nodes.filter((node) => node.type !== 'combinator')));
  if (bare < 0) return [selector];
  const alone = compounds.length === 1;
  if (alone && compounds[0][0].type === 'pseudo') return [selector];
  const at = compounds.slice(0, bare).flat().length;
  return (alone ? ELEMENTS : CHILDREN).flatMap((value) => {
    const copy = selector.clone();
    const tag = Object.assign(parser.tag({ value }), { native: true });
    if (copy.at(at).type === 'universal') copy.at(at).replaceWith(tag);
    else copy.insertBefore(copy.at(at), tag);
    return spread(copy);
  });
}

/** It has neither a tag nor a name: any element, or any in a place that is told by a pseudo-class. */
const anything = (nodes) => nodes.every((node) => node.type === 'universal' || (node.type === 'pseudo' && (node.value === ':not' || KNOWN.has(node.value))));

function map(selector) {
  for (const node of [...selector.nodes]) {
    const name = named(node);
    if (name) node.replaceWith(parser.className({ value: name }));
  }
  return selector;
}

/** The class that stands for a simple selector; `undefined` if it stays as it is. */
function named(node) {
  const { type, value } = node;
  if (type === 'combinator' || node.native) return undefined;
  if (type === 'class') {
    leave(`.${value}`);
    return undefined;
  }
  if (type === 'tag') {
    leave(value);
    if (TAGS.has(value)) return value;
  }
  if (type === 'id') leave(`#${value}`);
  if (type === 'attribute') {
    leave(`[${node.attribute}]`);
    const stem = attribute(node.attribute);
    if (stem !== undefined && (node.value ? node.operator === '=' : stem)) return [stem, node.value].filter(Boolean).join('-');
  }
  if (type === 'pseudo') {
    leave(value);
    if (STATES.has(value)) return STATES.get(value);
    if (value === ':lang') return `lang-${node.nodes.join()}`;
    if (value === ':has') return `has-${held(node)}`;
    if (value === ':not' && node.length === 1) {
      map(node.first);
      return undefined;
    }
    if (KNOWN.has(value)) return undefined;
  }
  throw new Error(`${node.toString().trim()} has no counterpart in the mini-program (${type})`);
}

/** WXSS can't look inside: what is held is said by a class, after the first thing it is known by. */
function held(node) {
  const inner = node.first.first;
  return named(inner) ?? inner.value;
}

/** Specificity: `[classes, types]`, with identifiers as a thousand classes. */
export function specificity(selector) {
  let [classes, types] = [0, 0];
  for (const node of selector.nodes) {
    if (node.type === 'id') classes += 1000;
    else if (node.type === 'class' || node.type === 'attribute') classes += 1;
    else if (node.type === 'tag') types += 1;
    else if (node.type === 'pseudo' && node.value.startsWith('::')) types += 1;
    else if (node.type === 'pseudo' && [':not', ':has', ':is'].includes(node.value)) {
      const inner = node.nodes.map(specificity).sort(compare).at(-1);
      classes += inner[0];
      types += inner[1];
    } else if (node.type === 'pseudo') classes += 1;
  }
  return [classes, types];
}

/** Orders specificities. */
export const compare = (one, other) => one[0] - other[0] || one[1] - other[1];
