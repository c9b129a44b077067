// Loads core.wasm, and speaks with it.
import type { Outcome, Request } from './protocol';
import { decode, encode, json } from './text';

const FILE = '/core/core.wasm.br';
/** Bytes before an answer that say how long it is. */
const LENGTH = 4;

interface Exports {
  memory: { buffer: ArrayBuffer };
  core_alloc(length: number): number;
  core_call(length: number): number;
  core_free(): void;
}

let core: Exports | undefined;
let loading: Promise<void> | undefined;

/** Loads the core, once; after a failure the next call tries again. */
export function load(): Promise<void> {
  if (loading === undefined) {
    loading = WXWebAssembly.instantiate(FILE, {}).then((made: unknown) => {
      // WeChat's typings say that this is an instance; on devices it is an object with one.
      const { instance = made } = made as { instance?: unknown };
      core = (instance as { exports: Exports }).exports;
    });
    loading.catch(() => {
      loading = undefined;
    });
  }
  return loading;
}

/** Lets go of the core; `load` makes another. */
export function forget(): void {
  core = undefined;
  loading = undefined;
}

/** What to do about a request. Only after `load`. */
export function call(request: Request): Outcome {
  if (core === undefined) throw new Error('core.wasm is not loaded');
  const bytes = encode(json(request));
  const room = core.core_alloc(bytes.length);
  // A new view for each call: growing memory gets another buffer.
  new Uint8Array(core.memory.buffer).set(bytes, room);
  const answer = core.core_call(bytes.length);
  const { buffer } = core.memory;
  const length = new DataView(buffer).getUint32(answer, true);
  const outcome = JSON.parse(decode(new Uint8Array(buffer, answer + LENGTH, length))) as Outcome;
  core.core_free();
  return outcome;
}
