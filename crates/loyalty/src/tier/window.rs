//! Which purchases count together on a day.

use chrono::{Datelike, NaiveDate};

use crate::calendar::{first_of_year, last_of_year, minus_months, next_day, plus_days, plus_months, previous_day};
use crate::programme::WindowKind;

/// The first and the last day whose purchases count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Counted.
    pub from: NaiveDate,
    /// Counted.
    pub to: NaiveDate,
}

impl Window {
    /// Whether a purchase of that day counts.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }
}

/// The window of a day: the months up to it (the same day that many months ago is out), or its calendar year.
pub fn window_of(kind: WindowKind, day: NaiveDate) -> Window {
    match kind {
        WindowKind::Rolling { months } => Window { from: next_day(minus_months(day, months)), to: day },
        WindowKind::CalendarYear => Window { from: first_of_year(day.year()), to: last_of_year(day.year()) },
    }
}

/// The last day whose window counts a purchase of that day.
pub fn counts_until(kind: WindowKind, purchased_on: NaiveDate) -> NaiveDate {
    match kind {
        // Going back months from the end of a long month lands on the end of a short one, so going forward does not undo
        // it. Search back from a day that is surely too late; it takes two or three steps.
        WindowKind::Rolling { months } => {
            let mut day = plus_days(plus_months(purchased_on, months), 3);
            while day > purchased_on && !window_of(kind, day).contains(purchased_on) {
                day = previous_day(day);
            }
            day
        }
        WindowKind::CalendarYear => last_of_year(purchased_on.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::day;

    const YEAR: WindowKind = WindowKind::Rolling { months: 12 };

    #[test]
    fn a_rolling_window_leaves_out_the_day_a_year_ago() {
        let window = window_of(YEAR, day("2026-11-22"));
        assert_eq!(window, Window { from: day("2025-11-23"), to: day("2026-11-22") });
        assert!(!window.contains(day("2025-11-22")) && window.contains(day("2025-11-23")));
        assert!(window.contains(day("2026-11-22")) && !window.contains(day("2026-11-23")));
        assert_eq!(window_of(WindowKind::Rolling { months: 1 }, day("2026-03-31")).from, day("2026-03-01"));
    }

    #[test]
    fn a_calendar_year_is_one() {
        let window = window_of(WindowKind::CalendarYear, day("2026-11-22"));
        assert_eq!(window, Window { from: day("2026-01-01"), to: day("2026-12-31") });
        assert_eq!(counts_until(WindowKind::CalendarYear, day("2026-02-03")), day("2026-12-31"));
    }

    #[test]
    fn a_purchase_counts_until_the_day_before_its_anniversary() {
        assert_eq!(counts_until(YEAR, day("2025-11-23")), day("2026-11-22"));
        assert_eq!(counts_until(YEAR, day("2028-02-29")), day("2029-02-28"));
        assert_eq!(counts_until(YEAR, day("2027-03-01")), day("2028-02-29"));
    }

    #[test]
    fn counting_until_and_the_window_agree_on_every_day() {
        for months in [1, 2, 6, 12, 13, 24] {
            let kind = WindowKind::Rolling { months };
            let mut purchased_on = day("2026-12-25");
            while purchased_on < day("2029-03-05") {
                let last = counts_until(kind, purchased_on);
                assert!(window_of(kind, last).contains(purchased_on), "{months} {purchased_on}");
                for late in 1..=3 {
                    assert!(!window_of(kind, plus_days(last, late)).contains(purchased_on), "{months} {purchased_on}");
                }
                purchased_on = next_day(purchased_on);
            }
        }
    }
}
