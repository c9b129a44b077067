// Contrast against what is really painted. axe can't judge words over gradients and leaves them to people; here every pixel behind a word is compared with the
// word's colour.

const NORMAL = 4.5;
const LARGE = 3;

/** Words that stand out too little from some pixel behind them, one line each. Makes the viewport as tall as the page, so that nothing fixed lies over words. `root` holds
 *  all words. */
export async function faintWords(page, root = '#app') {
  const { width } = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height });
  await page.evaluate(still);
  const words = await page.evaluate(wordsOf, { root, normal: NORMAL, large: LARGE });
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { color: transparent !important; -webkit-text-fill-color: transparent !important; text-decoration-color: transparent !important; caret-color: transparent !important } text { fill: transparent !important }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
  const picture = await page.screenshot({ scale: 'css', animations: 'disabled', caret: 'hide' });
  await page.evaluate(() => { document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1); });
  return page.evaluate(compare, { words, picture: `data:image/png;base64,${picture.toString('base64')}` });
}

/** Runs in the page: from its top on, until all pictures are there and the new size has been laid out. */
async function still() {
  window.scrollTo(0, 0);
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  await new Promise((laidOut) => { requestAnimationFrame(() => requestAnimationFrame(laidOut)); });
}

/** Runs in the page: each line of words with its place, its colour and the contrast it needs. */
function wordsOf({ root, normal, large }) {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector(root), NodeFilter.SHOW_TEXT);
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    const element = node.parentElement;
    const text = node.textContent.trim();
    // What is switched off need not stand out; what only screen readers read is not seen.
    if (text === '' || element.closest('[aria-disabled="true"], .unseen, .skip, option') !== null) continue;
    const style = getComputedStyle(element);
    if (style.visibility !== 'visible') continue;
    const size = parseFloat(style.fontSize);
    const need = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? large : normal;
    const range = document.createRange();
    range.selectNodeContents(node);
    // What is scrolled out of a strip that scrolls sideways is not painted.
    const strip = element.closest('ol, ul, .ol, .ul')?.getBoundingClientRect();
    for (const { left, top, right, bottom } of range.getClientRects()) {
      const box = { left: Math.max(0, left, strip?.left ?? 0), right: Math.min(innerWidth, right, strip?.right ?? Infinity), top, bottom };
      if (box.right - box.left >= 2 && box.bottom - box.top >= 2) {
        found.push({ text: text.slice(0, 24), need, colour: rgba(element.matches('svg text') ? style.fill : style.color), ...box });
      }
    }
  }
  return found;
}

/** Runs in the page: the words whose worst pixel is too near. */
async function compare({ words, picture }) {
  const image = new Image();
  image.src = picture;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d', { willReadFrequently: true });
  canvas.drawImage(image, 0, 0);
  const linear = (part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  const contrast = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  return words.flatMap(({ text, need, colour: [red, green, blue, alpha], left, top, right, bottom }) => {
    const [x, y] = [Math.floor(left), Math.floor(top)];
    const { data } = canvas.getImageData(x, y, Math.max(1, Math.ceil(right) - x), Math.max(1, Math.ceil(bottom) - y));
    let worst = Infinity;
    for (let at = 0; at < data.length; at += 4) {
      const behind = [data[at], data[at + 1], data[at + 2]];
      const ink = [red, green, blue].map((part, index) => (part * alpha + behind[index] * (255 - alpha)) / 255);
      worst = Math.min(worst, contrast(luminance(ink), luminance(behind)));
    }
    return worst < need ? [`“${text}”: ${worst.toFixed(2)}, needs ${need}`] : [];
  });
}
