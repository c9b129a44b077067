//! Where to collect: the counters with what they have of one variant, to choose one from.
//!
//! No figure here is a promise: each says since when it is true and that nothing is held. What is gone is shown, so that she does not
//! look for it, and can't be chosen.

mod view;

use contract::Id;
use contract::counter::Position;
use contract::gift::CounterStock;
use contract::reservation::{Nearest, OutOfStock};

pub use view::{CounterRow, Group, PickerView, RowState};

pub(crate) use view::{Look, view};

use crate::effect::{Effect, Located};
use crate::failure::Failure;

/// The id of the counters' list, to lead the eye there if none is chosen.
pub const COUNTERS: &str = "counters";
/// The id of what is said when the last one has gone.
pub const GONE: &str = "gone";

/// Where to collect.
#[derive(Debug)]
pub(crate) struct Picker {
    near: Near,
    chosen: Option<Id>,
    gone: Option<Gone>,
}

/// Whether the counters are in the order of their distance.
#[derive(Debug, PartialEq)]
enum Near {
    /// No.
    No,
    /// The browser is being asked where she is, or the server which counters are near that.
    Asking,
    /// Yes, from here.
    From(Position),
    /// She does not want to say, or the device does not know.
    Unknown,
}

/// The last one at a counter went to somebody else.
#[derive(Debug)]
struct Gone {
    variant: Id,
    counter: Id,
    nearest: Vec<Nearest>,
}

impl Picker {
    /// With this counter chosen to begin with; empty for none.
    pub fn new(chosen: &str) -> Self {
        let chosen = Some(chosen).filter(|id| !id.is_empty()).map(str::to_owned);
        Self { near: Near::No, chosen, gone: None }
    }

    /// The counter that is chosen.
    pub fn chosen(&self) -> Option<&Id> {
        self.chosen.as_ref()
    }

    /// She chooses a counter.
    pub fn choose(&mut self, counter: Id) {
        self.chosen = Some(counter);
    }

    /// What she chose it for is done: the next has a choice of its own.
    pub fn is_done(&mut self) {
        self.chosen = None;
        self.gone = None;
    }

    /// She wants another variant: what is gone of the former one says nothing about it.
    pub fn forget_gone(&mut self) {
        self.gone = None;
    }

    /// Newer figures: what was said of before is dropped where they contradict it.
    pub fn renewed(&mut self, counters: &[CounterStock]) {
        let free_at = |counter: &str, variant: &str| {
            counters.iter().find(|row| row.counter.id == counter).map_or(0, |row| free(row, variant))
        };
        if self.gone.as_ref().is_some_and(|gone| free_at(&gone.counter, &gone.variant) > 0) {
            self.gone = None;
        }
        if let Some(gone) = &mut self.gone {
            for near in &mut gone.nearest {
                near.free = free_at(&near.counter.id, &gone.variant);
            }
        }
    }

    /// Keeps the choice only where `variant` is to be had.
    pub fn check(&mut self, counters: &[CounterStock], variant: Option<&str>) {
        let (Some(chosen), Some(variant)) = (&self.chosen, variant) else { return };
        let listed = counters.iter().find(|row| row.counter.id == *chosen).map_or(0, |row| free(row, variant));
        let free = match &self.gone {
            Some(gone) if gone.variant == variant => {
                let near = gone.nearest.iter().find(|near| near.counter.id == *chosen);
                near.map_or(if gone.counter == *chosen { 0 } else { listed }, |near| near.free)
            }
            _ => listed,
        };
        if free <= 0 {
            self.chosen = None;
        }
    }

    /// She wants the nearest first: asked only after this tap.
    pub fn locate<E>(&mut self, located: fn(Located) -> E) -> Vec<Effect<E>> {
        if self.near == Near::Asking {
            return Vec::new();
        }
        self.near = Near::Asking;
        vec![Effect::Locate(located)]
    }

    /// What came of it. Where to ask the server for the nearest counters from.
    pub fn located(&mut self, located: Located) -> Option<Position> {
        match located {
            Located::Near(position) => {
                self.near = Near::From(position);
                Some(position)
            }
            Located::Forbidden | Located::Unavailable => {
                self.near = Near::Unknown;
                None
            }
        }
    }

    /// Where distances are counted from.
    pub fn position(&self) -> Option<Position> {
        match self.near {
            Near::From(position) => Some(position),
            Near::No | Near::Asking | Near::Unknown => None,
        }
    }

    /// The server says that the last one of `variant` at `counter` has gone.
    pub fn gone(&mut self, variant: &Id, counter: &Id, failure: &Failure) {
        let Failure::Refused(problem) = failure else { return };
        let nearest = problem.members::<OutOfStock>().map(|members| members.nearest).unwrap_or_default();
        self.gone = Some(Gone { variant: variant.clone(), counter: counter.clone(), nearest });
        self.chosen = None;
    }

    /// The server has just said so, whatever an older figure says.
    fn is_gone(&self, counter: &str, variant: &str) -> bool {
        self.gone.as_ref().is_some_and(|gone| gone.counter == *counter && gone.variant == *variant)
    }
}

/// Units of `variant` that nobody holds there.
fn free(row: &CounterStock, variant: &str) -> i64 {
    row.stock.iter().find(|stock| stock.variant_id == variant).map_or(0, |stock| stock.free)
}
