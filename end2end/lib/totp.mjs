// Six digits of an authenticator (RFC 6238: SHA-1, 30 seconds, six digits), written here a second time so that the server's are checked as well.
import { createHmac } from 'node:crypto';

const STEP = 30;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The bytes of a base32 text without padding. */
export function base32(text) {
  let bits = '';
  for (const letter of text.toUpperCase()) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) throw new Error(`not base32: ${letter}`);
    bits += value.toString(2).padStart(5, '0');
  }
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

/** The code of a secret (base32) in the step that an instant (milliseconds) falls into; `ahead` steps later. */
export function totp(secret, now = Date.now(), ahead = 0) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 1000 / STEP) + ahead));
  const digest = createHmac('sha1', base32(secret)).update(counter).digest();
  const at = digest.at(-1) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
