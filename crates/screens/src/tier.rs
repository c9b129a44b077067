//! The tier, explained: every number opens to the purchases it counts, the window, and the rule with its version.

mod view;

use contract::tier::{TierTrace, tier};
use serde::Deserialize;

pub use view::{Contents, HistoryRow, Trace, TraceRow, View, WhatIfRow};

use crate::effect::{Effect, Fresh};
use crate::env::Env;
use crate::failure::Failure;
use crate::load::Load;
use crate::route::Route;
use crate::{Screen, chrome, trouble};

/// The tier.
#[derive(Debug)]
pub struct Tier {
    trace: Load<TierTrace>,
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// The trace.
    #[serde(skip)]
    Arrived(Result<Fresh<TierTrace>, Failure>),
    /// She asks again.
    Retry,
    /// She looks at the page again after a while.
    #[serde(skip)]
    CameBack,
}

impl Tier {
    fn fetch() -> Vec<Effect<Event>> {
        vec![Effect::http(tier(), Event::Arrived)]
    }
}

impl Screen for Tier {
    type Params = ();
    type Event = Event;
    type View = View;

    fn open((): (), _env: &Env) -> (Self, Vec<Effect<Event>>) {
        (Self { trace: Load::Waiting }, Self::fetch())
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::Arrived(result) => {
                let failure = result.as_ref().err();
                if let Some(away) = failure.and_then(|failure| trouble::leads_away(failure, &Route::Tier, env)) {
                    return away;
                }
                self.trace.arrived(result);
                Vec::new()
            }
            Event::Retry | Event::CameBack => {
                if self.trace.ask_again() {
                    Self::fetch()
                } else {
                    Vec::new()
                }
            }
        }
    }

    fn view(&self, env: &Env) -> View {
        View {
            heading: chrome::name(&Route::Tier, env).to_owned(),
            body: self.trace.body(env, |trace| Some(trace.as_of), |trace| view::contents(trace, env)),
        }
    }
}

#[cfg(test)]
mod tests;
