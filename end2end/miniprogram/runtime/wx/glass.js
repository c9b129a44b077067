// What WeChat draws, and where the page stands.
import { Failure, later } from './api.js';
import { hideToast, panel, toast } from '../panels.js';
import { words } from '../settings.js';
import { drawBar, stopPullDown, top } from '../stack.js';

const TOAST = 1500;
const COLOUR = /^#[\da-f]{6}$/i;

function bar(change) {
  Object.assign(top().bar, change);
  drawBar();
}

const modal = ({ title = '', content = '', showCancel = true, cancelText = words().cancel, confirmText = words().confirm }) => new Promise((resolve) => {
  const text = document.createElement('div');
  for (const line of [title, content].filter(Boolean)) text.append(Object.assign(document.createElement('p'), { textContent: line }));
  const answer = (confirm) => () => { close(); resolve({ confirm, cancel: !confirm }); };
  const close = panel({
    role: 'alertdialog',
    label: title || content,
    content: text,
    buttons: [...(showCancel ? [{ text: cancelText, tap: answer(false) }] : []), { text: confirmText, tap: answer(true) }],
  });
});

export const glass = {
  setNavigationBarTitle: later('setNavigationBarTitle', ({ title }) => bar({ title })),
  setNavigationBarColor: later('setNavigationBarColor', ({ frontColor, backgroundColor }) => {
    if (frontColor !== '#ffffff' && frontColor !== '#000000') throw new Failure('invalid frontColor');
    if (!COLOUR.test(backgroundColor)) throw new Failure('invalid backgroundColor');
    bar({ foreground: frontColor, background: backgroundColor });
  }),
  setBackgroundColor: later('setBackgroundColor', ({ backgroundColor }) => { if (backgroundColor !== undefined) document.body.style.backgroundColor = backgroundColor; }),
  setBackgroundTextStyle: later('setBackgroundTextStyle', ({ textStyle }) => { if (textStyle !== 'dark' && textStyle !== 'light') throw new Failure('invalid textStyle'); }),
  showToast: later('showToast', ({ title, duration = TOAST }) => toast(title, duration)),
  hideToast: later('hideToast', () => hideToast()),
  showModal: later('showModal', modal),
  stopPullDownRefresh: later('stopPullDownRefresh', () => stopPullDown()),
  pageScrollTo: later('pageScrollTo', ({ scrollTop, selector }) => {
    if (selector === undefined) return window.scrollTo(0, scrollTop);
    const element = top().holder.querySelector(selector);
    if (element === null) throw new Failure('selector invalid');
    return element.scrollIntoView();
  }),
  createSelectorQuery: () => top().instance.createSelectorQuery(),
  nextTick: (then) => { setTimeout(then); },
  enableAlertBeforeUnload: later('enableAlertBeforeUnload', ({ message }) => { top().question = message; }),
  disableAlertBeforeUnload: later('disableAlertBeforeUnload', () => { top().question = null; }),
};
