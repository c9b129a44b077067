//! `Effect::Navigate`, links, back and forth: which page is shown, where the focus goes, and where it was scrolled to.

use leptos::ev;
use leptos::prelude::*;
use screens::Navigation;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlAnchorElement, MouseEvent, ScrollRestoration};

use super::{Shell, focus, remember, transition};

/// Which page is shown.
#[derive(Clone, PartialEq)]
pub struct Place {
    /// The page's address.
    pub path: String,
    /// Counts up, so that going to the page one is on opens it anew.
    visit: u32,
}

/// What is known of the entries of the browser's history.
#[derive(Clone, Default)]
pub(super) struct History {
    /// Of the entry that is shown.
    key: f64,
    /// How far down each of the other entries was left.
    left_at: Vec<(f64, f64)>,
}

/// Where a page that is shown anew is scrolled to.
#[derive(Clone, Copy)]
enum Scroll {
    Top,
    To(f64),
}

impl Place {
    /// The page that the address names.
    pub fn here() -> Self {
        Self { path: address(), visit: 0 }
    }
}

impl Shell {
    /// Follows links, back and forth, and takes scrolling back upon itself.
    pub(super) fn listen(self) {
        let history = history();
        let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
        let (key, left_at) = entry();
        self.history.update_value(|history| history.key = key.unwrap_or_else(fresh_key));
        self.write_entry(left_at);
        if let Some(left_at) = left_at {
            focus::after_drawing(move || self.scroll(Scroll::To(left_at)));
        }

        // The listeners live as long as the page.
        let _ = window_event_listener(ev::click, move |event| self.follow(&event));
        let _ = window_event_listener(ev::popstate, move |_| self.came_back());
        // Leaving altogether with changes that are not saved, she is asked by the browser, in its own words.
        let _ = window_event_listener(ev::beforeunload, move |event| {
            self.write_entry(Some(scrolled()));
            if self.unsaved.get_value() {
                event.prevent_default();
            }
        });
        // For a reload. Chromium keeps what stands in the entry by `beforeunload`, and no later; Safari on a phone has only
        // these.
        for moment in ["scrollend", "pagehide"] {
            let _ = window_event_listener_untyped(moment, move |_| self.write_entry(Some(scrolled())));
        }
    }

    /// Goes somewhere.
    pub(super) fn navigate(self, navigation: Navigation) {
        match navigation {
            Navigation::To(path) => self.go(path, false),
            Navigation::Instead(path) => self.go(path, true),
            Navigation::AfterSessionChange(path) => {
                self.first.set_value(None);
                remember::remember(None);
                self.env.update(|env| env.signed_in = false);
                self.go(path, true);
            }
        }
    }

    /// Opens the present page anew; focus and scrolling stay.
    pub(super) fn open_anew(self) {
        let focused = document().active_element().map(|element| element.id()).filter(|id| !id.is_empty());
        let top = scrolled();
        self.place.update(|place| place.visit += 1);
        focus::after_drawing(move || {
            if let Some(id) = focused {
                focus::by_name(&id);
            }
            scroll_to(top);
        });
    }

    /// A page that came late is there now: puts the focus on its heading, if it is not elsewhere by now. Not on the page
    /// it all was opened with, where reading begins at the top.
    pub fn settle(self) {
        if self.place.with_untracked(|place| place.visit) == 0 {
            return;
        }
        focus::after_drawing(|| {
            let lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
            if lost {
                focus::heading();
            }
        });
    }

    /// Whether she would leave her changes behind. The browser's own question: it holds everything up, as it should.
    fn may_leave(self) -> bool {
        window().confirm_with_message((self.front_end.unsaved)(&self.env())).unwrap_or(true)
    }

    fn go(self, path: String, instead: bool) {
        let key = fresh_key();
        let state = state(key, None);
        let history = history();
        if instead {
            let _ = history.replace_state_with_url(&state, "", Some(&path));
        } else {
            self.leave();
            let _ = history.push_state_with_url(&state, "", Some(&path));
        }
        self.history.update_value(|history| history.key = key);
        self.show(path, Scroll::Top);
    }

