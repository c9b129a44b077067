//! What a purchase earns, and when it posts.
//!
//! Points are rounded down once per purchase, after the tier's multiplier. They are computed when the purchase is
//! recorded, with the tier she held just before it, and stored with it: a change of the programme never reprices what was
//! earned. A refund works on the stored figure (see [`crate::refund`]).

use chrono::NaiveDate;

use crate::calendar::plus_days;
use crate::programme::Programme;

/// Points for `paid_minor` at the multiplier of the tier with this index in `programme.tiers`. Nothing for an amount of
/// zero or less, or for a tier the programme does not have.
pub fn points(programme: &Programme, tier: usize, paid_minor: i64) -> i64 {
    let Some(tier) = programme.tiers.get(tier) else { return 0 };
    if paid_minor <= 0 || programme.earn.per_minor <= 0 {
        return 0;
    }
    // Wider than the result, so that a large amount times a generous rate is not cut off on the way.
    let gross = i128::from(paid_minor) * i128::from(programme.earn.points) * i128::from(tier.multiplier_percent);
    i64::try_from(gross / (i128::from(programme.earn.per_minor) * 100)).unwrap_or(i64::MAX)
}

/// The day on which the points of a purchase of that day are posted; until the day before they are pending.
pub fn posts_on(programme: &Programme, purchased_on: NaiveDate) -> NaiveDate {
    plus_days(purchased_on, programme.earn.pending_days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{day, programme};

    #[test]
    fn points_are_rounded_down_once_after_the_multiplier() {
        let programme = programme();
        assert_eq!(points(&programme, 0, 2933), 29);
        assert_eq!(points(&programme, 1, 2933), 32); // 32.263; rounding 29 first would give 31
        assert_eq!(points(&programme, 2, 2933), 36);
        assert_eq!(points(&programme, 3, 2933), 43);
        assert_eq!(points(&programme, 0, 99), 0);
        assert_eq!(points(&programme, 0, 100), 1);
    }

    #[test]
    fn nothing_is_earned_on_nothing() {
        let programme = programme();
        assert_eq!(points(&programme, 0, 0), 0);
        assert_eq!(points(&programme, 0, -500), 0);
        assert_eq!(points(&programme, 99, 500), 0);
    }

    #[test]
    fn the_largest_amount_does_not_wrap_around() {
        let mut programme = programme();
        programme.earn.points = u32::MAX;
        assert_eq!(points(&programme, 3, i64::MAX), i64::MAX);
    }

    #[test]
    fn points_post_after_the_pending_days() {
        assert_eq!(posts_on(&programme(), day("2026-12-28")), day("2027-01-04"));
    }
}
