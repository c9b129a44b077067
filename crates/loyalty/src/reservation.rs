//! A reservation's life: what can happen to it, who may do it, and by when.
//!
//! ```text
//!                     make ready (staff)              collect (staff)
//!   reserve ──▶ held ────────────────────▶ ready ────────────────────▶ collected
//!    (member     │ ▲                        │ │                          │
//!     or staff)  │ └────── move (member) ───┘ │                          └─ exchange (staff offers, member answers)
//!                │                            └─ exchange (staff offers, member answers)
//!                └────────┬───────────────────┘
//!                         ├─ cancel (member) ──▶ cancelled
//!                         ├─ hold_until (clock) ▶ expired          extend (member): held and ready stay what they are
//!                         └─ fail (staff) ─────▶ failed            late (clock): held, and `ready_by` has passed
//! ```
//!
//! Who may do what is in the type of an [`Act`]: a clerk who cancels, a member who collects, a clock that moves something
//! do not compile. What the stage or the time forbids is a [`Refusal`]. What is allowed is a [`Step`], which nobody can
//! make but [`Progress::act`], and which is the only thing storage writes: so no transition happens that is not drawn above.
//!
//! A deadline needs nobody to notice it: from `hold_until` on an open reservation *is* expired, whoever asks, and whether
//! or not it was swept. An offer of another variant ends by itself in the same way.

mod step;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use crate::calendar::plus_days;
use crate::programme::Programme;

pub use step::{Refusal, Settlement, Step};

/// How far a reservation has come. Safe to travel is a state: [`State::Ready`], and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Points and unit are locked; the counter has not confirmed yet.
    Held,
    /// The counter has scanned the unit and put it aside.
    Ready,
    /// She has it. The end, but for an exchange that she confirms.
    Collected,
    /// She gave it up. The end.
    Cancelled,
    /// The time ran out. The end.
    Expired,
    /// The counter could not keep it. The end.
    Failed,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 6] = [Self::Held, Self::Ready, Self::Collected, Self::Cancelled, Self::Expired, Self::Failed];

    /// As it is stored and travels.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Ready => "ready",
            Self::Collected => "collected",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Failed => "failed",
        }
    }

    /// `None` for a text that names no state.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether points and unit are locked.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Held | Self::Ready)
    }
}

/// What can be done to a reservation, with who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// She does it herself.
    Member(MemberAct),
    /// A person of the staff does it.
    Staff(StaffAct),
    /// A deadline has passed.
    Clock(ClockAct),
}

/// What a member may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemberAct {
    /// Give it up: points and unit are back at once.
    Cancel,
    /// Have it held longer.
    Extend,
    /// Have it at another counter: held anew there, and to be confirmed anew.
    Move,
    /// Take the other variant.
    TakeExchange,
    /// Keep things as they are.
    DeclineExchange,
}

/// What the staff may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StaffAct {
    /// The very unit was scanned and put aside.
    MakeReady,
    /// The very unit was scanned and handed over.
    Collect,
    /// The counter can't keep it: points and unit are back at once.
    Fail,
    /// Offer another variant of the same gift. Nothing changes unless she takes it.
    OfferExchange,
}

/// What time does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClockAct {
    /// `hold_until` has come.
    Expire,
    /// `ready_by` has passed, and the counter has not confirmed.
    NoteLate,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 11] = [
        Self::Member(MemberAct::Cancel),
        Self::Member(MemberAct::Extend),
        Self::Member(MemberAct::Move),
        Self::Member(MemberAct::TakeExchange),
        Self::Member(MemberAct::DeclineExchange),
        Self::Staff(StaffAct::MakeReady),
        Self::Staff(StaffAct::Collect),
        Self::Staff(StaffAct::Fail),
        Self::Staff(StaffAct::OfferExchange),
        Self::Clock(ClockAct::Expire),
        Self::Clock(ClockAct::NoteLate),
    ];
}

/// What happened to a reservation, as its history tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// Points and unit were locked.
    Held,
    /// The counter had not confirmed in time.
    Late,
    /// The unit was scanned and put aside.
    Ready,
    /// She took it.
    Collected,
    /// She gave it up.
    Cancelled,
    /// The time ran out.
    Expired,
    /// The counter could not keep it.
    Failed,
    /// It is held longer.
    Extended,
    /// It is at another counter now.
    Moved,
    /// Another variant was offered.
    ExchangeOffered,
    /// She took the other variant.
    Exchanged,
    /// She did not want it.
    ExchangeDeclined,
}

impl Event {
    /// Every event.
    pub const ALL: [Self; 12] = [
        Self::Held,
        Self::Late,
        Self::Ready,
        Self::Collected,
        Self::Cancelled,
        Self::Expired,
        Self::Failed,
        Self::Extended,
        Self::Moved,
        Self::ExchangeOffered,
        Self::Exchanged,
        Self::ExchangeDeclined,
    ];

    /// As it is stored and travels.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Late => "late",
            Self::Ready => "ready",
            Self::Collected => "collected",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Failed => "failed",
            Self::Extended => "extended",
            Self::Moved => "moved",
            Self::ExchangeOffered => "exchange_offered",
            Self::Exchanged => "exchanged",
            Self::ExchangeDeclined => "exchange_declined",
        }
    }

    /// `None` for a text that names no event.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.as_str() == text)
    }
}

