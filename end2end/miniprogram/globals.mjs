// The names that code in a mini-program may count on, besides what WeChat gives it (`wx`, `App`, `require` …). What a browser or node has more is hidden from it.

/** ECMAScript's own, without what WeChat's engines lack on some phone: Intl, weak references, shared memory, `eval`. */
export const LANGUAGE = new Set([
  'Object', 'Function', 'Array', 'Number', 'parseFloat', 'parseInt', 'Infinity', 'NaN', 'undefined', 'Boolean', 'String', 'Symbol', 'Date', 'Promise', 'RegExp',
  'Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'JSON', 'Math', 'BigInt', 'Proxy', 'Reflect',
  'ArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array',
  'BigInt64Array', 'BigUint64Array', 'Map', 'Set', 'WeakMap', 'WeakSet', 'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'isFinite', 'isNaN',
]);

/** What WeChat has from elsewhere. */
export const TOOLS = ['console', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'];
