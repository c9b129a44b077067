//! Locked for a while, after too many wrong tries.

use contract::{Code, Instant};

use crate::env::Env;
use crate::failure::Failure;

/// Locked until then, by the server's clock.
#[derive(Debug)]
pub(crate) struct Lock {
    /// `None` as long as there is no clock of the server's: then only the seconds are counted.
    pub until: Option<Instant>,
    /// Seconds left at the last tick.
    pub left: u32,
}

/// How long a lock may last that came without a time, seconds: until the next try is worth it.
const UNSAID: u32 = 60;

impl Lock {
    /// The lock that `failure` speaks of, if it is one with this code.
    pub fn of(failure: &Failure, code: Code, env: &Env) -> Option<Self> {
        let Failure::Refused(problem) = failure else { return None };
        let left = problem.retry_after.unwrap_or(UNSAID);
        let until = env.clock.map(|clock| clock.after(left.into()).now);
        (failure.code() == Some(code) && left > 0).then_some(Self { until, left })
    }

    /// A second went by. Whether it is still locked.
    pub fn tick(&mut self, env: &Env) -> bool {
        // A tablet that slept ticks late: by the clock, if there is one.
        let by_clock = self
            .until
            .zip(env.clock)
            .map(|(until, clock)| u32::try_from((until.unix_seconds() - clock.now.unix_seconds()).max(0)).unwrap_or(0));
        self.left = self.left.saturating_sub(1).min(by_clock.unwrap_or(u32::MAX));
        self.left > 0
    }
}
