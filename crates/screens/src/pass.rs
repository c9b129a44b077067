//! The green pass: what she shows at the counter.
//!
//! It exists only while the reservation is `ready`. With her consent it is kept on this phone for a place without signal; as soon as the
//! server says anything else than "ready", or that nobody is signed in, what is kept is wiped.

mod view;

use contract::reservation::{Pass as Known, Reservation, ReservationState, pass, reservation};
use contract::{Code, Id, json};
use serde::Deserialize;

pub use view::{Ended, Face, PassView, View};

use crate::card::{Drawing, drawing};
use crate::effect::{Effect, Fresh};
use crate::env::Env;
use crate::failure::Failure;
use crate::progress;
use crate::pulse::Pulse;
use crate::route::Route;
use crate::{Screen, trouble};

/// The green pass.
#[derive(Debug)]
pub struct Pass {
    id: Id,
    stage: Stage,
    /// The pocket has been searched.
    searched: bool,
    /// It is kept on this phone.
    kept: bool,
    /// The pass of another reservation is, which this one would take the place of.
    other: bool,
    /// An answer of the server is awaited.
    asking: bool,
    pulse: Pulse,
}

#[derive(Debug)]
enum Stage {
    /// Neither server nor pocket has answered.
    Waiting,
    /// Nothing in the pocket, and no answer of the server.
    Failed(Failure),
    /// As the server gave it.
    Live(Box<Shown>, Option<Failure>),
    /// As it was kept on this phone; the server has not answered, or not been reached.
    FromPocket(Box<Shown>),
    /// There is none, or none any more; with what became of the reservation, if that is known.
    Gone(Became),
}

/// What became of the reservation.
#[derive(Debug)]
enum Became {
    /// Not known yet, and no pass was shown before: it may be that there is none yet.
    Asked,
    /// Not known, but the pass that was shown is none any more.
    Unknown,
    /// This.
    Known(Box<Reservation>),
}

#[derive(Debug)]
struct Shown {
    pass: Known,
    qr: Option<Drawing>,
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// The pass.
    #[serde(skip)]
    Arrived(Result<Fresh<Known>, Failure>),
    /// What is kept on this phone.
    #[serde(skip)]
    Found(Option<String>),
    /// What is kept on this phone after she asked for it.
    #[serde(skip)]
    Kept(Option<String>),
    /// What became of the reservation.
    #[serde(skip)]
    Became(Result<Fresh<Reservation>, Failure>),
    /// Keep it on this phone, or not.
    Keep(bool),
    /// Time to look again.
    #[serde(skip)]
    Beat,
    /// She looks at the page (`true`), or away.
    #[serde(skip)]
    Seen(bool),
    /// She asks again.
    Retry,
}

impl Screen for Pass {
    type Params = String;
    type Event = Event;
    type View = View;

    fn open(id: String, _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let effects = vec![Effect::ReadPass(Event::Found), Effect::http(pass(&id), Event::Arrived)];
        let screen = Self {
            id,
            stage: Stage::Waiting,
            searched: false,
            kept: false,
            other: false,
            asking: true,
            pulse: Pulse::new(),
        };
        (screen, effects)
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::Arrived(Ok(fresh)) => self.arrived(fresh.value, env),
            Event::Arrived(Err(failure)) => self.not_arrived(failure, env),
            Event::Found(text) => self.found(text, env),
            // A phone may refuse: then nobody is told that the pass opens without a network.
            Event::Kept(text) => {
                let kept = text.and_then(|text| json::decode::<Known>(&text).ok());
                self.kept &= kept.is_some_and(|pass| pass.reservation_id == self.id);
                Vec::new()
            }
            Event::Became(result) => {
                let Stage::Gone(became) = &mut self.stage else { return Vec::new() };
                match result {
                    Ok(fresh) => {
                        let now = &fresh.value;
                        let said = progress::name(now.state, now.late, env).to_owned();
                        *became = Became::Known(Box::new(fresh.value));
                        vec![Effect::Announce(said)]
                    }
                    Err(_) => {
                        *became = Became::Unknown;
                        Vec::new()
                    }
                }
            }
            Event::Keep(keep) => self.keep(keep),
            Event::Beat if self.pulse.has_beaten() => self.look(),
            Event::Seen(seen) if self.pulse.looks(seen) => self.look(),
            Event::Retry => self.look(),
            Event::Beat | Event::Seen(_) => Vec::new(),
        }
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

impl Pass {
    /// Asks whether it is still good, unless that is on its way or it has gone.
    fn look(&mut self) -> Vec<Effect<Event>> {
        if self.asking || matches!(self.stage, Stage::Gone(_)) {
            return Vec::new();
        }
        self.asking = true;
        if matches!(self.stage, Stage::Failed(_)) {
            self.stage = Stage::Waiting;
        }
        vec![Effect::http(pass(&self.id), Event::Arrived)]
    }

