//! Reservations: points and one unit, locked in one transaction. Their rules are [`loyalty::reservation`]; here they are
//! carried out.
//!
//! Every write locks the member first, reads the reservation under that lock, locks the places of the units it is about,
//! and asks the rules with the instant those places know. What the rules allow is written by one guarded statement, and
//! points and units move with it. Whatever is not possible is an answer, not an error.

mod act;
mod event;
mod exchange;
mod read;
mod reserve;
mod settle;
mod watch;
mod write;

use chrono::{DateTime, Utc};
use loyalty::reservation::{Progress, Refusal, State};
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::value::Row;

pub use event::ReservationEvent;
pub use read::{DueCursor, ReservationCursor, ReservationFilter, StaffReservation};
pub use reserve::{NewReservation, Reserving};
pub use watch::DueReservation;

/// A reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// Its identifier.
    pub id: Uuid,
    /// Whose.
    pub member: Uuid,
    /// Among hers, the order in which they were made.
    pub sequence: i64,
    /// Counts what happened to it.
    pub revision: i64,
    /// Of which gift.
    pub gift: Uuid,
    /// Which variant; another one after an exchange.
    pub variant: Uuid,
    /// Where.
    pub counter: Uuid,
    /// What it costs. Locked while it is open, spent once it is collected.
    pub points: i64,
    /// How far it has come. What holds now says [`Progress::state_at`].
    pub progress: Progress,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// The number of the pick-up code that is or was last good; zero before the first.
    pub times_ready: i64,
    /// When its unit was last put aside; `None` if never.
    pub ready_at: Option<DateTime<Utc>>,
    /// When it was noticed that the counter had not confirmed in time; `None` if it was not, or has a new deadline since.
    pub late_at: Option<DateTime<Utc>>,
    /// When it ended; `None` while nobody has ended it.
    pub ended_at: Option<DateTime<Utc>>,
    /// The last offer in exchange that nobody answered; whether it waits still says [`Progress::offer_at`].
    pub offer: Option<Offer>,
    code_hash: Option<String>,
}

/// Another variant, offered in exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which.
    pub variant: Uuid,
    /// One unit of it is held until then.
    pub until: DateTime<Utc>,
    /// Who offers it.
    pub by: String,
}

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor<'a> {
    /// She herself.
    Member,
    /// A person of the staff, by the name that she sees in the history.
    Staff(&'a str),
    /// A deadline that passed.
    Clock,
}

/// A person of the staff at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clerk<'a> {
    /// What a member sees in the history.
    pub name: &'a str,
    /// The counter whose reservations are this person's business; `None` for all of them.
    pub counter: Option<Uuid>,
}

/// What came of an act. Only [`Acted::Done`] has changed anything; after the others a transaction is still good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acted {
    /// It is done; this is how it stands.
    Done(Reservation),
    /// The rules do not allow it; this is how it stands.
    Refused(Refusal, Reservation),
    /// No unit is free where one is needed.
    OutOfStock,
    /// The unit that was scanned is not the one that was reserved.
    WrongUnit(Reservation),
    /// No such reservation, or not the caller's.
    NotFound,
}

/// The columns of `reservations r`, with `$rest` after them.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT r.reservation_id, r.member_id, r.sequence, r.revision, r.gift_id, r.variant_id, r.counter_id, r.points, \
             r.state, r.ready_by, r.hold_until, r.extensions, r.late_at, r.made_at, r.times_ready, r.ready_at, r.ended_at, \
             r.exchange_variant, r.exchange_until, r.exchange_by, r.code_hash ",
            $rest
        )
    };
}
/// How many columns `select!` has of its own.
pub(crate) const COLUMNS: usize = 21;
pub(crate) use select;

fn reservation(row: &Row) -> Result<Reservation> {
    let state: String = row.get(8)?;
    let state = State::from_text(&state).ok_or_else(|| Error::Defect(format!("no state: {state}")))?;
    let late_at = row.maybe(12)?;
    let offer = match (row.maybe(17)?, row.maybe(18)?, row.maybe(19)?) {
        (Some(variant), Some(until), Some(by)) => Some(Offer { variant, until, by }),
        _ => None,
    };
    let extensions: i64 = row.get(11)?;
    Ok(Reservation {
        id: row.get(0)?,
        member: row.get(1)?,
        sequence: row.get(2)?,
        revision: row.get(3)?,
        gift: row.get(4)?,
        variant: row.get(5)?,
        counter: row.get(6)?,
        points: row.get(7)?,
        progress: Progress {
            state,
            ready_by: row.get(9)?,
            hold_until: row.get(10)?,
            extensions: u32::try_from(extensions).unwrap_or(u32::MAX),
            late_noted: late_at.is_some(),
            offer_until: offer.as_ref().map(|offer| offer.until),
        },
        made_at: row.get(13)?,
        times_ready: row.get(14)?,
        ready_at: row.maybe(15)?,
        late_at,
        ended_at: row.maybe(16)?,
        offer,
        code_hash: row.maybe(20)?,
    })
}
