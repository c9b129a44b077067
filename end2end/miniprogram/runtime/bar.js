// The bar that WeChat draws over a page: its title, and the way back.
import { app } from './package.js';
import { settings, words } from './settings.js';

const bar = () => document.getElementById('mini-bar');
const dark = window.matchMedia('(prefers-color-scheme: dark)');

export const theme = () => (app.json['app.json'].darkmode && dark.matches ? 'dark' : 'light');

/** A value of app.json or a page's JSON: `@name` stands in theme.json. */
export function themed(value) {
  if (typeof value !== 'string' || !value.startsWith('@')) return value;
  const found = app.json['theme.json']?.[theme()]?.[value.slice(1)];
  if (found === undefined) throw new Error(`theme.json has no ${value.slice(1)} for ${theme()}`);
  return found;
}

/** Draws the bar of a page: `{title, foreground, background, custom}`, with `leave` `{home, tap}` or null. */
export function draw({ title, foreground, background, custom }, leave) {
  const label = document.createElement('div');
  label.className = 'mini-title';
  label.textContent = title;
  document.title = title || '…';
  document.documentElement.lang = settings.language.replace('_', '-');
  bar().hidden = custom;
  Object.assign(bar().style, { color: foreground, backgroundColor: background });
  bar().replaceChildren(label);
  if (leave === null) return;
  const button = document.createElement('button');
  button.textContent = leave.home ? '⌂' : '‹';
  button.setAttribute('aria-label', leave.home ? words().home : words().back);
  button.addEventListener('click', leave.tap);
  bar().append(button);
}

/** What a page's JSON and app.json say of its bar. */
export function barOf(config) {
  const of = (name, fallback) => themed(config[name] ?? app.json['app.json'].window?.[name] ?? fallback);
  return {
    title: of('navigationBarTitleText', ''),
    foreground: of('navigationBarTextStyle', 'white') === 'white' ? '#ffffff' : '#000000',
    background: of('navigationBarBackgroundColor', '#000000'),
    custom: of('navigationStyle', 'default') === 'custom',
  };
}

export const whenThemeChanges = (then) => dark.addEventListener('change', then);
