import { forbidden } from './forbidden';

/** WeChat's word for a camera that she closed. */
const CLOSED = /cancel/;

/** Has a code read by the camera. */
export function scan(done: (value: { read: string } | 'closed' | 'forbidden' | 'unavailable') => void): void {
  wx.scanCode({
    scanType: ['barCode', 'qrCode'],
    success: ({ result }) => done({ read: result }),
    fail: ({ errMsg }) => done(CLOSED.test(errMsg) ? 'closed' : forbidden(errMsg) ? 'forbidden' : 'unavailable'),
  });
}
