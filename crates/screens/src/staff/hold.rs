//! A hold for a member on the telephone: the only way to promise a unit (P2). Her number, the counter, the gift, the variant, one
//! thing at a time; then it is made, and what to tell her stands there to be read out.
//!
//! The counter comes before the gift, though a caller thinks of the gift first: what there is depends on where.

mod confirm;
mod memory;
mod view;

use contract::Id;
use contract::counter::{Counter, counters};
use contract::gift::Variant;
use contract::list::{Page, Whole};
use contract::reservation::{GiftName, Nearest};
use contract::staff::{PhoneHold, StaffReservation, StockLine, stock};

pub use view::{
    Changeable, Chosen, City, Confirming, Elsewhere, GiftChoice, Made, Place, StepView, VariantChoice, View,
};

use memory::Memory;

use super::{OnDuty, Route, trouble};
use crate::Screen;
use crate::effect::{Effect, Fresh};
use crate::env::Env;
use crate::failure::Failure;
use crate::load::Load;
use crate::sign_in::input;
use crate::wish::Wish;

/// The id of the number's input.
pub const PHONE: &str = "phone";
/// The id of the heading of what is asked now.
pub const STEP: &str = "step";

/// A hold for a member on the telephone.
#[derive(Debug)]
pub struct Hold {
    on_duty: OnDuty,
    /// As it is typed; kept over every failure.
    phone: String,
    /// What is wrong with it.
    phone_wrong: Option<PhoneWrong>,
    /// For those who see all of them.
    counters: Load<Vec<Counter>>,
    counter: Option<Counter>,
    /// What the chosen counter has.
    shelf: Load<Vec<StockLine>>,
    gift: Option<GiftName>,
    variant: Option<Variant>,
    /// Of the address: which counter and which variant to choose as soon as they are known.
    wanted: (Option<Id>, Option<Id>),
    stage: Stage,
    wish: Wish<PhoneHold>,
    /// A hold of before a reload whose outcome nobody knows.
    memory: Option<Memory>,
}

/// How far it has come.
#[derive(Debug)]
enum Stage {
    /// This is asked for.
    Asking(Part),
    /// All of it is there, to be read over.
    Confirming,
    /// There was no unit; the counters that have one.
    Elsewhere(Vec<Nearest>),
    /// It is held.
    Made(Box<StaffReservation>),
}

/// What is wrong with the number.
#[derive(Debug)]
enum PhoneWrong {
    Empty,
    Mistyped,
    /// The server says so: nobody has it.
    Refused(Failure),
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Her number.
    Phone,
    /// Where.
    Counter,
    /// Of which gift.
    Gift,
    /// Which variant of it.
    Variant,
}

/// What its address says, and who asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// Who is signed in.
    pub on_duty: OnDuty,
    /// Where; `None` to be asked. Somebody who works at a counter holds at her own, whatever it says.
    pub counter: Option<Id>,
    /// Which variant; `None` to be asked.
    pub variant: Option<Id>,
}

/// What can happen on it.
#[derive(Debug)]
pub enum Event {
    /// The number's input now holds this.
    PhoneTyped(String),
    /// The number's input was left.
    PhoneLeft,
    /// On from the number.
    Continue,
    /// The counters.
    Counters(Result<Fresh<Page<Counter>>, Failure>),
    /// What this counter has.
    Shelf(Id, Result<Fresh<Whole<StockLine>>, Failure>),
    /// She asks again.
    Retry,
    /// At this counter; also from among the nearest ones.
    Counter(Id),
    /// Of this gift.
    Gift(Id),
    /// This variant.
    Variant(Id),
    /// Back to this part.
    Change(Part),
    /// What the tab remembers of before a reload.
    Recalled(Option<String>),
    /// Hold it.
    Confirm,
    /// The key of this hold.
    Key(String),
    /// The first copy of the request was still running; a second went by.
    StillRunning,
    /// The answer.
    Answered(Result<Fresh<StaffReservation>, Failure>),
    /// Another caller.
    Another,
}

impl Screen for Hold {
    type Params = Params;
    type Event = Event;
    type View = View;

