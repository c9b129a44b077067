// How large what can be tapped really is: measured by asking the page what a tap near its middle would hit.

// The skip link comes only with the keyboard.
const TAPPED = 'a[href]:not(.skip), button, input, select, textarea, summary';

/** Everything that can be tapped (`tapped` selects it) and is smaller than `least` CSS pixels either way, one line each. */
export function smallTargets(page, least, tapped = TAPPED) {
  return page.evaluate(([size, selector]) => {
    const shown = (element) => {
      const { width, height } = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      return width > 0 && height > 0 && style.visibility !== 'hidden' && element.closest('[inert], [hidden]') === null;
    };
    const all = [...document.querySelectorAll(selector)].filter(shown);
    const same = (hit, element) => {
      if (hit === null) return false;
      if (element.contains(hit)) return true;
      const label = hit.closest('label');
      return label !== null && (label.control === element || label.contains(element));
    };
    return all.flatMap((element) => {
      // A radio button that only its label shows is as large as the label.
      const labelled = element.matches('input[type=radio], input[type=checkbox]') && element.labels.length > 0;
      const area = labelled && element.closest('label') ? element.closest('label') : element;
      area.scrollIntoView({ block: 'center', behavior: 'instant' });
      const box = area.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const reach = size / 2 - 0.6;
      const missed = [[0, 0], [-reach, 0], [reach, 0], [0, -reach], [0, reach]]
        .filter(([dx, dy]) => !same(document.elementFromPoint(x + dx, y + dy), element));
      if (missed.length === 0) return [];
      const name = (element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent).trim().slice(0, 30);
      return [`${element.tagName.toLowerCase()} “${name}”: ${Math.round(box.width)} × ${Math.round(box.height)}`];
    });
  }, [least, tapped]);
}

/** How far the page is wider than the screen, in CSS pixels; 0 on a page that fits. */
export const overflow = (page) =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
