//! Pick-up: the pass is scanned, or its code typed; then the unit is scanned, and only the right one is handed over.

mod code;
mod view;

use contract::Code;
use contract::staff::{PickupLookup, StaffReservation, look_up};

pub use view::{Asking, Found, View};

use super::lock::Lock;
use super::work::{self, Purpose, Work};
use super::{OnDuty, Route, trouble};
use crate::Screen;
use crate::effect::{Effect, Fresh, Scanned, Signal};
use crate::env::Env;
use crate::failure::Failure;

use code::Hitch;

/// The id of the code's input.
pub const CODE: &str = "code";

/// Pick-up.
#[derive(Debug)]
pub struct Pickup {
    on_duty: OnDuty,
    stage: Stage,
}

/// Whose it is, or what is done about it.
#[derive(Debug)]
enum Stage {
    /// The pass is asked for.
    Asking { typed: String, scanning: bool, doing: Doing },
    /// Whose it is.
    Found(Box<Work>),
}

/// What became of the latest try.
#[derive(Debug)]
enum Doing {
    /// Nothing yet.
    Nothing,
    /// There is no code yet, for this reason.
    Hitch(Hitch),
    /// Being looked up.
    Running,
    /// No pass of this counter, or over, or it did not arrive.
    Failed(Failure),
    /// Too many wrong ones.
    Locked(Lock, Failure),
}

/// What can happen on it.
#[derive(Debug)]
pub enum Event {
    /// Open the camera on the pass.
    Scan,
    /// What came of it.
    Scanned(Scanned),
    /// The code's input now holds this.
    Typed(String),
    /// The code's button, or Enter.
    Submit,
    /// Whose it is.
    Arrived(Result<Fresh<StaffReservation>, Failure>),
    /// A second went by while it is locked.
    Tick,
    /// On to the next pass.
    Next,
    /// Something about the work at what was found.
    Work(work::Event),
}

impl From<work::Event> for Event {
    fn from(event: work::Event) -> Self {
        Event::Work(event)
    }
}

impl Screen for Pickup {
    type Params = OnDuty;
    type Event = Event;
    type View = View;

    fn open(on_duty: OnDuty, _env: &Env) -> (Self, Vec<Effect<Event>>) {
        (Self { on_duty, stage: Stage::new() }, Vec::new())
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::Scan => self.scan(),
            Event::Scanned(scanned) => self.scanned(&scanned),
            Event::Typed(text) => self.typed(&text),
            Event::Submit => self.submit(),
            Event::Arrived(result) => self.arrived(result, env),
            Event::Tick => self.tick(env),
            Event::Next => self.next(),
            Event::Work(event) => self.work(event, env),
        }
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

impl Stage {
    fn new() -> Self {
        Stage::Asking { typed: String::new(), scanning: false, doing: Doing::Nothing }
    }
}

impl Doing {
    /// No code is taken now.
    fn is_closed(&self) -> bool {
        matches!(self, Doing::Running | Doing::Locked(..))
    }
}

impl Pickup {
    fn scan(&mut self) -> Vec<Effect<Event>> {
        match &mut self.stage {
            Stage::Asking { scanning: scanning @ false, doing, .. } if !doing.is_closed() => {
                *scanning = true;
                *doing = Doing::Nothing;
                vec![Effect::Scan(Event::Scanned)]
            }
            _ => Vec::new(),
        }
    }

    fn scanned(&mut self, scanned: &Scanned) -> Vec<Effect<Event>> {
        let Stage::Asking { typed, scanning, doing } = &mut self.stage else { return Vec::new() };
        *scanning = false;
        if doing.is_closed() {
            return Vec::new();
        }
        match scanned {
            Scanned::Read(text) => match code::scanned(text) {
                Ok(code) => {
                    typed.clear();
                    self.look_up(code)
                }
                Err(hitch) => {
                    *doing = Doing::Hitch(hitch);
                    vec![Effect::Signal(Signal::Bad)]
                }
            },
            Scanned::Closed => Vec::new(),
            Scanned::Forbidden => {
                *doing = Doing::Hitch(Hitch::Forbidden);
                vec![Effect::Focus(CODE)]
            }
            Scanned::Unavailable => {
                *doing = Doing::Hitch(Hitch::NoCamera);
                vec![Effect::Focus(CODE)]
            }
        }
    }

    fn typed(&mut self, text: &str) -> Vec<Effect<Event>> {
        if let Stage::Asking { typed, doing, .. } = &mut self.stage
            && !matches!(doing, Doing::Running)
        {
            *typed = code::while_typing(typed, text);
            if !doing.is_closed() {
                *doing = Doing::Nothing;
            }
        }
        Vec::new()
    }

    fn submit(&mut self) -> Vec<Effect<Event>> {
        let Stage::Asking { typed, doing, .. } = &mut self.stage else { return Vec::new() };
        if doing.is_closed() {
            return Vec::new();
        }
        match code::typed(typed) {
            Ok(code) => self.look_up(code),
            Err(hitch) => {
                *doing = Doing::Hitch(hitch);
                vec![Effect::Focus(CODE)]
            }
        }
    }

    fn look_up(&mut self, code: String) -> Vec<Effect<Event>> {
        if let Stage::Asking { doing, .. } = &mut self.stage {
            *doing = Doing::Running;
        }
        vec![Effect::http(look_up(&PickupLookup { code }), Event::Arrived)]
    }

    fn arrived(&mut self, result: Result<Fresh<StaffReservation>, Failure>, env: &Env) -> Vec<Effect<Event>> {
        let Stage::Asking { doing: doing @ Doing::Running, .. } = &mut self.stage else { return Vec::new() };
        let failure = match result {
            Ok(Fresh { value, .. }) => {
                let (work, mut effects) = Work::begin(Purpose::HandOver, self.on_duty.role, value);
                self.stage = Stage::Found(Box::new(work));
                effects.extend([Effect::Focus(work::STEP), Effect::Announce(view::found(env))]);
                return effects;
            }
            Err(failure) => failure,
        };
        if let Some(away) = trouble::leads_away(&failure, &Route::Pickup, env) {
            return away;
        }
        let mut effects = vec![Effect::Signal(Signal::Bad)];
        *doing = match Lock::of(&failure, Code::PickupLocked, env) {
            Some(lock) => {
                effects.push(Effect::Wait(1000, Event::Tick));
                Doing::Locked(lock, failure)
            }
            None => {
                effects.push(Effect::Focus(CODE));
                Doing::Failed(failure)
            }
        };
        effects
    }

    fn tick(&mut self, env: &Env) -> Vec<Effect<Event>> {
        let Stage::Asking { doing, .. } = &mut self.stage else { return Vec::new() };
        let Doing::Locked(lock, _) = doing else { return Vec::new() };
        if lock.tick(env) {
            return vec![Effect::Wait(1000, Event::Tick)];
        }
        *doing = Doing::Nothing;
        Vec::new()
    }

    fn work(&mut self, event: work::Event, env: &Env) -> Vec<Effect<Event>> {
        let Stage::Found(work) = &mut self.stage else { return Vec::new() };
        let mut effects = work.update(event, &Route::Pickup, env);
        if let Some(failure) = work.wants_pass() {
            let doing = Doing::Failed(failure.clone());
            self.stage = Stage::Asking { typed: String::new(), scanning: false, doing };
            effects.push(Effect::Focus(CODE));
        }
        effects
    }

    fn next(&mut self) -> Vec<Effect<Event>> {
        match &self.stage {
            Stage::Found(work) if !work.is_busy() => {
                self.stage = Stage::new();
                vec![Effect::Focus(CODE)]
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
