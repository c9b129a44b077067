//! The server's clock, carried on by the device's.

use screens::Clock;

/// What the server's clock said, and when.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    clock: Clock,
    /// Of the device, milliseconds.
    at: f64,
}

impl Reading {
    /// Of a `Programme-Time` that came at `at`; `None` if it can't be read.
    pub fn of(programme_time: &str, at: f64) -> Option<Self> {
        Some(Self { clock: Clock::parse(programme_time)?, at })
    }

    /// The server's clock at `at`. A device whose date was set back in between does not turn it back.
    pub fn now(self, at: f64) -> Clock {
        // WeChat has no monotonic clock; every answer of the server sets this one right again.
        self.clock.after(((at - self.at) / 1000.0).max(0.0) as i64)
    }
}
