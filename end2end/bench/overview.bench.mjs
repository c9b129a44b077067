// What the home page's one request costs the server, beside a route that answers plain JSON without looking anything up. Both on the same server, turn about in
// one run. The load comes from wrk on the same machine, which takes its share of the processors from both alike.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startServer } from '../lib/server.mjs';
import { bearer } from '../lib/signin.mjs';
import { median, spread, table } from './median.mjs';

const ROUNDS = Number(process.env.RUNS ?? 5);
const SECONDS = 4;
const CONNECTIONS = 16;

const server = await startServer({ env: { SHOUYUE_REQUESTS_PER_SESSION: '0', SHOUYUE_REQUESTS_PER_ADDRESS: '0' } });
try {
  const { members } = await server.accounts();
  const token = await bearer(server, members[1].phone);
  const routes = {
    'GET /api/v1/me/overview': ['/api/v1/me/overview', token],
    'GET /healthz': ['/healthz', null],
  };
  for (const [path, secret] of Object.values(routes)) await expectJson(path, secret);
  const rounds = Object.fromEntries(Object.keys(routes).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of round % 2 === 0 ? Object.keys(routes) : Object.keys(routes).toReversed()) {
      const measured = await load(...routes[name]);
      if (round > 0) rounds[name].push(measured);
      process.stderr.write(`\rround ${round} of ${ROUNDS} `);
    }
  }
  process.stderr.write('\r');
  const [overview, plain] = Object.values(rounds);
  const of = (list, what) => list.map((round) => round[what]);
  console.log(`Requests a second: ${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s each, turn about\n`);
  console.log(table([
    ['median (quartiles)', 'requests a second', 'p99, ms'],
    ...Object.entries(rounds).map(([name, list]) => [name, spread(of(list, 'rate')), spread(of(list, 'p99'), 2)]),
    ['ratio', `${(median(of(overview, 'rate')) / median(of(plain, 'rate'))).toFixed(3)} ×`, `${(median(of(overview, 'p99')) / median(of(plain, 'p99'))).toFixed(2)} ×`],
  ]));
} finally {
  await server.stop();
}

async function expectJson(path, token) {
  const answer = await fetch(server.origin + path, { headers: token ? { authorization: `Bearer ${token}` } : {} });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  await answer.json();
}

async function load(path, token) {
  const head = token ? ['--header', `Authorization: Bearer ${token}`] : [];
  const { stdout } = await promisify(execFile)('wrk', ['--threads', '1', '--connections', String(CONNECTIONS), '--duration', `${SECONDS}s`, '--latency', ...head, server.origin + path]);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(stdout);
  const [, value, unit] = stdout.match(/99%\s+([\d.]+)(us|ms|s)/);
  return { rate: Number(stdout.match(/Requests\/sec:\s+([\d.]+)/)[1]), p99: Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit] };
}
