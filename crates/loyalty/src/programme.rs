//! The programme: the brand's rules, read once at start and never changed while the server runs.
//!
//! Whoever holds a [`Programme`] holds a valid one: it only comes from [`Programme::parse`], which refuses a file that
//! contradicts itself. The brand's name is not in it; that belongs to the look.

use chrono::{DateTime, MappedLocalTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::currency::Currency;
use crate::programme_file::{self, ProgrammeError};
use crate::reservation;

/// The same text in every language the programme speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    /// 简体中文
    pub zh_cn: String,
    /// English
    pub en: String,
}

/// The brand's rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Programme {
    /// What the programme is, in a sentence or two.
    pub summary: Texts,
    /// Where its calendar dates begin and end.
    pub time_zone: Tz,
    /// The one currency of every amount.
    pub currency: Currency,
    /// How points are earned.
    pub earn: Earn,
    /// How points expire.
    pub expiry: Expiry,
    /// What counts towards a tier, and for how long a tier is hers.
    pub window: TierWindow,
    /// How reservations are held.
    pub reservation: reservation::Rules,
    /// From the first to the top; never empty. The first begins at zero and is never lost.
    pub tiers: Vec<Tier>,
    /// Every rule in words.
    pub clauses: Vec<Clause>,
    /// What she is asked to agree to when she joins; at least one of them is required.
    pub consents: Vec<Consent>,
}

/// How points are earned: `points` for each `per_minor`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earn {
    /// So many points …
    pub points: u32,
    /// … for each of these, minor units, more than zero.
    pub per_minor: i64,
    /// Days from the purchase to posting.
    pub pending_days: u32,
}

/// How points expire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiry {
    /// Months after the purchase; `None` if points never expire.
    pub months: Option<u32>,
    /// Whether the date moves to the end of its month.
    pub end_of_month: bool,
    /// Points expire only if she was told at least so many days before.
    pub notice_days: u32,
}

/// What counts towards a tier, and for how long a tier is hers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierWindow {
    /// Which purchases count together.
    pub kind: WindowKind,
    /// Months a tier is hers once reached or kept, to the end of a month.
    pub term_months: u32,
    /// Days after the term in which she may still keep it.
    pub grace_days: u32,
}

/// Which purchases count together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowKind {
    /// Those of the last so many months up to the day in question.
    Rolling {
        /// At least one.
        months: u32,
    },
    /// Those of the calendar year of the day in question.
    CalendarYear,
}

impl WindowKind {
    /// As on the wire: `rolling` or `calendar-year`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Rolling { .. } => "rolling",
            Self::CalendarYear => "calendar-year",
        }
    }

    /// How many months count together; 12 for the calendar year.
    pub const fn months(self) -> u32 {
        match self {
            Self::Rolling { months } => months,
            Self::CalendarYear => 12,
        }
    }
}

/// One tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// Stable: `pearl`, `gold`. Also names the material in the brand's look.
    pub id: String,
    /// What the member calls it.
    pub name: Texts,
    /// Spend in the window at which it begins, minor units; zero for the first.
    pub threshold_minor: i64,
    /// Spend in the window at which it is kept for another term, minor units; at most the threshold.
    pub keep_minor: i64,
    /// Points multiplier in hundredths: 125 is 1.25 times.
    pub multiplier_percent: u32,
    /// One line each.
    pub benefits: Vec<Texts>,
}

/// A rule in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Stable: `tier-window`.
    pub id: String,
    /// Counts up with every change of the text.
    pub version: u32,
    /// In force since.
    pub since: NaiveDate,
    /// A heading.
    pub title: Texts,
    /// The rule.
    pub text: Texts,
}

/// What she is asked to agree to; each one on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Stable: `terms`, `marketing-sms`.
    pub id: String,
    /// Counts up with every change of the text.
    pub version: u32,
    /// Without it there is no membership.
    pub required: bool,
    /// A heading.
    pub title: Texts,
    /// What she agrees to.
    pub text: Texts,
}

impl Programme {
    /// Reads a programme file, and refuses one that is malformed, incomplete or contradicts itself, saying where.
    pub fn parse(text: &str) -> Result<Self, ProgrammeError> {
        programme_file::parse(text)
    }

    /// The calendar date there at an instant.
    pub fn date_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.time_zone).date_naive()
    }

    /// The instant of a time of day there. Where the clocks go forward over it, an hour later; where they go back over it,
    /// the first of the two.
    pub fn instant_of(&self, date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        let local = date.and_time(time);
        match self.time_zone.from_local_datetime(&local) {
            MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => at.with_timezone(&Utc),
            MappedLocalTime::None => {
                let later = local.checked_add_signed(TimeDelta::hours(1)).unwrap_or(local);
                self.time_zone
                    .from_local_datetime(&later)
                    .earliest()
                    .map_or_else(|| local.and_utc(), |at| at.with_timezone(&Utc))
            }
        }
    }

    /// The position of a tier by its id.
    pub fn tier_index(&self, id: &str) -> Option<usize> {
        self.tiers.iter().position(|tier| tier.id == id)
    }

    /// A clause by its id.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{day, programme};

    fn at(text: &str) -> DateTime<Utc> {
        chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap().and_utc()
    }

    #[test]
    fn the_date_is_the_programmes_not_the_phones() {
        let mut programme = programme();
        assert_eq!(programme.date_of(at("2026-11-22T15:59")), day("2026-11-22"));
        assert_eq!(programme.date_of(at("2026-11-22T16:00")), day("2026-11-23"));
        programme.time_zone = Tz::America__Los_Angeles;
        assert_eq!(programme.date_of(at("2026-11-22T16:00")), day("2026-11-22"));
    }

    #[test]
    fn an_instant_of_a_day_is_on_that_day() {
        let mut programme = programme();
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap();
        assert_eq!(programme.instant_of(day("2026-11-22"), noon), at("2026-11-22T04:00"));
        // Clocks there went from 02:00 to 03:00 on that day.
        programme.time_zone = Tz::America__Los_Angeles;
        let half_past_two = NaiveTime::from_hms_opt(2, 30, 0).unwrap();
        let instant = programme.instant_of(day("2026-03-08"), half_past_two);
        assert_eq!(instant, at("2026-03-08T10:30"));
        assert_eq!(programme.date_of(instant), day("2026-03-08"));
    }

    #[test]
    fn tiers_and_clauses_are_found_by_id() {
        let programme = programme();
        assert_eq!(programme.tier_index("gold"), Some(2));
        assert_eq!(programme.tier_index("diamond"), None);
        assert!(programme.clause("tier-window").is_some());
        assert_eq!(programme.clause("none"), None);
    }
}
