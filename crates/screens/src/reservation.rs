//! A reservation: whether to set out, by when what has to happen, and what she can do about it.
//!
//! The page keeps itself up to date while she looks at it. Whatever she asks for is one wish until its outcome is known, like the
//! reserving itself.

mod offer;
mod outlook;
mod view;

use contract::reservation::{
    Pass, Reservation as Known, ReservationAction, ReservationState, answer_exchange, cancel, extend, reservation,
};
use contract::{Endpoint, Id, json};
use serde::{Deserialize, Serialize};

pub use offer::OfferView;
pub use outlook::Outlook;
pub use view::{ActionView, Actions, Contents, HistoryRow, Open, Sure, View};

use crate::effect::{Effect, Fresh, Navigation, Purpose};
use crate::env::Env;
use crate::failure::Failure;
use crate::load::Load;
use crate::pulse::Pulse;
use crate::route::Route;
use crate::wish::{After, Named, SOON, Wish};
use crate::{Screen, progress, trouble};

/// The id of what she is asked before it is cancelled.
pub const SURE: &str = "sure";
/// The id of the heading: what she did has changed what it says.
pub const HEADING: &str = "outlook";
/// The id of what she can do.
pub const ACTIONS: &str = "actions";

/// A reservation.
#[derive(Debug)]
pub struct Reservation {
    id: Id,
    reservation: Load<Known>,
    /// How often something was done here: an answer to a question of before that says what was true before.
    age: u32,
    pulse: Pulse,
    wish: Wish<Act>,
    /// The variant of the offer that her wish answers: the one she was shown.
    answered: Id,
    sure: Option<Cancel>,
}

/// What she can do here. Serialised, it is the event that a tap on it sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Act {
    /// Have it held longer.
    Extend,
    /// Give it up; she is asked whether she is sure.
    #[serde(rename = "think")]
    Cancel(Cancel),
    /// Take the other variant (`true`), or keep what there is.
    Exchange(bool),
}

/// Why she gives it up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cancel {
    /// For its own sake.
    Only,
    /// To choose another gift.
    ForAnother,
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// How it stands; and how old the question was.
    #[serde(skip)]
    Arrived(u32, Result<Fresh<Known>, Failure>),
    /// Time to look again.
    #[serde(skip)]
    Beat,
    /// She looks at the page (`true`), or away.
    #[serde(skip)]
    Seen(bool),
    /// She asks again.
    Retry,
    /// Have it held longer.
    Extend,
    /// She thinks of giving it up: she is asked whether she is sure.
    Think(Cancel),
    /// She is not.
    Keep,
    /// She is.
    Cancel,
    /// Take the other variant (`true`), or keep what there is.
    Exchange(bool),
    /// Ask again for what nobody knows the outcome of.
    Again,
    /// The name of this wish.
    #[serde(skip)]
    Key(String),
    /// The answer to that.
    #[serde(skip)]
    Done(Result<Fresh<Known>, Failure>),
    /// The first copy may have come to its end by now.
    #[serde(skip)]
    LookAfter,
    /// What is kept on this phone, after the end.
    #[serde(skip)]
    Found(Option<String>),
}

impl Screen for Reservation {
    type Params = String;
    type Event = Event;
    type View = View;

