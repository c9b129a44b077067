// What she is asked for: who she is, where she is, what she sees, what she agrees to.
import { Failure, later, now } from './api.js';
import { harness } from '../harness.js';
import { app } from '../package.js';
import { panel } from '../panels.js';
import { settings, words } from '../settings.js';
import { isTapping } from '../taps.js';

const MOST_TEMPLATES = 5;
const CONTRACT = '《隐私保护指引》';
let asks = null;

/** Whether she lets `api` have what is hers, asked at most once. */
export async function privately(api) {
  if (settings.privacy === 'undeclared') throw new Failure('api scope is not declared in the privacy agreement', { errno: 112 });
  if (settings.privacy === 'agreed') return;
  const answer = await (asks ? new Promise((resolve) => { asks(checked(resolve), { referrer: api }); }) : ask());
  if (answer === 'disagree') throw new Failure('privacy permission is not authorized', { errno: 104 });
  settings.privacy = 'agreed';
}

const checked = (resolve) => ({ event, buttonId }) => {
  if (event === 'agree' && !harness.agreedBy.has(buttonId)) console.error(`she did not tap the button ${buttonId} that agrees`);
  else if (event === 'agree' || event === 'disagree') resolve(event);
};

/** WeChat's own question, where a page has none. */
const ask = () => new Promise((resolve) => {
  const answer = (event) => () => { close(); resolve(event); };
  const close = panel({ role: 'alertdialog', label: words().privacy, content: CONTRACT, buttons: [{ text: words().refuse, tap: answer('disagree') }, { text: words().agree, tap: answer('agree') }] });
});

/** Consents to messages: asked only while a tap is handled. */
function subscribe({ tmplIds }, tapped) {
  if (!tapped) throw new Failure('can only be invoked by user TAP gesture.', { errCode: 10001 });
  if (!Array.isArray(tmplIds) || tmplIds.length === 0) throw new Failure("TmplIds can't be empty", { errCode: 10001 });
  if (tmplIds.some((id) => typeof id !== 'string' || id === '')) throw new Failure('Invalid template id', { errCode: 10004 });
  if (tmplIds.length > MOST_TEMPLATES) throw new Failure('Templates count out of max bounds', { errCode: 20003 });
  const answer = settings.subscribe;
  if (answer.errCode !== undefined) throw new Failure(answer.errMsg, { errCode: answer.errCode });
  return Object.fromEntries(tmplIds.map((id) => [id, typeof answer === 'string' ? answer : answer[id] ?? 'reject']));
}

export const person = {
  login: later('login', () => {
    if (settings.loginFails !== null) throw new Failure(settings.loginFails);
    return { code: `demo-${settings.name}` };
  }),
  scanCode: later('scanCode', () => {
    if (settings.scan === null) throw new Failure('cancel');
    return { charSet: 'UTF-8', rawData: '', path: '', scanType: 'QR_CODE', ...settings.scan };
  }),
  getFuzzyLocation: later('getFuzzyLocation', async () => {
    if (!app.json['app.json'].requiredPrivateInfos?.includes('getFuzzyLocation')) throw new Failure('the api need to be declared in the requiredPrivateInfos field in app.json/ext.json');
    await privately('getFuzzyLocation');
    if (settings.location === null) throw new Failure('auth deny');
    return settings.location;
  }),
  requestSubscribeMessage: later('requestSubscribeMessage', (options) => subscribe(options, isTapping())),
  getPrivacySetting: later('getPrivacySetting', () => ({ needAuthorization: settings.privacy === 'ask', privacyContractName: CONTRACT })),
  requirePrivacyAuthorize: later('requirePrivacyAuthorize', () => privately('requirePrivacyAuthorize')),
  onNeedPrivacyAuthorization: now('onNeedPrivacyAuthorization', (listener) => { asks = listener; }),
};
