// JSON with something wrong with it: the same for the same seed.

const deep = (levels) => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
/** What programs stumble over. */
export const ODD = [
  null, true, false, 0, -0, -1, 0.5, 1e308, -1e308, 2 ** 31, 2 ** 32, 2 ** 53, '', ' ', '\u0000', '￿', '😀', 'a'.repeat(5000), '中'.repeat(700), '-', '/', '../..', '/gifts/', '%', '%zz', '+8613800138000',
  '2026-02-30', '9999-12-31', '0000-00-00', '-0001-01-01', '2026-11-26T25:61:61Z', '2026-11-26T00:00:00Z', '01:60', 'NaN', [], {}, [[]], deep(90), { on: 'retry' }, ['a', 'b'],
];

/** Draws numbers: `draw(n)` is a whole number below `n`. */
export function dice(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const draw = (below) => next() % below;
  // A copy: what is put into a value twice must not be in itself.
  return { draw, of: (list) => structuredClone(list[draw(list.length)]) };
}

/** A copy of a JSON value with a few of its parts taken away, replaced or said twice. */
export function mutated(value, { draw, of }) {
  const copy = structuredClone(value);
  for (let times = 1 + draw(3); times > 0; times -= 1) {
    const places = [];
    const walk = (node) => { if (node !== null && typeof node === 'object') for (const key of Object.keys(node)) { places.push([node, key]); walk(node[key]); } };
    walk(copy);
    if (places.length === 0) return of(ODD);
    const [node, key] = places[draw(places.length)];
    const [other, from] = places[draw(places.length)];
    const how = draw(6);
    if (how === 0 && !Array.isArray(node)) delete node[key];
    else if (how === 1 && Array.isArray(node)) node.splice(Number(key), draw(2), of(ODD));
    else if (how === 2) node[key] = structuredClone(other[from]);
    else if (how === 3 && typeof node[key] === 'number') node[key] = of([-node[key], node[key] * 1e9, node[key] + 0.5, 0]);
    else if (how === 4 && typeof node[key] === 'string') node[key] = node[key].slice(0, draw(node[key].length + 1)) + of(['', 'x', '\u0000', '９']);
    else node[key] = of(ODD);
  }
  return copy;
}

/** A text of JSON with some of its bytes wrong. */
export function garbled(value, { draw, of }) {
  const bytes = Buffer.from(JSON.stringify(value));
  for (let times = 1 + draw(4); times > 0 && bytes.length > 0; times -= 1) {
    const at = draw(bytes.length);
    const how = draw(4);
    if (how === 0) return bytes.subarray(0, at);
    if (how === 1) bytes[at] = draw(256);
    else if (how === 2) bytes[at] = of([0x22, 0x5b, 0x5d, 0x7b, 0x7d, 0x2c, 0x3a, 0x5c]);
    else bytes.copyWithin(at, draw(bytes.length));
  }
  return bytes;
}