    fn open(params: Params, _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let Params { on_duty, counter, variant } = params;
        let own = on_duty.counter.clone();
        let mut screen = Self {
            wanted: (counter.filter(|_| own.is_none()), variant),
            counter: own,
            on_duty,
            phone: String::new(),
            phone_wrong: None,
            counters: Load::Waiting,
            shelf: Load::Waiting,
            gift: None,
            variant: None,
            stage: Stage::Asking(Part::Phone),
            wish: Wish::None,
            memory: None,
        };
        let mut effects = if screen.on_duty.sees_all() {
            vec![Effect::http(counters(), Event::Counters)]
        } else {
            screen.fetch_shelf()
        };
        effects.push(Effect::Recall(Event::Recalled));
        (screen, effects)
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::PhoneTyped(text) => {
                self.phone = input::phone_typed(&self.phone, &text);
                self.phone_wrong = None;
                Vec::new()
            }
            Event::PhoneLeft => {
                self.phone = input::phone_grouped(&self.phone);
                Vec::new()
            }
            Event::Continue => self.go_on(),
            Event::Counters(result) => self.counters_arrived(result, env),
            Event::Shelf(counter, result) => self.shelf_arrived(&counter, result, env),
            Event::Retry => self.retry(),
            Event::Counter(id) => self.choose_counter(&id),
            Event::Gift(id) => self.choose_gift(&id),
            Event::Variant(id) => self.choose_variant(&id),
            Event::Change(part) => self.change(part),
            Event::Recalled(text) => {
                self.memory = text.as_deref().and_then(Memory::read);
                Vec::new()
            }
            Event::Confirm => self.confirm(env),
            Event::Key(key) => self.named(key, env),
            Event::StillRunning => self.look_after(),
            Event::Answered(result) => self.answered(result, env),
            Event::Another => self.another(),
        }
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

impl Hold {
    fn route() -> Route {
        Route::Hold { counter: None, variant: None }
    }

    fn go_on(&mut self) -> Vec<Effect<Event>> {
        if !matches!(self.stage, Stage::Asking(Part::Phone)) {
            return Vec::new();
        }
        self.phone_wrong = match input::phone_to_send(&self.phone) {
            Some(_) => None,
            None if self.phone.trim().is_empty() => Some(PhoneWrong::Empty),
            None => Some(PhoneWrong::Mistyped),
        };
        if self.phone_wrong.is_some() {
            return vec![Effect::Focus(PHONE)];
        }
        self.stage = self.first_missing();
        vec![Effect::Focus(STEP)]
    }

    /// What is to be asked for next, the number aside.
    fn first_missing(&self) -> Stage {
        if self.counter.is_none() {
            Stage::Asking(Part::Counter)
        } else if self.gift.is_none() {
            Stage::Asking(Part::Gift)
        } else if self.variant.is_none() {
            Stage::Asking(Part::Variant)
        } else {
            Stage::Confirming
        }
    }

    /// On to what is missing, unless the number is being asked for.
    fn advance(&mut self) -> Vec<Effect<Event>> {
        if !matches!(self.stage, Stage::Asking(Part::Counter | Part::Gift | Part::Variant) | Stage::Elsewhere(_)) {
            return Vec::new();
        }
        self.stage = self.first_missing();
        vec![Effect::Focus(STEP)]
    }

    fn fetch_shelf(&mut self) -> Vec<Effect<Event>> {
        let Some(counter) = &self.counter else { return Vec::new() };
        let id = counter.id.clone();
        self.shelf = Load::Waiting;
        vec![Effect::http(stock(Some(&id)), {
            let id = id.clone();
            move |result| Event::Shelf(id, result)
        })]
    }

    fn counters_arrived(&mut self, result: Result<Fresh<Page<Counter>>, Failure>, env: &Env) -> Vec<Effect<Event>> {
        if let Some(away) = leads_away(result.as_ref().err(), env) {
            return away;
        }
        self.counters.arrived(result.map(|Fresh { value, version }| Fresh { value: value.items, version }));
        match (self.counters.has_failed(), self.wanted.0.take()) {
            (false, Some(wanted)) => self.choose_counter(&wanted),
            (failed, wanted) => {
                self.wanted.0 = wanted.filter(|_| failed);
                Vec::new()
            }
        }
    }

