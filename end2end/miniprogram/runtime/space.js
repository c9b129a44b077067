// Pages and components of the package as glass-easel knows them: each is registered the first time it is needed.
import * as adapter from 'glass-easel-miniprogram-adapter';
import { webView } from './dom.js';
import { app, resolve, run } from './package.js';
import { plainEvent } from './taps.js';

const LARGEST_SET_DATA = 1024 * 1024;
// First of all: a space takes over the options that hold when it is made.
const view = webView();
const environment = new adapter.MiniProgramEnv();
const space = environment.createCodeSpace('', true);
const backend = environment.associateBackend(view);
const registered = new Set();
// Who calls `Page` is known by whose file runs: a module that both share may do it for them.
let registering;
let globals;

/** Tells what every file of the package sees. */
export function useGlobals(given) {
  const Page = (definition) => registering.Page(unwrapped(definition));
  const Component = (definition) => registering.Component({ ...definition, methods: unwrapped(definition.methods ?? {}) });
  globals = { ...given, Page, Component, Behavior: (definition) => registering.Behavior(definition) };
}

export const runFile = (name) => run(name, globals);

/** What the JSON of a page or component says, with the app's components. */
export const configOf = (unit) => app.json[`${unit}.json`] ?? {};

function register(unit) {
  if (registered.has(unit)) return;
  registered.add(unit);
  const config = configOf(unit);
  const usingComponents = { ...app.json['app.json'].usingComponents, ...config.usingComponents };
  for (const component of Object.values(usingComponents)) register(resolve(unit, component));
  space.addComponentStaticConfig(unit, { ...config, usingComponents: Object.fromEntries(Object.entries(usingComponents).map(([name, target]) => [name, `/${resolve(unit, target)}`])) });
  space.addCompiledTemplate(unit, { groupList: app.templates, content: app.templates[unit], fallbackListenerOnNativeNode: true });
  if (app.components.includes(unit)) {
    space.addStyleSheet(unit, undefined, unit.replaceAll('/', '-'));
    style(app.styles[unit]);
  }
  space.componentEnv(unit, (given) => {
    const outer = registering;
    registering = given;
    try { runFile(`${unit}.js`); } finally { registering = outer; }
  });
}

/** Writes a style sheet into `place`. */
export function style(text, place = document.head) {
  if (!text) return;
  const sheet = document.createElement('style');
  sheet.textContent = text;
  place.append(sheet);
}

/** Creates a page or component and puts it at the end of `holder`. Returns `{root, instance}`. */
export function create(tag, unit, holder) {
  register(unit);
  const root = backend.createRoot(tag, space, unit);
  const instance = root.get();
  checkData(instance);
  const placeholder = document.createElement('div');
  holder.append(placeholder);
  return { root, instance, attach: () => root.attach(holder, placeholder) };
}

/** Handlers get an event's plain values. */
function unwrapped(definition) {
  return Object.fromEntries(Object.entries(definition).map(([name, value]) => [
    name,
    typeof value === 'function' ? function handler(...values) { return value.apply(this, values.map(plainEvent)); } : value,
  ]));
}

/** What WeChat says no to in `setData`, and glass-easel lets pass. */
function checkData(instance) {
  const { setData } = instance;
  instance.setData = function checked(data, done) {
    for (const [name, value] of Object.entries(data)) if (value === undefined) console.error(`setData: ${name} is undefined`);
    if (JSON.stringify(data).length > LARGEST_SET_DATA) console.error('setData: more than 1 MB');
    return setData.call(this, data, done);
  };
}
