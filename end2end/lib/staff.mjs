// The counter's tablets and phones, in the hands of the demo's staff.
import assert from 'node:assert/strict';
import { api, serverTime } from './api.mjs';
import { phone } from './browser.mjs';
import { totp } from './totp.mjs';

export const TABLET = { viewport: { width: 820, height: 1180 } };

const sessions = new Map();
const tokens = new Map();
const signIns = new Map();

/** What to sign in with: `{user, password, totp}`. Each code is good once, so a second sign-in within half a minute takes the next one. */
export async function credentials(server, account) {
  const name = `${server.origin} ${account.user}`;
  const now = await serverTime(server);
  const step = Math.floor(now / 30_000);
  const next = Math.max(step, (signIns.get(name) ?? 0) + 1);
  // The server takes the step before, the present one and the one after it.
  assert.ok(next <= step + 1, `${account.user} has signed in too often for one half minute`);
  signIns.set(name, next);
  return { user: account.user, password: account.password, totp: totp(account.totp_secret, now, next - step) };
}

/** A device that is signed in as this person; a phone unless `TABLET` is given. One sign-in a person and spec file. */
export async function deviceOf(t, server, account, options = {}) {
  const theirs = await phone(t, server, options);
  const name = `${server.origin} ${server.pid} ${account.user}`;
  if (!sessions.has(name)) sessions.set(name, signIn(theirs.context, server, account).then(() => theirs.context.cookies()));
  const cookies = await sessions.get(name);
  await theirs.context.addCookies(cookies.filter((cookie) => cookie.name.endsWith('staff')));
  return theirs;
}

/** Signs a browser context in through the API. */
export async function signIn(context, server, account) {
  const answer = await context.request.post(`${server.origin}/api/v1/staff/session`, {
    data: await credentials(server, account),
    headers: { origin: server.origin, 'sec-fetch-site': 'same-origin' },
  });
  assert.ok(answer.ok(), `${account.user}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

/** The API in the hands of this person, with a session of its own. */
export async function staffApi(server, account) {
  const name = `${server.origin} ${server.pid} ${account.user}`;
  if (!tokens.has(name)) {
    tokens.set(name, credentials(server, account).then(async (typed) => {
      const { body } = await api(server).call('POST', '/staff/session', typed, { headers: { 'x-session': 'bearer' } });
      assert.ok(body.token, JSON.stringify(body));
      return body.token;
    }));
  }
  return api(server, await tokens.get(name));
}

/** Everybody of the demo's staff by what they do: `{clerk, colleague, elsewhere, desk, manager}`; the first two work at one counter, the third at another. */
export function cast(staff) {
  const clerks = staff.filter(({ role }) => role === 'counter');
  const [clerk] = clerks;
  return {
    clerk,
    colleague: clerks.find((other) => other !== clerk && other.counter === clerk.counter),
    elsewhere: clerks.find((other) => other.counter !== clerk.counter),
    desk: staff.find(({ role }) => role === 'desk'),
    manager: staff.find(({ role }) => role === 'manager'),
  };
}
