// The bar above the page and the ground behind it, which no style sheet reaches.
import type { Data } from '../core/protocol';
import * as paper from '../theme-colours';

const { pass } = paper;

/** Gives them the page's title and its colours. */
export function dress({ chrome, dark, ground }: Data): void {
  const on = ground === 'pass' ? pass : paper;
  const colours = dark ? on.dark : on.light;
  wx.setNavigationBarTitle({ title: chrome.title });
  const fail = () => undefined;
  wx.setNavigationBarColor({ ...colours.navigationBar, fail });
  wx.setBackgroundColor({ ...colours.background, fail });
  wx.setBackgroundTextStyle({ ...colours.backgroundText, fail });
}
