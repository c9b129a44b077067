// The phone, WeChat and the package: what they are, and what changes about them.
import { later, listeners, now } from './api.js';
import { theme, whenThemeChanges } from '../bar.js';
import { app } from '../package.js';
import { settings } from '../settings.js';

const VERSION = { SDKVersion: '3.8.0', version: '8.0.56' };
const BAR = 44;
export const themes = listeners();
const network = listeners();
export const shows = listeners();
export const hides = listeners();

const appBase = () => ({ ...VERSION, enableDebug: false, host: { appId: '' }, language: settings.language, theme: theme(), fontSizeSetting: settings.fontSize, fontSizeScaleFactor: settings.fontSize / 16 });
const windowInfo = () => ({
  pixelRatio: window.devicePixelRatio,
  screenWidth: window.innerWidth,
  screenHeight: window.innerHeight,
  windowWidth: window.innerWidth,
  windowHeight: window.innerHeight - BAR,
  statusBarHeight: 0,
  screenTop: BAR,
  safeArea: { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight, width: window.innerWidth, height: window.innerHeight },
});
const device = () => ({ brand: 'demo', model: 'demo', platform: settings.platform, system: settings.platform === 'ios' ? 'iOS 17.0' : 'Android 14', benchmarkLevel: 20, abi: 'arm64' });
const systemSetting = () => ({ bluetoothEnabled: true, locationEnabled: true, wifiEnabled: true, deviceOrientation: 'portrait' });
const networkType = () => ({ networkType: navigator.onLine ? 'wifi' : 'none' });

export const system = {
  getAppBaseInfo: now('getAppBaseInfo', appBase),
  getWindowInfo: now('getWindowInfo', windowInfo),
  getDeviceInfo: now('getDeviceInfo', device),
  getSystemSetting: now('getSystemSetting', systemSetting),
  getSystemInfoSync: now('getSystemInfoSync', () => ({ ...appBase(), ...windowInfo(), ...device(), ...systemSetting() })),
  getAccountInfoSync: now('getAccountInfoSync', () => ({ miniProgram: { appId: 'wx0000000000000000', envVersion: settings.envVersion, version: settings.envVersion === 'release' ? '1.0.0' : '' } })),
  getNetworkType: later('getNetworkType', networkType),
  onThemeChange: themes.on,
  offThemeChange: themes.off,
  onNetworkStatusChange: network.on,
  offNetworkStatusChange: network.off,
  onAppShow: shows.on,
  offAppShow: shows.off,
  onAppHide: hides.on,
  offAppHide: hides.off,
  // The newest version is there already.
  getUpdateManager: now('getUpdateManager', () => ({
    onCheckForUpdate: (then) => setTimeout(() => then({ hasUpdate: false })),
    onUpdateReady: () => {},
    onUpdateFailed: () => {},
    applyUpdate: () => { throw new Error('applyUpdate:fail update is not ready'); },
  })),
  env: { USER_DATA_PATH: 'wxfile://usr' },
};

export function followSystem() {
  whenThemeChanges(() => { if (app.json['app.json'].darkmode) themes.tell({ theme: theme() }); });
  for (const change of ['online', 'offline']) window.addEventListener(change, () => network.tell({ isConnected: navigator.onLine, ...networkType() }));
}
