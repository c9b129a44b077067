//! Instants and calendar dates as they travel.
//!
//! chrono's own parser and formatter are not used: they cost a phone 5 KB of wasm (brotli) for two fixed forms.

use core::fmt;
use core::str::FromStr;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A calendar date in the programme's time zone, `YYYY-MM-DD`. Deadlines and expiry are dates, never instants, so that a
/// travelling member sees the same one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = Date))]
pub struct Date(pub NaiveDate);

/// An instant in UTC, RFC 3339 with `Z`, to the second: `2026-11-22T01:41:07Z`. Finer fractions are accepted and dropped.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, format = DateTime))]
pub struct Instant(pub DateTime<Utc>);

/// The text is not a date or an instant of the form this contract fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("malformed date")
    }
}

impl std::error::Error for Malformed {}

impl Date {
    /// `None` where the calendar has no such day.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }
    /// The year in the Gregorian calendar.
    pub fn year(self) -> i32 {
        self.0.year()
    }
    /// 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }
    /// 1 to 31.
    pub fn day(self) -> u32 {
        self.0.day()
    }
    /// Whole days from `other` to this date; negative if this date is earlier.
    pub fn days_since(self, other: Self) -> i64 {
        (self.0 - other.0).num_days()
    }
    /// This date `days` later; stays at the calendar's last day if it would leave it.
    pub fn plus_days(self, days: u64) -> Self {
        Self(self.0.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX))
    }
    /// The same day of the month `months` later, or that month's last day.
    pub fn plus_months(self, months: u32) -> Self {
        Self(self.0.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX))
    }
}

impl Instant {
    /// `None` outside chrono's calendar.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        DateTime::from_timestamp(seconds, 0).map(Self)
    }
    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(self) -> i64 {
        self.0.timestamp()
    }
    /// The date and the time of day (hour, minute) at `offset_minutes` east of UTC.
    pub fn at_offset(self, offset_minutes: i32) -> (Date, u32, u32) {
        let local = self.0.naive_utc() + TimeDelta::minutes(i64::from(offset_minutes));
        (Date(local.date()), local.hour(), local.minute())
    }
}

fn two(digits: &[u8]) -> Result<u32, Malformed> {
    number(digits, 2)
}

fn number(digits: &[u8], length: usize) -> Result<u32, Malformed> {
    if digits.len() != length {
        return Err(Malformed);
    }
    digits.iter().try_fold(0, |sum, digit| match digit {
        b'0'..=b'9' => Ok(sum * 10 + u32::from(digit - b'0')),
        _ => Err(Malformed),
    })
}

impl FromStr for Date {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(Malformed);
        }
        let year = i32::try_from(number(&bytes[..4], 4)?).map_err(|_| Malformed)?;
        Self::from_ymd(year, two(&bytes[5..7])?, two(&bytes[8..])?).ok_or(Malformed)
    }
}

impl FromStr for Instant {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let bytes = text.strip_suffix('Z').ok_or(Malformed)?.as_bytes();
        if bytes.len() < 19 || bytes[10] != b'T' || bytes[13] != b':' || bytes[16] != b':' {
            return Err(Malformed);
        }
        if let [b'.', fraction @ ..] = &bytes[19..] {
            if fraction.is_empty() || !fraction.iter().all(u8::is_ascii_digit) {
                return Err(Malformed);
            }
        } else if bytes.len() > 19 {
            return Err(Malformed);
        }
        let date: Date = text.get(..10).ok_or(Malformed)?.parse()?;
        let time = date.0.and_hms_opt(two(&bytes[11..13])?, two(&bytes[14..16])?, two(&bytes[17..19])?);
        Ok(Self(time.ok_or(Malformed)?.and_utc()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.0.naive_utc();
        write!(f, "{}T{:02}:{:02}:{:02}Z", Date(time.date()), time.hour(), time.minute(), time.second())
    }
}

// The debug form is the wire form: what a failing test prints can be pasted into a request.
impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

struct Text<T>(core::marker::PhantomData<T>);

impl<T: FromStr> de::Visitor<'_> for Text<T> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date")
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(|_| E::custom("malformed date"))
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text(core::marker::PhantomData))
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text(core::marker::PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_survives_its_text() {
        for text in ["2026-11-22", "2024-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn an_instant_survives_its_text_to_the_second() {
        let instant: Instant = "2026-11-22T16:38:07.123456Z".parse().unwrap();
        assert_eq!(instant.to_string(), "2026-11-22T16:38:07Z");
        assert_eq!(Instant::from_unix_seconds(instant.unix_seconds()), Some("2026-11-22T16:38:07Z".parse().unwrap()));
        assert_eq!(instant.at_offset(480), ("2026-11-23".parse().unwrap(), 0, 38));
    }

    #[test]
    fn what_is_not_of_the_form_is_refused() {
        for text in ["", "2026-1-1", "2026-02-30", "2026/02/03", "20260203", "２０２６-02-03", "2026-11-2x"] {
            assert_eq!(text.parse::<Date>(), Err(Malformed), "{text}");
        }
        for text in [
            "2026-11-22",
            "2026-11-22T16:38:07",
            "2026-11-22T16:38:07+08:00",
            "2026-11-22T16:38:07.Z",
            "2026-11-22T25:00:00Z",
        ] {
            assert_eq!(text.parse::<Instant>(), Err(Malformed), "{text}");
        }
    }
}
