/** Has WeChat ask her before she leaves a page with changes that are not saved. */
export function guard(question: string | null): void {
  if (question === null) wx.disableAlertBeforeUnload();
  else wx.enableAlertBeforeUnload({ message: question });
}
