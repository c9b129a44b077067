//! The clock, as a parameter.

use chrono::{DateTime, TimeDelta, Utc};

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// Another clock, moved by a fixed span. It runs on from there.
pub struct Moved<C> {
    /// The clock that is moved.
    pub clock: C,
    /// By how much; negative is back.
    pub by: TimeDelta,
}

impl<C: Clock> Clock for Moved<C> {
    fn now(&self) -> DateTime<Utc> {
        let now = self.clock.now();
        now.checked_add_signed(self.by).unwrap_or(now)
    }
}

/// The text is no span like `+90d` or `-3h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedOffset;

impl core::fmt::Display for MalformedOffset {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("an offset is a sign, a number and d, h, m or s: +90d, -3h")
    }
}

impl std::error::Error for MalformedOffset {}

/// Reads `+90d`, `-3h`, `+15m`, `-30s`.
pub fn offset(text: &str) -> Result<TimeDelta, MalformedOffset> {
    let unit = text.chars().last().ok_or(MalformedOffset)?;
    let number = text.strip_suffix(unit).ok_or(MalformedOffset)?;
    if !number.starts_with(['+', '-']) {
        return Err(MalformedOffset);
    }
    let number: i64 = number.parse().map_err(|_| MalformedOffset)?;
    match unit {
        'd' => TimeDelta::try_days(number),
        'h' => TimeDelta::try_hours(number),
        'm' => TimeDelta::try_minutes(number),
        's' => TimeDelta::try_seconds(number),
        _ => None,
    }
    .ok_or(MalformedOffset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_has_a_sign_and_a_unit() {
        assert_eq!(offset("+90d"), Ok(TimeDelta::days(90)));
        assert_eq!(offset("-3h"), Ok(TimeDelta::hours(-3)));
        for text in ["", "90d", "+d", "+90", "+90y", "+1.5h", "+9223372036854775807d", "+九d"] {
            assert_eq!(offset(text), Err(MalformedOffset), "{text}");
        }
    }
}
