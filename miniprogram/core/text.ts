// UTF-8: the logic layer has neither TextEncoder nor TextDecoder.

const REPLACEMENT = 0xfffd;

/** The code point at `index`; half of a pair alone becomes the replacement character, as in TextEncoder. */
function pointAt(text: string, index: number): number {
  const point = text.codePointAt(index) as number;
  return point >= 0xd800 && point <= 0xdfff ? REPLACEMENT : point;
}

/**
 * A value as JSON. Half of a pair alone, as a field that is too short for its last sign leaves it, becomes the replacement character here, too: JSON
 * writes it as an escape that no Rust string can hold. Whole pairs are never written as escapes.
 */
export function json(value: unknown): string {
  return JSON.stringify(value).replace(/\\(ud[89a-f]..|.)/g, (escape, of: string) => (of.length > 1 ? '\ufffd' : escape));
}

/** The bytes of a text. */
export function encode(text: string): number[] {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const point = pointAt(text, index);
    if (point > 0xffff) index += 1;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
  }
  return bytes;
}

/** The text of bytes that come from a Rust string, and so are UTF-8. */
export function decode(bytes: Uint8Array): string {
  // In pieces: one call takes only so many arguments.
  const PIECE = 4096;
  let text = '';
  let units: number[] = [];
  let index = 0;
  const next = () => bytes[index++] & 63;
  while (index < bytes.length) {
    const first = bytes[index++];
    let point = first;
    if (first >= 0xf0) point = ((first & 7) << 18) | (next() << 12) | (next() << 6) | next();
    else if (first >= 0xe0) point = ((first & 15) << 12) | (next() << 6) | next();
    else if (first >= 0xc0) point = ((first & 31) << 6) | next();
    if (point > 0xffff) units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 1023));
    else units.push(point);
    if (units.length > PIECE) {
      text += String.fromCharCode(...units);
      units = [];
    }
  }
  return text + String.fromCharCode(...units);
}
