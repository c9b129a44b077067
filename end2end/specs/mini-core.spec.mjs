// The core can't be brought down: whatever goes in, something readable comes out. The very wasm that a phone loads, with requests, events and replies that have something
// wrong with them. What is wrong is drawn from seeds, so that a failure can be had again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api } from '../lib/api.mjs';
import { hold, unit } from '../lib/gifts.mjs';
import { core } from '../lib/mini-core.mjs';
import { throughWechat } from '../lib/mini-member.mjs';
import { fileOf } from '../lib/mini-places.mjs';
import { ODD, dice, garbled, mutated } from '../lib/mutated.mjs';
import { cast, staffApi } from '../lib/roster.mjs';
import { startServer } from '../lib/server.mjs';

const CODES = ['malformed-request', 'not-now', 'no-such-page', 'malformed-event', 'no-such-effect', 'malformed-result'];
const START = { op: 'start', at: 0, brand: { 'zh-CN': '晨露', en: 'Dewlight' }, system: { language: 'zh-CN', dark: false }, stored: {} };
let server;
let token;
let paths;
/** What the server answers, by address; whole, as the mini-program hands it in. */
const replies = new Map();
before(async () => {
  server = await startServer();
  const { members: [, account], staff } = await server.accounts();
  token = await throughWechat(server, account);
  // One reservation with a pass and one without: each draws what the other has not.
  const hers = api(server, token);
  const clerks = await staffApi(server, cast(staff).colleague);
  const duo = await unit(hers, 'travel-duo', 'shanghai-qixia');
  const [ready, held] = [await hold(hers, duo), await hold(hers, await unit(hers, 'cleansing-foam', 'shanghai-qixia'))];
  await clerks.post(`/staff/reservations/${ready.id}/ready`, { barcode: duo.variant.barcode });
  const about = [ready, held].map(({ id }) => `/reservations/${id}`);
  paths = ['/', '/gifts', '/reservations', '/me', '/sign-in?back=/points', '/join', '/card', '/points', '/tier', '/programme', '/me/profile', '/me/preferences', '/nowhere', `/gifts/${duo.gift.id}`, ...about.flatMap((one) => [one, `${one}/pass`, `${one}/move`])];
});
after(() => server?.stop());

/** The answer is one of the two that there are. */
function assertReadable(answer, request) {
  if (answer.err !== undefined) {
    assert.ok(CODES.includes(answer.err.code), `${answer.err.code} for ${show(request)}`);
    assert.equal(typeof answer.err.detail, 'string');
  } else {
    assert.ok(Array.isArray(answer.ok?.draw) && Array.isArray(answer.ok?.run), `for ${show(request)}`);
  }
  return answer;
}

const show = (request) => (request instanceof Uint8Array ? Buffer.from(request).toString('latin1') : JSON.stringify(request)).slice(0, 600);

/** Asks, and says with what it trapped if it does. */
function ask(each, request) {
  try {
    return assertReadable(request instanceof Uint8Array ? each.bytes(request) : each.call(request), request);
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) assert.fail(`the core traps (${error.message}) on ${show(request)}`);
    throw error;
  }
}

/** Opens a page and answers what it asks the server with `answer(run)`, until it asks nothing more. Gives back all that was drawn and asked for. */
async function opened(each, page, path, answer) {
  const drawn = [];
  const asked = [];
  const queue = [ask(each, { op: 'open', at: 1, page, file: fileOf(path), path })];
  while (queue.length > 0) {
    const { ok } = queue.shift();
    if (ok === undefined) continue;
    drawn.push(...ok.draw.map(({ data }) => data));
    for (const run of ok.run.filter(({ id }) => id !== undefined)) {
      asked.push(run);
      const value = run.do === 'http' && asked.length < 40 ? await answer(run) : undefined;
      if (value !== undefined) queue.push(ask(each, { op: 'result', at: 2, effect: run.id, value }));
    }
  }
  return { drawn, asked };
}

