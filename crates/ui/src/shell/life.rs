//! What a screen has under way, given up when it closes.

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use web_sys::AbortController;

/// What a screen has under way.
#[derive(Clone, Default)]
pub(super) struct Life(Rc<Inner>);

#[derive(Default)]
struct Inner {
    over: Cell<bool>,
    last: Cell<u32>,
    under_way: RefCell<Vec<(u32, UnderWay)>>,
}

/// Something that can be given up.
pub(super) enum UnderWay {
    /// A request.
    Request(AbortController),
    /// A wait.
    Wait(TimeoutHandle),
    /// Something that is closed so.
    Open(Box<dyn FnOnce()>),
}

impl Life {
    /// The screen has closed.
    pub fn is_over(&self) -> bool {
        self.0.over.get()
    }

    /// Something has begun; the number is for [`Life::done`].
    pub fn begun(&self, what: UnderWay) -> u32 {
        let number = self.0.last.get() + 1;
        self.0.last.set(number);
        self.0.under_way.borrow_mut().push((number, what));
        number
    }

    /// It is done.
    pub fn done(&self, number: u32) {
        self.0.under_way.borrow_mut().retain(|(other, _)| *other != number);
    }

    /// The screen closes.
    pub fn end(&self) {
        self.0.over.set(true);
        for (_, what) in self.0.under_way.take() {
            match what {
                UnderWay::Request(controller) => controller.abort(),
                UnderWay::Wait(handle) => handle.clear(),
                UnderWay::Open(close) => close(),
            }
        }
    }
}
