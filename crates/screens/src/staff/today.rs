//! Today: what is overdue, what is to be put aside, what will be fetched, and what has come to an end. Never a code.

mod gather;
mod view;

use contract::Id;
use contract::list::Page;
use contract::staff::StaffReservation;

pub use view::{Filter, Group, Lists, Row, View};

use gather::{Gathering, List};

use super::{OnDuty, Route, trouble};
use crate::Screen;
use crate::effect::{Effect, Fresh};
use crate::env::Env;
use crate::failure::Failure;
use crate::load::Load;
use crate::pulse::Pulse;

/// Today.
#[derive(Debug)]
pub struct Today {
    on_duty: OnDuty,
    shown: Load<Gathered>,
    gathering: Gathering,
    city: Option<String>,
    counter: Option<Id>,
    pulse: Pulse,
}

/// Every reservation of the day.
#[derive(Debug)]
struct Gathered {
    reservations: Vec<StaffReservation>,
    /// When the oldest answer was true; `None` where there is nothing whose age could matter.
    as_of: Option<contract::Instant>,
}

/// What can happen on it.
#[derive(Debug)]
pub enum Event {
    /// A page of one of the lists, of this round of asking.
    Arrived(u32, List, Result<Fresh<Page<StaffReservation>>, Failure>),
    /// Time to look again.
    Tick,
    /// She asks again.
    Retry,
    /// She looks at the page again after a while.
    CameBack,
    /// Only this city; `None` for all.
    City(Option<String>),
    /// Only this counter; `None` for all of the city.
    Counter(Option<Id>),
}

impl Screen for Today {
    type Params = OnDuty;
    type Event = Event;
    type View = View;

    fn open(on_duty: OnDuty, env: &Env) -> (Self, Vec<Effect<Event>>) {
        let mut screen = Self {
            on_duty,
            shown: Load::Waiting,
            gathering: Gathering::default(),
            city: None,
            counter: None,
            pulse: Pulse::new(),
        };
        let effects = screen.gathering.begin(env);
        (screen, effects)
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::Arrived(round, list, result) => self.arrived(round, list, result, env),
            Event::Tick => {
                if self.pulse.has_beaten() && self.shown.ask_again() {
                    return self.gathering.begin(env);
                }
                Vec::new()
            }
            Event::Retry | Event::CameBack if self.shown.ask_again() => self.gathering.begin(env),
            Event::Retry | Event::CameBack => Vec::new(),
            Event::City(city) => {
                self.city = city;
                self.counter = None;
                Vec::new()
            }
            Event::Counter(counter) => {
                self.counter = counter;
                Vec::new()
            }
        }
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

impl Today {
    fn arrived(
        &mut self,
        round: u32,
        list: List,
        result: Result<Fresh<Page<StaffReservation>>, Failure>,
        env: &Env,
    ) -> Vec<Effect<Event>> {
        let outcome = match self.gathering.arrived(round, list, result) {
            gather::Next::Ask(effect) => return vec![effect],
            gather::Next::Wait => return Vec::new(),
            gather::Next::Done(outcome) => outcome,
        };
        if let Some(away) = outcome.as_ref().err().and_then(|failure| trouble::leads_away(failure, &Route::Today, env))
        {
            return away;
        }
        let news = outcome.as_ref().map_or(0, |reservations| self.unseen(reservations));
        self.shown.arrived(outcome.map(|reservations| {
            let as_of = reservations.iter().map(|reservation| reservation.as_of).min();
            Fresh { value: Gathered { reservations, as_of }, version: String::new() }
        }));
        let mut effects: Vec<_> = self.pulse.beat(Event::Tick).into_iter().collect();
        if news > 0 {
            effects.push(Effect::Announce(view::news(news, env)));
        }
        effects
    }

    /// How many of them were not there before; none while nothing was.
    fn unseen(&self, reservations: &[StaffReservation]) -> usize {
        let Some(before) = self.shown.shown() else { return 0 };
        let is_new = |reservation: &&StaffReservation| {
            reservation.state.is_open() && !before.reservations.iter().any(|known| known.id == reservation.id)
        };
        reservations.iter().filter(is_new).count()
    }
}

#[cfg(test)]
mod tests;
