// What WeChat asks of a WebAssembly module before it runs it, read from the module's bytes.

const MAGIC = 0x6d736100;
const TABLE = 4;
const IMPORT = 2;
const EXPORT = 7;
const EXTERNREF = 0x6f;
const KIND = { FUNCTION: 0, TABLE: 1, MEMORY: 2, GLOBAL: 3 };

/** Why iOS would not run this module, one line each: it can't export a Global, and knows no tables of foreign values. */
export function refusedByIos(bytes) {
  const found = [];
  for (const { id, at } of sections(bytes)) {
    const read = reader(bytes, at);
    const count = read.number();
    for (let index = 0; index < count; index += 1) {
      if (id === TABLE) {
        if (read.table() === EXTERNREF) found.push('a table of externref');
      } else if (id === IMPORT) {
        const name = `${read.name()}.${read.name()}`;
        if (read.imported() === EXTERNREF) found.push(`an imported table of externref: ${name}`);
      } else {
        const name = read.name();
        if (read.byte() === KIND.GLOBAL) found.push(`an exported Global: ${name}`);
        read.number();
      }
    }
  }
  return found;
}

function* sections(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new Error('no WebAssembly module');
  let at = 8;
  while (at < bytes.length) {
    const read = reader(bytes, at);
    const id = read.byte();
    const size = read.number();
    if (id === TABLE || id === IMPORT || id === EXPORT) yield { id, at: read.at() };
    at = read.at() + size;
  }
}

function reader(bytes, start) {
  let at = start;
  const byte = () => bytes[at++];
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const part = byte();
      value += (part & 0x7f) * 2 ** shift;
      if (part < 0x80) return value;
    }
  };
  const limits = () => {
    const bounded = byte() & 1;
    number();
    if (bounded) number();
  };
  const table = () => { const type = byte(); limits(); return type; };
  return {
    at: () => at,
    byte,
    number,
    table,
    name: () => { const length = number(); at += length; return String.fromCharCode(...bytes.subarray(at - length, at)); },
    imported: () => {
      const kind = byte();
      if (kind === KIND.TABLE) return table();
      if (kind === KIND.MEMORY) limits();
      else if (kind === KIND.GLOBAL) at += 2;
      else number();
      return undefined;
    },
  };
}
