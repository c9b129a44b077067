// Answers that wait until a test lets them go: slowness without a clock.

/** Requests whose path matches `pattern` wait. `release()` lets them and all later ones through; `asked` resolves when the first one is there. */
export async function holdBack(page, pattern) {
  let release;
  let arrived;
  const released = new Promise((resolve) => { release = resolve; });
  const asked = new Promise((resolve) => { arrived = resolve; });
  await page.route(pattern, async (route) => {
    arrived();
    await released;
    await route.continue().catch(() => {});
  });
  return { asked, release };
}

/** Requests whose path matches fail as without a network, until `restore()`. */
export async function cutOff(page, pattern) {
  const refuse = (route) => route.abort('connectionfailed');
  await page.route(pattern, refuse);
  return { restore: () => page.unroute(pattern, refuse) };
}