    fn open(id: String, _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let screen = Self {
            id,
            reservation: Load::Waiting,
            age: 0,
            pulse: Pulse::new(),
            wish: Wish::None,
            answered: Id::new(),
            sure: None,
        };
        let effects = vec![screen.fetch()];
        (screen, effects)
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        if let Event::Arrived(_, Err(failure)) | Event::Done(Err(failure)) = &event
            && let Some(away) = trouble::leads_away(failure, &Route::reservation(&self.id), env)
        {
            return away;
        }
        // She was told that she may ask again: her tap is no new wish, and she is shown what there is.
        let event = match event {
            Event::Again if self.wish.forget_old(env) => Event::Retry,
            event => event,
        };
        match event {
            Event::Arrived(age, result) => self.arrived(age, result, env),
            Event::Beat if self.pulse.has_beaten() => self.look(),
            Event::Seen(seen) if self.pulse.looks(seen) => {
                let again = self.wish.ask_again_if_fresh(env);
                let mut effects: Vec<_> = again.as_ref().map(|it| self.send(it)).into_iter().collect();
                effects.extend(self.look());
                effects
            }
            Event::Retry => self.look(),
            Event::Beat | Event::Seen(_) => Vec::new(),
            Event::Think(why) if !self.wish.is_open() => {
                self.sure = Some(why);
                vec![Effect::Focus(SURE)]
            }
            // The button that was tapped goes with the question.
            Event::Keep => {
                self.sure = None;
                vec![Effect::Focus(ACTIONS)]
            }
            Event::Cancel => match self.sure {
                Some(why) => self.want(Act::Cancel(why)),
                None => Vec::new(),
            },
            Event::Extend => self.want(Act::Extend),
            Event::Exchange(take) => self.want(Act::Exchange(take)),
            Event::Think(_) => Vec::new(),
            Event::Again => self.wish.ask_again().as_ref().map(|it| self.send(it)).into_iter().collect(),
            Event::Key(key) => self.wish.named_at(key, env).as_ref().map(|it| self.send(it)).into_iter().collect(),
            Event::LookAfter => self.wish.look_after().as_ref().map(|it| self.send(it)).into_iter().collect(),
            Event::Done(Ok(fresh)) => self.done(fresh, env),
            Event::Done(Err(failure)) => self.not_done(failure),
            // A pass that was kept for a place without signal must not outlive the reservation.
            Event::Found(text) => {
                let kept = text.and_then(|text| json::decode::<Pass>(&text).ok());
                let its = kept.is_some_and(|pass| pass.reservation_id == self.id);
                its.then_some(Effect::KeepPass(None)).into_iter().collect()
            }
        }
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

impl Reservation {
    fn fetch(&self) -> Effect<Event> {
        let age = self.age;
        Effect::http(reservation(&self.id), move |result| Event::Arrived(age, result))
    }

    /// Asks how it stands, unless that is on its way.
    fn look(&mut self) -> Vec<Effect<Event>> {
        if self.reservation.ask_again() { vec![self.fetch()] } else { Vec::new() }
    }

    fn send(&self, named: &Named<Act>) -> Effect<Event> {
        let Named { what, key, .. } = named;
        let endpoint: Endpoint<Known> = match what {
            Act::Extend => extend(&self.id, key),
            Act::Cancel(_) => cancel(&self.id, key),
            Act::Exchange(take) => answer_exchange(&self.id, *take, &self.answered, key),
        };
        Effect::http(endpoint, Event::Done)
    }

    fn want(&mut self, act: Act) -> Vec<Effect<Event>> {
        let Some(known) = self.reservation.shown().filter(|known| offers(known, act)) else { return Vec::new() };
        if !self.wish.want(act) {
            return Vec::new();
        }
        if let (Act::Exchange(_), Some(offer)) = (act, &known.exchange) {
            self.answered.clone_from(&offer.variant.id);
        }
        // Where something is still to come she will want to hear of it. WeChat asks within the tap alone, so nothing comes before it.
        let ask = goes_on(act).then_some(Effect::AskConsent(Purpose::Reservation));
        ask.into_iter().chain([Effect::MakeKey(Event::Key)]).collect()
    }

    fn arrived(&mut self, age: u32, result: Result<Fresh<Known>, Failure>, env: &Env) -> Vec<Effect<Event>> {
        let mut effects = Vec::new();
        if age == self.age {
            effects.extend(self.after_the_end(&result));
            let before = self.reservation.shown().map(stands);
            self.reservation.arrived(result);
            let now = self.reservation.shown();
            if let (Some(before), Some(now)) = (before, now)
                && before != stands(now)
            {
                effects.push(Effect::Announce(progress::name(now.state, now.late, env).to_owned()));
            }
            // What can't be done any more was done, or never will be: what is shown says which.
            if let (Wish::Unsure(named), Some(now)) = (&self.wish, now)
                && !offers(now, named.what)
            {
                self.wish = Wish::None;
            }
            if now.is_some_and(|known| !can_cancel(known)) {
                self.sure = None;
            }
        }
        effects.extend(self.next_beat());
        effects
    }

    /// Once, when it is seen to have ended: to look for what is kept of it on this phone.
    fn after_the_end(&self, result: &Result<Fresh<Known>, Failure>) -> Option<Effect<Event>> {
        let was_over = self.reservation.shown().is_some_and(|known| !known.state.is_open());
        let is_over = result.as_ref().is_ok_and(|fresh| !fresh.value.state.is_open());
        (is_over && !was_over).then_some(Effect::ReadPass(Event::Found))
    }

    /// Not after the end: nothing can follow but an exchange of what she has collected.
    fn next_beat(&mut self) -> Option<Effect<Event>> {
        let lives = match &self.reservation {
            Load::Shown(known, _) => known.state.is_open() || known.state == ReservationState::Collected,
            Load::Waiting | Load::Failed(_) => false,
        };
        if lives { self.pulse.beat(Event::Beat) } else { None }
    }

    fn done(&mut self, fresh: Fresh<Known>, env: &Env) -> Vec<Effect<Event>> {
        let act = self.wish.what().copied();
        self.wish = Wish::None;
        self.sure = None;
        // Whatever is on its way was asked before this.
        self.age += 1;
        let said = progress::name(fresh.value.state, fresh.value.late, env).to_owned();
        let mut effects = vec![Effect::Announce(said), Effect::Focus(HEADING)];
        let result = Ok(fresh);
        effects.extend(self.after_the_end(&result));
        self.reservation.arrived(result);
        if act == Some(Act::Cancel(Cancel::ForAnother)) {
            effects.push(Effect::Navigate(Navigation::To(Route::Gifts.path())));
        }
        effects.extend(self.next_beat());
        effects
    }

    fn not_done(&mut self, failure: Failure) -> Vec<Effect<Event>> {
        match self.wish.failed(failure) {
            Some(After::Wait) => vec![Effect::Wait(SOON, Event::LookAfter)],
            Some(After::Refused(_)) => {
                self.sure = None;
                // What led her to ask is out of date.
                self.look()
            }
            Some(After::Unsure) | None => Vec::new(),
        }
    }
}

/// What makes a difference to her.
fn stands(known: &Known) -> (ReservationState, bool) {
    (known.state, known.late)
}

fn can_cancel(known: &Known) -> bool {
    known.actions.contains(&ReservationAction::Cancel)
}

/// Whether there is something to be told of after it: what she gives up is over, and what she keeps stays as it was.
fn goes_on(act: Act) -> bool {
    matches!(act, Act::Extend | Act::Exchange(true))
}

/// Whether the server lets her do it now.
fn offers(known: &Known, act: Act) -> bool {
    let action = match act {
        Act::Extend => ReservationAction::Extend,
        Act::Cancel(_) => ReservationAction::Cancel,
        Act::Exchange(_) => ReservationAction::AnswerExchange,
    };
    known.actions.contains(&action)
}

#[cfg(test)]
mod tests;
