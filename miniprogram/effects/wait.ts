import type { RunOf } from '../core/protocol';

/** Comes back after a while. */
export function wait({ milliseconds }: RunOf<'wait'>, done: (value: null) => void): () => void {
  const timer = setTimeout(() => done(null), milliseconds);
  return () => clearTimeout(timer);
}
