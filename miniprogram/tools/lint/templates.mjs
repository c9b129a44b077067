// Templates hold no word and no rule: every text and every attribute that somebody reads or hears comes from a view.
import { parse } from '@wxml/parser';
import { check } from './expression.mjs';
import { HAN, problem } from './problem.mjs';

/** Attributes that are read or heard. */
const SEEN = /^(aria-(label|description|valuetext|roledescription|placeholder)|placeholder|title|alt|value|header-text)$/;
/** Attributes that are put together of several parts. */
const JOINED = /^(class|id|src|style)$/;
/** Attributes that are names. */
const FIXED = /^(is|name|key|wx:key|wx:for-item|wx:for-index|slot|(mut-|capture-)?(bind|catch):?[a-z]+)$/;
/** Between two texts; the same in every language, as in the portal. */
const MARKS = new Set(['·']);

/** `[{file, line, column, message}]` of a template. */
export function templates(file, source) {
  const found = [];
  const say = (node, message) => found.push(problem(file, source, node.start, message));
  const { body, errors = [] } = parse(source);
  for (const error of errors) say({ start: error.start ?? 0 }, error.value ?? error.message ?? 'cannot be read');
  const visit = (node, inside) => {
    if (node.type === 'WXText' && node.value.trim() !== '' && !MARKS.has(node.value.trim())) say(node, `a text of its own: ${node.value.trim()}`);
    if (node.type === 'WXInterpolation') for (const message of check(node.value, 'seen')) say(node, message);
    if (node.type === 'WXScript' || node.name === 'wxs') say(node, 'a script in a template');
    if (node.type === 'WXElement') for (const each of node.startTag?.attributes ?? []) attribute(each, node.name, say);
    for (const child of node.children ?? []) visit(child, node);
  };
  body.forEach((node) => visit(node));
  return found;
}

function attribute(node, element, say) {
  const { key, value } = node;
  if (typeof value !== 'string') return;
  const marks = node.interpolations ?? [];
  const rest = marks.reduce((text, mark) => text.replace(mark.rawValue, ''), value);
  if (HAN.test(value)) say(node, `${key}: a word`);
  if (SEEN.test(key) && rest.trim() !== '') say(node, `${key}: a text of its own: ${rest.trim()}`);
  if (FIXED.test(key) && marks.length > 0 && !(element === 'slot' && key === 'name')) say(node, `${key} is a fixed name`);
  if (marks.length > 0 && !JOINED.test(key) && (marks.length > 1 || rest !== '')) say(node, `${key}: puts texts together: ${value}`);
  const place = SEEN.test(key) ? 'seen' : element === 'template' && key === 'data' ? 'data' : 'other';
  for (const mark of marks) for (const message of check(mark.value, place)) say(mark, `${key}: ${message}`);
}
