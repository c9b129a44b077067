//! Points: balances, the ledger, and lots with their expiry dates.

use serde::{Deserialize, Serialize};

use crate::list::{Page, Whole};
use crate::{Date, Endpoint, Id, Instant};

/// Points, by what can be done with them. Posted ledger entries sum to `available + held`, and so do the lots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Balances {
    /// Can be spent now.
    pub available: i64,
    /// Locked for reservations.
    pub held: i64,
    /// Earned but not posted yet; in no other balance.
    pub pending: i64,
}

/// The points that expire on one date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Expiring {
    /// How many.
    pub points: i64,
    /// The last day they can be spent; `None` if they never expire.
    pub on: Option<Date>,
    /// Whether and how she was told.
    pub notified: Option<Notified>,
}

/// She was told, then and there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notified {
    /// When it was delivered or seen.
    pub at: Instant,
    /// `portal`, `sms`, `email` or `wechat`.
    pub channel: String,
}

/// Points earned together, with one expiry date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lot {
    /// What is left of them, held ones included.
    pub points: i64,
    /// The last day they can be spent; `None` if they never expire.
    pub on: Option<Date>,
    /// The day they were earned.
    pub earned_on: Date,
    /// Whether and how she was told.
    pub notified: Option<Notified>,
    /// How many of them are locked for reservations.
    pub held: i64,
}

/// What a ledger entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Earned by a purchase.
    Earned,
    /// Given back.
    Returned,
    /// Spent on a gift.
    Spent,
    /// Taken back with a refund.
    Reversed,
    /// Expired, after notice.
    Expired,
    /// Corrected by hand, with a reason.
    Adjusted,
}

impl EntryKind {
    /// As on the wire and in `?kind=`.
    pub const fn as_str(self) -> &'static str {
        match self {
            EntryKind::Earned => "earned",
            EntryKind::Returned => "returned",
            EntryKind::Spent => "spent",
            EntryKind::Reversed => "reversed",
            EntryKind::Expired => "expired",
            EntryKind::Adjusted => "adjusted",
        }
    }
    /// Every kind.
    pub const ALL: [EntryKind; 6] = [
        EntryKind::Earned,
        EntryKind::Returned,
        EntryKind::Spent,
        EntryKind::Reversed,
        EntryKind::Expired,
        EntryKind::Adjusted,
    ];
    /// `None` for a text that names no kind.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Whether an entry counts yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// Waits for its posting date.
    Pending,
    /// Counts.
    Posted,
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entry {
    /// Its identifier.
    pub id: Id,
    /// What it does.
    pub kind: EntryKind,
    /// Signed.
    pub points: i64,
    /// Whether it counts yet.
    pub state: EntryState,
    /// When it was written.
    pub at: Instant,
    /// The day it counts from; for a pending one, the day it will be posted.
    pub on: Date,
    /// The balance (available and held) after it; `None` while pending.
    pub balance_after: Option<i64>,
    /// What caused it.
    pub cause: Cause,
}

/// What caused a ledger entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cause {
    /// `purchase`, `refund`, `reservation`, `expiry` or `adjustment`.
    pub kind: String,
    /// The identifier of that.
    pub id: Id,
    /// What a person would call it: a receipt number, a gift's name.
    pub label: String,
}

/// The ledger, newest first, pending entries before all posted ones. `kind` narrows it; `cursor` is the `next` of the
/// page before.
pub fn ledger(kind: Option<EntryKind>, cursor: Option<&str>) -> Endpoint<Page<Entry>> {
    let mut path = String::from("/me/points?limit=50");
    if let Some(kind) = kind {
        path.push_str("&kind=");
        path.push_str(kind.as_str());
    }
    if let Some(cursor) = cursor {
        // Cursors are url-safe base64 by contract, so they need no escaping.
        path.push_str("&cursor=");
        path.push_str(cursor);
    }
    Endpoint::get(path)
}
/// Every lot with points left, soonest-expiring first.
pub fn expiring() -> Endpoint<Whole<Lot>> {
    Endpoint::get("/me/points/expiring")
}
