// The place where a built mini-program runs in a browser, for tests.
//
// What is real here: the package's own JavaScript, WXML (compiled by glass-easel's compiler), WXSS, JSON and core.wasm, drawn by glass-easel, WeChat's own component
// framework. What is written for the tests is what WeChat's base library would bring: `wx`, the stack of pages, the bars and the built-in components. They behave as WeChat's documents say,
// and refuse what it refuses. Nothing here has been compared with WeChat itself.
//
//   settings.js   what a test decides: who she is, what she answers        package.js  require(), and what code may see
//   space.js      pages and components, registered with glass-easel        dom.js      nodes become elements
//   stack.js      the stack of pages and its rules                         bar.js      the navigation bar
//   taps.js       a click becomes a tap                                    panels.js   dialogs and short messages
//   builtin/      one file a component                                     wx/         one file a subject
//
// The page on top, its tab bar and WeChat's dialogs are in #mini-glass; other pages of the stack live outside the document, so that a locator finds what she sees.
// `window.__wx` is for the test: calls, shares, stored(), set(), pullDown(), share(), hide(), show() …
import { app } from './package.js';
import { WXWebAssembly } from './wasm.js';
import { harness } from './harness.js';
import { calls, settings } from './settings.js';
import { runFile, style, useGlobals } from './space.js';
import { currentPages, followScrolling, goBack, inTurn, parse, pullDown, relaunch, share, toBackground, toForeground, top } from './stack.js';
import { listenForTaps } from './taps.js';
import { followSystem, hides, shows, themes } from './wx/system.js';
import { stored } from './wx/storage.js';
import { wx } from './wx/index.js';

const SCENE = 1001;
let program;

Object.assign(harness, { shares: [], clipboard: null, share });

window.__wx = {
  calls,
  shares: harness.shares,
  stored,
  share: () => share({ from: 'menu' }),
  pullDown,
  back: goBack,
  clipboard: () => harness.clipboard,
  top: () => ({ path: top().path, query: top().query, data: top().instance.data }),
  stack: () => currentPages().map(({ route }) => route),
  set: (change) => { Object.assign(settings, change); },
  /** Calls `wx[api]` as a page would; resolves with what `success` or `fail` is told. */
  ask: (api, options = {}) => new Promise((resolve) => { wx[api]({ ...options, success: resolve, fail: resolve }); }),
  hide() {
    toBackground();
    program.onHide?.();
    hides.tell({});
  },
  show() {
    const options = launchOptions();
    program.onShow?.(options);
    shows.tell(options);
    toForeground();
  },
};

function launchOptions() {
  const { path, query } = parse(`/${new URLSearchParams(location.search).get('open') ?? app.pages[0]}`);
  return { path, query, scene: SCENE, referrerInfo: {} };
}

/** A cold start: the app's code, then the page it was opened with. */
function launch() {
  const options = launchOptions();
  useGlobals({
    wx,
    WXWebAssembly,
    App: (definition) => { program = definition; },
    getApp: () => program,
    getCurrentPages: currentPages,
  });
  style(app.styles.app);
  runFile('app.js');
  if (program === undefined) throw new Error('app.js calls no App()');
  program.onLaunch?.(options);
  program.onShow?.(options);
  const known = app.pages.includes(options.path);
  if (!known) program.onPageNotFound?.({ ...options, isEntryPage: true });
  // WeChat shows its own page for an address that nobody knows, unless the app goes elsewhere.
  if (known) inTurn(() => relaunch(`/${new URLSearchParams(location.search).get('open') ?? app.pages[0]}`));
}

listenForTaps();
followScrolling();
followSystem();
launch();
themes.on((changed) => program.onThemeChange?.(changed));
