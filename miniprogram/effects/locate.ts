/** WeChat's words for a position it may not tell. */
const FORBIDDEN = /auth|permission|privacy/;

/** Asks where she is, roughly. */
export function locate(done: (value: { near: { lat: number; lng: number } } | 'forbidden' | 'unavailable') => void): void {
  wx.getFuzzyLocation({
    type: 'wgs84',
    success: ({ latitude, longitude }) => done({ near: { lat: latitude, lng: longitude } }),
    fail: ({ errMsg }) => done(FORBIDDEN.test(errMsg) ? 'forbidden' : 'unavailable'),
  });
}
