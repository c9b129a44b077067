/** WeChat's words for a camera it may not use. */
const FORBIDDEN = /auth|permission|privacy/;
const CLOSED = /cancel/;

/** Has a code read by the camera. */
export function scan(done: (value: { read: string } | 'closed' | 'forbidden' | 'unavailable') => void): void {
  wx.scanCode({
    scanType: ['barCode', 'qrCode'],
    success: ({ result }) => done({ read: result }),
    fail: ({ errMsg }) => done(CLOSED.test(errMsg) ? 'closed' : FORBIDDEN.test(errMsg) ? 'forbidden' : 'unavailable'),
  });
}
