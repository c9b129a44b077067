// Every rule catches what it is for, and lets pass what it must.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { words } from './words.mjs';

const found = (file, source, allowed = {}) => words({ [file]: source }, allowed).map(({ message }) => message);
const template = (source) => found('a.wxml', source);
const script = (source) => found('a.ts', source);

const RIGHT = [
  '<view class="{{look}} a {{row.open ? \'open\' : \'\'}} tone-{{row.tone}}">{{row.label}}</view>',
  '<view wx:if="{{view.body.shown && !view.busy}}"><text> {{a}} · {{b}} </text></view>',
  '<view wx:elif="{{view.stage === \'chosen\' || view.rows[0] !== null}}" wx:key="id" wx:for="{{view.rows}}">\n  {{item.text || item.other}}\n</view>',
  '<template is="notice" data="{{...notice, origin, bones: [\'\', \'card-bone\'], kind: view.wide ? \'wide\' : \'\'}}" />',
  '<image src="{{origin}}{{picture}}" lazy-load="{{true}}" /><!-- 说明 1 + 1 -->',
  '<input placeholder="{{field.hint}}" aria-label="{{field.label}}" focus="{{focus === field.id}}" data-on="phone_typed" value="{{field.value}}" maxlength="11" />',
  '<view style="height: {{row.height}}%" id="row-{{row.id}}" bindtap="go" data-path="{{row.path}}" />',
];
for (const source of RIGHT) test(`a template may: ${source}`, () => assert.deepEqual(template(source), []));

const WRONG = {
  'a Chinese text': '<view>积分</view>',
  'an English text': '<view>Points</view>',
  'a text beside a value': '<view>{{points}} points</view>',
  'a mark that is a word': '<text>×</text>',
  'a label of its own': '<view aria-label="Close" />',
  'a Chinese label': '<view aria-label="关闭" />',
  'a placeholder': '<input placeholder="138" />',
  'a label put together': '<view aria-label="{{a}} {{b}}" />',
  'a word in another attribute': '<view data-x="积分" />',
  'a word chosen': '<view>{{gold ? "Gold" : "Silver"}}</view>',
  'a small word chosen': '<view>{{gold ? \'gold\' : \'\'}}</view>',
  'a word instead of nothing': '<view>{{name || \'you\'}}</view>',
  'a word for a label': '<view aria-label="{{open ? \'open\' : name}}" />',
  'a word given to a template': '<template is="notice" data="{{title: \'sorry\'}}" />',
  'a sentence given to a template': '<template is="notice" data="{{kind: \'Please wait\'}}" />',
  'addition': '<view>{{a + b}}</view>',
  'texts put together': '<view class="{{\'tone-\' + tone}}" />',
  'a text with holes': '<view class="{{`tone-${tone}`}}" />',
  'subtraction': '<view>{{a - 1}}</view>',
  'multiplication': '<view style="width: {{part * 100}}%" />',
  'a comparison': '<view wx:if="{{points > 100}}" />',
  'a comparison of two values': '<view wx:if="{{points === price}}" />',
  'a loose comparison': '<view wx:if="{{stage == \'held\'}}" />',
  'a count': '<view wx:if="{{rows.length}}" />',
  'a count compared': '<view wx:if="{{rows.length === 0}}" />',
  'a call': '<view>{{format(points)}}</view>',
  'a method': '<view>{{points.toFixed(2)}}</view>',
  'a negative number': '<view x="{{-a}}" />',
  'a value looked up by another': '<view>{{names[tier]}}</view>',
  'an address put together': '<view data-path="/gifts/{{id}}" />',
  'a template chosen': '<template is="{{kind}}" data="{{a}}" />',
  'a handler chosen': '<view bindtap="{{handler}}" />',
  'a script in a template': '<wxs module="m">module.exports = {}</wxs>',
};
for (const [what, source] of Object.entries(WRONG)) test(`a template may not: ${what}`, () => assert.notDeepEqual(template(source), []));

test('a template’s script is refused, whatever is in it', () => assert.equal(found('a.wxs', '').length, 1));
test('configuration takes its words from the catalogue', () => {
  assert.deepEqual(found('app.json', '{"text": "{{chrome.home}}"}'), []);
  assert.equal(found('app.json', '{"text": "首页"}').length, 1);
});

const SAYS = [
  "import { a } from './Some Where';",
  "type Stage = 'Held up' | 'ready';",
  "wx.request({ url, method: 'GET', fail: () => done(null) });",
  "throw new Error('core.wasm is not loaded');",
  "console.error('What a programmer reads');",
  "const key = 'scope.userFuzzyLocation';",
  'const selector = `#${target}`;',
  "if (value === null || list[0] !== undefined) page.setData({ focus: '' });",
  "wx.setNavigationBarTitle({ title: chrome.title }); // 标题",
  'const n = Number(detail.value);',
];
for (const source of SAYS) test(`a script may: ${source}`, () => assert.deepEqual(script(source), []));

const SAYS_WRONG = {
  'a Chinese word': "wx.showToast({ title: '成功' });",
  'a Chinese word in a type’s place': 'const a = `好`;',
  'an English word': "const label = 'Points';",
  'a sentence in small letters': "const label = 'try again';",
  'a small word where members read': "wx.showToast({ title: 'sorry' });",
  'a message': "wx.enableAlertBeforeUnload({ message: 'leave' });",
  'a text put together': 'page.setData({ hint: `${points} points` });',
  'a text put together of two': 'const full = last + first;',
  addition: 'const next = total + 1;',
  'a counter': 'count += 1;',
  'a step': 'count++;',
  'a comparison': 'if (points > price) buy();',
  rounding: 'const n = Math.round(part);',
  'today': 'const today = new Date();',
  'the time': 'const t = Date.now();',
  'a date as words': 'const text = day.toLocaleDateString();',
  'a number as words': 'const text = price.toFixed(2);',
  padding: "const text = hour.padStart(2, '0');",
  'an international format': "const f = new Intl.NumberFormat('zh');",
  'a number read from words': 'const n = parseInt(text);',
};
for (const [what, source] of Object.entries(SAYS_WRONG)) test(`a script may not: ${what}`, () => assert.notDeepEqual(script(source), []));

test('what is allowed is allowed in its file alone', () => {
  const allowed = { 'a.ts': { 'Date.now': 'why' } };
  assert.deepEqual(found('a.ts', 'const now = Date.now();', allowed), []);
  assert.equal(found('b.ts', 'const now = Date.now();', allowed).length, 2, 'once for the clock, once for the allowance');
});
test('an allowance that nothing needs is refused', () => assert.equal(found('a.ts', '', { 'a.ts': { '*': 'why' } }).length, 1));
test('where it stands is said', () => {
  const [{ file, line, column }] = words({ 'a.wxml': '<view>\n  {{a + b}}\n</view>' }, {});
  assert.deepEqual({ file, line, column }, { file: 'a.wxml', line: 2, column: 3 });
});
