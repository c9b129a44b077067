// Code of the package: CommonJS modules that see ECMAScript, WeChat's globals and nothing of the browser.
import { LANGUAGE, TOOLS } from '../globals.mjs';
import { settings } from './settings.js';

export const app = window.__miniApp;

// Taken before any page's code has run. `eval` and names that are no identifiers are of no use to a function's parameters.
const hidden = [...new Set(hiddenNames())].filter((name) => !LANGUAGE.has(name) && !TOOLS.includes(name) && /^[A-Za-z_$][\w$]*$/.test(name));
function* hiddenNames() {
  for (let from = window; from !== null && from !== Object.prototype; from = Object.getPrototypeOf(from)) yield* Object.getOwnPropertyNames(from);
  yield* Object.getOwnPropertyNames(globalThis);
}

const modules = new Map();

/** Resolves what `from` calls `wanted`, inside the package. */
export function resolve(from, wanted) {
  const parts = wanted.startsWith('/') ? [] : from.split('/').slice(0, -1);
  for (const part of wanted.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

const rootOf = (name) => app.roots.find((root) => name.startsWith(`${root}/`)) ?? '';
const source = (name) => settings.files[name] ?? app.js[name];

/** Runs a file of the package once and returns what it exports. `given` are WeChat's globals. */
export function run(name, given) {
  const known = modules.get(name);
  if (known) return known.exports;
  const text = source(name);
  if (text === undefined) throw new Error(`module '${name}' is not defined`);
  const module = { exports: {} };
  modules.set(name, module);
  const require = (wanted) => {
    // Only paths: WeChat finds packages where DevTools has built them, and this project has none.
    const target = [resolve(name, wanted), `${resolve(name, wanted)}.js`, `${resolve(name, wanted)}/index.js`].find((file) => source(file) !== undefined && file.endsWith('.js'));
    if (target === undefined) throw new Error(`module '${wanted}' is not defined, require args is '${wanted}' in ${name}`);
    if (rootOf(target) !== '' && rootOf(target) !== rootOf(name)) throw new Error(`${name} is not in the subpackage of ${target}`);
    return run(target, given);
  };
  const visible = { ...given, require, module, exports: module.exports };
  const names = Object.keys(visible);
  const shadowed = hidden.filter((other) => !names.includes(other));
  const body = `return (function () { 'use strict';${text}\n}).call(exports);\n//# sourceURL=mini/${name}`;
  new Function(...names, ...shadowed, body)(...names.map((one) => visible[one]));
  return module.exports;
}
