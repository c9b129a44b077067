//! Something she wants done, once, however often it has to be asked for.
//!
//! A wish has one name (the idempotency key) from the first tap until its outcome is known. Taps while it is on its way add
//! nothing; an answer that got lost leaves it open, and it is asked for again under the same name. Only when it is known that
//! nothing was done is the next tap a new wish with a new name.

use contract::{Code, Instant};

use crate::env::Env;
use crate::failure::Failure;

/// How often a request whose first copy is still running is looked after, a second apart.
const PATIENCE: u8 = 10;

/// A wish, and how far it has come.
#[derive(Debug)]
pub(crate) enum Wish<W> {
    /// None, or it is done.
    None,
    /// Its name is being drawn.
    Naming(W),
    /// On its way.
    Asked(Named<W>, u8),
    /// Nobody knows whether it was done.
    Unsure(Named<W>),
    /// It was not done.
    Refused(W, Failure),
}

/// A wish under its name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named<W> {
    /// What she wants.
    pub what: W,
    /// Its name.
    pub key: String,
    /// When she wanted it, if the server's clock was known.
    pub since: Option<Instant>,
    /// It was asked for before, and nobody knows what came of that.
    pub again: bool,
}

impl<W> Named<W> {
    /// The same name for the same thing in other words.
    pub fn with<V>(self, what: impl FnOnce(W) -> V) -> Named<V> {
        let Named { what: was, key, since, again } = self;
        Named { what: what(was), key, since, again }
    }
}

/// Seconds within which a wish of unknown outcome is asked for again without another tap: she has not forgotten it, and what she
/// was told of it still holds.
const FRESH: i64 = 300;

/// Seconds after which it can't be asked for again any more: the server keeps the names of wishes for twice as long, and what it does
/// not know it would do anew.
const OLD: i64 = 24 * 3600;

/// What to do after an answer that was not a good one.
#[derive(Debug, PartialEq)]
pub(crate) enum After {
    /// Look after it in a second.
    Wait,
    /// It is not known whether it was done.
    Unsure,
    /// It was not done, for this reason.
    Refused(Option<Code>),
}

impl<W: Clone> Wish<W> {
    /// She wants it. Whether to draw a name for it now: not while anything is on its way or unknown.
    pub fn want(&mut self, what: W) -> bool {
        let free = matches!(self, Wish::None | Wish::Refused(..));
        if free {
            *self = Wish::Naming(what);
        }
        free
    }

    /// Its name was drawn. What to send; asked for again by her alone.
    pub fn named(&mut self, key: String) -> Option<Named<W>> {
        self.named_since(key, None)
    }

    /// Its name was drawn. What to send; for a while it may be asked for again without her.
    pub fn named_at(&mut self, key: String, env: &Env) -> Option<Named<W>> {
        self.named_since(key, env.clock.map(|clock| clock.now))
    }

    fn named_since(&mut self, key: String, since: Option<Instant>) -> Option<Named<W>> {
        let Wish::Naming(what) = self else { return None };
        let named = Named { what: what.clone(), key, since, again: false };
        *self = Wish::Asked(named.clone(), PATIENCE);
        Some(named)
    }

    /// What to send again under the same name, if nobody knows whether it was done.
    pub fn ask_again(&mut self) -> Option<Named<W>> {
        let Wish::Unsure(named) = self else { return None };
        let named = Named { again: true, ..named.clone() };
        *self = Wish::Asked(named.clone(), PATIENCE);
        Some(named)
    }

    /// The same without a tap of hers, so only while it is fresh: nothing is done tomorrow because she looked at the page again.
    pub fn ask_again_if_fresh(&mut self, env: &Env) -> Option<Named<W>> {
        if (0..=FRESH).contains(&self.age(env)?) { self.ask_again() } else { None }
    }

    /// One that was wanted before a reload, or on another page: nobody knows whether it was done. Whether it is taken up: not if it is too old to be
    /// asked for again, or if nobody can say.
    pub fn recall(&mut self, named: Named<W>, env: &Env) -> bool {
        if named.since.is_none() {
            return false;
        }
        *self = Wish::Unsure(named);
        !self.forget_old(env)
    }

    /// Forgets one of unknown outcome that is too old to be asked for again. Whether there was one.
    pub fn forget_old(&mut self, env: &Env) -> bool {
        let old = self.age(env).is_some_and(|age| age > OLD);
        if old {
            *self = Wish::None;
        }
        old
    }

    /// Seconds since she wanted what nobody knows the outcome of, as far as that can be known.
    fn age(&self, env: &Env) -> Option<i64> {
        let Wish::Unsure(Named { since: Some(since), .. }) = self else { return None };
        Some(env.clock?.now.unix_seconds() - since.unix_seconds())
    }

    /// What to send again because its first copy was still running.
    pub fn look_after(&self) -> Option<Named<W>> {
        match self {
            Wish::Asked(named, _) => Some(named.clone()),
            _ => None,
        }
    }

    /// An answer that was not a good one. `None` if nobody asked.
    pub fn failed(&mut self, failure: Failure) -> Option<After> {
        let Wish::Asked(named, patience) = self else { return None };
        let code = failure.code();
        if code == Some(Code::IdempotencyInProgress) && *patience > 0 {
            *patience -= 1;
            return Some(After::Wait);
        }
        // Too many requests is said before anybody looks at the name: of an earlier copy it says nothing.
        let says_nothing = named.again && code == Some(Code::TooManyRequests);
        if says_nothing || is_unsure(&failure) {
            *self = Wish::Unsure(named.clone());
            Some(After::Unsure)
        } else {
            *self = Wish::Refused(named.what.clone(), failure);
            Some(After::Refused(code))
        }
    }

    /// It is on its way.
    pub fn is_busy(&self) -> bool {
        matches!(self, Wish::Naming(_) | Wish::Asked(..))
    }

    /// Nobody knows whether it was done.
    pub fn is_unsure(&self) -> bool {
        matches!(self, Wish::Unsure(_))
    }

    /// Nothing else can be wanted before its outcome is known.
    pub fn is_open(&self) -> bool {
        self.is_busy() || self.is_unsure()
    }

    /// She turns to something else: why it was refused is not repeated at her.
    pub fn forget_refusal(&mut self) {
        if matches!(self, Wish::Refused(..)) {
            *self = Wish::None;
        }
    }

    /// What she wants, whatever has become of it.
    pub fn what(&self) -> Option<&W> {
        match self {
            Wish::None => None,
            Wish::Naming(what) | Wish::Refused(what, _) => Some(what),
            Wish::Asked(named, _) | Wish::Unsure(named) => Some(&named.what),
        }
    }

    /// Why it was not done.
    pub fn refusal(&self) -> Option<&Failure> {
        match self {
            Wish::Refused(_, failure) => Some(failure),
            _ => None,
        }
    }
}

/// Whether the server may have done it all the same: no answer, one that can't be read, or one of a server that broke on the way.
fn is_unsure(failure: &Failure) -> bool {
    match failure {
        Failure::Unreachable | Failure::Garbled | Failure::Broken(_) => true,
        Failure::Refused(problem) => problem.status >= 500 || failure.code() == Some(Code::IdempotencyInProgress),
        Failure::SessionEnded => false,
    }
}

/// Milliseconds until a request whose first copy is still running is looked after.
pub(crate) const SOON: u32 = 1000;

#[cfg(test)]
#[path = "wish_tests.rs"]
mod tests;
