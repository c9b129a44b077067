// Ways to a session. Specs that are not about signing in take the short one.
import assert from 'node:assert/strict';

const API = '/api/v1';

/** Signs a browser context in through the API: its pages then carry the session cookie. Returns the answer, `{phone, member, …}`. */
export async function signIn(context, server, phone) {
  const headers = { origin: server.origin, 'sec-fetch-site': 'same-origin' };
  const post = async (path, data) => {
    const answer = await context.request.post(server.origin + API + path, { data, headers });
    assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  };
  const { challenge_id } = await post('/auth/otp', { phone });
  return post('/auth/otp/verify', { challenge_id, code: await server.code(phone) });
}

/** A session without a browser: a bearer token, as the mini-program has it. */
export async function bearer(server, phone) {
  const post = async (path, body) => {
    const answer = await fetch(server.origin + API + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-session': 'bearer' },
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
  const { challenge_id } = await post('/auth/otp', { phone });
  return (await post('/auth/otp/verify', { challenge_id, code: await server.code(phone) })).token;
}
