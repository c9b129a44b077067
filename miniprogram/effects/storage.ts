// What is kept on the device. What is secret is kept encrypted by WeChat.
import type { RunOf, Stored } from '../core/protocol';

const PLAIN = ['locale', 'theme', 'large', 'left', 'wish'];
const SECRET = ['token', 'who'];

/** One after the other: what is written last must stand last, and what is asked for after it must see it. */
let lastOne: Promise<unknown> = Promise.resolve();

function inTurn<T>(job: () => Promise<T>): Promise<T> {
  const mine = lastOne.then(job);
  lastOne = mine.catch(() => undefined);
  return mine;
}

function read(key: string, secret: boolean): Promise<unknown> {
  return new Promise((resolve) => {
    wx.getStorage({ key, encrypt: secret, success: ({ data }) => resolve(data), fail: () => resolve(null) });
  });
}

/** When everything that was to be kept until now is. */
export const settled = (): Promise<unknown> => inTurn(() => Promise.resolve());

/** Keeps a value, or forgets it. A device that can't keep it goes on without. */
export function store({ key, value, secret }: RunOf<'store'>): void {
  inTurn(
    () =>
      new Promise<void>((resolve) => {
        const complete = () => resolve();
        if (value === null) wx.removeStorage({ key, complete });
        else wx.setStorage({ key, data: value, encrypt: secret, complete });
      }),
  );
}

/** Finds what was kept. */
export function find({ key, secret }: RunOf<'find'>, done: (value: unknown) => void): void {
  inTurn(() => read(key, secret)).then((value) => done(value ?? null));
}

/** Everything the core wants to know at its start. */
export async function stored(): Promise<Stored> {
  const keys = [...PLAIN.map((key) => ({ key, secret: false })), ...SECRET.map((key) => ({ key, secret: true }))];
  const values = await Promise.all(keys.map(async ({ key, secret }) => ({ key, value: await read(key, secret) })));
  const kept: Record<string, unknown> = {};
  values.filter(({ value }) => value !== null && value !== '').forEach(({ key, value }) => (kept[key] = value));
  return kept as Stored;
}
