/** So long WeChat's answer is waited for, in milliseconds: everything of hers waits with it. */
const PATIENCE = 10_000;

/** Asks WeChat for a code to sign in with: good once, for five minutes. Without one she signs in with her number. */
export function login(done: (code: string | null) => void): () => void {
  // WeChat's own patience can't be relied upon; whichever comes first counts.
  const timer = setTimeout(() => done(null), PATIENCE);
  const end = (code: string | null) => {
    clearTimeout(timer);
    done(code);
  };
  wx.login({ timeout: PATIENCE, success: ({ code }) => end(code || null), fail: () => end(null) });
  return () => clearTimeout(timer);
}
