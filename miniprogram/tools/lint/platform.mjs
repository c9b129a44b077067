// What the scripts ask of WeChat: declared where it touches her privacy, and known to the base library that is asked for.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { problem } from './problem.mjs';

/** Functions that WeChat lists as touching privacy (its guide, "用户隐私保护指引内容介绍"). A call fails unless the console declares it. */
const LISTED = new Set([
  'addPhoneCalendar', 'addPhoneContact', 'addPhoneRepeatCalendar', 'chooseAddress', 'chooseImage', 'chooseInvoice', 'chooseInvoiceTitle', 'chooseLicensePlate', 'chooseLocation', 'chooseMedia',
  'chooseMessageFile', 'choosePoi', 'chooseVideo', 'createBLEPeripheralServer', 'createVKSession', 'getClipboardData', 'getFuzzyLocation', 'getLocation', 'getRecorderManager', 'getUserInfo', 'getUserProfile', 'getWeRunData', 'joinVoIPChat',
  'onAccelerometerChange', 'onCompassChange', 'onDeviceMotionChange', 'onGyroscopeChange', 'onLocationChange', 'openBluetoothAdapter', 'saveImageToPhotosAlbum', 'saveVideoToPhotosAlbum', 'setClipboardData',
  'startAccelerometer', 'startCompass', 'startDeviceMotionListening', 'startGyroscope', 'startLocationUpdate', 'startLocationUpdateBackground', 'startRecord',
]);
/** Functions that must stand in app.json, too. */
const REQUIRED = new Set(['chooseAddress', 'chooseLocation', 'choosePoi', 'getFuzzyLocation', 'getLocation', 'onLocationChange', 'startLocationUpdate', 'startLocationUpdateBackground']);
/** Not listed, and nothing of hers goes through them. Whatever is in none of the three has to be thought about. */
const HARMLESS = new Set([
  'disableAlertBeforeUnload', 'enableAlertBeforeUnload', 'getAppBaseInfo', 'getRandomValues', 'getStorage', 'navigateTo', 'nextTick', 'onThemeChange', 'openLocation', 'pageScrollTo', 'reLaunch', 'redirectTo',
  'removeStorage', 'request', 'setBackgroundColor', 'setBackgroundTextStyle', 'setNavigationBarColor', 'setNavigationBarTitle', 'stopPullDownRefresh', 'switchTab',
]);

/** Functions of `wx` that scripts use: `Map {name → [file, source, start]}`. */
export function calls(sources) {
  const found = new Map();
  for (const [file, source] of Object.entries(sources)) {
    if (!file.endsWith('.ts')) continue;
    const visit = (node) => {
      if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'wx') found.set(node.name.text, [file, source, node.getStart()]);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, source, ts.ScriptTarget.ES2020, true));
  }
  return found;
}

/** `[{file, …, message}]`: what is called and not declared, or declared and not called. `declared` is the text of PRIVACY.md. */
export function privacy(sources, declared) {
  const found = [];
  const called = calls(sources);
  const [listed, unlisted] = ['| Function | Kind', '| Function | What'].map((head) => rows(declared, head));
  const app = new Set(JSON.parse(sources['app.json']).requiredPrivateInfos ?? []);
  for (const [name, [file, source, start]] of called) {
    const say = (message) => found.push(problem(file, source, start, `wx.${name} ${message}`));
    if (LISTED.has(name) && !listed.has(name)) say('is listed by WeChat and not declared in PRIVACY.md');
    if (REQUIRED.has(name) && !app.has(name)) say('must stand in requiredPrivateInfos of app.json');
    if (!LISTED.has(name) && !unlisted.has(name) && !HARMLESS.has(name)) say('is new: declare it in PRIVACY.md, or say in tools/lint/platform.mjs that nothing of hers goes through it');
  }
  for (const name of [...listed, ...unlisted, ...app]) if (!called.has(name)) found.push({ file: 'PRIVACY.md', message: `nobody calls wx.${name}` });
  for (const name of listed) if (!LISTED.has(name)) found.push({ file: 'PRIVACY.md', message: `WeChat does not list wx.${name}` });
  return found;
}

/** The functions in the table of a text that begins so. */
function rows(text, head) {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith(head));
  const table = from < 0 ? [] : lines.slice(from + 2);
  const end = table.findIndex((line) => !line.startsWith('|'));
  return new Set(table.slice(0, end < 0 ? undefined : end).map((line) => /^\| `wx\.(\w+)`/.exec(line)?.[1]));
}

/** `[{file, message}]`: functions that the base library of project.config.json does not have yet. */
export function library(sources) {
  const { libVersion } = JSON.parse(sources['project.config.json']);
  const since = versions();
  return [...calls(sources)].flatMap(([name, [file, source, start]]) => {
    const version = since.get(name);
    return version !== undefined && later(version, libVersion) ? [problem(file, source, start, `wx.${name} came with base library ${version}, project.config.json asks for ${libVersion}`)] : [];
  });
}

/** Since which base library there is each function of `wx`, as the typings say it. */
function versions() {
  const folder = path.dirname(createRequire(import.meta.url).resolve('miniprogram-api-typings/package.json'));
  const source = readFileSync(path.join(folder, 'types/wx/lib.wx.api.d.ts'), 'utf8');
  const tree = ts.createSourceFile('wx.d.ts', source, ts.ScriptTarget.ES2020, true);
  const found = new Map();
  const visit = (node) => {
    if (ts.isInterfaceDeclaration(node) && node.name.text === 'Wx')
      for (const member of node.members) {
        const version = /^\*? ?需要基础库： `([\d.]+)`/m.exec(source.slice(member.pos, member.getStart()))?.[1];
        if (version !== undefined && member.name !== undefined && !found.has(member.name.getText())) found.set(member.name.getText(), version);
      }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function later(one, other) {
  const [left, right] = [one, other].map((version) => version.split('.').map(Number));
  for (const [place, part] of left.entries()) if (part !== (right[place] ?? 0)) return part > (right[place] ?? 0);
  return false;
}
