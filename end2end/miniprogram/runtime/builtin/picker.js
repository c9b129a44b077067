// picker: a tap on what is inside opens a panel from below. `selector` offers a list, `date` and `time` a field; all tell `change {value}` or `cancel`.
import { fire } from '../taps.js';
import { panel } from '../panels.js';
import { words } from '../settings.js';

export function picker(element) {
  const now = { mode: 'selector', range: [], rangeKey: undefined, value: undefined, start: undefined, end: undefined, disabled: false, fields: 'day', title: '' };
  const keep = (name, fallback) => (value) => { now[name] = value ?? fallback; };
  element.addEventListener('click', () => {
    if (now.disabled) return;
    if (now.mode === 'selector') selector(element, now);
    else if (now.mode === 'date' || now.mode === 'time') moment(element, now);
    else console.error(`the harness has no picker for ${now.mode}`);
  });
  return {
    set: {
      mode: keep('mode', 'selector'),
      range: keep('range', []),
      'range-key': keep('rangeKey'),
      value: keep('value'),
      start: keep('start'),
      end: keep('end'),
      fields: keep('fields', 'day'),
      'header-text': keep('title', ''),
      disabled: (disabled) => { now.disabled = Boolean(disabled); },
    },
  };
}

function open(element, now, content, answer) {
  const close = panel({
    label: now.title || element.getAttribute('aria-label') || '',
    content,
    buttons: [
      { text: words().cancel, tap: () => { close(); fire(element, 'cancel'); } },
      { text: words().confirm, tap: () => { close(); fire(element, 'change', { value: answer() }); } },
    ],
  });
}

function selector(element, now) {
  // WeChat's number comes as text.
  let index = String(Number(now.value) >= 0 ? Number(now.value) : 0);
  const list = document.createElement('div');
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', now.title || element.getAttribute('aria-label') || words().confirm);
  const options = now.range.map((item, place) => {
    const option = document.createElement('div');
    option.setAttribute('role', 'option');
    option.tabIndex = 0;
    option.textContent = String(now.rangeKey ? item[now.rangeKey] : item);
    option.addEventListener('click', () => { index = String(place); mark(); });
    return option;
  });
  const mark = () => options.forEach((option, place) => option.setAttribute('aria-selected', String(String(place) === index)));
  mark();
  list.append(...options);
  open(element, now, list, () => index);
}

function moment(element, now) {
  const field = document.createElement('input');
  field.type = now.mode === 'date' && now.fields === 'month' ? 'month' : now.mode;
  field.setAttribute('aria-label', now.title || element.getAttribute('aria-label') || words().confirm);
  if (now.start) field.min = now.start;
  if (now.end) field.max = now.end;
  field.value = now.value || now.end || now.start || '';
  open(element, now, field, () => {
    // The wheel has no place beyond its ends.
    if (field.min && field.value < field.min) return field.min;
    if (field.max && field.value > field.max) return field.max;
    return field.value;
  });
}
