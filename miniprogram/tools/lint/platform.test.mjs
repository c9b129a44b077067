// What is asked of WeChat without being declared, or before there is such a thing, is found.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calls, library, privacy } from './platform.mjs';

const DECLARED = '| Function | Kind | Purpose |\n| --- | --- | --- |\n| `wx.setClipboardData` | 剪切板 | … |\n\n| Function | What for |\n| --- | --- |\n| `wx.login` | … |\n';
const app = (...names) => ({ 'app.json': JSON.stringify({ requiredPrivateInfos: names }) });
const said = (script, declared = DECLARED, json = app()) => privacy({ 'a.ts': script, ...json }, declared).map(({ message }) => message);

test('what is called is found, however it is used', () =>
  assert.deepEqual([...calls({ 'a.ts': 'wx.login({}); if (wx.getRandomValues === undefined) x.y(); // wx.request' }).keys()], ['login', 'getRandomValues']));
test('what is declared and called, and nothing else, is right', () => assert.deepEqual(said('wx.login({}); wx.setClipboardData({}); wx.request({});'), []));
test('a listed function that is not declared', () => assert.match(said('wx.login({}); wx.setClipboardData({}); wx.chooseImage({});').join(), /chooseImage is listed/));
test('a function that nobody has thought about', () => assert.match(said('wx.login({}); wx.setClipboardData({}); wx.getWifiList({});').join(), /getWifiList is new/));
test('a declaration of what nobody calls', () => assert.match(said('wx.login({});').join(), /nobody calls wx.setClipboardData/));
test('a position that app.json does not name', () => {
  const declared = DECLARED.replace('\n\n', '\n| `wx.getFuzzyLocation` | 位置信息 | … |\n\n');
  const script = 'wx.login({}); wx.setClipboardData({}); wx.getFuzzyLocation({});';
  assert.match(said(script, declared).join(), /requiredPrivateInfos/);
  assert.deepEqual(said(script, declared, app('getFuzzyLocation')), []);
});
test('a base library that is too old for what is called', () => {
  const sources = (libVersion) => ({ 'a.ts': 'wx.getFuzzyLocation({}); wx.request({});', 'project.config.json': JSON.stringify({ libVersion }) });
  assert.match(library(sources('2.24.9')).map(({ message }) => message).join(), /getFuzzyLocation came with base library 2\.25\.0/);
  assert.deepEqual(library(sources('2.25.0')), []);
});
