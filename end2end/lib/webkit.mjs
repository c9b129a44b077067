// WebKit, the engine of iOS, by Debian's WebKitWebDriver under a virtual screen; the W3C protocol over plain HTTP.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';

const PATIENCE = 20_000;
const POLL = 100;
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const BROWSERS = ['x86_64', 'aarch64'].map((machine) => `/usr/lib/${machine}-linux-gnu/webkit2gtk-4.1/MiniBrowser`);

/** Starts WebKit; it ends with the test. */
export async function webkit(t) {
  const binary = BROWSERS.find(existsSync);
  if (!binary) throw new Error('MiniBrowser is missing: apt-get install webkit2gtk-driver');
  const display = await virtualScreen(t);
  const port = await freePort();
  const driver = start(t, 'WebKitWebDriver', [`--port=${port}`], {
    // Debian generates no Chinese locale; WebKit would report the language "C" without this.
    env: { ...process.env, DISPLAY: display, LANG: 'en_US.UTF-8', TZ: 'Asia/Shanghai', LIBGL_ALWAYS_SOFTWARE: '1' },
    stdio: 'ignore',
  });
  const address = `http://127.0.0.1:${port}`;
  await until('WebKitWebDriver to answer', async () => driver.exitCode === null && (await fetch(`${address}/status`).catch(() => null))?.ok);
  const { sessionId } = await call('POST', `${address}/session`, {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } },
  });
  const session = `${address}/session/${sessionId}`;
  t.after(() => call('DELETE', session).catch(() => {}));
  return browser(session);
}

function browser(session) {
  const post = (path, body = {}) => call('POST', session + path, body);
  const element = async (using, value) => (await post('/element', { using, value }))[ELEMENT];
  /** Waits for an element that is displayed. */
  const find = (css) => until(`${css} to be shown`, async () => {
    const id = await element('css selector', css).catch(() => null);
    return id && (await call('GET', `${session}/element/${id}/displayed`).catch(() => false)) ? id : null;
  });
  return {
    open: (url) => post('/url', { url }),
    address: () => call('GET', `${session}/url`),
    title: () => call('GET', `${session}/title`),
    /** Runs the body of a function in the page: `run('return document.title')`. */
    run: (script, ...args) => post('/execute/sync', { script, args }),
    find,
    // While one page passes into the next, a picture of the old one lies over both and takes the click.
    click: async (css) => until(`${css} to take a click`, async () => {
      const id = await find(css);
      return post(`/element/${id}/click`).then(() => true, (error) => {
        if (/not interactable|intercepted|stale/.test(error.message)) return false;
        throw error;
      });
    }),
    type: async (css, text) => post(`/element/${await find(css)}/value`, { text }),
    text: async (css) => call('GET', `${session}/element/${await find(css)}/text`),
    /** Waits until the element's text matches. */
    waitForText: (css, pattern) => until(`${css} to say ${pattern}`, async () => {
      const text = await post('/execute/sync', { script: 'return document.querySelector(arguments[0])?.textContent ?? ""', args: [css] });
      return pattern.test(text) && text;
    }),
    picture: async () => Buffer.from(await call('GET', `${session}/screenshot`), 'base64'),
  };
}

async function virtualScreen(t) {
  const screen = start(t, 'Xvfb', ['-displayfd', '3', '-screen', '0', '800x900x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = await once(screen.stdio[3], 'data');
  return `:${number.toString().trim()}`;
}

function start(t, command, args, options) {
  const child = spawn(command, args, options);
  const exited = once(child, 'exit');
  t.after(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill();
    await exited;
  });
  return child;
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

async function call(method, url, body) {
  const answer = await fetch(url, { method, ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${method} ${new URL(url).pathname}: ${value.error}: ${value.message}`);
  return value;
}

async function until(what, probe) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${PATIENCE / 1000} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL));
  }
}
