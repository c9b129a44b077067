//! Another counter: for what is open, the same reservation moves there; what has failed or run out is reserved anew.

mod view;

use contract::gift::{Gift, gift};
use contract::member::{Profile, profile};
use contract::reservation::{
    MoveRequest, Reservation, ReservationAction, ReservationRequest, ReservationState, move_to, reservation, reserve,
};
use contract::{Code, Id};
use serde::Deserialize;

pub use view::{Contents, View};

use crate::effect::{Effect, Fresh, Located, Navigation, Purpose};
use crate::env::Env;
use crate::failure::Failure;
use crate::gift::{bar, memory};
use crate::load::Load;
use crate::picker::{self, Picker};
use crate::route::Route;
use crate::wish::{After, Named, SOON, Wish};
use crate::{Screen, trouble};

/// Another counter.
#[derive(Debug)]
pub struct Relocate {
    id: Id,
    reservation: Load<Reservation>,
    gift: Load<Gift>,
    /// Her counter; empty for none, or while it is not known.
    home: Id,
    picker: Picker,
    wish: Wish<Target>,
}

/// What choosing a counter does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// The reservation moves there.
    Move,
    /// It is reserved anew.
    Anew,
    /// Nothing: it is hers, or can't be moved any more.
    None,
}

/// What she wants. How, too: should the reservation end while the outcome is not known, the same is asked for again and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    /// This reservation, at this counter.
    Moved(Id),
    /// A new one.
    Anew(ReservationRequest),
}

impl Target {
    fn counter(&self) -> &Id {
        match self {
            Target::Moved(counter) | Target::Anew(ReservationRequest { counter_id: counter, .. }) => counter,
        }
    }
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// The reservation.
    #[serde(skip)]
    Arrived(Result<Fresh<Reservation>, Failure>),
    /// Its gift with every counter.
    #[serde(skip)]
    Gift(Result<Fresh<Gift>, Failure>),
    /// Her counter.
    #[serde(skip)]
    Profile(Result<Fresh<Profile>, Failure>),
    /// This counter.
    Counter(Id),
    /// The nearest counters first, please.
    Near,
    /// Where she is.
    #[serde(skip)]
    Located(Located),
    /// Move it; also to ask again where the outcome is not known.
    Move,
    /// The name of this wish.
    #[serde(skip)]
    Key(String),
    /// The answer to that.
    #[serde(skip)]
    Done(Result<Fresh<Reservation>, Failure>),
    /// The first copy may have come to its end by now.
    #[serde(skip)]
    LookAfter,
    /// What is remembered of before a reload, or of another page.
    #[serde(skip)]
    Recalled(Option<String>),
    /// She asks again.
    Retry,
    /// She looks at the page (`true`), or away.
    #[serde(skip)]
    Seen(bool),
}

impl Screen for Relocate {
    type Params = String;
    type Event = Event;
    type View = View;

