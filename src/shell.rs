//! Runs the effects of the screens: one file an effect.

mod announce;
mod clock;
mod focus;
mod http;
mod key;
mod life;
mod navigate;
mod screen;
mod settings;
mod transition;

use leptos::prelude::*;
use screens::Env;

pub(crate) use navigate::Place;
pub(crate) use screen::Open;

/// What every page shares. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Shell {
    /// What a screen may know of the world, but for the clock, which runs.
    env: RwSignal<Env, LocalStorage>,
    /// Which page is shown.
    place: RwSignal<Place, LocalStorage>,
    clock: StoredValue<Option<clock::Reading>, LocalStorage>,
    first: StoredValue<Option<http::FirstReply>, LocalStorage>,
    history: StoredValue<navigate::History, LocalStorage>,
    /// The page has changes that are not saved.
    unsaved: StoredValue<bool, LocalStorage>,
}

impl Shell {
    /// Reads the settings, the address and what came with the page.
    pub fn start() -> Self {
        let shell = Self {
            env: RwSignal::new_local(settings::read()),
            place: RwSignal::new_local(Place::here()),
            clock: StoredValue::new_local(None),
            first: StoredValue::new_local(None),
            history: StoredValue::new_local(navigate::History::default()),
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
