// WXSS as a web view understands it: rpx become vw, elements their wx- names, and a component's classes its own.
import postcss from 'postcss';
import selectorParser from 'postcss-selector-parser';
import { rpx } from './runtime/rpx.js';

/** Elements that the harness draws. A selector that names another matches nothing in WeChat, so it is refused. */
export const ELEMENTS = new Set(['page', 'view', 'text', 'image', 'input', 'textarea', 'picker', 'switch', 'button', 'scroll-view', 'checkbox', 'checkbox-group', 'radio', 'radio-group', 'label', 'form', 'block']);

/**
 * One style sheet. `read(path)` gives an imported one; `scope` is the prefix of a component whose styles are its own, or undefined.
 * Throws with file, line and column for what WeChat's compiler refuses.
 */
export function wxss(text, { file, read, scope, own = new Set() }) {
  const sheet = postcss.parse(text, { from: file });
  sheet.walkAtRules('import', (rule) => {
    const wanted = rule.params.match(/^["']([^"']+)["']$/)?.[1];
    if (wanted === undefined) throw rule.error('an import takes a path in quotes');
    const at = read.resolve(file, wanted);
    rule.replaceWith(postcss.parse(wxss(read(at), { file: at, read, scope, own })).nodes);
  });
  sheet.walkDecls((declaration) => { declaration.value = rpx(declaration.value); });
  sheet.walkRules((rule) => {
    if (/keyframes$/.test(rule.parent.name ?? '')) return;
    rule.selector = selectorParser((selectors) => selectors.walk((node) => rename(node, rule, scope, own))).processSync(rule.selector);
  });
  return sheet.toString();
}

function rename(node, rule, scope, own) {
  if (node.type === 'universal') throw rule.error('WXSS has no universal selector', { word: '*' });
  // Imported sheets come through here twice.
  if (node.type === 'tag' && !node.value.startsWith('wx-')) {
    if (!ELEMENTS.has(node.value) && !own.has(node.value)) throw rule.error(`no element <${node.value}>`, { word: node.value });
    node.value = `wx-${node.value}`;
  }
  if (scope === undefined) return;
  if (node.type === 'class' && !node.value.startsWith(`${scope}--`)) node.value = `${scope}--${node.value}`;
  if (node.type === 'pseudo' && node.value === ':host') node.replaceWith(selectorParser.attribute({ attribute: 'wx-host', operator: '=', value: scope, quoteMark: '"', raws: {} }));
}
