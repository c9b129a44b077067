import type { RunOf } from '../core/protocol';

/** Random bytes, for the name of an intent. */
export function entropy({ bytes }: RunOf<'entropy'>, done: (value: number[]) => void): void {
  const weak = () => done(Array.from({ length: bytes }, () => Math.floor(Math.random() * 256)));
  // Where the platform has no good source, a weak one does: the name only has to differ from her own other ones.
  if (wx.getRandomValues === undefined) return weak();
  wx.getRandomValues({
    length: bytes,
    success: ({ randomValues }) => done(Array.from(new Uint8Array(randomValues))),
    fail: weak,
  });
}
