//! Lots: points earned together, with one expiry date.
//!
//! The date printed on a lot is the last day its points can be spent. It counts from the purchase, not from posting, so
//! that the member can work it out from her receipt. Points are spent soonest-expiring first, those that never expire
//! last; among equals the older lot first, then the smaller identifier, so that two servers choose alike. Held points are
//! not spendable.
//!
//! No expiry without notice: a date stands only if she was told of it at least the notice days before. Until she has been
//! told, a date too near moves on with every day that passes; whoever gives the notice stores the moved date with it.

use chrono::NaiveDate;

use crate::calendar::{end_of_month, plus_days, plus_months};
use crate::programme::Expiry;

/// A lot, as far as spending goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LotState<I> {
    /// Whose points a [`Taking`] takes.
    pub id: I,
    /// The last day they can be spent; `None` if they never expire.
    pub expires_on: Option<NaiveDate>,
    /// The day of the purchase.
    pub earned_on: NaiveDate,
    /// What is left, held points included.
    pub points: i64,
    /// Of those, locked for reservations.
    pub held: i64,
}

impl<I> LotState<I> {
    /// Points that can be spent now.
    pub fn free(&self) -> i64 {
        self.points.saturating_sub(self.held).max(0)
    }
}

/// So many points of that lot; never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taking<I> {
    /// From which lot.
    pub lot: I,
    /// More than zero, at most what is free in it.
    pub points: i64,
}

/// There are not enough points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortfall {
    /// How many more it would take.
    pub missing: i64,
}

impl core::fmt::Display for Shortfall {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} points are missing", self.missing)
    }
}

impl std::error::Error for Shortfall {}

/// The date printed on the points of a purchase of that day; `None` if points never expire.
pub fn expires_on(expiry: &Expiry, purchased_on: NaiveDate) -> Option<NaiveDate> {
    let months = expiry.months?;
    Some(at_month_end(expiry, plus_months(purchased_on, months)))
}

/// The date on which the points really expire, as of `today`: `expires_on` if she was told of it in time, or if there is
/// still time to tell her; otherwise the first date that leaves the notice days from today on.
pub fn effective_on(
    expiry: &Expiry,
    expires_on: NaiveDate,
    notified_on: Option<NaiveDate>,
    today: NaiveDate,
) -> NaiveDate {
    let told_in_time = notified_on.is_some_and(|on| plus_days(on, expiry.notice_days) <= expires_on);
    let earliest = plus_days(today, expiry.notice_days);
    if told_in_time || expires_on >= earliest { expires_on } else { at_month_end(expiry, earliest) }
}

/// The last day a lot's points can be spent, as it stands today; `None` if they never expire. While any of them is held, what
/// she was told of the date does not stand: a hold that ends late would leave her nothing of the notice.
pub fn date_of<I>(
    expiry: &Expiry,
    lot: &LotState<I>,
    notified_on: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let notified_on = notified_on.filter(|_| lot.held == 0);
    lot.expires_on.map(|on| effective_on(expiry, on, notified_on, today))
}

/// The date that a lot moves on to when a hold on it ends on `today` without being collected; with it her notice is
/// forgotten. `None` if the notice days are still ahead of it: then date and notice stay.
pub fn after_hold(expiry: &Expiry, expires_on: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
    Some(effective_on(expiry, expires_on, None, today)).filter(|moved| *moved != expires_on)
}

fn at_month_end(expiry: &Expiry, date: NaiveDate) -> NaiveDate {
    if expiry.end_of_month { end_of_month(date) } else { date }
}

/// Chooses `wanted` points from the free ones, soonest-expiring first. Nothing is taken unless all of them are there;
/// nothing is wanted if `wanted` is zero or less.
pub fn allocate<I: Copy + Ord>(lots: &[LotState<I>], wanted: i64) -> Result<Vec<Taking<I>>, Shortfall> {
    let takings = take_up_to(lots, wanted, None);
    let taken: i64 = takings.iter().map(|taking| taking.points).sum();
    if taken < wanted { Err(Shortfall { missing: wanted - taken }) } else { Ok(takings) }
}

