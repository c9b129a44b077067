import type { System } from '../core/protocol';

/** What the device is set to. */
export function system(): System {
  const { language, theme, fontSizeSetting } = wx.getAppBaseInfo();
  return { language, dark: theme === 'dark', font_size: fontSizeSetting };
}

/** Hears of it when the device changes between light and dark. */
export function onSystem(changed: (system: System) => void): void {
  wx.onThemeChange(({ theme }) => changed({ ...system(), dark: theme === 'dark' }));
}
