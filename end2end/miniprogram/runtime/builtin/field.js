// input and textarea. A field keeps what she typed until its `value` attribute changes; a string that `bindinput` returns takes the place of what she typed.
import { fire } from '../taps.js';

const LONGEST = 140;
const KEYBOARD = { text: 'text', number: 'numeric', digit: 'decimal', idcard: 'text', tel: 'tel', nickname: 'text', 'safe-password': 'text' };
const ENTER = 13;

const field = (make) => (element) => {
  const inner = make();
  inner.maxLength = LONGEST;
  element.append(inner);
  const silent = (event) => event.stopPropagation();
  let given = '';
  inner.addEventListener('input', (event) => {
    silent(event);
    const detail = { value: inner.value, cursor: inner.selectionStart ?? inner.value.length, keyCode: 0 };
    fire(element, 'input', detail, { handleListenerReturn: (answer) => {
      const text = typeof answer === 'object' && answer !== null ? answer.value : answer;
      if (typeof text === 'string') inner.value = text;
    } });
  });
  inner.addEventListener('change', silent);
  inner.addEventListener('focus', () => fire(element, 'focus', { value: inner.value, height: 0 }));
  // A field that is taken away while she is in it loses the focus in the middle of the page's update; what WeChat says of it comes later.
  inner.addEventListener('blur', () => queueMicrotask(() => fire(element, 'blur', { value: inner.value, cursor: inner.selectionStart ?? 0 })));
  inner.addEventListener('keydown', (event) => {
    if (event.keyCode === ENTER && inner.tagName === 'INPUT') fire(element, 'confirm', { value: inner.value });
  });
  return {
    labelled: inner,
    set: {
      value: (value) => {
        const text = value === undefined || value === null ? '' : String(value);
        if (text === given) return;
        given = text;
        if (inner.value !== text) inner.value = text;
      },
      type: (type) => {
        if (!(type in KEYBOARD)) console.error(`<${element.__tag}> has no type ${type}`);
        inner.inputMode = KEYBOARD[type] ?? 'text';
      },
      password: (secret) => { inner.type = secret ? 'password' : 'text'; },
      placeholder: (text) => { inner.placeholder = text ?? ''; },
      'placeholder-class': (name) => element.setAttribute('placeholder-class', name),
      disabled: (disabled) => { inner.disabled = Boolean(disabled); },
      maxlength: (most) => { if (Number(most) < 0) inner.removeAttribute('maxlength'); else inner.maxLength = Number(most); },
      // Attributes come before the element is in its page.
      focus: (wanted) => { if (wanted) setTimeout(() => inner.focus()); },
      'auto-height': (grows) => { element.toggleAttribute('auto-height', Boolean(grows)); },
    },
    inert: ['placeholder-style', 'confirm-type', 'confirm-hold', 'cursor', 'cursor-spacing', 'selection-start', 'selection-end', 'adjust-position', 'hold-keyboard', 'always-embed', 'auto-focus', 'show-confirm-bar', 'fixed', 'disable-default-padding', 'auto-fill'],
  };
};

export const input = field(() => Object.assign(document.createElement('input'), { type: 'text', autocomplete: 'off' }));
export const textarea = field(() => document.createElement('textarea'));
