// What leaves the page: the clipboard, the telephone, a map, a buzz; and randomness.
import { Failure, later } from './api.js';
import { harness } from '../harness.js';
import { toast } from '../panels.js';
import { words } from '../settings.js';
import { privately } from './person.js';

const TOAST = 1500;
const MOST_BYTES = 1_048_576;
const BLOCK = 65_536;

export const device = {
  setClipboardData: later('setClipboardData', async ({ data }) => {
    if (typeof data !== 'string') throw new Failure('parameter error: parameter.data should be String');
    await privately('setClipboardData');
    harness.clipboard = data;
    toast(words().copied, TOAST);
  }),
  makePhoneCall: later('makePhoneCall', ({ phoneNumber }) => { if (!phoneNumber) throw new Failure('parameter error: parameter.phoneNumber should be String'); }),
  openLocation: later('openLocation', ({ latitude, longitude }) => {
    if (typeof latitude !== 'number' || typeof longitude !== 'number') throw new Failure('parameter error: latitude and longitude should be Number');
  }),
  vibrateShort: later('vibrateShort', ({ type }) => { if (!['heavy', 'medium', 'light'].includes(type)) throw new Failure('style is not support'); }),
  getRandomValues: later('getRandomValues', ({ length }) => {
    if (!Number.isInteger(length) || length < 1 || length > MOST_BYTES) throw new Failure('invalid length');
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += BLOCK) crypto.getRandomValues(bytes.subarray(at, at + BLOCK));
    return { randomValues: bytes.buffer };
  }),
};
