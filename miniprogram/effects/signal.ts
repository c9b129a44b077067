import type { RunOf } from '../core/protocol';

/** Lets it be felt how something went. */
export function signal({ good }: RunOf<'signal'>): void {
  wx.vibrateShort({ type: good ? 'light' : 'heavy', fail: () => undefined });
}
