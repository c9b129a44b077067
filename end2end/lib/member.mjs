// Phones in the hands of a demo member. One sign-in a member and spec file: one-time codes are rationed.
import { phone } from './browser.mjs';
import { signIn } from './signin.mjs';

export { settled } from './settled.mjs';

const sessions = new Map();

/** A phone that is signed in as `account`; otherwise as `phone`. */
export async function phoneOf(t, server, account, options = {}) {
  const her = await phone(t, server, options);
  const key = `${server.origin} ${account.phone}`;
  if (!sessions.has(key)) {
    sessions.set(key, signIn(her.context, server, account.phone).then(() => her.context.cookies()));
  }
  const cookies = await sessions.get(key);
  await her.context.addCookies(cookies.filter(({ name }) => name.endsWith('session')));
  return her;
}

/** Every page a member has that is about nothing in particular, and its name in the catalogue. */
export const PAGES = {
  '/': 'chrome.home',
  '/gifts': 'chrome.gifts',
  '/reservations': 'chrome.reservations',
  '/card': 'chrome.card',
  '/points': 'chrome.points',
  '/tier': 'chrome.tier',
  '/programme': 'chrome.programme',
  '/me': 'chrome.me',
  '/me/profile': 'chrome.profile',
  '/me/preferences': 'chrome.preferences',
};
