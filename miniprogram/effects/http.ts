import { origin } from '../config';
import type { HttpReply, RunOf } from '../core/protocol';

/** Sends a request. `null` is what comes of one that got no whole answer. */
export function http({ path, method, headers, body, patience }: RunOf<'http'>, done: (reply: HttpReply | null) => void): () => void {
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
