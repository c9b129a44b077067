// Whether a keyboard is enough.
import assert from 'node:assert/strict';

/** Fails unless everything on the page is reached with the Tab key, in the order it is read, and shows that it has the focus. */
export async function assertReachable(page, what) {
  // One of a group of radio buttons stands for all: arrows lead to the others.
  const expected = await page.evaluate(() => {
    const groups = new Set();
    return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
      .filter((element) => element.closest('[inert], [hidden]') === null && element.getClientRects().length > 0)
      .filter((element) => {
        if (element.type !== 'radio') return true;
        if (groups.has(element.name)) return false;
        groups.add(element.name);
        return true;
      }).length;
  });
  await page.evaluate(() => document.activeElement.blur());
  const reached = [];
  for (let step = 0; step < expected * 2; step += 1) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return null;
      const style = getComputedStyle(element);
      const marked = (look) => look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2;
      const beside = element.matches('input') ? [...element.labels, element.nextElementSibling].filter(Boolean) : [];
      const all = [...document.querySelectorAll('*')];
      return {
        place: all.indexOf(element),
        name: element.textContent.trim().slice(0, 20) || element.id,
        shown: marked(style) || style.boxShadow !== 'none' || beside.some((label) => marked(getComputedStyle(label)) || getComputedStyle(label).boxShadow !== 'none'),
      };
    });
    // Round the corner: some browsers stop at their own tools first, some do not.
    if (here === null || (reached.length > 1 && here.place === reached[0].place)) break;
    // Year, month and day of a date are one field with three stops.
    if (here.place !== reached.at(-1)?.place) reached.push(here);
  }
  assert.equal(reached.length, expected, `${what}: ${reached.map(({ name }) => name).join(', ')}`);
  assert.deepEqual(reached.filter(({ shown }) => !shown), [], `${what}: the focus can be seen`);
  assert.deepEqual(reached.map(({ place }) => place), reached.map(({ place }) => place).toSorted((a, b) => a - b), `${what}: in the order it is read`);
}
