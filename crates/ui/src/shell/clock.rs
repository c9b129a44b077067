//! The server's clock, carried on by the device's monotonic one.

use leptos::prelude::*;
use screens::Clock;

use super::Shell;

/// What the server's clock said, and when.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    clock: Clock,
    /// Milliseconds since the page was opened.
    at: f64,
}

impl Reading {
    /// The server's clock now.
    pub fn now(self) -> Clock {
        self.clock.after(((uptime() - self.at) / 1000.0) as i64)
    }
}

impl Shell {
    /// Takes in a `Programme-Time`; one that can't be read changes nothing.
    pub(super) fn set_clock(self, programme_time: &str) {
        if let Some(clock) = Clock::parse(programme_time) {
            self.clock.set_value(Some(Reading { clock, at: uptime() }));
        }
    }
}

/// Milliseconds since the page was opened; never runs backwards, whatever happens to the device's date.
pub(super) fn uptime() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