    fn arrived(&mut self, pass: Known, env: &Env) -> Vec<Effect<Event>> {
        self.asking = false;
        let mut effects = Vec::new();
        if self.kept {
            // Newer than what is kept: another variant, perhaps, or a later date.
            effects.extend(keep_effect(&pass));
        }
        self.stage = Stage::Live(shown(pass, env), None);
        effects.extend(self.pulse.beat(Event::Beat));
        effects
    }

    fn not_arrived(&mut self, failure: Failure, env: &Env) -> Vec<Effect<Event>> {
        self.asking = false;
        if let Some(mut away) = trouble::leads_away(&failure, &Route::Pass { id: self.id.clone() }, env) {
            // Signed out, perhaps on another device because this one is lost.
            away.insert(0, Effect::KeepPass(None));
            return away;
        }
        match failure.code() {
            Some(Code::PassNotReady | Code::NotFound) => self.gone(),
            _ => {
                match core::mem::replace(&mut self.stage, Stage::Waiting) {
                    Stage::Live(shown, _) => self.stage = Stage::Live(shown, Some(failure)),
                    Stage::Waiting | Stage::Failed(_) => self.stage = Stage::Failed(failure),
                    other => self.stage = other,
                }
                self.pulse.beat(Event::Beat).into_iter().collect()
            }
        }
    }

    /// There is no pass any more: what is kept must not be shown as one.
    fn gone(&mut self) -> Vec<Effect<Event>> {
        let was_shown = matches!(self.stage, Stage::Live(..) | Stage::FromPocket(_));
        self.stage = Stage::Gone(if was_shown { Became::Unknown } else { Became::Asked });
        let mut effects = vec![Effect::http(reservation(&self.id), Event::Became)];
        if core::mem::take(&mut self.kept) {
            effects.push(Effect::KeepPass(None));
        }
        effects
    }

    fn found(&mut self, text: Option<String>, env: &Env) -> Vec<Effect<Event>> {
        self.searched = true;
        let Some(text) = text else { return Vec::new() };
        // What can't be read is of a former version: nothing to keep for.
        let Ok(pass) = json::decode::<Known>(&text) else { return vec![Effect::KeepPass(None)] };
        if has_ended(&pass, env) {
            return vec![Effect::KeepPass(None)];
        }
        if pass.reservation_id != self.id {
            self.other = true;
            return Vec::new();
        }
        match &self.stage {
            Stage::Gone(_) => vec![Effect::KeepPass(None)],
            Stage::Live(shown, _) => {
                self.kept = true;
                keep_effect(&shown.pass).into_iter().collect()
            }
            Stage::Waiting | Stage::Failed(_) | Stage::FromPocket(_) => {
                self.kept = true;
                self.stage = Stage::FromPocket(shown(pass, env));
                Vec::new()
            }
        }
    }

    fn keep(&mut self, keep: bool) -> Vec<Effect<Event>> {
        let (Stage::Live(shown, _) | Stage::FromPocket(shown)) = &self.stage else { return Vec::new() };
        self.kept = keep;
        self.other &= !keep;
        if !keep {
            return vec![Effect::KeepPass(None)];
        }
        keep_effect(&shown.pass).into_iter().chain([Effect::ReadPass(Event::Kept)]).collect()
    }
}

fn shown(pass: Known, env: &Env) -> Box<Shown> {
    let qr = drawing::qr(&pass.qr, catalogue::text::pass::qr(env.locale));
    Box::new(Shown { pass, qr })
}

fn keep_effect(pass: &Known) -> Option<Effect<Event>> {
    json::encode(pass).ok().map(|text| Effect::KeepPass(Some(text)))
}

/// Whether its time is over, as far as the server's clock is known.
pub(crate) fn has_ended(pass: &Known, env: &Env) -> bool {
    env.clock.is_some_and(|clock| clock.now >= pass.hold_until)
}

/// Whether it was collected.
fn was_collected(reservation: &Reservation) -> bool {
    reservation.state == ReservationState::Collected
}

#[cfg(test)]
mod tests;
