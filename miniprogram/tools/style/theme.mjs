// What WeChat draws itself: its bar above a page, the ground behind it, and the tabs before ours have come.
import { problem } from './sheets.mjs';

/** Tokens of all sheets, each as it is written last. */
export function tokens(layers) {
  const found = new Map();
  for (const { nodes } of layers)
    for (const node of nodes) if (node.type === 'rule' && node.selector === ':root') node.walkDecls(/^--/, (token) => void found.set(token.prop, token));
  return found;
}

/** A token's colour, `#rrggbb`, where it is `light` or `dark`. */
export function colour(all, name, mode) {
  const token = all.get(name);
  if (!token) throw new Error(`no token is called ${name}`);
  const value = toggled(token.value, mode).trim();
  const other = /^var\((--[\w-]+)\)$/.exec(value);
  if (other) return colour(all, other[1], mode);
  if (!/^#[0-9a-f]{6}$/.test(value)) throw problem(token, `${value} is no colour that WeChat takes: #rrggbb`);
  return value;
}

/** The one of two toggled values that counts: see style/tokens.css. */
function toggled(value, mode) {
  const at = value.indexOf(`var(--${mode},`);
  if (at < 0) return value;
  const from = at + `var(--${mode},`.length;
  let depth = 1;
  for (let to = from; to < value.length; to += 1) {
    if (value[to] === '(') depth += 1;
    if (value[to] === ')') depth -= 1;
    if (depth === 0) return value.slice(from, to);
  }
  return value;
}

/** WeChat's own marks know two colours. */
const isDark = (hex) => {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
};

const MODES = ['light', 'dark'];
const both = (say) => Object.fromEntries(MODES.map((mode) => [mode, say(mode)]));

/** `theme.json`: each variable is called as the key of app.json that it is for (`"backgroundColor": "@backgroundColor"`). */
export const theme = (all) =>
  both((mode) => {
    const [paper, ink] = [colour(all, '--paper', mode), colour(all, '--ink', mode)];
    return {
      navigationBarBackgroundColor: paper,
      navigationBarTextStyle: isDark(ink) ? 'black' : 'white',
      backgroundColor: paper,
      backgroundColorTop: paper,
      backgroundColorBottom: paper,
      backgroundTextStyle: isDark(ink) ? 'dark' : 'light',
      tabBarColor: colour(all, '--ink-3', mode),
      tabBarSelectedColor: colour(all, '--accent', mode),
      tabBarBackgroundColor: colour(all, '--sheet', mode),
      tabBarBorderStyle: isDark(ink) ? 'black' : 'white',
    };
  });

/** The same for a theme that she has chosen herself, as `wx.setNavigationBarColor`, `wx.setBackgroundColor` and `wx.setBackgroundTextStyle` take it. */
export const colours = (all) => ({ ...on(all, '--paper', '--ink'), pass: on(all, '--pass', '--pass-ink') });

const on = (all, ground, text) =>
  both((mode) => {
    const [paper, ink] = [colour(all, ground, mode), colour(all, text, mode)];
    return {
      navigationBar: { frontColor: isDark(ink) ? '#000000' : '#ffffff', backgroundColor: paper },
      background: { backgroundColor: paper, backgroundColorTop: paper, backgroundColorBottom: paper },
      backgroundText: { textStyle: isDark(ink) ? 'dark' : 'light' },
    };
  });
