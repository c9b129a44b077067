import type { RunOf } from '../core/protocol';
import type { Canvas } from '../shell/run';

/** Reads a sentence out, through the page's live region. It is emptied first, or the same sentence would not be read twice. */
export function announce({ text }: RunOf<'announce'>, page: Canvas | undefined): void {
  page?.setData({ announcement: '' });
  wx.nextTick(() => page?.setData({ announcement: text }));
}
