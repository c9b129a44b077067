//! What a refund takes back.
//!
//! After a refund the purchase has earned in proportion to what is left of it, rounded down in the brand's disfavour only
//! once: points to keep are `floor(points × (paid − refunded) / paid)`, and whatever earlier refunds did not already take
//! back is taken now. Computing each refund on its own instead would lose a point per refund.
//!
//! Pending points shrink. Posted ones are taken from the purchase's own lot first, then from the others,
//! soonest-expiring first, never from held points: a refund does not break a promise. What is spent already is waived: nothing
//! goes below zero, and a waived point is not asked for again. What is only held is owed: it is taken when the hold ends without
//! the gift, and waived when she collects it. Waiving it at once would let her reserve, return the purchase, cancel, and
//! have the points without having paid. For her tier the purchase counts from then on with what is left of it, as if it
//! had been that amount from the start (see [`crate::tier`]).

use core::fmt;

use crate::lot::{LotState, Taking, take_up_to};

/// A purchase, as far as refunds go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refundable {
    /// What was paid, minor units.
    pub paid_minor: i64,
    /// What earlier refunds gave back, minor units.
    pub refunded_minor: i64,
    /// What it earned when it was recorded.
    pub points: i64,
    /// What earlier refunds took back of that, waived points included.
    pub reversed: i64,
}

/// Why a refund is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundError {
    /// The amount is zero or less.
    NotPositive,
    /// More than is left of the purchase; holds what is left, minor units.
    MoreThanPaid(i64),
}

impl fmt::Display for RefundError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotPositive => f.write_str("a refund is more than zero"),
            Self::MoreThanPaid(left) => write!(f, "only {left} minor units are left of the purchase"),
        }
    }
}

impl std::error::Error for RefundError {}

/// How a refund of posted points is carried out; `reversed + waived` is what it asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversal<I> {
    /// From which lots.
    pub takings: Vec<Taking<I>>,
    /// Their sum: the ledger entry is this many points, negative; none if zero.
    pub reversed: i64,
    /// Spent or held already. What of it was only held is [`still_owed`].
    pub waived: i64,
}

/// The points a refund of `amount_minor` asks back. While the purchase is pending they simply leave it.
pub fn points_to_reverse(purchase: &Refundable, amount_minor: i64) -> Result<i64, RefundError> {
    if amount_minor <= 0 {
        return Err(RefundError::NotPositive);
    }
    let left = purchase.paid_minor - purchase.refunded_minor;
    if amount_minor > left {
        return Err(RefundError::MoreThanPaid(left));
    }
    let kept = i128::from(purchase.points) * i128::from(left - amount_minor) / i128::from(purchase.paid_minor);
    // At most `points`, so it fits.
    let kept = i64::try_from(kept).unwrap_or(purchase.points);
    Ok((purchase.points - kept - purchase.reversed).max(0))
}

/// What of `waived` points was only held, where so many are `held` and earlier refunds are owed `owed_before` of those.
pub fn still_owed(waived: i64, held: i64, owed_before: i64) -> i64 {
    waived.min(held - owed_before).max(0)
}

/// Takes `to_reverse` posted points back: from the purchase's own lot (`None` if it is used up), then from the others.
pub fn reversal<I: Copy + Ord>(to_reverse: i64, own_lot: Option<I>, lots: &[LotState<I>]) -> Reversal<I> {
    let takings = take_up_to(lots, to_reverse, own_lot);
    let reversed = takings.iter().map(|taking| taking.points).sum();
    Reversal { takings, reversed, waived: to_reverse.max(0) - reversed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    fn lot(id: u32, expires_on: &str, points: i64, held: i64) -> LotState<u32> {
        LotState { id, expires_on: Some(day(expires_on)), earned_on: day("2026-01-01"), points, held }
    }

    #[test]
    fn a_full_refund_takes_everything_back() {
        let purchase = Refundable { paid_minor: 2933, refunded_minor: 0, points: 32, reversed: 0 };
        assert_eq!(points_to_reverse(&purchase, 2933), Ok(32));
    }

    #[test]
    fn refunds_in_parts_take_back_what_one_would() {
        let mut purchase = Refundable { paid_minor: 1000, refunded_minor: 0, points: 10, reversed: 0 };
        for (amount, expected) in [(333, 4), (333, 3), (334, 3)] {
            let points = points_to_reverse(&purchase, amount).unwrap();
            assert_eq!(points, expected);
            purchase.refunded_minor += amount;
            purchase.reversed += points;
        }
        assert_eq!(purchase.reversed, 10);
    }

    #[test]
    fn more_than_is_left_is_refused() {
        let purchase = Refundable { paid_minor: 1000, refunded_minor: 400, points: 10, reversed: 4 };
        assert_eq!(points_to_reverse(&purchase, 601), Err(RefundError::MoreThanPaid(600)));
        assert_eq!(points_to_reverse(&purchase, 0), Err(RefundError::NotPositive));
        assert_eq!(points_to_reverse(&purchase, -1), Err(RefundError::NotPositive));
        let free = Refundable { paid_minor: 0, refunded_minor: 0, points: 0, reversed: 0 };
        assert_eq!(points_to_reverse(&free, 1), Err(RefundError::MoreThanPaid(0)));
    }

    #[test]
    fn its_own_lot_gives_first_then_the_soonest() {
        let lots = [lot(1, "2027-01-31", 5, 0), lot(2, "2027-06-30", 10, 2), lot(3, "2027-03-31", 5, 0)];
        let reversal = reversal(16, Some(2), &lots);
        let taken: Vec<(u32, i64)> = reversal.takings.iter().map(|taking| (taking.lot, taking.points)).collect();
        assert_eq!(taken, [(2, 8), (1, 5), (3, 3)]);
        assert_eq!((reversal.reversed, reversal.waived), (16, 0));
    }

    #[test]
    fn what_is_not_there_is_waived_and_not_asked_again() {
        let reversal = reversal(10, Some(1), &[lot(1, "2027-01-31", 6, 2)]);
        assert_eq!((reversal.reversed, reversal.waived), (4, 6));
        let after = Refundable { paid_minor: 1000, refunded_minor: 500, points: 20, reversed: 10 };
        assert_eq!(points_to_reverse(&after, 500), Ok(10));
    }

    #[test]
    fn only_what_is_held_is_owed_and_once() {
        assert_eq!(still_owed(6, 2, 0), 2);
        assert_eq!(still_owed(6, 10, 0), 6);
        assert_eq!(still_owed(6, 10, 7), 3);
        assert_eq!(still_owed(6, 10, 10), 0);
        assert_eq!(still_owed(0, 10, 0), 0);
    }
}
