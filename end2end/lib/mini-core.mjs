// The core as a program uses it: bytes in, JSON out, in Node's WebAssembly.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { root } from './place.mjs';

const module = new WebAssembly.Module(brotliDecompressSync(readFileSync(path.join(root, 'dist-miniprogram/core/core.wasm.br'))));
/** What stands before an answer: its length. */
const LENGTH = 4;

/** A core that has not started. `bytes(request)` answers bytes, or so many of them; `call(request)` an object. Both give the parsed answer, and throw if the core traps. */
export function core() {
  const { memory, core_alloc, core_call, core_free } = new WebAssembly.Instance(module, {}).exports;
  const bytes = (request, length = request.length) => {
    const room = core_alloc(request.length);
    new Uint8Array(memory.buffer).set(request, room >>> 0);
    const at = core_call(length) >>> 0;
    const said = new DataView(memory.buffer).getUint32(at, true);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(memory.buffer, at + LENGTH, said));
    core_free();
    return JSON.parse(text);
  };
  return { bytes, call: (request) => bytes(new TextEncoder().encode(JSON.stringify(request))), size: () => memory.buffer.byteLength };
}
