//! Something that is fetched, and how far that has come.

use contract::Instant;

use crate::effect::Fresh;
use crate::env::Env;
use crate::failure::Failure;
use crate::trouble;
use crate::view::Body;

/// Something that is fetched, and how far that has come.
#[derive(Debug)]
pub(crate) enum Load<T> {
    /// Asked for; nothing to show yet.
    Waiting,
    /// It did not come, and nobody asks for it.
    Failed(Failure),
    /// It came.
    Shown(T, Renewal),
}

/// Whether what came is being fetched again.
#[derive(Debug, PartialEq)]
pub(crate) enum Renewal {
    /// No; it is as new as it can be.
    None,
    /// Asked for again.
    Running,
    /// Asked for again after that failed.
    RunningAfter(Failure),
    /// That failed, and what is shown is older than it should be.
    Failed(Failure),
}

impl<T> Load<T> {
    /// What came, if it did.
    pub fn shown(&self) -> Option<&T> {
        match self {
            Load::Shown(value, _) => Some(value),
            Load::Waiting | Load::Failed(_) => None,
        }
    }

    /// Takes in an answer. What was there stays there if the answer is a failure.
    pub fn arrived(&mut self, result: Result<Fresh<T>, Failure>) {
        let before = core::mem::replace(self, Load::Waiting);
        *self = match (result, before) {
            (Ok(fresh), _) => Load::Shown(fresh.value, Renewal::None),
            (Err(failure), Load::Shown(value, _)) => Load::Shown(value, Renewal::Failed(failure)),
            (Err(failure), _) => Load::Failed(failure),
        };
    }

    /// Whether to ask again now: not while an answer is awaited. From here on one is.
    pub fn ask_again(&mut self) -> bool {
        let before = core::mem::replace(self, Load::Waiting);
        let (after, ask) = match before {
            Load::Waiting => (Load::Waiting, false),
            Load::Failed(_) => (Load::Waiting, true),
            Load::Shown(value, Renewal::None) => (Load::Shown(value, Renewal::Running), true),
            Load::Shown(value, Renewal::Failed(failure)) => (Load::Shown(value, Renewal::RunningAfter(failure)), true),
            shown @ Load::Shown(..) => (shown, false),
        };
        *self = after;
        ask
    }

    /// Whether it failed, with or without something older to show.
    pub fn has_failed(&self) -> bool {
        matches!(self, Load::Failed(_) | Load::Shown(_, Renewal::Failed(_)))
    }

    /// As a view: `as_of` says how old what is shown is.
    pub fn body<V>(&self, env: &Env, as_of: impl Fn(&T) -> Option<Instant>, view: impl FnOnce(&T) -> V) -> Body<V> {
        match self {
            Load::Waiting => Body::Loading(trouble::loading(env)),
            Load::Failed(failure) => Body::Trouble(trouble::trouble(failure, env)),
            Load::Shown(value, renewal) => {
                let banner = match renewal {
                    Renewal::None | Renewal::Running => None,
                    Renewal::RunningAfter(failure) => Some(trouble::banner(failure, as_of(value), true, env)),
                    Renewal::Failed(failure) => Some(trouble::banner(failure, as_of(value), false, env)),
                };
                Body::Shown { content: view(value), banner }
            }
        }
    }
}
