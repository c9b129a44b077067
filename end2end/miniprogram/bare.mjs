// The built package in a bare JavaScript context: ECMAScript, WeChat's globals and nothing else. What a page leans on without knowing (TextEncoder, fetch, URL …) is missing here as it is on a phone.
// No template is drawn; what a page hands to `setData` is what there is to see.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { brotliDecompressSync } from 'node:zlib';
import { LANGUAGE, TOOLS } from './globals.mjs';
import { readPackage, resolve, rootOf } from './package.mjs';
import { refusedByIos } from './wasm.mjs';

const PATIENCE = 10_000;

/**
 * Loads the package in `folder`. `wx` is what WeChat offers: a plain object of functions; what is not in it is undefined. `ios` refuses what an iPhone refuses. `files` replaces files by name.
 *
 * Returns `{launch, open, require, typeOf, app}`: `launch()` runs app.js and `onLaunch`; `open(path, query)` runs a page up to `onShow` and answers with a page as `barePage` describes; `require(name)` gives
 * what a module of the package exports; `typeOf('fetch')` is what its code sees of a name.
 */
export function bare(folder, { ios = false, wx = {}, files = {} } = {}) {
  const app = readPackage(folder);
  const definitions = new Map();
  const stack = [];
  const modules = new Map();
  let registering;
  let program;
  const context = emptyContext();
  const given = {
    wx,
    WXWebAssembly: wasm(folder, ios),
    App: (definition) => { program = definition; },
    getApp: () => program,
    getCurrentPages: () => [...stack],
    Page: (definition) => { definitions.set(registering, definition); },
    Component: (definition) => { definitions.set(registering, definition); },
    Behavior: (definition) => definition,
  };
  const source = (name) => files[name] ?? (app.known.has(name) ? app.text(name) : undefined);

  function run(name) {
    const known = modules.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(name, module);
    const require = (wanted) => {
      const target = [resolve(name, wanted), `${resolve(name, wanted)}.js`, `${resolve(name, wanted)}/index.js`].find((file) => file.endsWith('.js') && source(file) !== undefined);
      if (target === undefined) throw new Error(`${name}: module '${wanted}' is not defined`);
      if (rootOf(app.roots, target) !== '' && rootOf(app.roots, target) !== rootOf(app.roots, name)) throw new Error(`${name} is not in the subpackage of ${target}`);
      return run(target);
    };
    const names = Object.keys(given);
    const body = vm.runInContext(`(function (require, module, exports, ${names.join(', ')}) { 'use strict';${source(name)}\n})`, context, { filename: path.join(folder, name) });
    body.call(module.exports, require, module, module.exports, ...names.map((one) => given[one]));
    return module.exports;
  }

  return {
    require: run,
    typeOf: (name) => vm.runInContext(`typeof ${name}`, context),
    get app() { return program; },
    launch(options = { path: app.pages[0], query: {}, scene: 1001, referrerInfo: {} }) {
      run('app.js');
      if (program === undefined) throw new Error('app.js calls no App()');
      program.onLaunch?.(options);
      program.onShow?.(options);
      return program;
    },
    open(unit, query = {}) {
      if (!app.pages.includes(unit)) throw new Error(`no page ${unit}`);
      if (!definitions.has(unit)) {
        registering = unit;
        run(`${unit}.js`);
        if (!definitions.has(unit)) throw new Error(`${unit}.js registers no page`);
      }
      const page = barePage(unit, query, definitions.get(unit));
      stack.push(page.instance);
      page.instance.onLoad?.(query);
      page.instance.onShow?.();
      page.instance.onReady?.();
      return page;
    },
  };
}

/**
 * A page without a screen: `{instance, data, drawn, send}`. `drawn(test)` resolves with the page's data as soon as `test(data)` holds, now or after a later `setData`;
 * `send(method, dataset, detail)` calls a handler as an event would.
 */
function barePage(route, query, { data = {}, methods = {}, ...rest }) {
  const waiting = new Set();
  const instance = {
    ...rest,
    ...methods,
    data: structuredClone(data),
    route,
    options: query,
    getTabBar: () => null,
    setData(change, done) {
      for (const [name, value] of Object.entries(change)) {
        if (value === undefined) throw new Error(`${route}: setData of ${name} is undefined`);
        put(instance.data, name, JSON.parse(JSON.stringify(value)));
      }
      for (const look of [...waiting]) look();
      done?.();
    },
  };
  return {
    instance,
    get data() { return instance.data; },
    drawn: (test) => new Promise((done, reject) => {
      const late = setTimeout(() => { waiting.delete(look); reject(new Error(`${route} did not draw what was waited for within ${PATIENCE / 1000} s: ${JSON.stringify(instance.data).slice(0, 400)}`)); }, PATIENCE);
      function look() {
        if (!test(instance.data)) return;
        clearTimeout(late);
        waiting.delete(look);
        done(instance.data);
      }
      waiting.add(look);
      look();
    }),
    send: (method, dataset = {}, detail = {}) => instance[method]({ type: 'tap', timeStamp: 0, target: { id: '', dataset }, currentTarget: { id: '', dataset }, detail, mark: {} }),
  };
}

/** `rows[0].label` of `setData`. */
function put(data, name, value) {
  const steps = [...name.matchAll(/[^.[\]]+/g)].map(([step]) => step);
  let place = data;
  for (const step of steps.slice(0, -1)) place = place[step] ??= {};
  place[steps.at(-1)] = value;
}

function emptyContext() {
  const context = vm.createContext({ console, setTimeout, clearTimeout, setInterval, clearInterval });
  const keep = JSON.stringify([...LANGUAGE, ...TOOLS, 'eval', 'globalThis']);
  // `eval` is taken away last: WeChat has none.
  vm.runInContext(`{ const keep = new Set(${keep}); for (const name of Object.getOwnPropertyNames(globalThis)) if (!keep.has(name)) delete globalThis[name]; delete globalThis.eval; delete globalThis.globalThis; }`, context);
  return context;
}

/** WXWebAssembly over the files of `folder`. */
function wasm(folder, ios) {
  return {
    Memory: WebAssembly.Memory,
    Table: WebAssembly.Table,
    Global: WebAssembly.Global,
    async instantiate(name, imports = {}) {
      if (typeof name !== 'string') throw new TypeError('WXWebAssembly.instantiate: a path, nothing else');
      if (!/^[^:]+\.wasm(\.br)?$/.test(name)) throw new Error(`WXWebAssembly.instantiate: not a .wasm or .wasm.br of the package: ${name}`);
      const file = path.join(folder, name);
      if (path.relative(folder, file).startsWith('..')) throw new Error(`WXWebAssembly.instantiate: outside the package: ${name}`);
      const kept = readFileSync(file);
      const bytes = new Uint8Array(name.endsWith('.br') ? brotliDecompressSync(kept) : kept);
      const refused = ios ? refusedByIos(bytes) : [];
      if (refused.length > 0) throw new Error(`WXWebAssembly.instantiate: iOS refuses ${refused.join(', ')}`);
      const module = await WebAssembly.compile(bytes);
      return { module, instance: await WebAssembly.instantiate(module, imports) };
    },
  };
}
