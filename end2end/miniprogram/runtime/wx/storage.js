// Storage: kept under one key of the browser's, so that a reload is a new launch with the same storage.
import { Failure, later, now } from './api.js';

const KEY = '__mini_storage';
const LARGEST = 1024 * 1024;
const ALL = 10 * 1024 * 1024;

const read = () => JSON.parse(localStorage.getItem(KEY) ?? '{}');

function write(change) {
  const all = read();
  change(all);
  const text = JSON.stringify(all);
  if (text.length > ALL) throw new Failure('exceed storage max size 10Mb');
  localStorage.setItem(KEY, text);
}

function set(key, data, encrypted) {
  if (typeof key !== 'string' || key === '') throw new Failure('parameter error: parameter.key should be String');
  const text = JSON.stringify(data);
  if (text === undefined) throw new Failure('parameter error: parameter.data can not be stored');
  if (text.length > LARGEST) throw new Failure('entry size limit reached');
  write((all) => { all[key] = { data: text, encrypted }; });
}

// What was written encrypted is read encrypted, or not at all.
function get(key, encrypted) {
  const found = read()[key];
  if (found === undefined || found.encrypted !== encrypted) throw new Failure('data not found');
  return JSON.parse(found.data);
}

const remove = (key) => write((all) => { delete all[key]; });

function orThrow(name, run) {
  try { return run(); } catch (error) { throw error instanceof Failure ? new Error(`${name}:fail ${error.message}`) : error; }
}

export const storage = {
  setStorage: later('setStorage', ({ key, data, encrypt = false }) => set(key, data, Boolean(encrypt))),
  getStorage: later('getStorage', ({ key, encrypt = false }) => ({ data: get(key, Boolean(encrypt)) })),
  removeStorage: later('removeStorage', ({ key }) => remove(key)),
  setStorageSync: now('setStorageSync', (key, data) => orThrow('setStorageSync', () => set(key, data, false))),
  getStorageSync: now('getStorageSync', (key) => {
    try { return get(key, false); } catch (error) { if (error instanceof Failure) return ''; throw error; }
  }),
  removeStorageSync: now('removeStorageSync', (key) => remove(key)),
};

/** Everything that is stored, by key: `{data, encrypted}`. */
export const stored = () => Object.fromEntries(Object.entries(read()).map(([key, { data, encrypted }]) => [key, { data: JSON.parse(data), encrypted }]));
