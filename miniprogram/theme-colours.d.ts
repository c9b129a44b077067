// Written by the build (tools/style.mjs) from style/tokens.css and the brand's theme.

interface Colours {
  navigationBar: { frontColor: string; backgroundColor: string };
  background: { backgroundColor: string; backgroundColorTop: string; backgroundColorBottom: string };
  backgroundText: { textStyle: 'dark' | 'light' };
}

/** As `wx.setNavigationBarColor`, `wx.setBackgroundColor` and `wx.setBackgroundTextStyle` take them. */
export const light: Colours;
export const dark: Colours;
/** The same for the page of the pass. */
export const pass: { light: Colours; dark: Colours };
