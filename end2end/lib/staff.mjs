// The counter's tablets and phones, in the hands of the demo's staff.
import { phone } from './browser.mjs';
import { signIn } from './roster.mjs';

export { cast, credentials, staffApi } from './roster.mjs';

export const TABLET = { viewport: { width: 820, height: 1180 } };

const sessions = new Map();

/** A device that is signed in as this person; a phone unless `TABLET` is given. One sign-in a person and spec file. */
export async function deviceOf(t, server, account, options = {}) {
  const theirs = await phone(t, server, options);
  const name = `${server.origin} ${server.pid} ${account.user}`;
  if (!sessions.has(name)) sessions.set(name, signIn(theirs.context, server, account).then(() => theirs.context.cookies()));
  const cookies = await sessions.get(name);
  await theirs.context.addCookies(cookies.filter((cookie) => cookie.name.endsWith('staff')));
  return theirs;
}
