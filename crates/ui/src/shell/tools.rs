//! Effects that only some pages ask for. Those pages bring what runs them, so that the first load need not carry it.

use leptos::prelude::*;
use screens::{Located, Scanned, Signal};

use super::Shell;

/// Gets what came of something, once.
pub type Hear<T> = Box<dyn FnOnce(T)>;
/// Closes what was opened.
pub type Close = Box<dyn FnOnce()>;

/// What runs the effects that only some pages ask for. Without it such an effect does nothing, or answers that it can't.
#[derive(Clone, Copy, Default)]
pub struct Tools {
    /// Opens the camera.
    pub scan: Option<fn(Shell, Hear<Scanned>) -> Close>,
    /// [`super::signal::signal`].
    pub signal: Option<fn(Signal)>,
    /// [`super::clipboard::copy`].
    pub copy: Option<fn(&str, Hear<bool>)>,
    /// [`super::locate::locate`].
    pub locate: Option<fn(Hear<Located>)>,
    /// [`super::pocket::read`].
    pub read_pass: Option<fn(Hear<Option<String>>)>,
    /// [`super::pocket::keep`].
    pub keep_pass: Option<fn(Option<String>)>,
}

impl Shell {
    /// Adds to the tools; before the first screen that needs them is opened.
    pub fn bring(self, add: impl FnOnce(&mut Tools)) {
        self.tools.update_value(add);
    }

    pub(super) fn signal(self, signal: Signal) {
        if let Some(give) = self.tools.get_value().signal {
            give(signal);
        }
    }

    pub(super) fn copy(self, text: &str, hear: Hear<bool>) {
        // Unheard, nothing is said to be copied.
        if let Some(copy) = self.tools.get_value().copy {
            copy(text, hear);
        }
    }

    pub(super) fn locate(self, hear: Hear<Located>) {
        match self.tools.get_value().locate {
            Some(locate) => locate(hear),
            None => hear(Located::Unavailable),
        }
    }

    pub(super) fn read_pass(self, hear: Hear<Option<String>>) {
        match self.tools.get_value().read_pass {
            Some(read) => read(hear),
            None => hear(None),
        }
    }

    pub(super) fn keep_pass(self, text: Option<String>) {
        if let Some(keep) = self.tools.get_value().keep_pass {
            keep(text);
        }
    }
}
