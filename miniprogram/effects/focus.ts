import type { RunOf } from '../core/protocol';
import type { Canvas } from '../shell/run';

/** Puts the focus on a field, or brings another element into sight. */
export function focus({ target }: RunOf<'focus'>, page: Canvas | undefined): void {
  // It moves only when the name changes.
  page?.setData({ focus: '' });
  wx.nextTick(() => {
    page?.setData({ focus: target });
    wx.pageScrollTo({ selector: `#${target}`, fail: () => undefined });
  });
}
