// The API as a program uses it: without a browser, with one key a wish. Specs arrange with it what they are not about.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

/**
 * `call('POST', '/reservations', body)` with this bearer token. Answers `{status, body, headers}`; `ok()` variants throw for anything but success. `server` may be
 * a function, for servers that are started anew behind the same address.
 */
export function api(server, token) {
  const origin = () => (typeof server === 'function' ? server() : server).origin;
  const call = async (method, path, body, { key = randomUUID(), headers = {} } = {}) => {
    const answer = await fetch(`${origin()}/api/v1${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(method !== 'GET' && { 'idempotency-key': key }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        'accept-language': 'zh-CN',
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
  };
  const ok = async (...request) => {
    const answer = await call(...request);
    assert.ok(answer.status < 300, `${request[0]} ${request[1]}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return {
    call,
    get: (path) => ok('GET', path),
    post: (path, body, options) => ok('POST', path, body, options),
    put: (path, body) => ok('PUT', path, body),
    delete: (path, options) => ok('DELETE', path, undefined, options),
  };
}

/** The instant it is for the server, in milliseconds: its clock may be moved. */
export async function serverTime(server) {
  const answer = await fetch(`${server.origin}/api/v1/programme`);
  await answer.text();
  return Date.parse(answer.headers.get('programme-time'));
}
