// A server of one's own for every spec file: a random port, a fresh copy of the demo's database.
import { spawn, execFile } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { promisify } from 'node:util';
import * as place from './place.mjs';

const START = 60_000;
const CODE = 10_000;
const DAY = 86_400_000;
const LINES_KEPT = 200;

/**
 * Starts a server and waits until it listens. Options:
 * `clock` moves its clock (`'+90d'`), `programme` another rules file, `portal` another portal, `database` a file or URL to use as it is instead of a copy of the
 * demo's, `address` where to listen, `args` and `env` are added. With `t` it stops when the test ends.
 */
export async function startServer({ t, clock, programme = place.programme, portal = place.portal, database, address = '127.0.0.1:0', args = [], env = {} } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'shouyue-'));
  let url = database;
  if (url === undefined) {
    const file = path.join(folder, 'demo.sqlite');
    if (!prepared.has(programme)) prepared.set(programme, preparedDemo(programme));
    await copyDatabase(await prepared.get(programme), file);
    url = `sqlite:${file}`;
  }
  const server = await listen({ url, programme, portal, address, args, env: { ...env, ...(clock && { SHOUYUE_CLOCK_OFFSET: clock }) } });
  // `keep` leaves the database to a next server; it goes when `t` ends.
  const stop = async (signal, { keep = false } = {}) => {
    await server.stop(signal);
    if (!keep) await rm(folder, { recursive: true, force: true });
  };
  t?.after(stop);
  return { ...server, database: url, accounts: () => demoAccounts(url), stop };
}

/** The same server later: the clock is moved, address, database and sessions are as they were. */
export async function later(t, server, clock, options = {}) {
  await server.stop('SIGTERM', { keep: true });
  return startServer({ t, clock, database: server.database, address: new URL(server.origin).host, ...options });
}

// One preparation a process and rules file, however many servers it starts.
const prepared = new Map();

/** The demo's sign-ins: `{members: [{phone, name, tier}], staff: […]}`. */
export async function demoAccounts(database) {
  const { stdout } = await promisify(execFile)(place.serverBinary, ['demo-accounts', '--database', database]);
  return JSON.parse(stdout);
}

async function listen({ url, programme, portal, address = '127.0.0.1:0', args, env }) {
  const child = spawn(
    place.serverBinary,
    ['serve', '--demo', '--database', url, '--portal', portal, '--programme', programme, '--listen', address, ...args],
    { cwd: place.root, env: { RUST_LOG: 'warn', ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const lines = [];
  const keep = (line) => lines.push(line) > LINES_KEPT && lines.shift();
  const codes = codeBook();
  const exited = once(child, 'exit');
  readline.createInterface({ input: child.stderr }).on('line', keep);

  const origin = await new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${why}\n${lines.join('\n')}`));
    const late = setTimeout(() => { child.kill('SIGKILL'); fail(`the server did not listen within ${START / 1000} s`); }, START);
    child.once('error', (error) => fail(`${place.serverBinary}: ${error.message}`));
    child.once('exit', (code, signal) => fail(`the server ended: ${code ?? signal}`));
    readline.createInterface({ input: child.stdout }).on('line', (line) => {
      keep(line);
      codes.read(line);
      const found = line.match(/^listening on (http:\/\/\S+)/)?.[1];
      if (found) { clearTimeout(late); resolve(found); }
    });
  });
  // A test process that dies must not leave its server behind.
  const last = () => child.kill('SIGKILL');
  process.once('exit', last);
  return {
    origin,
    pid: child.pid,
    output: () => lines.join('\n'),
    code: codes.next,
    async stop(signal = 'SIGTERM') {
      process.off('exit', last);
      if (child.exitCode === null && child.signalCode === null) child.kill(typeof signal === 'string' ? signal : 'SIGTERM');
      await exited;
    },
  };
}

// One-time codes, as the demo's gateway prints them. Each is handed out once, in the order of printing.
function codeBook() {
  const unread = new Map();
  const waiting = new Map();
  const queue = (map, phone) => map.get(phone) ?? map.set(phone, []).get(phone);
  return {
    read(line) {
      const [, phone, code] = line.match(/^one-time code for (\+\d+): (\d{6})/) ?? [];
      if (!phone) return;
      const reader = queue(waiting, phone).shift();
      if (reader) reader(code); else queue(unread, phone).push(code);
    },
    /** The next code for this number (`+8613800000001`), printed already or not yet. */
    next(phone) {
      const code = queue(unread, phone).shift();
      if (code) return Promise.resolve(code);
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no one-time code for ${phone} within ${CODE / 1000} s`)), CODE);
        queue(waiting, phone).push((arrived) => { clearTimeout(late); resolve(arrived); });
      });
    },
  };
}

// Filling the demo takes seconds, copying it none. The demo's dates end yesterday, so a new day (or a new binary, or other rules) needs a new one.
// Two specs that prepare at once write two files; the later rename wins and both are good.
async function preparedDemo(programme) {
  const binary = await stat(place.serverBinary).catch(() => { throw new Error(`${place.serverBinary} is missing: cargo build --package server`); });
  const rules = await stat(programme);
  const day = new Date().toLocaleDateString('en-CA', { timeZone: 'Asia/Shanghai' });
  const key = createHash('sha256').update([binary.mtimeMs, binary.size, rules.mtimeMs, programme, day].join()).digest('hex').slice(0, 12);
  const prepared = path.join(place.results, `demo-${key}.sqlite`);
  if (existsSync(prepared)) return prepared;
  await mkdir(place.results, { recursive: true });
  await forgetOldDemos();
  const draft = `${prepared}.${process.pid}`;
  const server = await listen({ url: `sqlite:${draft}`, programme, portal: place.portal, args: [], env: {} });
  await server.stop();
  for (const tail of ['-wal', '-shm']) if (existsSync(draft + tail)) await rename(draft + tail, prepared + tail);
  await rename(draft, prepared);
  return prepared;
}

async function forgetOldDemos() {
  for (const name of await readdir(place.results)) {
    const file = path.join(place.results, name);
    const age = Date.now() - (await stat(file).catch(() => null))?.mtimeMs;
    if (name.startsWith('demo-') && age > DAY) await rm(file, { force: true });
  }
}

async function copyDatabase(from, to) {
  await copyFile(from, to);
  if (existsSync(`${from}-wal`)) await copyFile(`${from}-wal`, `${to}-wal`);
}
