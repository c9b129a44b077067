//! The server's clock, carried on by the device's.

use screens::Clock;

/// So much time passes at most between two requests, in milliseconds: a day. What looks like more is a device whose date was changed, or so
/// long a rest that the server is asked again anyway.
const LONGEST: f64 = 86_400_000.0;

/// What the server's clock said, and how much time has passed since.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    clock: Clock,
    /// Milliseconds.
    passed: f64,
    /// The device's clock when that was last counted, milliseconds.
    at: f64,
}

impl Reading {
    /// Of a `Programme-Time` that came at `at`; `None` if it can't be read.
    pub fn of(programme_time: &str, at: f64) -> Option<Self> {
        Some(Self { clock: Clock::parse(programme_time)?, passed: 0.0, at })
    }

    /// The device's clock says `at` now. WeChat has no monotonic clock: one whose date was set back counts as stopped for this once.
    pub fn go_on(&mut self, at: f64) {
        self.passed += (at - self.at).clamp(0.0, LONGEST);
        self.at = at;
    }

    /// The server's clock.
    pub fn now(self) -> Clock {
        self.clock.after((self.passed / 1000.0) as i64)
    }
}