    fn shelf_arrived(
        &mut self,
        counter: &str,
        result: Result<Fresh<Whole<StockLine>>, Failure>,
        env: &Env,
    ) -> Vec<Effect<Event>> {
        if let Some(away) = leads_away(result.as_ref().err(), env) {
            return away;
        }
        // Another counter has been chosen meanwhile.
        if self.counter.as_ref().is_none_or(|chosen| chosen.id != counter) {
            return Vec::new();
        }
        self.shelf.arrived(result.map(|Fresh { value, version }| Fresh { value: value.items, version }));
        if let Some(lines) = self.shelf.shown()
            && let Some(wanted) = self.wanted.1.take()
            && let Some(line) = lines.iter().find(|line| line.variant.id == wanted)
        {
            (self.gift, self.variant) = (Some(line.gift.clone()), Some(line.variant.clone()));
            return self.advance();
        }
        Vec::new()
    }

    fn retry(&mut self) -> Vec<Effect<Event>> {
        let mut effects = Vec::new();
        if self.counters.has_failed() && self.counters.ask_again() {
            effects.push(Effect::http(counters(), Event::Counters));
        }
        if self.shelf.has_failed() {
            effects.extend(self.fetch_shelf());
        }
        effects
    }

    /// Nothing is on its way, or unknown: the parts may be changed.
    fn is_free(&self) -> bool {
        !self.wish.is_open() && !matches!(self.stage, Stage::Made(_))
    }

    fn choose_counter(&mut self, id: &str) -> Vec<Effect<Event>> {
        // Who works at a counter holds there and nowhere else.
        if !self.is_free() || !self.on_duty.sees_all() {
            return Vec::new();
        }
        let nearest = match &self.stage {
            Stage::Elsewhere(nearest) => nearest.iter().map(|near| &near.counter).find(|counter| counter.id == id),
            _ => None,
        };
        let known = || self.counters.shown()?.iter().find(|counter| counter.id == id);
        let Some(counter) = nearest.or_else(known).cloned() else { return Vec::new() };
        self.wish.forget_refusal();
        self.counter = Some(counter);
        let mut effects = self.advance();
        effects.extend(self.fetch_shelf());
        effects
    }

    fn choose_gift(&mut self, id: &str) -> Vec<Effect<Event>> {
        let lines = self.shelf.shown().filter(|_| self.is_free() && matches!(self.stage, Stage::Asking(Part::Gift)));
        let of_gift: Vec<&StockLine> = lines.into_iter().flatten().filter(|line| line.gift.id == id).collect();
        if let Some(first) = of_gift.first() {
            let only = (of_gift.len() == 1).then(|| first.variant.clone());
            (self.gift, self.variant) = (Some(first.gift.clone()), only);
            return self.advance();
        }
        Vec::new()
    }

    fn choose_variant(&mut self, id: &str) -> Vec<Effect<Event>> {
        let lines = self.shelf.shown().filter(|_| self.is_free() && matches!(self.stage, Stage::Asking(Part::Variant)));
        if let Some(line) = lines.into_iter().flatten().find(|line| line.variant.id == id) {
            (self.gift, self.variant) = (Some(line.gift.clone()), Some(line.variant.clone()));
            return self.advance();
        }
        Vec::new()
    }

    /// Back to a part: what depends on it is asked for again, the rest stays.
    fn change(&mut self, part: Part) -> Vec<Effect<Event>> {
        let fixed = part == Part::Counter && !self.on_duty.sees_all();
        if !self.is_free() || fixed {
            return Vec::new();
        }
        self.wish.forget_refusal();
        match part {
            Part::Phone => {
                self.stage = Stage::Asking(Part::Phone);
                return vec![Effect::Focus(PHONE)];
            }
            Part::Counter => {}
            Part::Gift => (self.gift, self.variant) = (None, None),
            Part::Variant => self.variant = None,
        }
        self.stage = Stage::Asking(part);
        vec![Effect::Focus(STEP)]
    }

    /// Another caller; the counter stays.
    fn another(&mut self) -> Vec<Effect<Event>> {
        if !matches!(self.stage, Stage::Made(_)) {
            return Vec::new();
        }
        self.phone.clear();
        (self.gift, self.variant) = (None, None);
        self.stage = Stage::Asking(Part::Phone);
        let mut effects = self.fetch_shelf();
        effects.push(Effect::Focus(PHONE));
        effects
    }
}

fn leads_away(failure: Option<&Failure>, env: &Env) -> Option<Vec<Effect<Event>>> {
    trouble::leads_away(failure?, &Hold::route(), env)
}

#[cfg(test)]
mod tests;
