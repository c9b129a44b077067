// When a page is all there.

/** Waits until all the page shows has come: nothing is busy any more. */
export async function settled(page) {
  await page.locator('main h1').waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
}
