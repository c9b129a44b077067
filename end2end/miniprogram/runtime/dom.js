// How the nodes of a page become elements of the DOM: `view` is `wx-view`, `aria-role` is `role`, and built-in components are driven by their controls.
import * as glassEasel from 'glass-easel';
import { controls } from './builtin/index.js';
import { rpx } from './rpx.js';

// Says nothing to the DOM: how WeChat lets a finger feel, what it offers to select.
const INERT = new Set(['hover-class', 'hover-stop-propagation', 'hover-start-time', 'hover-stay-time', 'user-select', 'selectable', 'space', 'decode', 'name', 'for']);
// Of ARIA, what WeChat passes on (component/aria-component).
const ARIA = new Set(['activedescendant', 'atomic', 'autocomplete', 'busy', 'checked', 'colcount', 'colindex', 'colspan', 'controls', 'current', 'describedby', 'details', 'disabled', 'dropeffect', 'errormessage', 'expanded', 'flowto', 'grabbed', 'haspopup', 'hidden', 'invalid', 'keyshortcuts', 'label', 'labelledby', 'level', 'live', 'modal', 'multiline', 'multiselectable', 'orientation', 'owns', 'placeholder', 'posinset', 'pressed', 'readonly', 'relevant', 'required', 'role', 'roledescription', 'rowcount', 'rowindex', 'rowspan', 'selected', 'setsize', 'sort', 'valuemax', 'valuemin', 'valuenow', 'valuetext']);

/** The web view: where glass-easel draws. Taps and events of built-in components are fired by the harness, not by the DOM. */
export function webView() {
  glassEasel.globalOptions.writeIdToDOM = true;
  glassEasel.NativeNode.prototype.updateAttribute = function updateAttribute(name, value) { attribute(this.getBackendElement(), name, value); };
  // A warning is a mistake in a page: it fails the test.
  glassEasel.addGlobalWarningListener((message) => { console.error(`glass-easel: ${message}`); return false; });
  const context = new glassEasel.CurrentWindowBackendContext();
  context.document = {
    createElement,
    createTextNode: (text) => document.createTextNode(text),
    createDocumentFragment: () => document.createDocumentFragment(),
  };
  context.setListenerStats = (element, type) => { if (type === 'tap') element.setAttribute('data-tap', ''); };
  return context;
}

function createElement(tag) {
  const element = document.createElement(`wx-${tag}`);
  const set = element.setAttribute.bind(element);
  element.setAttribute = (name, value) => set(name, name === 'style' ? rpx(value) : value);
  Object.defineProperty(element, 'id', {
    get: () => element.getAttribute('id') ?? '',
    // glass-easel writes its own prefix before an id. In WeChat every page is a document of its own, so ids stay what they are.
    set: (id) => {
      const own = id.slice(id.indexOf('--') + 2);
      if (own === '') element.removeAttribute('id'); else set('id', own);
    },
  });
  element.__tag = tag;
  element.__control = controls[tag]?.(element);
  return element;
}

function attribute(element, name, value) {
  const control = element.__control;
  if (name.startsWith('aria-') && ARIA.has(name.slice('aria-'.length))) return aria(control?.labelled ?? element, name === 'aria-role' ? 'role' : name, value);
  if (name === 'hidden') return element.toggleAttribute('hidden', Boolean(value));
  if (control?.set?.[name]) return control.set[name](value);
  if (!INERT.has(name) && !control?.inert?.includes(name)) console.error(`<${element.__tag}> has no attribute ${name}`);
  return undefined;
}

function aria(element, name, value) {
  if (value === undefined || value === null || value === '') element.removeAttribute(name);
  else element.setAttribute(name, String(value));
}
