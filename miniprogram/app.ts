import { start } from './shell/page';

App({
  onLaunch() {
    // A page that opens waits for this, and says so if it fails.
    start().catch(() => undefined);
  },
});
