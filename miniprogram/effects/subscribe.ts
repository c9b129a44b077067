import type { RunOf } from '../core/protocol';

/** Asks for her consent to one message of each template. WeChat lets that be asked only in a tap, so nothing may be waited for before. */
export function subscribe({ templates }: RunOf<'subscribe'>, done: (answers: Record<string, string>) => void): void {
  wx.requestSubscribeMessage({
    tmplIds: templates,
    success(answered) {
      const answers: Record<string, string> = {};
      templates.filter((id) => id in answered).forEach((id) => (answers[id] = String(answered[id])));
      done(answers);
    },
    fail: () => done({}),
  });
}
