// Everything a page says, and whether a word of the wrong language is in it.

export const HAN = /[\p{Script=Han}，。：；？！（）「」]+/gu;
export const LATIN = /[A-Za-z]{2,}/g;

/** To eyes and to screen readers, without what may be in another language. */
export async function said(page, except) {
  const all = await page.evaluate(() => {
    const attributes = [...document.querySelectorAll('body *:not(script):not(style):not(noscript)')]
      .flatMap((element) => ['aria-label', 'alt', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''));
    const fields = [...document.querySelectorAll('#app option')].map((option) => option.textContent);
    return [document.title, document.getElementById('app').innerText, ...attributes, ...fields].join('\n');
  });
  return except.reduce((text, part) => text.replaceAll(part, ''), all);
}
