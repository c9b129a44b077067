//! How long until another code may be asked for.

use contract::Instant;

use super::Event;
use crate::effect::Effect;
use crate::env::Env;

/// Seconds during which something can't be asked for again.
#[derive(Debug, Default)]
pub(super) struct Wait {
    /// Seconds left at the last tick.
    pub left: u32,
    /// When it is over, by the server's clock.
    until: Option<Instant>,
    /// What may not be done meanwhile.
    kind: WaitFor,
    /// A tick is on its way.
    ticking: bool,
}

#[derive(Debug, Default, PartialEq)]
pub(super) enum WaitFor {
    /// Another code.
    #[default]
    Resend,
    /// Anything: the server said too many.
    All,
}

impl Wait {
    /// Nothing need be waited for.
    pub fn is_over(&self) -> bool {
        self.left == 0
    }

    /// Nothing at all may be asked for.
    pub fn blocks_all(&self) -> bool {
        self.left > 0 && self.kind == WaitFor::All
    }

    /// Begins, in place of what was waited for before.
    pub fn begin(&mut self, kind: WaitFor, seconds: u32, env: &Env) -> Vec<Effect<Event>> {
        self.kind = kind;
        self.left = seconds;
        self.until = env
            .clock
            .and_then(|clock| Instant::from_unix_seconds(clock.now.unix_seconds().saturating_add(i64::from(seconds))));
        if self.ticking || seconds == 0 {
            return Vec::new();
        }
        self.ticking = true;
        vec![Effect::Wait(1000, Event::Tick)]
    }

    /// A second went by.
    pub fn tick(&mut self, env: &Env) -> Vec<Effect<Event>> {
        // A phone that slept ticks late: by the clock, if there is one.
        let by_clock = self
            .until
            .zip(env.clock)
            .map(|(until, clock)| u32::try_from((until.unix_seconds() - clock.now.unix_seconds()).max(0)).unwrap_or(0));
        self.left = self.left.saturating_sub(1).min(by_clock.unwrap_or(u32::MAX));
        self.ticking = self.left > 0;
        if self.ticking { vec![Effect::Wait(1000, Event::Tick)] } else { Vec::new() }
    }
}
