// A page of the portal, drawn as the mini-program draws it: each tag a `wx-view` with the classes that stand for tag, attributes and state. Runs in the page.

/**
 * Rebuilds the document with `sheet` in place of its own style and says where an element looks or lies otherwise than before. `icons` maps strokes to names.
 * Differences that are meant are left out: what WeChat's own elements bring, and words of one meaning.
 */
export function compare({ sheet, icons, large }) {
  // Logical names repeat physical ones; sizes and places are measured; the rest is SVG's, a form's or a mouse's.
  const skipped =
    /^(-webkit-|block-size|inline-size|(min|max)-(block|inline)|(margin|padding|border)-(inline|block|start|end)|inset|overflow-(block|inline)|width$|height$|top$|left$|right$|bottom$|rotate|translate|transform|perspective|grid-template-(columns|rows)|cursor|appearance|caret|scroll|(column|row)-rule|text-emphasis|text-size-adjust|unicode-bidi|fill|stroke|outline|mask|backdrop|transition|animation|text-decoration$|display$)/;
  const properties = [...getComputedStyle(document.body)].filter((name) => !name.startsWith('--') && !skipped.test(name));
  const FLOW = { 'list-item': 'block' };
  const SIDES = { start: 'left', end: 'right' };
  const read = (element, part) => {
    const style = getComputedStyle(element, part);
    const found = Object.fromEntries(properties.map((name) => [name, style.getPropertyValue(name)]));
    found.display = FLOW[style.display] ?? style.display;
    found['text-align'] = SIDES[style.textAlign] ?? style.textAlign;
    return found;
  };
  const box = (element) => {
    const { x, width, height } = element.getBoundingClientRect();
    return { x, width, height };
  };
  const PARTS = [undefined, '::before', '::after'];
  const look = (element) => PARTS.map((part) => read(element, part));
  const name = (element) => `${element.localName}${[...element.classList].map((each) => `.${each}`).join('')}`;
  const where = (element) => (element.localName === 'main' ? '' : `${where(element.parentElement)} ${name(element)}`);

  const main = document.querySelector('main');
  const drawing = (element) => element.closest('svg') !== null;
  const native = (element) => element.matches('svg, img, input, textarea, select');
  // A box is as large as what is in it: a chosen place and a code are in elements of WeChat's, and what is not seen has no box.
  const hers = 'select, [autocomplete=one-time-code]';
  const holds = (element) => !element.matches(`${hers}, .unseen, :is(.pick, .counters, .choices) input`) && !element.querySelector(hers);
  const before = [...main.querySelectorAll('*')]
    .filter((element) => !drawing(element) || element.localName === 'svg')
    .map((element) => ({ element, where: where(element), box: holds(element) && box(element), look: native(element) ? undefined : look(element) }));

  const made = new Map();
  const make = (tag, classes) => Object.assign(document.createElement(`wx-${tag}`), { className: classes });
  function classes(element) {
    const found = [...element.classList];
    if (element.localName !== 'button') found.push(element.localName);
    for (const { name: key, value } of element.attributes) {
      const stem = /^(?:data|aria)-(.+)$/.exec(key)?.[1];
      if (stem) found.push(stem, `${stem}-${value}`);
    }
    if (element.autocomplete) found.push(element.autocomplete);
    if (element.matches('input:checked')) found.push('checked');
    if (element.matches('fieldset:disabled')) found.push('disabled');
    if (element.matches('label:has(> :checked)')) found.push('has-checked');
    return found.join(' ');
  }
  function svg(element) {
    if (element.matches('.icon')) return make('view', `icon icon-${icons[element.firstElementChild.getAttribute('d')]}`);
    if (element.matches('.ring')) {
      const ring = make('view', 'ring');
      ring.style.setProperty('--percent', Number.parseInt(element.querySelector('.arc')?.getAttribute('stroke-dasharray') ?? '0', 10));
      ring.append(make('view', 'arc'), Object.assign(make('text', 'text'), { textContent: element.querySelector('text').textContent }));
      return ring;
    }
    if (element.matches('.timeline svg')) {
      const bars = make('view', 'svg');
      bars.append(make('view', 'bar-of'));
      return bars;
    }
    return make('image', classes(element));
  }
  function convert(node) {
    // WXML drops a text of nothing but space.
    if (node.nodeType !== Node.ELEMENT_NODE) return document.createTextNode(node.nodeType === Node.TEXT_NODE && node.data.trim() ? node.data : '');
    const is = (selector) => node.matches(selector);
    const copy = is('svg') ? svg(node) : is('img') ? make('image', classes(node)) : is('input:not([type=radio], [type=checkbox])') ? make('input', classes(node)) : make(is('textarea') ? 'textarea' : 'view', classes(node));
    made.set(node, copy);
    if (copy.localName === 'wx-view' && !is('svg, select')) copy.append(...[...node.childNodes].map(convert));
    return copy;
  }
  const root = make('view', ['root', `lang-${document.documentElement.lang}`, large && 'large', document.querySelector('.pass:not(.over)') && 'has-pass'].filter(Boolean).join(' '));
  const page = make('view', `main${document.querySelector('.bar') ? ' has-bar' : ''}`);
  page.append(...[...main.childNodes].map(convert));
  root.append(page);
  for (const old of document.querySelectorAll('link[rel=stylesheet], style')) old.remove();
  document.head.append(Object.assign(document.createElement('style'), { textContent: sheet }));
  delete document.documentElement.dataset.large;
  document.body.replaceChildren(root);

  const found = [];
  for (const { element, where: place, box: was, look: looked } of before) {
    const copy = made.get(element);
    if (!copy) continue;
    const now = box(copy);
    for (const side of was ? Object.keys(was) : []) if (Math.abs(was[side] - now[side]) > 1) found.push(`${place} ${side}: ${was[side]} became ${now[side]}`);
    if (!looked) continue;
    for (const [index, style] of look(copy).entries()) {
      const then = looked[index];
      if (index > 0 && then.content === 'none' && style.content === 'none') continue;
      for (const [key, value] of Object.entries(then)) if (style[key] !== value) found.push(`${place}${PARTS[index] ?? ''} ${key}: ${value} became ${style[key]}`);
    }
  }
  return found;
}
