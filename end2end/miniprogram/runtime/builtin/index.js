// The components that WeChat has built in. Each is a function of its element that answers with a control:
// `set`: what an attribute does; `inert`: attributes that change nothing here; `labelled`: the element that carries role and aria-*, if not the host.
import { button } from './button.js';
import { checkbox, radio, group, toggle } from './choice.js';
import { input, textarea } from './field.js';
import { image } from './image.js';
import { pageMeta } from './page-meta.js';
import { picker } from './picker.js';
import { scrollView } from './scroll-view.js';

export const controls = {
  button,
  checkbox,
  'checkbox-group': group('checkbox'),
  image,
  input,
  'page-meta': pageMeta,
  picker,
  radio,
  'radio-group': group('radio'),
  'scroll-view': scrollView,
  switch: toggle,
  textarea,
};