/// What she may do now; more than one [`MemberAct`] may stand behind one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Give it up.
    Cancel,
    /// Have it held longer.
    Extend,
    /// Have it at another counter.
    Move,
    /// See the pass.
    Pass,
    /// Take the other variant, or not.
    AnswerExchange,
}

/// How reservations are held: the programme's `[reservation]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Days from the reservation to the end of the hold …
    pub hold_days: u32,
    /// … which comes at this time of that day.
    pub hold_until: NaiveTime,
    /// Days from the reservation to the counter's deadline …
    pub ready_days: u32,
    /// … which comes at this time of that day.
    pub ready_by: NaiveTime,
    /// Days by which an extension moves the end of the hold.
    pub extend_days: u32,
    /// How often one reservation may be extended.
    pub extensions: u32,
    /// How many reservations a member may have open at once.
    pub open_limit: u32,
    /// Minutes an offer of another variant holds its unit.
    pub exchange_minutes: u32,
}

impl Default for Rules {
    fn default() -> Self {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
        Self {
            hold_days: 5,
            hold_until: hour(20),
            ready_days: 1,
            ready_by: hour(18),
            extend_days: 3,
            extensions: 1,
            open_limit: 5,
            exchange_minutes: 15,
        }
    }
}

/// By when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// The counter has to have confirmed by then, or she hears of it; never after `hold_until`.
    pub ready_by: DateTime<Utc>,
    /// Points and unit are hers until then.
    pub hold_until: DateTime<Utc>,
}

/// The deadlines of a reservation made or moved at `now`.
pub fn deadlines(programme: &Programme, now: DateTime<Utc>) -> Deadlines {
    let rules = &programme.reservation;
    let today = programme.date_of(now);
    let hold_until = programme.instant_of(plus_days(today, rules.hold_days), rules.hold_until);
    let ready_by = programme.instant_of(plus_days(today, rules.ready_days), rules.ready_by);
    Deadlines { ready_by: ready_by.min(hold_until), hold_until }
}

/// How far a reservation has come, and by when it has to come further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// As somebody left it; what holds at an instant says [`Progress::state_at`].
    pub state: State,
    /// The counter has to have confirmed by then.
    pub ready_by: DateTime<Utc>,
    /// Points and unit are hers until then.
    pub hold_until: DateTime<Utc>,
    /// How often she had it extended.
    pub extensions: u32,
    /// Somebody has noticed that it is late, and told her.
    pub late_noted: bool,
    /// Another variant was offered; one unit of it is held until then.
    pub offer_until: Option<DateTime<Utc>>,
}

impl Progress {
    /// A reservation made at `now`.
    pub fn start(programme: &Programme, now: DateTime<Utc>) -> Self {
        let Deadlines { ready_by, hold_until } = deadlines(programme, now);
        Self { state: State::Held, ready_by, hold_until, extensions: 0, late_noted: false, offer_until: None }
    }

    /// The state at an instant: `Expired` from `hold_until` on, whether or not anybody has swept.
    pub fn state_at(&self, now: DateTime<Utc>) -> State {
        if self.state.is_open() && self.hold_until <= now { State::Expired } else { self.state }
    }

    /// Whether the counter should have confirmed and has not.
    pub fn is_late(&self, now: DateTime<Utc>) -> bool {
        self.state_at(now) == State::Held && now > self.ready_by
    }

    /// Until when the offer of another variant waits for her word; `None` if none does.
    pub fn offer_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.offer_until.filter(|until| *until > now && matches!(self.state_at(now), State::Ready | State::Collected))
    }

    /// What she may do now.
    pub fn actions(&self, rules: &Rules, now: DateTime<Utc>) -> Vec<Action> {
        let state = self.state_at(now);
        let mut actions = Vec::new();
        if state == State::Ready {
            actions.push(Action::Pass);
        }
        if self.offer_at(now).is_some() {
            actions.push(Action::AnswerExchange);
        }
        if state.is_open() {
            if self.extensions < rules.extensions {
                actions.push(Action::Extend);
            }
            actions.extend([Action::Move, Action::Cancel]);
        }
        actions
    }

    /// What an act makes of it, or why it can't be.
    pub fn act(&self, act: Act, programme: &Programme, now: DateTime<Utc>) -> Result<Step, Refusal> {
        step::step(self, act, programme, now)
    }

    /// An offer made at `now`: it never outlives the hold it stands beside.
    fn offer(&self, rules: &Rules, now: DateTime<Utc>) -> DateTime<Utc> {
        let until = now.checked_add_signed(TimeDelta::minutes(i64::from(rules.exchange_minutes))).unwrap_or(now);
        if self.state.is_open() { until.min(self.hold_until) } else { until }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_and_events_survive_their_texts() {
        for state in State::ALL {
            assert_eq!(State::from_text(state.as_str()), Some(state));
        }
        for event in Event::ALL {
            assert_eq!(Event::from_text(event.as_str()), Some(event));
        }
        assert_eq!(State::from_text("lost"), None);
        assert_eq!(Event::from_text("lost"), None);
    }
}
