//! What to spend by when, and what follows.
//!
//! A row is a promise, so it is only made where it holds for one purchase of exactly that amount on every day from today
//! to its date. Where an amount would do more than the row says (keep the tier, but also reach the next one), the row is
//! left out: the one above it asks less and gives more.

use chrono::{Days, NaiveDate};

use super::window::counts_until;
use super::{Counted, Keeping, WayUp, WhatIf};
use crate::programme::{Programme, WindowKind};

/// A purchase that leaves the window within so many days makes the later, higher amounts worth showing.
const SOON: Days = Days::new(62);
/// At most so many of them.
const LATER_ROWS: usize = 2;

pub(super) fn rows(
    programme: &Programme,
    tier: usize,
    today: NaiveDate,
    spent: i64,
    counted: &[Counted],
    next: Option<WayUp>,
    keep: Option<Keeping>,
) -> Vec<WhatIf> {
    let mut rows = Vec::new();
    if let Some(next) = next.filter(|next| next.missing > 0) {
        rows.push(WhatIf { spend: next.missing, by: next.by, becomes: next.tier, keeps: false });
        if let kind @ WindowKind::Rolling { .. } = programme.window.kind {
            rows.extend(later(programme, kind, today, spent, counted, next));
        }
    }
    if let Some(keep) = keep.filter(|keep| keep.missing > 0 && keep.from <= today) {
        let reaches_more = next.is_some_and(|next| keep.missing >= next.missing);
        if !reaches_more {
            rows.push(WhatIf { spend: keep.missing, by: keep.by, becomes: tier, keeps: true });
        }
    }
    rows
}

/// What it takes once the oldest purchases have left the window, until the next one leaves.
fn later(
    programme: &Programme,
    kind: WindowKind,
    today: NaiveDate,
    spent: i64,
    counted: &[Counted],
    next: WayUp,
) -> Vec<WhatIf> {
    let soon = today.checked_add_days(SOON).unwrap_or(NaiveDate::MAX);
    if next.by > soon {
        return Vec::new();
    }
    // Spent today, it must not reach a tier beyond the one the row names.
    let too_much = programme.tiers.get(next.tier + 1).map(|beyond| beyond.threshold_minor);
    let mut rows: Vec<WhatIf> = Vec::new();
    let mut left = spent;
    let mut leaves_on = next.by;
    for purchase in counted.iter().filter(|purchase| purchase.amount > 0) {
        let until = counts_until(kind, purchase.on);
        if until > leaves_on {
            let spend = next.threshold - left;
            if too_much.is_some_and(|limit| spent + spend >= limit) {
                break;
            }
            rows.push(WhatIf { spend, by: until, becomes: next.tier, keeps: false });
            if rows.len() == LATER_ROWS {
                break;
            }
            leaves_on = until;
        }
        left -= purchase.amount;
    }
    rows
}
