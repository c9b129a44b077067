// Templates hold no word and no rule: every text and every attribute that somebody reads or hears comes from a view.
import { parse } from '@wxml/parser';
import { check, holdsNames, PLACES } from './expression.mjs';
import { HAN, problem } from './problem.mjs';

/** Attributes that are put together of several parts, with something fixed between them. An address has its parts alone. */
const JOINED = /^(class|id|style)$/;
/** Attributes that are names. */
const FIXED = /^(is|name|key|wx:key|wx:for-item|wx:for-index|slot|(mut-|capture-)?(bind|catch):?[a-z]+)$/;
/** Attributes that say what an element is, or carry something for the shell. */
const NAMES = /^(type|mode|data-[a-z-]+|wx:(if|elif))$/;
/** Attributes that are read or heard; of others a flag can be had. */
const SEEN = /^(aria-(label|description|valuetext|roledescription|placeholder)|placeholder|title|alt|value|header-text)$/;
const NAME = /^[a-z][a-z0-9_-]*$/;
/** The attributes that may be fixed, and as what. Any other might be a word or a rule: it comes from a view. */
const STATIC = new Map([
  ['class', /^[a-z][a-z0-9_ -]*$/],
  ...['id', 'is', 'name', 'data-on', 'range-key', 'wx:key', 'wx:for-item', 'wx:for-index', 'bindtap', 'bindinput', 'bindchange', 'bindblur', 'bindconfirm'].map((key) => [key, NAME]),
  ['src', /^[a-z0-9_./-]+$/],
  ['mode', /^(scaleToFill|aspectFit|aspectFill|widthFix|heightFix|selector)$/],
  ['maxlength', /^-1$/],
  ['confirm-type', /^(send|search|next|go|done)$/],
  ['aria-role', /^[a-z]+$/],
  ['aria-hidden', /^true$/],
  ['aria-level', /^[1-6]$/],
  ['aria-live', /^(polite|assertive)$/],
]);
/** Between two texts; the same in every language, as in the portal. */
const MARKS = new Set(['·']);

/** `[{file, line, column, message}]` of a template. */
export function templates(file, source) {
  const found = [];
  const say = (node, message) => found.push(problem(file, source, node.start, message));
  const { body, errors = [] } = parse(source);
  for (const error of errors) say({ start: error.start ?? 0 }, error.value ?? error.message ?? 'cannot be read');
  const visit = (node, names) => {
    if (node.type === 'WXText' && node.value.trim() !== '' && !MARKS.has(node.value.trim())) say(node, `a text of its own: ${node.value.trim()}`);
    if (node.type === 'WXInterpolation') for (const message of check(node.value, PLACES.seen, names)) say(node, message);
    if (node.type === 'WXScript' || node.name === 'wxs') say(node, 'a script in a template');
    const inside = within(node, names);
    if (node.type === 'WXElement') for (const each of node.startTag?.attributes ?? []) attribute(each, node.name, inside, say);
    for (const child of node.children ?? []) visit(child, inside);
  };
  body.forEach((node) => visit(node, new Set()));
  return found;
}

/** The variables that hold names, in an element. */
function within(node, names) {
  const attributes = new Map((node.startTag?.attributes ?? []).map((each) => [each.key, each]));
  const list = attributes.get('wx:for')?.interpolations?.[0];
  if (list === undefined) return names;
  const inside = new Set(names);
  const item = attributes.get('wx:for-item')?.value ?? 'item';
  if (holdsNames(list.value, names)) inside.add(item);
  else inside.delete(item);
  return inside;
}

function attribute(node, element, names, say) {
  const { key, value } = node;
  if (typeof value !== 'string') return;
  const marks = node.interpolations ?? [];
  if (marks.length === 0) {
    if (HAN.test(value) || !STATIC.get(key)?.test(value)) say(node, `${key}: may not be fixed here: ${value}`);
    return;
  }
  const rest = marks.reduce((text, mark) => text.replace(mark.rawValue, ''), value);
  if (HAN.test(rest)) say(node, `${key}: a word`);
  if (rest.includes('(')) say(node, `${key}: computes: ${value}`);
  if (FIXED.test(key)) say(node, `${key} is a fixed name`);
  if (!JOINED.test(key) && (rest !== '' || (marks.length > 1 && key !== 'src'))) say(node, `${key}: puts texts together: ${value}`);
  for (const mark of marks) for (const message of check(mark.value, place(key, element), names)) say(mark, `${key}: ${message}`);
}

function place(key, element) {
  if (element === 'template' && key === 'data') return PLACES.data;
  if (key === 'class') return PLACES.classes;
  if (key === 'wx:for') return PLACES.list;
  if (NAMES.test(key)) return PLACES.name;
  return SEEN.test(key) ? PLACES.seen : PLACES.property;
}
