import type { RunOf } from '../core/protocol';

/** Puts a text where she can paste it, and says whether it is there. WeChat says by itself that it is. */
export function copy({ text }: RunOf<'copy'>, done: (copied: boolean) => void): void {
  wx.setClipboardData({ data: text, success: () => done(true), fail: () => done(false) });
}
