// What goes through the core's door. crates/miniprogram/src/protocol.rs says the same in Rust, and what each part means.

export interface System {
  language: string;
  dark: boolean;
  font_size: number;
}

export interface Stored {
  locale?: string;
  theme?: string;
  large?: boolean;
  token?: string;
  who?: string;
  left?: boolean;
  wish?: string;
}

export type Request =
  | { op: 'start'; at: number; brand: Record<string, string>; system: System; stored: Stored }
  | { op: 'system'; at: number; system: System }
  | { op: 'open'; at: number; page: number; file: string; path: string }
  | { op: 'close'; at: number; page: number }
  | { op: 'seen'; at: number; page: number; seen: boolean }
  | { op: 'refresh'; at: number; page: number }
  | { op: 'event'; at: number; page: number; event: { on: string; value?: unknown } }
  | { op: 'follow'; at: number; path: string }
  | { op: 'share'; at: number; page: number }
  | { op: 'result'; at: number; effect: number; value: unknown };

export interface Tab {
  icon: string;
  label: string;
  path: string;
  current: string;
}

export interface Chrome {
  brand: string;
  title: string;
  tabs_label: string;
  tabs: Tab[];
}

/** All that a page's template is drawn from. What `view` is made of is the template's and the screen's business. */
export interface Data {
  view: unknown;
  chrome: Chrome;
  look: string;
  dark: boolean;
  ground: 'paper' | 'pass';
  unsaved: string | null;
}

export interface HttpReply {
  status: number;
  body: string;
  etag: string | null;
  programme_time: string | null;
}

export type How = 'to' | 'instead' | 'tab' | 'anew';

export type Run =
  | { do: 'http'; id: number; method: 'GET' | 'POST' | 'PUT' | 'DELETE'; path: string; headers: Record<string, string>; body: string | null; patience: number }
  | { do: 'wait'; id: number; milliseconds: number }
  | { do: 'give_up'; ids: number[] }
  | { do: 'entropy'; id: number; bytes: number }
  | { do: 'navigate'; how: How; url: string }
  | { do: 'store'; key: string; value: unknown; secret: boolean }
  | { do: 'find'; id: number; key: string; secret: boolean }
  | { do: 'announce'; page: number; text: string }
  | { do: 'focus'; page: number; target: string }
  | { do: 'scan'; id: number }
  | { do: 'locate'; id: number }
  | { do: 'copy'; id: number; text: string }
  | { do: 'login'; id: number }
  | { do: 'subscribe'; id: number; templates: string[] }
  | { do: 'refreshed'; page: number }
  | { do: 'share'; title: string; path: string };

/** One kind of effect. */
export type RunOf<Kind extends Run['do']> = Extract<Run, { do: Kind }>;

export interface Answer {
  draw: { page: number; data: Data }[];
  run: Run[];
}

export type Outcome = { ok: Answer } | { err: { code: string; detail: string } };
