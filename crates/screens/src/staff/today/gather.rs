//! The day's reservations, from three lists of several pages each: those to be put aside, those that will be fetched, and those
//! of today, for what has ended.
//!
//! One list of everything was rejected: it would bring years of what is over.

use contract::list::Page;
use contract::reservation::ReservationState;
use contract::staff::{StaffFilter, StaffReservation, reservations};

use super::Event;
use crate::effect::{Effect, Fresh};
use crate::env::Env;
use crate::failure::Failure;

/// No counter has so many on one day; a list that never ends is a defect, and must not run on for ever.
const MOST: usize = 1000;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// To be put aside.
    Held,
    /// Put aside.
    Ready,
    /// Whose hold or end falls on today.
    OfToday,
}

/// What is being gathered.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    /// Counts up, so that an answer of a round that was given up is not taken for one of the next.
    round: u32,
    filters: Vec<(List, StaffFilter)>,
    reservations: Vec<StaffReservation>,
}

/// What follows an answer.
pub(super) enum Next {
    /// The next page.
    Ask(Effect<Event>),
    /// Other lists are not whole yet.
    Wait,
    /// All of it, or why not.
    Done(Result<Vec<StaffReservation>, Failure>),
}

impl Gathering {
    /// Asks for the first page of each list.
    pub fn begin(&mut self, env: &Env) -> Vec<Effect<Event>> {
        let in_state = |state| StaffFilter { state: Some(state), ..StaffFilter::default() };
        self.round = self.round.wrapping_add(1);
        self.reservations.clear();
        self.filters =
            vec![(List::Held, in_state(ReservationState::Held)), (List::Ready, in_state(ReservationState::Ready))];
        if let Some(clock) = env.clock {
            self.filters.push((List::OfToday, StaffFilter { day: Some(clock.today()), ..StaffFilter::default() }));
        }
        self.filters.iter().map(|(list, filter)| self.ask(*list, filter, None)).collect()
    }

    /// Takes in a page.
    pub fn arrived(&mut self, round: u32, list: List, result: Result<Fresh<Page<StaffReservation>>, Failure>) -> Next {
        let of_this_round = round == self.round;
        let Some(index) = self.filters.iter().position(|(asked, _)| of_this_round && *asked == list) else {
            return Next::Wait;
        };
        let page = match result {
            Ok(Fresh { value, .. }) => value,
            Err(failure) => {
                self.filters.clear();
                return Next::Done(Err(failure));
            }
        };
        for reservation in page.items {
            let open = reservation.state.is_open();
            // Those of today are there for what has ended; and one that moves on meanwhile may stand in two lists.
            let wanted = if list == List::OfToday { !open } else { open };
            if wanted && !self.reservations.iter().any(|known| known.id == reservation.id) {
                self.reservations.push(reservation);
            }
        }
        if let (Some(cursor), true) = (&page.next, self.reservations.len() < MOST) {
            return Next::Ask(self.ask(list, &self.filters[index].1, Some(cursor)));
        }
        self.filters.remove(index);
        if self.filters.is_empty() { Next::Done(Ok(core::mem::take(&mut self.reservations))) } else { Next::Wait }
    }

    fn ask(&self, list: List, filter: &StaffFilter, cursor: Option<&str>) -> Effect<Event> {
        let round = self.round;
        Effect::http(reservations(filter, cursor), move |result| Event::Arrived(round, list, result))
    }
}
