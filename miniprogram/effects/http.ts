import { origin } from '../config';
import type { HttpReply, RunOf } from '../core/protocol';
import { settled } from './storage';

/** Names one intent; see crates/contract/src/endpoint.rs. */
const KEY = 'Idempotency-Key';

/** Sends a request. `null` is what comes of one that got no whole answer. */
export function http(run: RunOf<'http'>, done: (reply: HttpReply | null) => void): () => void {
  if (!(KEY in run.headers)) return send(run, done);
  // What she wants is on the device before it is on its way: a phone that dies in between must not make it two.
  let stop: (() => void) | undefined;
  let isOver = false;
  settled().then(() => {
    if (!isOver) stop = send(run, done);
  });
  return () => {
    isOver = true;
    stop?.();
  };
}

function send({ path, method, headers, body, patience }: RunOf<'http'>, done: (reply: HttpReply | null) => void): () => void {
  const task = wx.request({
    url: origin + path,
    method,
    header: headers,
    data: body ?? undefined,
    // Anything but `json` leaves the text as it is; the typings know no English name for it.
    dataType: 'text' as never,
    responseType: 'text',
    timeout: patience,
    success({ statusCode, data, header }) {
      done({
        status: statusCode,
        body: typeof data === 'string' ? data : '',
        etag: named(header, 'etag'),
        programme_time: named(header, 'programme-time'),
      });
    },
    fail: () => done(null),
  });
  return () => task.abort();
}

/** A header, however the platform writes its name. */
function named(headers: Record<string, unknown>, name: string): string | null {
  const found = Object.keys(headers).find((key) => key.toLowerCase() === name);
  return found === undefined ? null : String(headers[found]);
}
