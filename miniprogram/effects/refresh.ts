/** The page that was pulled down has what it asked for. */
export function refreshed(): void {
  wx.stopPullDownRefresh();
}
