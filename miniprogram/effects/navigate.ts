import type { RunOf } from '../core/protocol';

/** WeChat keeps no more pages open than these. */
const DEEPEST = 10;

/** Goes somewhere. */
export function navigate({ how, url }: RunOf<'navigate'>): void {
  switch (how) {
    case 'to':
      if (getCurrentPages().length < DEEPEST) wx.navigateTo({ url });
      else wx.redirectTo({ url });
      return;
    case 'instead':
      wx.redirectTo({ url });
      return;
    case 'tab':
      wx.switchTab({ url });
      return;
    case 'anew':
      wx.reLaunch({ url });
  }
}