async function real({ method, path, headers, body }) {
  const key = `${method} ${path}`;
  if (!replies.has(key)) {
    const answer = await fetch(server.origin + path, { method, headers, body });
    replies.set(key, { status: answer.status, body: await answer.text(), etag: answer.headers.get('etag'), programme_time: answer.headers.get('programme-time') });
  }
  return replies.get(key);
}

const started = () => {
  const each = core();
  ask(each, { ...START, stored: { token } });
  return each;
};

test('what is no request is refused by name, and nothing changes', async () => {
  const each = started();
  const before = await opened(each, 1, '/points', real);
  const wrong = ['', ' ', 'null', '[]', '{}', '"start"', '{"op":"open"}', '{"op":"fly","at":1}', '{"op":"open","at":"1","page":2,"file":"","path":""}', '{"op":"open","at":1,"page":-2,"file":"","path":""}', '{"op":"seen","at":1,"page":1,"seen":true', '['.repeat(100_000), `{"op":"result","at":1,"effect":1,"value":${'['.repeat(50_000)}`];
  for (const text of [...wrong.map((one) => Buffer.from(one)), Buffer.from([0xff, 0xfe, 0x00]), Buffer.alloc(70_000, 0x20)]) {
    assert.equal(ask(each, text).err?.code, 'malformed-request', show(text));
  }
  assert.equal(assertReadable(each.bytes(Buffer.from('{}'), 4_000_000), 'a length that is not so').err.code, 'malformed-request');
  for (const [request, code] of [
    [START, 'not-now'],
    [{ op: 'open', at: 1, page: 1, file: 'pages/home/home', path: '/' }, 'not-now'],
    [{ op: 'seen', at: 1, page: 99, seen: true }, 'no-such-page'],
    [{ op: 'event', at: 1, page: 1, event: { on: 'fly' } }, 'malformed-event'],
    [{ op: 'event', at: 1, page: 1, event: null }, 'malformed-event'],
    [{ op: 'result', at: 1, effect: 4_000_000_000, value: null }, 'no-such-effect'],
  ]) assert.equal(ask(each, request).err?.code, code, show(request));
  const drawn = ask(each, { op: 'system', at: 3, system: START.system }).ok.draw;
  assert.deepEqual(drawn[0].data.view, before.drawn.at(-1).view, 'the page is as it was');
  assert.equal(ask(core(), { op: 'open', at: 1, page: 1, file: 'pages/home/home', path: '/' }).err.code, 'not-now');
});

test('hundreds of requests with bytes wrong', async () => {
  const each = started();
  await opened(each, 1, '/', real);
  const right = [
    { ...START, stored: { token, wish: '{}', theme: 'dark', large: true } }, { op: 'open', at: 5, page: 7, file: 'pages/gifts/gifts', path: '/gifts' }, { op: 'close', at: 5, page: 1 }, { op: 'seen', at: 5, page: 1, seen: false },
    { op: 'refresh', at: 5, page: 1 }, { op: 'event', at: 5, page: 1, event: { on: 'retry' } }, { op: 'follow', at: 5, path: '/gifts/a?counter=b' }, { op: 'share', at: 5, page: 1 }, { op: 'system', at: 5, system: { language: 'en', dark: true } },
    { op: 'result', at: 5, effect: 1, value: { status: 200, body: '{}', etag: null, programme_time: '2026-11-26T08:00:00+08:00' } },
  ];
  let refused = 0;
  for (let seed = 0; seed < 2000; seed += 1) {
    const drawn = dice(seed);
    const request = drawn.of(right);
    const answer = ask(each, drawn.draw(2) === 0 ? garbled(request, drawn) : mutated(request, drawn));
    if (answer.err !== undefined) refused += 1;
  }
  assert.ok(refused > 500, `only ${refused} were wrong enough`);
  ask(each, { op: 'open', at: 6, page: 4_000_000, file: 'pages/me/me', path: '/me' });
});

