// The manner of WeChat's functions: callbacks come later, `errMsg` says `name:ok` or `name:fail why`, and without callbacks there is a promise.
import { record } from '../settings.js';
import { Refusal } from '../stack.js';

/** A failure with what else `fail` is told. */
export class Failure extends Refusal {
  constructor(message, more = {}) {
    super(message);
    this.more = more;
  }
}

/**
 * `run(options)` is called at once; what it returns, or a promise of it, is handed to `success` when the caller's code has ended. It throws `Failure` or `Refusal` for `fail`.
 */
export function later(name, run) {
  return (options = {}) => {
    record(name, options);
    const told = (async () => run(options))().then(
      (result) => ({ ok: true, result: { ...result, errMsg: `${name}:ok` } }),
      (error) => {
        if (!(error instanceof Refusal)) throw error;
        return { ok: false, result: { ...error.more, errMsg: `${name}:fail${error.message === '' ? '' : ` ${error.message}`}` } };
      },
    );
    const outcome = told.then((answer) => new Promise((resolve) => { setTimeout(() => resolve(answer)); }));
    if (!options.success && !options.fail && !options.complete) {
      return outcome.then(({ ok, result }) => { if (ok) return result; throw result; });
    }
    outcome.then(({ ok, result }) => {
      // Outside the promise: what a callback throws is an uncaught error, as in WeChat.
      setTimeout(() => {
        try { (ok ? options.success : options.fail)?.(result); } finally { options.complete?.(result); }
      });
    });
    return undefined;
  };
}

/** A function that answers at once. */
export const now = (name, run) => (...values) => {
  record(name, values[0]);
  return run(...values);
};

/** Listeners of one kind: `{on, off, tell}`. */
export function listeners() {
  const all = new Set();
  return {
    on: (listener) => { all.add(listener); },
    off: (listener) => { if (listener === undefined) all.clear(); else all.delete(listener); },
    tell: (value) => { for (const listener of [...all]) listener(value); },
  };
}
