//! What a screen may know of the world.

use catalogue::Locale;
use contract::{Date, Instant};

/// What a screen may know of the world.
#[derive(Clone, Debug, PartialEq)]
pub struct Env {
    /// The member's language.
    pub locale: Locale,
    /// The brand's name in her language.
    pub brand: String,
    /// The server's clock; `None` before the first answer of the server.
    pub clock: Option<Clock>,
    /// How the portal is set up on this device.
    pub appearance: Appearance,
    /// Whether an answer meant for a member has come in this run: a 401 after that is a session that has ended.
    pub signed_in: bool,
    /// Whether a member can have a code read by the camera here.
    pub can_scan: bool,
}

/// The server's clock, carried on by the device's monotonic one, never by the device's idea of the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Now.
    pub now: Instant,
    /// The programme's offset from UTC, minutes to the east.
    pub utc_offset_minutes: i32,
}

impl Clock {
    /// Of a `Programme-Time`: `2026-11-22T09:41:07+08:00`. `None` for a text of another form.
    pub fn parse(programme_time: &str) -> Option<Self> {
        let (local, offset) = (programme_time.get(..19)?, programme_time.get(19..)?);
        let east = match offset.as_bytes().first()? {
            b'+' => 1,
            b'-' => -1,
            _ => return None,
        };
        let (hours, minutes) = offset.get(1..)?.split_once(':')?;
        // Small numbers: what is computed with an offset can't leave the calendar.
        let utc_offset_minutes =
            east * (i32::from(hours.parse::<u8>().ok()?) * 60 + i32::from(minutes.parse::<u8>().ok()?));
        let mut text = String::from(local);
        text.push('Z');
        let local: Instant = text.parse().ok()?;
        let now = Instant::from_unix_seconds(local.unix_seconds() - i64::from(utc_offset_minutes) * 60)?;
        Some(Self { now, utc_offset_minutes })
    }

    /// What it says so many seconds later.
    #[must_use]
    pub fn after(self, seconds: i64) -> Self {
        let now = Instant::from_unix_seconds(self.now.unix_seconds().saturating_add(seconds)).unwrap_or(self.now);
        Self { now, ..self }
    }

    /// The date where the programme is.
    pub fn today(self) -> Date {
        self.now.at_offset(self.utc_offset_minutes).0
    }
}

/// How the portal is set up on this device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    /// Light, dark, or as the device.
    pub theme: Theme,
    /// For older members.
    pub large_text: bool,
}

/// Light, dark, or as the device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the device.
    #[default]
    Device,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_programme_time_gives_the_instant_and_the_offset() {
        let clock = Clock::parse("2026-11-22T00:41:07+08:00").unwrap();
        assert_eq!(clock.now.to_string(), "2026-11-21T16:41:07Z");
        assert_eq!(clock.utc_offset_minutes, 480);
        assert_eq!(clock.today().to_string(), "2026-11-22");
        assert_eq!(clock.after(24 * 3600).today().to_string(), "2026-11-23");
        assert_eq!(Clock::parse("2026-11-22T00:41:07-03:30").unwrap().utc_offset_minutes, -210);
        for text in [
            "",
            "2026-11-22",
            "2026-11-22T00:41:07Z",
            "2026-11-22T00:41:07*08:00",
            "2026-11-22T00:41:07+0800",
            "2026-11-22T00:41:07+-8:00",
            "2026-11-22T00:41:07+99999999:00",
        ] {
            assert_eq!(Clock::parse(text), None, "{text}");
        }
    }
}
