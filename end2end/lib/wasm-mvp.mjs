// WebAssembly as it first was, read from the bytes: what a module's sections may say before the proposals that came later.

const NAMES = ['custom', 'type', 'import', 'function', 'table', 'memory', 'global', 'export', 'start', 'element', 'code', 'data'];
const VALUES = new Set([0x7f, 0x7e, 0x7d, 0x7c]);
const FUNCTION = 0x60;
const FUNCREF = 0x70;
const KINDS = ['function', 'table', 'memory', 'global'];

/** `{imports, exports: [{name, kind}], later}` of a module; `later` lists what the first WebAssembly did not have, but for instructions. */
export function sections(bytes) {
  const read = reader(bytes);
  if (read.word() !== 0x6d736100 || read.word() !== 1) throw new Error('no module of version 1');
  const found = { imports: 0, exports: [], later: [] };
  while (read.at() < bytes.length) {
    const id = read.byte();
    const end = read.number() + read.at();
    const name = NAMES[id];
    if (name === undefined) found.later.push(`section ${id}`);
    else if (name === 'custom') found.later.push(`custom section ${read.name()}`);
    else if (name !== 'start') items[name]?.(read, found);
    read.go(end);
  }
  return found;
}

const many = (read, each) => { for (let count = read.number(); count > 0; count -= 1) each(); };

const items = {
  type: (read, found) => many(read, () => {
    if (read.byte() !== FUNCTION) throw new Error('a type that is no function: what follows can’t be read');
    const value = () => { const type = read.byte(); if (!VALUES.has(type)) found.later.push(`a value of type ${type}`); };
    many(read, value);
    const before = read.at();
    if (read.number() > 1) found.later.push('a function of two results');
    read.go(before);
    many(read, value);
  }),
  import: (read, found) => { found.imports = read.number(); },
  table: (read, found) => {
    const count = read.number();
    if (count > 1) found.later.push('a second table');
    if (count > 0 && read.byte() !== FUNCREF) found.later.push('a table of foreign values');
  },
  memory: (read, found) => {
    const count = read.number();
    if (count > 1) found.later.push('a second memory');
    if (count > 0 && read.byte() > 1) found.later.push('a shared or 64-bit memory');
  },
  export: (read, found) => many(read, () => {
    const name = read.name();
    found.exports.push({ name, kind: KINDS[read.byte()] });
    read.number();
  }),
  // The first segment tells: a passive or declared one begins with another flag than 0.
  element: (read, found) => { if (read.number() > 0 && read.number() !== 0) found.later.push('an element segment that is not active'); },
  data: (read, found) => { if (read.number() > 0 && read.number() !== 0) found.later.push('a data segment that is not active'); },
};

function reader(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const byte = () => view.getUint8(at++);
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const part = byte();
      value += (part & 0x7f) * 2 ** shift;
      if (part < 0x80) return value;
    }
  };
  return {
    at: () => at,
    go: (to) => { at = to; },
    byte,
    number,
    word: () => { at += 4; return view.getUint32(at - 4, true); },
    name: () => { const length = number(); at += length; return Buffer.from(bytes.buffer, bytes.byteOffset + at - length, length).toString('utf8'); },
  };
}
