import { forbidden } from './forbidden';

/** Asks where she is, roughly. */
export function locate(done: (value: { near: { lat: number; lng: number } } | 'forbidden' | 'unavailable') => void): void {
  wx.getFuzzyLocation({
    type: 'wgs84',
    success: ({ latitude, longitude }) => done({ near: { lat: latitude, lng: longitude } }),
    fail: ({ errMsg }) => done(forbidden(errMsg) ? 'forbidden' : 'unavailable'),
  });
}
