// A page: tells the core of everything she does on it, and is drawn from what the core says.
import { brand, failed, origin } from '../config';
import { load } from '../core/index';
import type { Data, RunOf, System } from '../core/protocol';
import { dress } from '../effects/dress';
import { guard } from '../effects/guard';
import { openMap, type Venue } from '../effects/map';
import { refreshed } from '../effects/refresh';
import { stored } from '../effects/storage';
import { onSystem, system } from '../effects/system';
import { hang, onFall, takeDown, tell } from './run';

/** The datasets that templates give to what can be tapped or filled in. */
interface Dataset {
  /** The screen's event. */
  on: string;
  /** What it carries. */
  value?: unknown;
  /** The same, as a choice of the view. */
  choice?: { value: unknown };
  /** The same for a picker: its choices, in its order. */
  choices?: { value: unknown }[];
  /** What goes before the value. */
  of?: string;
  /** The event of leaving a field. */
  left?: string;
  /** The event of the keyboard's own button. */
  done?: string;
  /** Where a link leads. */
  path?: string;
  venue?: Venue;
}

type Touched = WechatMiniprogram.CustomEvent<{ value?: unknown }, WechatMiniprogram.IAnyObject, Dataset, Dataset>;

/** Where a shared card leads that says nothing else. */
const HOME = '/pages/home/home';
/** On every shared card. */
const PICTURE = '/brand/share.jpg';

let last = 0;
let starting: Promise<void> | undefined;
let listens = false;
/** What the device has changed to since the start. WeChat then gives every bar the colours of theme.json, whatever it was told before. */
let device: System | undefined;

/** What is said where nobody else can say anything. */
const lastWords = () => failed[system().language] ?? Object.values(failed)[0];

// A core that has fallen is no core any more: each page says so, and the first that she taps starts another.
onFall((canvas) => {
  starting = undefined;
  canvas.setData({ failed: lastWords(), view: null });
});

/** Starts the core, once; after a failure the next page tries again. */
export function start(): Promise<void> {
  if (starting === undefined) {
    starting = Promise.all([load(), stored()]).then(([, kept]) => {
      tell({ op: 'start', brand, system: system(), stored: kept });
      // For good: what falls is the core, not what listens for it.
      if (!listens) {
        onSystem((changed) => {
          device = changed;
          starting?.then(() => tell({ op: 'system', system: changed }));
        });
      }
      listens = true;
    });
    starting.catch(() => {
      starting = undefined;
    });
  }
  return starting;
}

/** What an address says. One that was put together by hand may be no good: then it says what it is, which leads nowhere. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Registers the page in `file` (without its ending). A tab is always about `path`; other pages are told by their address. */
export function screen(file: string, path?: string): void {
  Page({
    data: { origin, look: 'root', view: null, chrome: null, failed: null as (typeof failed)[string] | null, focus: '', announcement: '' },
    number: 0,
    /** The core has it open. */
    isOpen: false,
    /** She looks at it. */
    isShown: false,
    path: '',
    /** What WeChat was told of the page last: each call costs more than a comparison. */
    worn: { unsaved: null } as Partial<Pick<Data, 'chrome' | 'look' | 'dark' | 'ground'>> & Pick<Data, 'unsaved'> & { device?: System },

    onLoad(query: Record<string, string | undefined>) {
      last += 1;
      this.number = last;
      this.path = path ?? decoded(query.path ?? '');
      this.begin();
    },
    begin() {
      start().then(
        () => {
          // She may have left before the core was there.
          if (this.number === 0) return;
          hang(this.number, this as never);
          const answer = tell({ op: 'open', page: this.number, file, path: this.path });
          // Where the address is another page's, the core opens nothing here, and leads there.
          this.isOpen = answer !== null && answer.draw.some((draw) => draw.page === this.number);
        },
        () => this.setData({ failed: lastWords() }),
      );
    },
    again() {
      this.setData({ failed: null });
      this.begin();
    },
    onShow() {
      if (this.isShown) return;
      this.isShown = true;
      if (this.isOpen) tell({ op: 'seen', page: this.number, seen: true });
    },
    onHide() {
      this.isShown = false;
      if (this.isOpen) tell({ op: 'seen', page: this.number, seen: false });
    },
    onUnload() {
      const { number, isOpen } = this;
      this.number = 0;
      this.isOpen = false;
      takeDown(number);
      if (isOpen) tell({ op: 'close', page: number });
    },
    onPullDownRefresh() {
      const answer = this.isOpen ? tell({ op: 'refresh', page: this.number }) : null;
      if (answer === null) refreshed();
    },
    onShareAppMessage() {
      const answer = this.isOpen ? tell({ op: 'share', page: this.number }) : null;
      const card = answer?.run.find((run): run is RunOf<'share'> => run.do === 'share');
      // Without a path WeChat would take this page's own address, without a picture what is to be seen on it.
      return { title: card?.title, path: card?.path ?? HOME, imageUrl: PICTURE };
    },

    draw(data: Data) {
      const { chrome, look, dark, ground, unsaved } = data;
      this.setData(data as never);
      // She looks at another page: this one is drawn again when she comes back to it.
      if (!this.isShown) return;
      const { worn } = this;
      if (worn.chrome?.title !== chrome.title || worn.dark !== dark || worn.ground !== ground || worn.device !== device) dress(data);
      if (worn.unsaved !== unsaved) guard(unsaved);
      if (worn.look !== look || JSON.stringify(worn.chrome) !== JSON.stringify(chrome)) this.getTabBar?.()?.setData({ chrome, look });
      this.worn = { chrome, look, dark, ground, unsaved, device };
    },

    send({ currentTarget: { dataset } }: Touched) {
      const carried = dataset.choice === undefined ? dataset.value : dataset.choice.value;
      this.happens(dataset, carried === '' ? undefined : carried);
    },
    typed({ currentTarget: { dataset }, detail }: Touched) {
      this.happens(dataset, detail.value);
    },
    picked({ currentTarget: { dataset }, detail }: Touched) {
      this.happens(dataset, dataset.choices === undefined ? detail.value : dataset.choices[Number(detail.value)].value);
    },
    cleared({ currentTarget: { dataset } }: Touched) {
      this.happens(dataset, '');
    },
    left({ currentTarget: { dataset } }: Touched) {
      if (dataset.left) this.happens({ on: dataset.left }, undefined);
    },
    confirmed({ currentTarget: { dataset } }: Touched) {
      if (dataset.done) this.happens({ on: dataset.done }, undefined);
    },
    happens({ on, of }: Pick<Dataset, 'on' | 'of'>, value: unknown) {
      if (!this.isOpen) return;
      // What a template leaves open arrives as nothing, or as an empty text. (What she types is never carried by a dataset.)
      const carried = of ? [of, value] : value;
      tell({ op: 'event', page: this.number, event: carried === undefined ? { on } : { on, value: carried } });
    },
    go({ currentTarget: { dataset } }: Touched) {
      if (this.isOpen && dataset.path !== undefined) tell({ op: 'follow', path: dataset.path });
    },
    map({ currentTarget: { dataset } }: Touched) {
      if (dataset.venue !== undefined) openMap(dataset.venue);
    },
  });
}
