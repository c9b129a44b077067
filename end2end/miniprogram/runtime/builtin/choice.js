// switch, checkbox and radio, with their groups.
import { fire } from '../taps.js';

function choice(role, changed) {
  return (element) => {
    element.setAttribute('role', role);
    element.tabIndex = 0;
    const control = { value: '', checked: false, disabled: false, mark };
    function mark(checked) {
      control.checked = Boolean(checked);
      element.setAttribute('aria-checked', String(control.checked));
    }
    mark(false);
    element.addEventListener('click', () => { if (!control.disabled) changed(element, control); });
    element.__choice = control;
    return {
      set: {
        checked: mark,
        value: (value) => { control.value = value ?? ''; },
        disabled: (disabled) => {
          control.disabled = Boolean(disabled);
          element.setAttribute('aria-disabled', String(control.disabled));
        },
      },
      inert: ['color', 'type'],
    };
  };
}

const chosen = (owner, tag) => [...owner.querySelectorAll(`wx-${tag}`)].map(({ __choice }) => __choice).filter(({ checked }) => checked).map(({ value }) => value);

export const toggle = choice('switch', (element, control) => {
  control.mark(!control.checked);
  fire(element, 'change', { value: control.checked });
});

export const checkbox = choice('checkbox', (element, control) => {
  control.mark(!control.checked);
  const owner = element.closest('wx-checkbox-group');
  if (owner) fire(owner, 'change', { value: chosen(owner, 'checkbox') });
});

export const radio = choice('radio', (element, control) => {
  const owner = element.closest('wx-radio-group');
  if (control.checked || !owner) return;
  for (const other of owner.querySelectorAll('wx-radio')) other.__choice.mark(other === element);
  fire(owner, 'change', { value: control.value });
});

export const group = (kind) => (element) => {
  if (kind === 'radio') element.setAttribute('role', 'radiogroup');
  return { set: {} };
};
