import { start } from './shell/page';

App({
  onLaunch() {
    // A page that opens waits for this, and says so if it fails.
    start().catch(() => undefined);
  },
  // A page that an older version had, in a card that somebody shared then: no page of the core's either, which says so and leads on.
  onPageNotFound({ path }) {
    wx.reLaunch({ url: `/account/not_found/not_found?path=${encodeURIComponent(`/${path}`)}` });
  },
});