test('every page, with events that can and can’t happen there, and with answers that are not right', async (t) => {
  const statuses = [0, 200, 200, 200, 201, 204, 304, 400, 401, 403, 404, 409, 412, 422, 428, 429, 500, 503, 65535];
  let calls = 0;
  const went = { shown: 0, happened: 0, refused: 0 };
  for (const [index, path] of paths.entries()) {
    // As it is with the server's own answers first: they are what the others are made of.
    const { drawn, asked } = await opened(started(), 1, path, real);
    assert.ok(drawn.length > 0, `${path} is drawn`);
    if (asked.some(({ do: kind }) => kind === 'http')) assert.notEqual(drawn.at(-1).view, null, path);
    const names = events(path);
    const bodies = [...replies.values()].map(({ body }) => body);
    for (let seed = 0; seed < 80; seed += 1) {
      const roll = dice(index * 1000 + seed);
      const each = started();
      const wrong = (reply) => {
        let body = roll.draw(4) === 0 ? roll.of(bodies) : reply.body;
        try { body = JSON.stringify(mutated(JSON.parse(body), roll)); } catch { body = garbled(body, roll).toString('latin1'); }
        return { ...reply, status: roll.of(statuses), body, programme_time: roll.draw(8) === 0 ? roll.of(ODD.filter((one) => typeof one === 'string')) : reply.programme_time };
      };
      const { drawn: seen, asked: wanted } = await opened(each, 1, path, async (run) => (roll.draw(3) === 0 ? await real(run) : wrong(await real(run))));
      const values = texts(seen.at(-1));
      if (seen.at(-1)?.view?.body?.shown !== undefined) went.shown += 1;
      for (let step = 0; step < 12; step += 1) {
        const value = roll.of(roll.draw(3) === 0 || values.length === 0 ? ODD : values);
        const carried = roll.of([[], [], [value], [value], [roll.draw(2) === 0], [[value, roll.of(ODD)]], [[value, true]]]);
        const event = { on: roll.draw(20) === 0 ? 'fly' : roll.of(names), ...(carried.length > 0 && { value: carried[0] }) };
        const { ok } = ask(each, { op: 'event', at: 100 * step, page: 1, event });
        went[ok === undefined ? 'refused' : 'happened'] += 1;
        wanted.push(...(ok?.run ?? []).filter(({ id }) => id !== undefined));
        const run = roll.of(wanted.length > 0 ? wanted : [{ id: 1, do: 'wait' }]);
        const result = run.do === 'http' ? roll.of([null, wrong(roll.of([...replies.values()]))]) : run.do === 'entropy' ? Array.from({ length: roll.of([16, 16, 16, 0, 17]) }, () => roll.draw(256)) : roll.of([null, 'closed', 'forbidden', 'unavailable', { read: roll.of(['', '6901234567892', '中']) }, { near: { lat: roll.of([31.2, 1e308, -91]), lng: 121.5 } }, ...ODD]);
        const came = ask(each, { op: 'result', at: 100 * step + 50, effect: run.id, value: result });
        wanted.push(...(came.ok?.run ?? []).filter(({ id }) => id !== undefined));
        calls += 2;
      }
    }
  }
  t.diagnostic(`${calls} events and results on ${paths.length} pages: ${JSON.stringify(went)}`);
  // Or it would all have been refused at the door.
  assert.ok(went.shown > 50 && went.happened > 1000 && went.refused > 1000, JSON.stringify(went));
});

/** What can happen on a page: the core says so itself when something else does. */
function events(path) {
  const each = started();
  ask(each, { op: 'open', at: 1, page: 1, file: fileOf(path), path });
  const { detail } = ask(each, { op: 'event', at: 1, page: 1, event: { on: 'fly' } }).err;
  const names = [...detail.matchAll(/`(\w+)`/g)].map(([, name]) => name).filter((name) => name !== 'fly');
  return names.length > 0 ? names : ['retry'];
}

/** Every short text of a view: what a template could send back. */
function texts(value, found = []) {
  if (typeof value === 'string' && value.length < 80) found.push(value);
  else if (typeof value === 'boolean') found.push(value);
  else if (value !== null && typeof value === 'object') Object.values(value).forEach((each) => texts(each, found));
  return found;
}
