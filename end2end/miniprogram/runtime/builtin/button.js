// button: for what WeChat opens only from one, above all sharing.
import { fire } from '../taps.js';
import { harness } from '../harness.js';

export function button(element) {
  element.setAttribute('role', 'button');
  element.tabIndex = 0;
  let opens = '';
  element.addEventListener('click', () => {
    if (element.hasAttribute('disabled')) return;
    if (opens === 'share') harness.share({ from: 'button', dataset: element.__wxElement.dataset, id: element.id });
    if (opens === 'agreePrivacyAuthorization') {
      harness.agreedBy.add(element.id);
      fire(element, 'agreeprivacyauthorization', {});
    }
  });
  return {
    set: {
      'open-type': (type) => {
        opens = type ?? '';
        if (!['', 'share', 'agreePrivacyAuthorization'].includes(opens)) console.error(`the harness has no button that opens ${opens}`);
      },
      disabled: (disabled) => {
        element.toggleAttribute('disabled', Boolean(disabled));
        element.setAttribute('aria-disabled', String(Boolean(disabled)));
      },
      type: (type) => element.setAttribute('type', type),
      size: (size) => element.setAttribute('size', size),
      plain: (plain) => element.toggleAttribute('plain', Boolean(plain)),
    },
    inert: ['loading', 'lang', 'form-type'],
  };
}
