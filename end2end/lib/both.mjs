// The portal and the mini-program side by side: the same member, the same addresses, and what a person reads there.
import assert from 'node:assert/strict';
import { settled } from './mini-member.mjs';
import { at, fileOf } from './mini-places.mjs';

/** The same phone with `goto('/points')`: a cold start at first, then WeChat goes there itself, which takes a tenth of the time. Waits until all of the page is there. */
export const walking = (her) => ({
  ...her,
  async goto(path) {
    if (her.page.url() === 'about:blank') await her.open(at(path));
    else assert.match((await her.ask('reLaunch', { url: at(path) })).errMsg, /:ok$/);
    await her.page.waitForFunction(({ file, address }) => {
      const { path: top, query, data } = window.__wx.top();
      return top === file && (query.path === undefined || decodeURIComponent(query.path) === address) && data.view !== null;
    }, { file: fileOf(path), address: path });
    await settled(her.page);
  },
});

/** Where the pages of each are. */
export const PORTAL = { main: 'main', tabs: 'nav.tabs', title: null };
export const MINI = { main: '#mini-stage .main', tabs: '#mini-stage .tabs', title: '#mini-bar .mini-title' };

/**
 * What a person reads and finds on a page, in order: `{title, words, headings, doors, fields, pictures, tabs}`. `words` are parted where they are seen to be parted: by a space, by a gap,
 * by a new line. `doors` are links and buttons; those named in `without` are left out. `mask` is taken out of all texts.
 */
export async function reading(page, where, { without = [], mask = [] } = {}) {
  const read = JSON.stringify(await page.evaluate(look, { ...where, without }));
  const { words, ...rest } = JSON.parse(mask.reduce((text, pattern) => text.replaceAll(pattern, '…'), read));
  return { ...rest, words: words.split(' ') };
}

/** Runs in the page. WeChat's elements begin with `wx-`, and say with `role` what those of HTML are. */
function look({ main, tabs, title, without }) {
  // Less than this is no gap, in pixels.
  const GAP = 2;
  const TOGGLES = 'input[type=radio], input[type=checkbox], [role=radio]:not(input), [role=checkbox]:not(input), [role=switch]:not(input)';
  const DOORS = 'a[href], button, [role=link], [role=button]:not(wx-picker)';
  // What is chosen and typed is in `fields`; what is only read out stands nowhere.
  const APART = 'select, wx-picker > :is(.input, .select), textarea, [aria-live]';
  const clean = (text) => text.replaceAll(/\s+/g, ' ').trim();
  const root = document.querySelector(main);
  const all = (selector, from = root) => [...from.querySelectorAll(selector)];

  function textsIn(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  }
  const shownIn = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter(({ width }) => width > 0);
  };
  const blockOf = (node) => {
    let element = node.parentElement;
    while (getComputedStyle(element).display === 'inline') element = element.parentElement;
    return element;
  };
  /** The elements of `node` that `other` is not in. */
  function* around(node, other) {
    for (let element = node.parentElement; !element.contains(other); element = element.parentElement) yield element;
  }
  function parted(one, next) {
    if ([one, next].some((node) => node.parentElement.closest('.unseen') !== null)) return true;
    const room = (node, other, side) => [...around(node, other)].some((element) => parseFloat(getComputedStyle(element)[side]) >= GAP);
    if (room(one, next, 'marginRight') || room(next, one, 'marginLeft')) return true;
    const [from, to] = [shownIn(one).at(-1), shownIn(next)[0]];
    if (from === undefined || to === undefined) return true;
    // A sentence goes on in the next line.
    const sameLine = from.top < to.bottom && to.top < from.bottom;
    if (!sameLine) return blockOf(one) !== blockOf(next);
    return to.left - from.right >= GAP || from.left - to.right >= GAP;
  }
  /** As it is seen. */
  function seen(element, leave = () => false) {
    let text = '';
    let last = null;
    for (const node of textsIn(element)) {
      if (leave(node.parentElement)) continue;
      if (clean(node.data) === '') { text += ' '; continue; }
      if (last !== null && parted(last, node)) text += ' ';
      text += node.data;
      last = node;
    }
    return clean(text);
  }
  const nameOf = (element) => element.getAttribute('aria-label') ?? seen(element);
  const isLeftOut = (door) => without.includes(nameOf(door));
  // A list's options, what a picker shows, and a hint that is read as a description, are no part of the name.
  const labelOf = (field) => field.getAttribute('aria-label') ?? seen(field.labels?.[0] ?? field, (element) => element.closest('select, wx-picker > .input, wx-picker > .select') !== null || (field.matches('[role=switch]') && element.matches('.faint')));

  const valueOf = (field) => {
    if (field.matches('select')) return clean(field.selectedOptions[0]?.textContent ?? '');
    return field.matches('wx-picker') ? seen(field.querySelector('.input, .select')) : field.value;
  };
  const fields = all(`${TOGGLES}, input:not([type=radio], [type=checkbox]), textarea, select, wx-picker`).map((field) => {
    const name = labelOf(field);
    if (!field.matches(TOGGLES)) return { name, value: valueOf(field) };
    const on = field.matches('input') ? field.checked : field.getAttribute('aria-checked') === 'true';
    return { kind: field.getAttribute('role') ?? field.type, name, on };
  });
  const bar = document.querySelector(tabs);
  return {
    title: title === null ? document.title : clean(document.querySelector(title).textContent),
    words: seen(root, (element) => element.closest(APART) !== null || isLeftOut(element.closest(DOORS) ?? root)),
    headings: all('h1, h2, h3, [role=heading]').map((heading) => `${heading.getAttribute('aria-level') ?? heading.tagName.slice(1)} ${seen(heading)}`),
    doors: all(DOORS).filter((door) => !isLeftOut(door)).map((door) => ({
      kind: door.matches('a, [role=link]') ? 'link' : 'button',
      name: nameOf(door),
      off: door.getAttribute('aria-disabled') === 'true',
    })),
    fields,
    pictures: all('[role=img], svg[aria-label], img[alt]:not([alt=""])').map((picture) => picture.getAttribute('aria-label') ?? picture.getAttribute('alt')),
    tabs: bar === null ? [] : [bar.getAttribute('aria-label'), ...all('a, [role=link]', bar).map(nameOf)],
  };
}
