//! Runs the effects of the screens: one file an effect.

mod announce;
pub mod clipboard;
mod clock;
mod focus;
mod http;
mod key;
mod life;
pub mod locate;
mod navigate;
pub mod pocket;
mod remember;
mod scan;
mod screen;
mod settings;
pub mod signal;
mod tools;
mod transition;

use leptos::prelude::*;
use screens::{Env, Request};
use wasm_bindgen_futures::JsFuture;

pub use navigate::Place;
pub use screen::Open;
pub use tools::{Close, Hear, Tools};

/// What differs between the front ends.
pub struct FrontEnd {
    /// Whether an address (path and query) is a page of this front end; a link to any other leaves it.
    pub is_page: fn(&str) -> bool,
    /// What is asked before a page with changes that are not saved is left.
    pub unsaved: fn(&Env) -> &'static str,
    /// Whether a good answer to this request means that somebody is signed in: a later refusal is then a session that has
    /// ended.
    pub is_private: fn(&Request) -> bool,
}

/// What every page shares. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Shell {
    front_end: &'static FrontEnd,
    /// What a screen may know of the world, but for the clock, which runs.
    env: RwSignal<Env, LocalStorage>,
    /// Which page is shown.
    place: RwSignal<Place, LocalStorage>,
    clock: StoredValue<Option<clock::Reading>, LocalStorage>,
    first: StoredValue<Option<http::FirstReply>, LocalStorage>,
    history: StoredValue<navigate::History, LocalStorage>,
    tools: StoredValue<Tools, LocalStorage>,
    /// The page has changes that are not saved.
    unsaved: StoredValue<bool, LocalStorage>,
}

impl Shell {
    /// Reads the settings, the address and what came with the page.
    pub fn start(front_end: &'static FrontEnd) -> Self {
        let shell = Self {
            front_end,
            env: RwSignal::new_local(settings::read()),
            place: RwSignal::new_local(Place::here()),
            clock: StoredValue::new_local(None),
            first: StoredValue::new_local(None),
            history: StoredValue::new_local(navigate::History::default()),
            tools: StoredValue::new_local(Tools::default()),
            unsaved: StoredValue::new_local(false),
        };
        if let Some((first, programme_time)) = http::FirstReply::take() {
            shell.set_clock(&programme_time);
            shell.first.set_value(Some(first));
        }
        shell.listen();
        shell
    }

    /// What a screen may know of the world now.
    pub fn env(self) -> Env {
        self.with_clock(self.env.get_untracked())
    }

    /// The same, and again whenever language or appearance change.
    pub fn tracked_env(self) -> Env {
        self.with_clock(self.env.get())
    }

    /// Whether the page has changes that are not saved: following a link, she is asked first.
    pub fn set_unsaved(self, unsaved: bool) {
        self.unsaved.set_value(unsaved);
    }

    /// The page to show, and again whenever that changes.
    pub fn place(self) -> Place {
        self.place.get()
    }

    fn with_clock(self, mut env: Env) -> Env {
        env.clock = self.clock.get_value().map(clock::Reading::now);
        env
    }
}

/// Waits for a promise that nobody else waits for: one that is broken would be an error that nobody caught.
fn hush(promise: js_sys::Promise) {
    leptos::task::spawn_local(async move {
        let _ = JsFuture::from(promise).await;
    });
}

/// A point in time for measurements.
pub fn mark(name: &str) {
    if let Some(performance) = window().performance() {
        let _ = performance.mark(name);
    }
}
