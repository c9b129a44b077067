// What a test decides about the phone, WeChat and the person who holds them. `window.__miniSettings` comes before the page; `__wx.set` changes it later.

const english = (navigator.language ?? '').startsWith('en');

export const settings = {
  /** Who she is for WeChat: `wx.login` answers `demo-<name>`. */
  name: 'linxia',
  /** `wx.login` fails with this message, unless null. */
  loginFails: null,
  /** `{result, scanType}` is what the camera sees; null is a person who cancels. */
  scan: null,
  /** `{latitude, longitude}`; null is a person who refuses. */
  location: null,
  /** What she answers to a request for messages: `accept`, `reject`, `ban`, an object by template, or `{errCode, errMsg}` for a failure. */
  subscribe: 'accept',
  /** `agreed`, `ask` (she is asked on the first use) or `undeclared` (nobody told WeChat about it). */
  privacy: 'agreed',
  /** As WeChat writes it: `zh_CN`, `en`. */
  language: english ? 'en' : navigator.language.replace('-', '_'),
  /** WeChat's own text size in pixels; 16 is the standard. */
  fontSize: 16,
  /** `develop`, `trial` or `release`. */
  envVersion: 'release',
  /** `android` or `ios`. */
  platform: 'android',
  /** Files of the package in another wording: what the build would have written for this server. By name. */
  files: {},
  ...window.__miniSettings,
};

/** What WeChat itself writes on the glass. */
export const words = () =>
  settings.language.startsWith('zh')
    ? { back: '返回', home: '首页', cancel: '取消', confirm: '确定', copied: '内容已复制', agree: '同意', refuse: '拒绝', privacy: '用户隐私保护提示' }
    : { back: 'Back', home: 'Home', cancel: 'Cancel', confirm: 'OK', copied: 'Copied', agree: 'Agree', refuse: 'Decline', privacy: 'Privacy' };

/** Every call of `wx`, in order: `{api, options}` with what of the options can be written down. */
export const calls = [];

export function record(api, options) {
  calls.push({ api, options: options === undefined ? undefined : JSON.parse(JSON.stringify(options) ?? 'null') });
}
