//! One step of a reservation: the table behind the drawing.

use core::fmt;

use chrono::{DateTime, Utc};

use super::{Act, ClockAct, Event, MemberAct, Progress, StaffAct, State, deadlines};
use crate::calendar::plus_days;
use crate::programme::Programme;

/// A step that is allowed. Only the rules make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// Where it starts.
    pub from: State,
    /// How the reservation stands after it.
    pub after: Progress,
    /// What its history says.
    pub event: Event,
    /// What becomes of the points that were locked.
    pub settlement: Settlement,
}

/// What becomes of the points that were locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// Nothing: they stay as they are.
    Unchanged,
    /// They are hers again.
    Released,
    /// They are spent.
    Spent,
}

/// Why something can't be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not in this state, which is what it is now.
    State(State),
    /// It was extended as often as it may be.
    ExtensionsSpent,
    /// No offer waits for her word, or not any more.
    NoOffer,
    /// An offer waits for her word already.
    OfferPending,
    /// The deadline has not passed, or it was noticed before.
    NotDue,
    /// It is at this counter already.
    SameCounter,
    /// To be exchanged for the same variant, or for one of another gift.
    NoExchange,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::State(state) => write!(f, "not while the reservation is {}", state.as_str()),
            Self::ExtensionsSpent => f.write_str("no extension is left"),
            Self::NoOffer => f.write_str("no offer waits for an answer"),
            Self::OfferPending => f.write_str("an offer waits for an answer already"),
            Self::NotDue => f.write_str("the deadline has not passed, or it was noticed before"),
            Self::SameCounter => f.write_str("it is at this counter already"),
            Self::NoExchange => f.write_str("not another variant of the same gift"),
        }
    }
}

impl std::error::Error for Refusal {}

pub(super) fn step(at: &Progress, act: Act, programme: &Programme, now: DateTime<Utc>) -> Result<Step, Refusal> {
    let state = at.state_at(now);
    match act {
        // The one act on a hold whose time has run out; everybody else finds it expired.
        Act::Clock(ClockAct::Expire) => match (at.state.is_open(), state) {
            (true, State::Expired) => Ok(at.end(State::Expired, Event::Expired, Settlement::Released)),
            (true, _) => Err(Refusal::NotDue),
            (false, _) => Err(Refusal::State(state)),
        },
        Act::Clock(ClockAct::NoteLate) => {
            only(state, &[State::Held])?;
            if !at.is_late(now) || at.late_noted {
                return Err(Refusal::NotDue);
            }
            Ok(at.stay(Event::Late, Progress { late_noted: true, ..*at }))
        }
        Act::Staff(StaffAct::MakeReady) => {
            // Late or not: a unit that is there after all is better than an apology.
            only(state, &[State::Held])?;
            Ok(at.stay(Event::Ready, Progress { state: State::Ready, ..*at }))
        }
        Act::Staff(StaffAct::Collect) => {
            only(state, &[State::Ready])?;
            Ok(at.end(State::Collected, Event::Collected, Settlement::Spent))
        }
        Act::Staff(StaffAct::Fail) => {
            only(state, &[State::Held, State::Ready])?;
            Ok(at.end(State::Failed, Event::Failed, Settlement::Released))
        }
        Act::Staff(StaffAct::OfferExchange) => {
            only(state, &[State::Ready, State::Collected])?;
            // Not replaced by a newer one: her tap must not land on another variant than the one she sees.
            if at.offer_at(now).is_some() {
                return Err(Refusal::OfferPending);
            }
            let offer_until = Some(at.offer(&programme.reservation, now));
            Ok(at.stay(Event::ExchangeOffered, Progress { offer_until, ..*at }))
        }
        Act::Member(MemberAct::Cancel) => {
            only(state, &[State::Held, State::Ready])?;
            Ok(at.end(State::Cancelled, Event::Cancelled, Settlement::Released))
        }
        Act::Member(MemberAct::Extend) => {
            only(state, &[State::Held, State::Ready])?;
            extend(at, programme, now)
        }
        Act::Member(MemberAct::Move) => {
            only(state, &[State::Held, State::Ready])?;
            let fresh = deadlines(programme, now);
            // What she was promised stays hers: a move after an extension does not shorten the hold.
            let hold_until = fresh.hold_until.max(at.hold_until);
            let moved = Progress {
                state: State::Held,
                ready_by: fresh.ready_by,
                hold_until,
                late_noted: false,
                offer_until: None,
                ..*at
            };
            Ok(at.stay(Event::Moved, moved))
        }
        Act::Member(MemberAct::TakeExchange) => answer(at, Event::Exchanged, now),
        Act::Member(MemberAct::DeclineExchange) => answer(at, Event::ExchangeDeclined, now),
    }
}

fn only(state: State, allowed: &[State]) -> Result<(), Refusal> {
    if allowed.contains(&state) { Ok(()) } else { Err(Refusal::State(state)) }
}

/// The hold ends so many days later at the same time of day; a counter that has not confirmed gets a new deadline.
fn extend(at: &Progress, programme: &Programme, now: DateTime<Utc>) -> Result<Step, Refusal> {
    let rules = &programme.reservation;
    if at.extensions >= rules.extensions {
        return Err(Refusal::ExtensionsSpent);
    }
    let local = at.hold_until.with_timezone(&programme.time_zone).naive_local();
    let hold_until = programme.instant_of(plus_days(local.date(), rules.extend_days), local.time());
    let mut longer = Progress { hold_until, extensions: at.extensions + 1, ..*at };
    if at.state == State::Held {
        longer.ready_by = deadlines(programme, now).ready_by.min(hold_until);
        longer.late_noted = false;
    }
    Ok(at.stay(Event::Extended, longer))
}

fn answer(at: &Progress, event: Event, now: DateTime<Utc>) -> Result<Step, Refusal> {
    at.offer_at(now).ok_or(Refusal::NoOffer)?;
    Ok(at.stay(event, Progress { offer_until: None, ..*at }))
}

impl Progress {
    fn stay(&self, event: Event, after: Progress) -> Step {
        Step { from: self.state, after, event, settlement: Settlement::Unchanged }
    }

    /// With an end goes every offer: what was handed over, or not, is the answer.
    fn end(&self, state: State, event: Event, settlement: Settlement) -> Step {
        Step { from: self.state, after: Progress { state, offer_until: None, ..*self }, event, settlement }
    }
}
