//! The one place that reads the real clock and draws real randomness.
#![allow(clippy::disallowed_methods, reason = "everybody else takes them as parameters")]

use chrono::{DateTime, Utc};

use crate::clock::Clock;
use crate::entropy::{Entropy, Exhausted};

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Exhausted> {
        getrandom::fill(bytes).map_err(|_| Exhausted)
    }
}
