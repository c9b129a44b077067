// WXWebAssembly: files of the package only, and nothing that an iPhone would refuse.
import { refusedByIos } from '../wasm.mjs';

export const WXWebAssembly = {
  Memory: WebAssembly.Memory,
  Table: WebAssembly.Table,
  Global: WebAssembly.Global,
  async instantiate(path, imports = {}) {
    if (typeof path !== 'string') throw new TypeError('WXWebAssembly.instantiate: a path, nothing else');
    if (!/^[^:]+\.wasm(\.br)?$/.test(path)) throw new Error(`WXWebAssembly.instantiate: not a .wasm or .wasm.br of the package: ${path}`);
    const answer = await fetch(`app/${path.replace(/^\//, '')}`);
    if (!answer.ok) throw new Error(`WXWebAssembly.instantiate: no such file in the package: ${path}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const refused = refusedByIos(bytes);
    if (refused.length > 0) throw new Error(`WXWebAssembly.instantiate: iOS refuses ${refused.join(', ')}`);
    const module = await WebAssembly.compile(bytes);
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  },
};
