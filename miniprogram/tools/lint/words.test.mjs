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
  '<input placeholder="{{field.hint}}" aria-label="{{field.label}}" focus="{{focus === field.id}}" data-on="phone_typed" value="{{field.value}}" maxlength="-1" />',
  '<input wx:if="{{row.state === \'shut\' || !row.note || row.open !== true}}" focus="{{field.id === focus}}" type="{{type}}" class="{{kind || \'\'}}" data-of="{{of}}" />',
  '<template is="field" data="{{field: form.name, type: \'text\', on: \'typed\', of: \'name\', done: \'save\', left: \'name_left\', focus}}" />',
  '<template is="submit" data="{{submit: x.act[1], on: x.act[0].on, kind: x.good ? \'quiet\' : \'\', value: true}}" />',
  '<template is="row" data="{{kind: \'sum\', what: tier.sum_label, notes: [a.date, a.note], much: tier.sum, none: \'\'}}" />',
  '<view class="bone {{item}}" wx:for="{{bones}}" /><view class="bone {{item}}" wx:for="{{[\'\', \'card-bone\']}}" />',
  '<view wx:for="{{bones}}"><text wx:for="{{rows}}">{{item}}</text></view>',
  '<view style="--percent: {{ring.percent}}" confirm-text="{{view.done}}" send-message-title="{{view.title}}" text="{{view.text}}" label="{{view.label}}" />',
  '<picker mode="selector" /><view aria-role="heading" aria-level="2" aria-live="polite" aria-hidden="true" confirm-type="done" />',
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
  'a word that is the name of a template': '<template is="saved" data="{{saved: \'saved\'}}" />',
  'a word for a row': '<template is="row" data="{{what: \'total\'}}" />',
  'a word for a note': '<template is="note" data="{{note: \'please wait\'}}" />',
  'a word in a list of notes': '<template is="row" data="{{notes: [\'please\', a.note]}}" />',
  'a word within an object': '<template is="field" data="{{field: {label: \'name\'}}}" />',
  'a word under a computed key': '<template is="row" data="{{[\'title\']: \'hi\'}}" />',
  'a name under a computed key': '<template is="row" data="{{[\'kind\']: \'sum\'}}" />',
  'a key that every object has': '<template is="row" data="{{constructor: \'hi\'}}" />',
  'a number given to a template': '<template is="submit" data="{{value: 100}}" />',
  'two words as a kind': '<template is="row" data="{{kind: \'please wait\'}}" />',
  'words for bones': '<template is="absent" data="{{bones: [\'please\', \'wait\']}}" />',
  'words in a list': '<text wx:for="{{[\'please\', \'wait\']}}">{{item}}</text>',
  'letters of a word': '<text wx:for="please">{{item}}</text>',
  'names of classes read': '<text wx:for="{{[\'card-bone\']}}" wx:for-item="bone">{{bone}}</text>',
  'bones read': '<view wx:for="{{bones}}"><text>{{item}}</text></view>',
  'a kind read': '<view>{{kind}}</view>',
  'a kind heard': '<view aria-label="{{kind}}" />',
  'a kind as another element’s text': '<x text="{{kind}}" />',
  'a kind given on as a word': '<template is="saved" data="{{saved: kind}}" />',
  'a word instead of a class’s name': '<view data-on="{{open ? \'shut\' : \'open\'}}" />',
  'a button of the keyboard': '<input confirm-text="Done" />',
  'a card’s title': '<x send-message-title="Buy now" />',
  'a text that is an attribute': '<x text="Close" />',
  'a label that is an attribute': '<x label="Close" />',
  'a small label that is an attribute': '<x label="close" />',
  'an attribute nobody has thought of': '<x caption="close" />',
  'addition': '<view>{{a + b}}</view>',
  'texts put together': '<view class="{{\'tone-\' + tone}}" />',
  'a text with holes': '<view class="{{`tone-${tone}`}}" />',
  'subtraction': '<view>{{a - 1}}</view>',
  'multiplication': '<view style="width: {{part * 100}}%" />',
  'a comparison': '<view wx:if="{{points > 100}}" />',
  'a comparison of two values': '<view wx:if="{{points === price}}" />',
  'a comparison with a number': '<view wx:if="{{points === 100}}" />',
  'a comparison with a number in quotes': '<view wx:if="{{points === \'100\'}}" />',
  'a number on the left': '<view class="{{0 !== points ? \'a\' : \'\'}}" />',
  'a comparison of the focus with anything but an id': '<view wx:if="{{focus === price}}" />',
  'a comparison of the focus with a member that is no id': '<view wx:if="{{focus === row.price}}" />',
  'a loose comparison': '<view wx:if="{{stage == \'held\'}}" />',
  'a count': '<view wx:if="{{rows.length}}" />',
  'a count compared': '<view wx:if="{{rows.length === 0}}" />',
  'a count by another name': '<view wx:if="{{rows[\'length\'] === 0}}" />',
  'a count by its name in brackets': '<view wx:if="{{rows[\'length\']}}" />',
  'a count by a place': '<view wx:if="{{rows[9]}}" />',
  'a member by a text': '<view>{{row[\'label\']}}</view>',
  'a number of times': '<view wx:for="{{5}}" />',
  'a length that the style computes': '<view style="width: calc({{a}} * 2px)" />',
  'a length that the style chooses': '<view style="height: max({{a}}px, {{b}}px)" />',
  'a style chosen': '<view style="{{wide ? \'width: 100%\' : \'\'}}" />',
  'a length of what is typed': '<input maxlength="11" />',
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
  "if (scope === 'scope.userFuzzyLocation' || 'err' in outcome) done(open ? 'closed' : 'forbidden');",
  "switch (how) { case 'to': tell({ op: 'open', file, path: '' }); }",
  "wx.scanCode({ scanType: ['barCode', 'qrCode'], type: good ? 'light' : 'heavy' });",
  "Page({ data: { look: 'root', focus: '', announcement: '' } });",
  "if (typeof data !== 'string' || found === undefined || this.isOpen === false) return;",
  'kept[key] = list[0] ?? answered[id] ?? null;',
  'wx.showToast({ title: open ? view.title : view.text || chrome.title });',
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
  'a comparison of two values': 'if (points === price) buy();',
  'a comparison of two members': 'if (row.points !== row.price) buy();',
  'a comparison with a number': 'const enough = points === 100;',
  'a comparison with a number in quotes': "const enough = points === '100';",
  'a loose comparison': 'if (points == price) buy();',
  'a number in a switch': 'switch (points) { case 100: buy(); }',
  'a value in a switch': 'switch (points) { case row.price: buy(); }',
  'a count': 'if (list.length === 0) none();',
  'a count asked': 'if (!list.length) none();',
  'a count taken out': 'const { length } = list;',
  'a count by another name': "if (list['length']) none();",
  'two values in a text': 'page.setData({ share: `${a}/${b}` });',
  'one value in a text': 'page.setData({ share: `#${a}` });',
  'texts joined': 'const text = [x, y].join(sep);',
  'texts put one after the other': 'const text = x.concat(y);',
  'a number as words by another name': 'const text = x["toFixed"](2);',
  'the same through a constant': "const how = 'toFixed'; const text = x[how](2);",
  'a word of two': "page.setData({ hint: open ? 'open' : 'shut' });",
  'a word instead of nothing': "wx.showToast({ title: t || 'shop' });",
  'a word instead of undefined': "wx.showToast({ title: t ?? ('shop' as string) });",
  'a word through a constant': "const t = 'sorry'; wx.showToast({ title: t });",
  'a word through a constant of two': "const title = open ? 'open' : 'shut'; wx.showToast({ title });",
  'a word assigned': "data.title = 'sorry';",
  'a word by default': "function say(title = 'sorry') {}",
  'a word that a function gives back': "const t = () => 'sorry';",
  'a word in a list': "wx.showActionSheet({ itemList: ['buy', 'leave'] });",
  'a word handed to a function': "say('sorry');",
  'a word under a key in quotes': "page.setData({ 'view.hint': 'sorry' });",
  'a word under a computed key': "page.setData({ ['op']: 'sorry' });",
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
test('a name or an address can be allowed', () => {
  assert.deepEqual(found('a.ts', 'const selector = `#${target}`;', { 'a.ts': { '`#${target}`': 'why' } }), []);
  assert.deepEqual(found('a.ts', "const KEPT = ['theme', 'token'];", { 'a.ts': { "['theme', 'token']": 'why' } }), []);
});
test('an allowance that nothing needs is refused', () => assert.equal(found('a.ts', '', { 'a.ts': { '*': 'why' } }).length, 1));
test('a mistake does not hide the next one', () => {
  assert.equal(script('if (a + b || c + d || e === f || g === h) i();\nj(k + l);').length, 5);
  assert.equal(template('<view wx:if="{{a + b || c + d}}" class="{{e - f}}">{{g + h}}</view>').length, 4);
});
test('where it stands is said', () => {
  const [{ file, line, column }] = words({ 'a.wxml': '<view>\n  {{a + b}}\n</view>' }, {});
  assert.deepEqual({ file, line, column }, { file: 'a.wxml', line: 2, column: 3 });
});
