import type { RunOf } from '../core/protocol';

/** Puts a text where she can paste it. WeChat says by itself that it did. */
export function copy({ text }: RunOf<'copy'>): void {
  wx.setClipboardData({ data: text, fail: () => undefined });
}