    fn open(id: String, _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let effects = vec![Effect::http(reservation(&id), Event::Arrived), Effect::http(profile(), Event::Profile)];
        let screen = Self {
            id,
            reservation: Load::Waiting,
            gift: Load::Waiting,
            home: Id::new(),
            picker: Picker::new(""),
            wish: Wish::None,
        };
        (screen, effects)
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        let forgotten = self.forget();
        if !self.wish.forget_old(env) {
            return self.hear(event, env);
        }
        // She was told that she may ask again: her tap is no new wish, and she is shown what there is.
        let event = if matches!(event, Event::Move) { Event::Seen(true) } else { event };
        forgotten.into_iter().chain(self.hear(event, env)).collect()
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

impl Relocate {
    fn hear(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        if let Event::Arrived(Err(failure)) | Event::Gift(Err(failure)) | Event::Done(Err(failure)) = &event
            && let Some(away) = trouble::leads_away(failure, &Route::Move { id: self.id.clone() }, env)
        {
            return away;
        }
        match event {
            Event::Arrived(result) => {
                let first = self.reservation.shown().is_none();
                self.reservation.arrived(result);
                if first {
                    return self.recall().into_iter().chain(self.fetch_gift()).collect();
                }
            }
            Event::Gift(result) => {
                let is_news = result.is_ok();
                self.gift.arrived(result);
                if let (true, false, Load::Shown(gift, _)) = (is_news, self.wish.is_open(), &self.gift) {
                    self.picker.renewed(&gift.counters);
                }
                self.check();
            }
            Event::Profile(result) => {
                self.home = result.ok().and_then(|fresh| fresh.value.home_counter).unwrap_or_default();
            }
            Event::Counter(counter) if !self.wish.is_open() => {
                self.wish.forget_refusal();
                self.picker.choose(counter);
                self.check();
            }
            Event::Counter(_) => {}
            Event::Near => return self.picker.locate(Event::Located),
            Event::Located(located) => {
                if self.picker.located(located).is_some() {
                    self.gift.ask_again();
                    return self.fetch_gift().into_iter().collect();
                }
            }
            Event::Move => return self.go(),
            Event::Key(key) => {
                let Some(named) = self.wish.named_at(key, env) else { return Vec::new() };
                // Remembered before it is sent: whatever happens in between, it keeps its name.
                return self.remember(&named).into_iter().chain([self.send(&named)]).collect();
            }
            Event::Recalled(text) => return self.recalled(text, env),
            Event::LookAfter => {
                return self.wish.look_after().as_ref().map(|it| self.send(it)).into_iter().collect();
            }
            Event::Done(Ok(fresh)) => return self.done(fresh),
            Event::Done(Err(failure)) => return self.not_done(failure),
            Event::Retry => return self.look(),
            Event::Seen(true) => return self.look_again(env),
            Event::Seen(false) => {}
        }
        Vec::new()
    }

    /// What choosing a counter does to the reservation as it stands.
    fn way(reservation: &Reservation) -> Way {
        match reservation.state {
            ReservationState::Held | ReservationState::Ready
                if reservation.actions.contains(&ReservationAction::Move) =>
            {
                Way::Move
            }
            ReservationState::Failed | ReservationState::Expired => Way::Anew,
            _ => Way::None,
        }
    }

    /// The gift with every counter, once it is known of which gift the reservation is.
    fn fetch_gift(&self) -> Option<Effect<Event>> {
        let known = self.reservation.shown()?;
        Some(Effect::http(gift(&known.gift.id, self.picker.position()), Event::Gift))
    }

    /// Asks again for what may have changed, unless it is on its way.
    fn look(&mut self) -> Vec<Effect<Event>> {
        let mut effects = Vec::new();
        if self.reservation.ask_again() {
            effects.push(Effect::http(reservation(&self.id), Event::Arrived));
        }
        // The first time the gift is asked for when it is known which.
        if self.reservation.shown().is_some() && self.gift.ask_again() {
            effects.extend(self.fetch_gift());
        }
        effects
    }

    /// Keeps the choice only where it is to be had.
    fn check(&mut self) {
        if let (Load::Shown(known, _), Load::Shown(gift, _), false) =
            (&self.reservation, &self.gift, self.wish.is_open())
        {
            self.picker.check(&gift.counters, Some(&known.variant.id));
        }
    }

    fn go(&mut self) -> Vec<Effect<Event>> {
        if self.wish.is_unsure() {
            return self.wish.ask_again().as_ref().map(|it| self.send(it)).into_iter().collect();
        }
        let (Some(known), Some(gift)) = (self.reservation.shown(), self.gift.shown()) else { return Vec::new() };
        let way = Self::way(known);
        if way == Way::None || (way == Way::Anew && bar::is_barred(gift)) {
            return Vec::new();
        }
        let Some(counter_id) = self.picker.chosen().cloned() else { return vec![Effect::Focus(picker::COUNTERS)] };
        let target = match way {
            Way::Anew => Target::Anew(ReservationRequest {
                variant_id: known.variant.id.clone(),
                counter_id,
                points: Some(gift.points),
            }),
            Way::Move | Way::None => Target::Moved(counter_id),
        };
        if !self.wish.want(target) {
            return Vec::new();
        }
        // WeChat asks within the tap alone, so nothing comes before it.
        vec![Effect::AskConsent(Purpose::Reservation), Effect::MakeKey(Event::Key)]
    }

    fn send(&self, named: &Named<Target>) -> Effect<Event> {
        let key = &named.key;
        let endpoint = match named.what.clone() {
            Target::Moved(counter_id) => move_to(&self.id, &MoveRequest { counter_id }, key),
            Target::Anew(request) => reserve(&request, key),
        };
        Effect::http(endpoint, Event::Done)
    }

    /// What is reserved anew is a wish for its gift: remembered as on the gift's page, and taken over from there or from another page of this reservation. A
    /// move needs none of it: a second one reserves nothing.
    fn remember(&self, named: &Named<Target>) -> Option<Effect<Event>> {
        let (Target::Anew(what), Some(known)) = (&named.what, self.reservation.shown()) else { return None };
        let named = named.clone().with(|_| what.clone());
        Some(Effect::Remember(memory::write(&known.gift.id, &named)))
    }

    /// Forgets what is remembered of her wish, if anything is.
    fn forget(&self) -> Option<Effect<Event>> {
        matches!(self.wish.what(), Some(Target::Anew(_))).then_some(Effect::Remember(None))
    }

    /// Looks for what is remembered, where it can be this page's.
    fn recall(&self) -> Option<Effect<Event>> {
        let anew = self.reservation.shown().is_some_and(|known| Self::way(known) == Way::Anew);
        (anew && !self.wish.is_open()).then_some(Effect::Recall(Event::Recalled))
    }

    fn recalled(&mut self, text: Option<String>, env: &Env) -> Vec<Effect<Event>> {
        let (Some(text), Some(known), false) = (text, self.reservation.shown(), self.wish.is_open()) else {
            return Vec::new();
        };
        let its = |named: &Named<ReservationRequest>| named.what.variant_id == known.variant.id;
        let Some(named) = memory::read(&text, &known.gift.id).filter(its) else { return Vec::new() };
        let counter = named.what.counter_id.clone();
        if !self.wish.recall(named.with(Target::Anew), env) {
            return vec![Effect::Remember(None)];
        }
        self.picker.choose(counter);
        self.ask_again_if_fresh(env)
    }

    fn ask_again_if_fresh(&mut self, env: &Env) -> Vec<Effect<Event>> {
        self.wish.ask_again_if_fresh(env).as_ref().map(|it| self.send(it)).into_iter().collect()
    }

    /// She is back: first what she wanted and nobody knows the outcome of, on another page perhaps; then what has changed meanwhile.
    fn look_again(&mut self, env: &Env) -> Vec<Effect<Event>> {
        let mut effects = self.ask_again_if_fresh(env);
        effects.extend(self.recall());
        effects.extend(self.look());
        effects
    }

    /// It is as she wanted it. The page may be there for a while: a tap that comes late finds nothing chosen.
    fn done(&mut self, fresh: Fresh<Reservation>) -> Vec<Effect<Event>> {
        let to = Route::reservation(&fresh.value.id).path();
        let forgotten = self.forget();
        if fresh.value.id == self.id {
            self.reservation.arrived(Ok(fresh));
        }
        self.wish = Wish::None;
        self.picker.is_done();
        forgotten.into_iter().chain([Effect::Navigate(Navigation::Instead(to))]).collect()
    }

    fn not_done(&mut self, failure: Failure) -> Vec<Effect<Event>> {
        let reason = failure.clone();
        match self.wish.failed(failure) {
            Some(After::Wait) => vec![Effect::Wait(SOON, Event::LookAfter)],
            Some(After::Refused(code)) => {
                let mut effects: Vec<_> = self.forget().into_iter().collect();
                if let (Some(Code::OutOfStock), Some(target), Some(known)) =
                    (code, self.wish.what(), self.reservation.shown())
                {
                    self.picker.gone(&known.variant.id, target.counter(), &reason);
                    self.wish = Wish::None;
                    effects.push(Effect::Focus(picker::GONE));
                }
                effects.extend(self.look());
                effects
            }
            Some(After::Unsure) | None => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
