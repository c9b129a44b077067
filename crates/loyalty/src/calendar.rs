//! Calendar arithmetic that stays inside the calendar.
//!
//! A month later is the same day of the month, or that month's last day where there is no such day. At the calendar's far
//! ends (262,000 years away) dates stay put: a rule that can't fail is worth more there than an error nobody can act on.

use chrono::{Datelike, Days, Months, NaiveDate};

pub(crate) fn plus_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

pub(crate) fn minus_months(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN)
}

pub(crate) fn plus_days(date: NaiveDate, days: u32) -> NaiveDate {
    date.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX)
}

pub(crate) fn next_day(date: NaiveDate) -> NaiveDate {
    date.succ_opt().unwrap_or(NaiveDate::MAX)
}

pub(crate) fn previous_day(date: NaiveDate) -> NaiveDate {
    date.pred_opt().unwrap_or(NaiveDate::MIN)
}

pub(crate) fn end_of_month(date: NaiveDate) -> NaiveDate {
    let first_of_next = date.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
    first_of_next.map_or(NaiveDate::MAX, previous_day)
}

pub(crate) fn first_of_year(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MIN)
}

pub(crate) fn last_of_year(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    #[test]
    fn a_month_without_that_day_gives_its_last() {
        assert_eq!(plus_months(day("2026-01-31"), 1), day("2026-02-28"));
        assert_eq!(plus_months(day("2028-02-29"), 12), day("2029-02-28"));
        assert_eq!(minus_months(day("2026-03-31"), 1), day("2026-02-28"));
    }

    #[test]
    fn a_month_ends_on_its_last_day() {
        assert_eq!(end_of_month(day("2026-12-01")), day("2026-12-31"));
        assert_eq!(end_of_month(day("2028-02-29")), day("2028-02-29"));
        assert_eq!(end_of_month(day("2027-02-01")), day("2027-02-28"));
    }

    #[test]
    fn the_far_ends_of_the_calendar_hold() {
        assert_eq!(plus_months(NaiveDate::MAX, 1), NaiveDate::MAX);
        assert_eq!(minus_months(NaiveDate::MIN, 1), NaiveDate::MIN);
        assert_eq!(plus_days(NaiveDate::MAX, 1), NaiveDate::MAX);
        assert_eq!(next_day(NaiveDate::MAX), NaiveDate::MAX);
        assert_eq!(previous_day(NaiveDate::MIN), NaiveDate::MIN);
        assert_eq!(end_of_month(NaiveDate::MAX), NaiveDate::MAX);
    }
}
