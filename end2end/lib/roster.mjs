// The demo's staff: who is who, and how they sign in.
import assert from 'node:assert/strict';
import { api, serverTime } from './api.mjs';
import { totp } from './totp.mjs';

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

/**
 * Everybody of the demo's staff by what they do: `{clerk, colleague, elsewhere, neighbour, desk, manager}`; the first two work at one counter, the next two at
 * another. */
export function cast(staff) {
  const clerks = staff.filter(({ role }) => role === 'counter');
  const [clerk] = clerks;
  const [elsewhere, neighbour] = clerks.filter((other) => other.counter !== clerk.counter);
  return {
    clerk,
    colleague: clerks.find((other) => other !== clerk && other.counter === clerk.counter),
    elsewhere,
    neighbour,
    desk: staff.find(({ role }) => role === 'desk'),
    manager: staff.find(({ role }) => role === 'manager'),
  };
}
