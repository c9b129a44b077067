/** Asks WeChat for a code to sign in with: good once, for five minutes. Without one she signs in with her number. */
export function login(done: (code: string | null) => void): void {
  wx.login({ success: ({ code }) => done(code || null), fail: () => done(null) });
}
