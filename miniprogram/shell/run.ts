// Between the core and WeChat: tells the core what happened, draws what it says, and runs the effects it asks for.
import { call, forget } from '../core/index';
import type { Answer, Data, Request, Run } from '../core/protocol';
import { announce } from '../effects/announce';
import { copy } from '../effects/clipboard';
import { now } from '../effects/clock';
import { entropy } from '../effects/entropy';
import { focus } from '../effects/focus';
import { http } from '../effects/http';
import { locate } from '../effects/locate';
import { login } from '../effects/login';
import { navigate } from '../effects/navigate';
import { refreshed } from '../effects/refresh';
import { scan } from '../effects/scan';
import { find, store } from '../effects/storage';
import { subscribe } from '../effects/subscribe';
import { wait } from '../effects/wait';

/** A page that draws what it is given. */
export interface Canvas {
  draw(data: Data): void;
  setData(data: Record<string, unknown>): void;
}

/** A request without the clock, which is added here. */
type Told = Request extends infer One ? (One extends { at: number } ? Omit<One, 'at'> : never) : never;

const canvases = new Map<number, Canvas>();
/** How each effect that is under way is given up. */
const underWay = new Map<number, () => void>();

/** A page is there to be drawn on. */
export function hang(page: number, canvas: Canvas): void {
  canvases.set(page, canvas);
}

/** It is there no more. */
export function takeDown(page: number): void {
  canvases.delete(page);
}

let fall: (canvas: Canvas) => void = () => undefined;

/** What a page shows when the core has fallen. */
export function onFall(show: (canvas: Canvas) => void): void {
  fall = show;
}

/** Nothing that happens can bring the core down but a mistake of ours. Then nothing on any page is to be trusted, and nothing is waited for. */
function fallen(error: unknown): null {
  console.error(error);
  forget();
  underWay.forEach((stop) => stop());
  underWay.clear();
  canvases.forEach((canvas) => fall(canvas));
  return null;
}

/** Tells the core what happened, and does what it says. `null` if the core could make no sense of it: then nothing has changed. */
export function tell(told: Told): Answer | null {
  let outcome;
  try {
    outcome = call({ ...told, at: now() } as Request);
  } catch (error) {
    return fallen(error);
  }
  if ('err' in outcome) {
    console.error(outcome.err.code, outcome.err.detail);
    return null;
  }
  outcome.ok.draw.forEach(({ page, data }) => canvases.get(page)?.draw(data));
  outcome.ok.run.forEach(start);
  return outcome.ok;
}

/** Starts an effect; whoever is given up is not heard any more. */
function await_(id: number, begin: (done: (value: unknown) => void) => (() => void) | void): void {
  underWay.set(id, () => undefined);
  const stop = begin((value) => {
    if (underWay.delete(id)) tell({ op: 'result', effect: id, value });
  });
  if (stop !== undefined && underWay.has(id)) underWay.set(id, stop);
}

function start(run: Run): void {
  switch (run.do) {
    case 'http':
      return await_(run.id, (done) => http(run, done));
    case 'wait':
      return await_(run.id, (done) => wait(run, done));
    case 'entropy':
      return await_(run.id, (done) => entropy(run, done));
    case 'find':
      return await_(run.id, (done) => find(run, done));
    case 'scan':
      return await_(run.id, scan);
    case 'locate':
      return await_(run.id, locate);
    case 'copy':
      return await_(run.id, (done) => copy(run, done));
    case 'login':
      return await_(run.id, login);
    case 'subscribe':
      return await_(run.id, (done) => subscribe(run, done));
    case 'give_up':
      return run.ids.forEach((id) => {
        const stop = underWay.get(id);
        underWay.delete(id);
        stop?.();
      });
    case 'navigate':
      return navigate(run);
    case 'store':
      return store(run);
    case 'announce':
      return announce(run, canvases.get(run.page));
    case 'focus':
      return focus(run, canvases.get(run.page));
    case 'refreshed':
      return refreshed();
    case 'share':
      // Read by the page that asked (shell/page.ts).
      return undefined;
  }
}
