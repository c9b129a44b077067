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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device.
    #[default]
    Device,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}
