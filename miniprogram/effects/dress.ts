// The bar above the page and the ground behind it, which no style sheet reaches.
import type { Data } from '../core/protocol';
import { dark as night, light as day } from '../theme-colours';

/** Gives them the page's title and its colours. */
export function dress({ chrome, dark }: Data): void {
  const colours = dark ? night : day;
  wx.setNavigationBarTitle({ title: chrome.title });
  const fail = () => undefined;
  wx.setNavigationBarColor({ ...colours.navigationBar, fail });
  wx.setBackgroundColor({ ...colours.background, fail });
  wx.setBackgroundTextStyle({ ...colours.backgroundText, fail });
}
