//! Tiers: which one she holds, until when, why, and what would change it.
//!
//! A standing is a pure replay of her purchases, in the order of their dates (those of one day in the order given), from
//! the day she joined to today. Nothing of it is stored, so that it can't disagree with its own trace: a refund changes an
//! amount, and the replay tells the history as if the purchase had been that amount from the start.
//!
//! - **Joining** gives the first tier for a term. Every term ends at the end of a month; in calendar-year programmes the
//!   upper tiers' terms end with the year.
//! - **A purchase** that brings the spend in the window of its day to the threshold of a higher tier gives the highest such
//!   tier at once, for a new term: to the end of the month a term later, or to the end of next year.
//! - **The end of a term** renews the tier if the spend in the window that ends with the term comes to its keep amount. The
//!   first tier keeps at zero, so nobody loses it.
//! - **Grace** follows where it does not. A purchase within the grace days that brings the spend to the keep amount renews
//!   the tier from the old date on. In rolling programmes that is the spend in the window of the purchase's day, in
//!   calendar-year programmes the spend of the year that ended plus the grace days.
//! - **After grace** she steps down, one tier only, and holds that one for a term (to the end of the running year).
//!
//! A purchase dated before she joined counts as if she had joined that day: a receipt that is claimed late is no loss.
//! One dated after today does not count yet.

mod replay;
mod what_if;
mod window;

use chrono::NaiveDate;

use crate::programme::Programme;
use replay::Replay;
pub use window::{Window, counts_until, window_of};

/// A purchase, as far as tiers go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The day of the purchase.
    pub on: NaiveDate,
    /// Paid less refunded, minor units; below zero counts as zero.
    pub amount: i64,
}

/// Where she stands on a day. Tiers are positions in `programme.tiers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The tier she holds.
    pub tier: usize,
    /// The last day of its term.
    pub valid_until: NaiveDate,
    /// The last day of grace; only while she is past `valid_until`.
    pub grace_until: Option<NaiveDate>,
    /// The days whose purchases `spent` counts.
    pub window: Window,
    /// What counts towards a higher tier today, minor units.
    pub spent: i64,
    /// The way up; `None` at the top.
    pub next: Option<WayUp>,
    /// What it takes to hold the tier for another term; `None` for the first tier, which nobody loses.
    pub keep: Option<Keeping>,
    /// How the tier came about, oldest first. It only ever grows as days pass.
    pub history: Vec<Change>,
    /// What to spend by when, and what follows. Each row is true of one purchase of exactly that amount on any day from
    /// today to its date.
    pub what_if: Vec<WhatIf>,
}

/// The way to the next tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WayUp {
    /// The tier above.
    pub tier: usize,
    /// Where it begins, minor units.
    pub threshold: i64,
    /// What is missing, minor units; more than zero.
    pub missing: i64,
    /// `missing` holds until then: after it a counted purchase leaves the window.
    pub by: NaiveDate,
}

/// What it takes to hold the tier for another term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// The first day whose purchases count towards it. It may be ahead of today just after a tier was reached.
    pub from: NaiveDate,
    /// What is missing, minor units; zero if it is kept already.
    pub missing: i64,
    /// The last day on which `missing` is enough: the end of the term. In grace its last day, or sooner if a counted
    /// purchase leaves the window before.
    pub by: NaiveDate,
}

/// A change of tier, or a new term of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The day it took effect.
    pub on: NaiveDate,
    /// From then on.
    pub tier: usize,
    /// Why.
    pub reason: Reason,
    /// The spend that decided it, minor units; `None` for joining.
    pub spent: Option<i64>,
}

/// Why a tier began or was renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// She joined.
    Joined,
    /// She spent enough for it.
    Reached,
    /// She spent enough to hold it for another term. Not listed for the first tier.
    Kept,
    /// She did not, and grace passed.
    Lowered,
}

impl Reason {
    /// As on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Reached => "reached",
            Self::Kept => "kept",
            Self::Lowered => "lowered",
        }
    }
}

/// Spend so much by then, and this is what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhatIf {
    /// Minor units, more than zero.
    pub spend: i64,
    /// The last day that counts.
    pub by: NaiveDate,
    /// The tier she then holds.
    pub becomes: usize,
    /// `true`: the present tier for another term, from the end of this one. `false`: a step up, at once.
    pub keeps: bool,
}

/// Where she stands today. Takes the purchases in any order; those of one day count in the order given.
pub fn replay(programme: &Programme, joined_on: NaiveDate, purchases: &[Counted], today: NaiveDate) -> Standing {
    let mut in_order: Vec<Counted> = purchases.iter().filter(|purchase| purchase.on <= today).copied().collect();
    in_order.sort_by_key(|purchase| purchase.on);
    let mut replay = Replay::begin(programme, joined_on, in_order.first());
    for purchase in in_order {
        replay.record(purchase);
    }
    replay.advance(today);
    replay.standing(today)
}

/// The tier she holds on a day, just before a purchase that is not among `earlier` yet: the tier that sets its multiplier.
/// Of `earlier` those up to that day count.
pub fn tier_before(programme: &Programme, joined_on: NaiveDate, earlier: &[Counted], on: NaiveDate) -> usize {
    replay(programme, joined_on.min(on), earlier, on).tier
}

/// The tier before each of the purchases, in the order given. The same as calling [`tier_before`] for each with those
/// before it, in one pass.
pub fn tiers_before(programme: &Programme, joined_on: NaiveDate, purchases: &[Counted]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..purchases.len()).collect();
    order.sort_by_key(|&index| purchases.get(index).map(|purchase| purchase.on));
    let in_order = |index: &usize| purchases.get(*index);
    let mut replay = Replay::begin(programme, joined_on, order.first().and_then(in_order));
    let mut tiers = vec![0; purchases.len()];
    for index in order {
        if let (Some(purchase), Some(tier)) = (purchases.get(index), tiers.get_mut(index)) {
            *tier = replay.record(*purchase);
        }
    }
    tiers
}