    /// Back or forth, or to a place on the same page.
    fn came_back(self) {
        self.leave();
        let (key, left_at) = entry();
        let key = key.unwrap_or_else(fresh_key);
        let known = self
            .history
            .with_value(|history| history.left_at.iter().find(|(other, _)| *other == key).map(|entry| entry.1));
        self.history.update_value(|history| history.key = key);
        let path = address();
        if path != self.place.with_untracked(|place| place.path.clone()) {
            self.show(path, Scroll::To(known.or(left_at).unwrap_or_default()));
        }
    }

    fn show(self, path: String, scroll: Scroll) {
        self.unsaved.set_value(false);
        let change = move || {
            self.place.update(|place| {
                place.path = path;
                place.visit += 1;
            });
        };
        let drawn = move || {
            focus::heading();
            self.scroll(scroll);
        };
        transition::run(change, drawn);
    }

    fn scroll(self, scroll: Scroll) {
        match scroll {
            Scroll::Top => scroll_to(0.0),
            Scroll::To(top) => {
                let visit = self.place.with_untracked(|place| place.visit);
                self.scroll_when_all_there(top, visit, FRAMES);
            }
        }
    }

    /// A page that fetches what it shows is too short at first, and what comes later may come above what is there: waits,
    /// frame by frame, until nothing is awaited, until she scrolls herself, or until it has been long enough.
    fn scroll_when_all_there(self, top: f64, visit: u32, frames: u32) {
        let still_here = self.place.with_untracked(|place| place.visit) == visit;
        if !still_here || (frames < FRAMES && scrolled() > 0.0) {
            return;
        }
        let waiting = document().query_selector("main [aria-busy]").ok().flatten().is_some();
        if waiting && frames > 0 {
            scroll_to(0.0);
            request_animation_frame(move || self.scroll_when_all_there(top, visit, frames - 1));
        } else {
            scroll_to(top);
        }
    }

    /// Remembers how far down the page is that is being left.
    fn leave(self) {
        let top = scrolled();
        self.history.update_value(|History { key, left_at }| {
            left_at.retain(|(other, _)| other != key);
            left_at.push((*key, top));
        });
    }

    fn write_entry(self, left_at: Option<f64>) {
        let key = self.history.with_value(|history| history.key);
        let _ = history().replace_state(&state(key, left_at), "");
    }

    /// Follows a link to a page of this front end without leaving it; whatever else was meant is left to the browser.
    fn follow(self, event: &MouseEvent) {
        let plain =
            event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if !plain || event.default_prevented() {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
        let here = window().location();
        let elsewhere = here.origin().ok().as_deref() != Some(&link.origin());
        if elsewhere || !link.target().is_empty() || link.has_attribute("download") || !link.hash().is_empty() {
            return;
        }
        let path = link.pathname() + &link.search();
        if (self.front_end.is_page)(&path) {
            event.prevent_default();
            if self.unsaved.get_value() && !self.may_leave() {
                return;
            }
            let same = self.place.with_untracked(|place| place.path == path);
            self.go(path, same);
        }
    }
}

/// Frames in about fifteen seconds: so long an answer is waited for.
const FRAMES: u32 = 900;

fn address() -> String {
    let here = window().location();
    here.pathname().unwrap_or_default() + &here.search().unwrap_or_default()
}

fn history() -> web_sys::History {
    window().history().unwrap_or_else(|_| JsValue::NULL.unchecked_into())
}

/// What the browser keeps with the present entry: its key, and how far down it was left before a reload.
fn entry() -> (Option<f64>, Option<f64>) {
    let state = history().state().unwrap_or(JsValue::NULL);
    let array = state.dyn_into::<js_sys::Array>().ok();
    let number = |index| array.as_ref().and_then(|array| array.get(index).as_f64());
    (number(0), number(1))
}

fn state(key: f64, left_at: Option<f64>) -> JsValue {
    let left_at = left_at.map_or(JsValue::NULL, JsValue::from_f64);
    js_sys::Array::of2(&JsValue::from_f64(key), &left_at).into()
}

/// A name for an entry of the history; that it is one among all of a tab's is enough.
fn fresh_key() -> f64 {
    js_sys::Math::random()
}

fn scrolled() -> f64 {
    window().scroll_y().unwrap_or_default()
}

fn scroll_to(top: f64) {
    window().scroll_to_with_x_and_y(0.0, top);
}
