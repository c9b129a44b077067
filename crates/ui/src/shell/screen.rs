//! Runs one screen: events in, effects out, and its view as a signal.

use core::cell::RefCell;
use core::time::Duration;
use std::rc::Rc;

use leptos::prelude::{Effect as Watch, *};
use screens::{Effect, Screen};

use super::life::{Life, UnderWay};
use super::{Hear, Shell, announce, clock, focus, key, remember};
use crate::intent::Intent;

/// So long, in milliseconds, may figures be left alone before a glance at them asks for new ones.
const A_WHILE: f64 = 30_000.0;

/// A screen that is open.
pub struct Open<S: Screen> {
    /// What to draw.
    pub view: RwSignal<S::View, LocalStorage>,
    /// Where its page sends events.
    pub intent: Intent<S::Event>,
}

impl<S: Screen> Clone for Open<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S: Screen> Copy for Open<S> {}

struct Running<S: Screen> {
    shell: Shell,
    machine: RefCell<S>,
    view: RwSignal<S::View, LocalStorage>,
    life: Life,
}

impl Shell {
    /// Opens a screen, for as long as the present owner lives.
    pub fn open<S: Screen>(self, params: S::Params) -> Open<S> {
        let env = self.env();
        let (machine, effects) = S::open(params, &env);
        let view = RwSignal::new_local(machine.view(&env));
        let life = Life::default();
        let running = Rc::new(Running { shell: self, machine: RefCell::new(machine), view, life: life.clone() });
        running.run(effects);

        let ending = StoredValue::new_local(life);
        on_cleanup(move || ending.with_value(Life::end));
        let redrawn = Rc::clone(&running);
        // The first run only subscribes: the view is fresh.
        Watch::new(move |before: Option<()>| {
            let env = self.tracked_env();
            if before.is_some() {
                redrawn.view.set(redrawn.machine.borrow().view(&env));
            }
        });
        Open { view, intent: Intent::new(Rc::new(move |event| running.hear(event))) }
    }
}

impl<S: Screen> Open<S> {
    /// Sends `event()` when she looks at the page again after a while.
    pub fn when_back(self, event: impl Fn() -> S::Event + 'static) -> Self {
        let away = core::cell::Cell::new(None);
        let handle = window_event_listener_untyped("visibilitychange", move |_| {
            if document().hidden() {
                away.set(Some(clock::uptime()));
            } else if away.take().is_some_and(|since| clock::uptime() - since > A_WHILE) {
                self.intent.send(event());
            }
        });
        on_cleanup(move || handle.remove());
        self
    }

    /// Sends `event(false)` when she looks away from the page, `event(true)` when she is back.
    pub fn when_seen(self, event: impl Fn(bool) -> S::Event + 'static) -> Self {
        let handle = window_event_listener_untyped("visibilitychange", move |_| {
            self.intent.send(event(!document().hidden()));
        });
        on_cleanup(move || handle.remove());
        self
    }
}

impl<S: Screen> Running<S> {
    fn hear(self: &Rc<Self>, event: S::Event) {
        if self.life.is_over() {
            return;
        }
        let env = self.shell.env();
        let effects = self.machine.borrow_mut().update(event, &env);
        // Always drawn again, even if the view is the same: an input may show what the screen did not take.
        self.view.set(self.machine.borrow().view(&env));
        self.run(effects);
    }

    fn run(self: &Rc<Self>, effects: Vec<Effect<S::Event>>) {
        for effect in effects {
            match effect {
                Effect::Http(request, arrived) => {
                    let this = Rc::clone(self);
                    let hear = Box::new(move |reply| this.hear(arrived(reply)));
                    self.shell.send(request, &self.life, hear);
                }
                Effect::Wait(milliseconds, event) => {
                    let this = Rc::clone(self);
                    wait(milliseconds, &self.life, Box::new(move || this.hear(event)));
                }
                Effect::MakeKey(event) => self.hear(event(key::make())),
                Effect::Navigate(navigation) => self.shell.navigate(navigation),
                Effect::Store(setting) => self.shell.store(setting),
                Effect::Announce(sentence) => announce::announce(sentence),
                Effect::Focus(id) => focus::by_id(id),
                Effect::Scan(event) => self.shell.scan(&self.life, self.later(event)),
                Effect::Signal(signal) => self.shell.signal(signal),
                Effect::Copy(text, event) => self.shell.copy(&text, self.later(event)),
                // A browser asks once for all messages, and this portal sends none through it.
                Effect::AskConsent(_) => {}
                Effect::Locate(event) => self.shell.locate(self.later(event)),
                Effect::ReadPass(event) => self.shell.read_pass(self.later(event)),
                Effect::KeepPass(text) => self.shell.keep_pass(text),
                Effect::Remember(text) => remember::remember(text.as_deref()),
                Effect::Recall(event) => self.hear(event(remember::recall())),
            }
        }
    }

    /// Hears `event` of what comes.
    fn later<T: 'static>(self: &Rc<Self>, event: fn(T) -> S::Event) -> Hear<T> {
        let this = Rc::clone(self);
        Box::new(move |value| this.hear(event(value)))
    }
}

/// Calls `act` after so many milliseconds, unless `life` ends before.
fn wait(milliseconds: u32, life: &Life, act: Box<dyn FnOnce()>) {
    let number = Rc::new(core::cell::Cell::new(0));
    let (mine, ended) = (Rc::clone(&number), life.clone());
    let handle = set_timeout_with_handle(
        move || {
            ended.done(mine.get());
            act();
        },
        Duration::from_millis(milliseconds.into()),
    );
    if let Ok(handle) = handle {
        number.set(life.begun(UnderWay::Wait(handle)));
    }
}
