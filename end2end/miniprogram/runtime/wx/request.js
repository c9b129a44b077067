// wx.request, over the browser's fetch: without cookies, ten at once, `success` for every answer whatever its status.
import { record } from '../settings.js';
import { app } from '../package.js';

const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT'];
const AT_ONCE = 10;
const PATIENCE = 60_000;
let running = 0;
const waiting = [];

function next() {
  while (running < AT_ONCE && waiting.length > 0) {
    running += 1;
    waiting.shift()().finally(() => { running -= 1; next(); });
  }
}

export function request(options) {
  record('request', options);
  const given = new AbortController();
  let ended = false;
  const end = (callback, result) => {
    if (ended) return;
    ended = true;
    // Never before the caller's code has ended.
    setTimeout(() => {
      try { options[callback]?.(result); } finally { options.complete?.(result); }
    });
  };
  const fail = (why, errno) => end('fail', { errMsg: `request:fail ${why}`, ...(errno && { errno }) });
  const method = (options.method ?? 'GET').toUpperCase();
  const wrong = refused(options.url, method);
  if (wrong !== null) {
    fail(wrong);
  } else {
    const patience = options.timeout ?? app.json['app.json'].networkTimeout?.request ?? PATIENCE;
    const late = setTimeout(() => { fail('timeout', 5); given.abort(); }, patience);
    waiting.push(async () => {
      if (ended) return;
      try {
        end('success', await send(options, method, given.signal));
      } catch {
        fail('errcode:-118 cronet_error_code:-118 error_msg:net::ERR_CONNECTION_FAILED', 600001);
      } finally {
        clearTimeout(late);
      }
    });
    next();
  }
  return { abort: () => { fail('abort'); given.abort(); } };
}

function refused(url, method) {
  if (!METHODS.includes(method)) return 'parameter error: invalid method';
  if (!URL.canParse(url ?? '')) return 'invalid url';
  // The one address that a brand registers with WeChat.
  return new URL(url).origin === location.origin ? null : 'url not in domain list';
}

async function send({ url, data, header = {}, dataType = 'json', responseType = 'text' }, method, signal) {
  const headers = new Headers({ 'content-type': 'application/json', ...Object.fromEntries(Object.entries(header).map(([name, value]) => [name.toLowerCase(), String(value)])) });
  const address = new URL(url);
  let body;
  if (data !== undefined && method === 'GET') for (const [name, value] of Object.entries(data)) address.searchParams.set(name, String(value));
  else if (data !== undefined) body = typeof data === 'string' || data instanceof ArrayBuffer ? data : JSON.stringify(data);
  const answer = await fetch(address, { method, headers, body, credentials: 'omit', cache: 'no-store', signal });
  const received = responseType === 'arraybuffer' ? await answer.arrayBuffer() : await answer.text();
  return { data: dataType === 'json' && typeof received === 'string' ? parsed(received) : received, statusCode: answer.status, header: Object.fromEntries(answer.headers), cookies: [], errMsg: 'request:ok' };
}

/** JSON where it is JSON, otherwise the text. */
function parsed(text) {
  try { return JSON.parse(text); } catch { return text; }
}
