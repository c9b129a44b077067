import type { RunOf } from '../core/protocol';

/** WeChat keeps no more pages open than these. */
const DEEPEST = 10;

/** Where everybody may be. */
const HOME = '/pages/home/home';

/** Where it is going. */
let going: string | undefined;

/** Goes somewhere. A second tap on the way there opens no second page; a page that can't be had (its package is not there without a network) leaves her where she is. */
export function navigate({ how, url }: RunOf<'navigate'>): void {
  if (going === url) return;
  going = url;
  const options = {
    url,
    fail: () => undefined,
    complete() {
      going = undefined;
    },
  };
  switch (how) {
    case 'to':
      if (getCurrentPages().length < DEEPEST) wx.navigateTo(options);
      else wx.redirectTo(options);
      return;
    case 'instead':
      wx.redirectTo(options);
      return;
    case 'tab':
      wx.switchTab(options);
      return;
    case 'anew':
      // The pages of a former session must not stay.
      wx.reLaunch({ ...options, fail: () => wx.reLaunch({ url: HOME }) });
  }
}
