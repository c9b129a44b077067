// Opens the portal without a network. Comes to a phone only when a member keeps a pass on it, and goes when the pass does
// (crates/ui/src/shell/pocket.rs). Keeps nothing personal: the pass is not its business.
//
// What it keeps is of one build: a page without anybody's figures, and the folder that this page loads. A newer build is kept whole beside it
// before it takes over, and a page takes files from its own folder alone; so there is never a mix. It reloads nothing.
const SHELL = 'shell-{{version}}';
const FOLDER = '/{{build}}/';
const FILES = '{{files}}'.split(' ');
const PAGE = '/offline';
// So long a page from the network is waited for, in milliseconds: a station's platform has a network by name only.
const PATIENCE = 4000;

addEventListener('install', (event) => event.waitUntil(keep()));
addEventListener('activate', (event) => event.waitUntil(forgetOthers()));
addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== location.origin) return;
  if (pathname.startsWith(FOLDER)) event.respondWith(file(event.request));
  else if (mode === 'navigate' && !/^\/(api|staff)(\/|$)/.test(pathname)) event.respondWith(page(event.request));
});

async function keep() {
  const page = await fetch(PAGE, { cache: 'reload' });
  // The server has a newer build by now: its own worker comes with the next visit.
  if (!page.ok || !(await page.clone().text()).includes(`${FOLDER}portal.js`)) throw new Error('the page is of another build');
  const cache = await caches.open(SHELL);
  await cache.addAll(FILES.map((name) => FOLDER + name));
  // Last: where the page is, all is.
  await cache.put(PAGE, page);
}

async function forgetOthers() {
  const others = (await caches.keys()).filter((name) => name.startsWith('shell-') && name !== SHELL);
  await Promise.all(others.map((name) => caches.delete(name)));
}

async function file(request) {
  return (await kept(request)) ?? fetch(request);
}

async function page(request) {
  const answer = fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const first = await Promise.race([answer, late]).catch(() => undefined);
  if (first && first.status < 500) return first;
  return (await kept(PAGE)) ?? first ?? answer;
}

async function kept(what) {
  return (await caches.open(SHELL)).match(what, { ignoreVary: true });
}
