//! The pulse of a page that keeps itself up to date while she looks at it, and rests while she does not.

use crate::effect::Effect;

/// Milliseconds between two looks: soon enough for somebody who waits for a page to turn green, and three small requests a minute.
const PACE: u32 = 20_000;

/// The pulse of a page.
#[derive(Debug)]
pub(crate) struct Pulse {
    /// She looks at the page.
    seen: bool,
    /// A beat is on its way.
    beating: bool,
}

impl Pulse {
    /// At rest, on a page that has just been opened.
    pub fn new() -> Self {
        Self { seen: true, beating: false }
    }

    /// The next beat, unless one is on its way or nobody looks.
    pub fn beat<E>(&mut self, event: E) -> Option<Effect<E>> {
        if self.beating || !self.seen {
            return None;
        }
        self.beating = true;
        Some(Effect::Wait(PACE, event))
    }

    /// A beat. Whether to ask for news: not if nobody looks.
    pub fn has_beaten(&mut self) -> bool {
        self.beating = false;
        self.seen
    }

    /// She looks at the page, or away. Whether to ask for news now.
    pub fn looks(&mut self, seen: bool) -> bool {
        let before = core::mem::replace(&mut self.seen, seen);
        seen && !before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_beats_only_while_somebody_looks() {
        let mut pulse = Pulse::new();
        assert!(matches!(pulse.beat(()), Some(Effect::Wait(20_000, ()))));
        assert!(pulse.beat(()).is_none(), "one beat at a time");
        assert!(!pulse.looks(false));
        assert!(!pulse.has_beaten(), "nobody looks");
        assert!(pulse.beat(()).is_none());
        assert!(pulse.looks(true), "she is back");
        assert!(!pulse.looks(true), "once");
        assert!(pulse.beat(()).is_some());
        assert!(pulse.has_beaten());
    }
}
