// Covers the page where the program can't run or has trapped, since it must take no clicks on undefined state; keeps what is private out of the
// browser's page cache; sets theme and text size before the first paint. Plain old script, so that old browsers get as far as the cover.
(function (d, w, r, done) {
  function cover() { if (!done) { done = 1; d.getElementById('cover').hidden = 0; d.getElementById('app').inert = 1; } }
  function trap(e) { e && e.name == 'RuntimeError' && cover(); }
  w.onerror = function (m, s, l, c, e) { trap(e); };
  w.onunhandledrejection = function (e) { trap(e.reason); };
  w.onpageshow = function (e) { e.persisted && location.reload(); };
  try { var s = localStorage; s.theme && r.setAttribute('data-theme', s.theme); s.large && r.setAttribute('data-large', ''); } catch (e) {}
  w.WebAssembly && 'noModule' in d.createElement('script') || cover();
  w.boot = function (p) { p.then(function (m) { return m.default(); }).catch(cover); };
})(document, window, document.documentElement);
