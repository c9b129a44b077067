// Everything a page says, and whether a word of the wrong language is in it.

export const HAN = /[\p{Script=Han}，。：；？！（）「」]+/gu;
export const LATIN = /[A-Za-z]{2,}/g;

/** To eyes and to screen readers, without what may be in another language. `seen` holds what is seen, `heard` what can be heard besides. */
export async function said(page, except, { seen = '#app', heard = 'body' } = {}) {
  const all = await page.evaluate((root) => {
    const attributes = [...document.querySelectorAll(`${root.heard} *:not(script):not(style):not(noscript)`)]
      .flatMap((element) => ['aria-label', 'alt', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''));
    const fields = [...document.querySelectorAll(`${root.seen} option`)].map((option) => option.textContent);
    return [document.title, document.querySelector(root.seen).innerText, ...attributes, ...fields].join('\n');
  }, { seen, heard });
  return except.reduce((text, part) => text.replaceAll(part, ''), all);
}