/// Takes what is there, at most `wanted`: from the lot `first` to begin with, then soonest-expiring first.
pub(crate) fn take_up_to<I: Copy + Ord>(lots: &[LotState<I>], wanted: i64, first: Option<I>) -> Vec<Taking<I>> {
    let mut order: Vec<&LotState<I>> = lots.iter().collect();
    order.sort_by_key(|lot| (Some(lot.id) != first, lot.expires_on.is_none(), lot.expires_on, lot.earned_on, lot.id));
    let mut missing = wanted;
    let mut takings = Vec::new();
    for lot in order {
        let points = lot.free().min(missing);
        if points > 0 {
            takings.push(Taking { lot: lot.id, points });
            missing -= points;
        }
    }
    takings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    const EXPIRY: Expiry = Expiry { months: Some(24), end_of_month: true, notice_days: 30 };

    fn lot(id: u32, expires_on: Option<&str>, points: i64, held: i64) -> LotState<u32> {
        LotState { id, expires_on: expires_on.map(day), earned_on: day("2026-01-01"), points, held }
    }

    #[test]
    fn a_lot_expires_at_the_end_of_its_month_or_on_the_day() {
        assert_eq!(expires_on(&EXPIRY, day("2026-02-03")), Some(day("2028-02-29")));
        let on_the_day = Expiry { end_of_month: false, ..EXPIRY };
        assert_eq!(expires_on(&on_the_day, day("2026-02-03")), Some(day("2028-02-03")));
        assert_eq!(expires_on(&on_the_day, day("2024-02-29")), Some(day("2026-02-28")));
        assert_eq!(expires_on(&Expiry { months: None, ..EXPIRY }, day("2026-02-03")), None);
    }

    #[test]
    fn a_date_she_was_told_of_in_time_stands() {
        let on = day("2026-12-31");
        let told = |told: &str, today: &str| effective_on(&EXPIRY, on, Some(day(told)), day(today));
        assert_eq!(told("2026-12-01", "2026-12-31"), on);
        assert_eq!(told("2026-12-01", "2027-03-01"), on);
    }

    #[test]
    fn without_notice_in_time_the_date_moves() {
        let on = day("2026-12-31");
        let untold = |today: &str| effective_on(&EXPIRY, on, None, day(today));
        assert_eq!(untold("2026-11-01"), on);
        assert_eq!(untold("2026-12-01"), on); // 30 days are left
        assert_eq!(untold("2026-12-02"), day("2027-01-31"));
        assert_eq!(untold("2027-01-02"), day("2027-02-28"));
        assert_eq!(effective_on(&EXPIRY, on, Some(day("2026-12-02")), day("2026-12-02")), day("2027-01-31"));
        let on_the_day = Expiry { end_of_month: false, ..EXPIRY };
        assert_eq!(effective_on(&on_the_day, on, None, day("2026-12-05")), day("2027-01-04"));
    }

    #[test]
    fn a_notice_does_not_stand_while_points_are_held() {
        let told = Some(day("2026-12-01"));
        let on = |held, today| date_of(&EXPIRY, &lot(1, Some("2026-12-31"), 100, held), told, day(today));
        assert_eq!(on(0, "2026-12-20"), Some(day("2026-12-31")));
        assert_eq!(on(1, "2026-12-01"), Some(day("2026-12-31")));
        assert_eq!(on(1, "2026-12-20"), Some(day("2027-01-31")));
        assert_eq!(date_of(&EXPIRY, &lot(1, None, 100, 0), told, day("2026-12-20")), None);
    }

    #[test]
    fn after_a_hold_the_notice_days_are_ahead_again() {
        let after = |today| after_hold(&EXPIRY, day("2026-12-31"), day(today));
        assert_eq!(after("2026-12-01"), None);
        assert_eq!(after("2026-12-02"), Some(day("2027-01-31")));
        assert_eq!(after("2027-03-05"), Some(day("2027-04-30")));
    }

    #[test]
    fn the_soonest_are_spent_first_and_held_ones_not_at_all() {
        let lots = [
            lot(1, None, 100, 0),
            lot(2, Some("2027-06-30"), 100, 0),
            lot(3, Some("2027-01-31"), 100, 60),
            lot(4, Some("2027-03-31"), 10, 10),
        ];
        let takings = allocate(&lots, 150).unwrap();
        let taken: Vec<(u32, i64)> = takings.iter().map(|taking| (taking.lot, taking.points)).collect();
        assert_eq!(taken, [(3, 40), (2, 100), (1, 10)]);
    }

    #[test]
    fn equal_dates_are_spent_in_the_order_earned() {
        let mut lots = [lot(7, Some("2027-01-31"), 5, 0), lot(8, Some("2027-01-31"), 5, 0), lot(2, None, 5, 0)];
        lots[1].earned_on = day("2025-12-31");
        let order: Vec<u32> = allocate(&lots, 15).unwrap().iter().map(|taking| taking.lot).collect();
        assert_eq!(order, [8, 7, 2]);
        lots[1].earned_on = lots[0].earned_on;
        let order: Vec<u32> = allocate(&lots, 15).unwrap().iter().map(|taking| taking.lot).collect();
        assert_eq!(order, [7, 8, 2]);
    }

    #[test]
    fn nothing_is_taken_unless_all_of_it_is_there() {
        assert_eq!(allocate(&[lot(1, None, 10, 3)], 8), Err(Shortfall { missing: 1 }));
        assert_eq!(allocate::<u32>(&[], 5), Err(Shortfall { missing: 5 }));
        assert_eq!(allocate(&[lot(1, None, 10, 3)], 0), Ok(vec![]));
        assert_eq!(allocate(&[lot(1, None, 10, 3)], -4), Ok(vec![]));
    }
}
