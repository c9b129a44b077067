//! How a page tells its screen what happened.

use std::rc::Rc;

#[cfg(feature = "csr")]
use leptos::prelude::*;

/// Where a page sends its events. Cheap to copy; on paper (drawn by the server) it leads nowhere.
pub struct Intent<E: 'static> {
    #[cfg(feature = "csr")]
    to: StoredValue<Rc<dyn Fn(E)>, LocalStorage>,
    #[cfg(not(feature = "csr"))]
    to: core::marker::PhantomData<fn(E)>,
}

impl<E> Clone for Intent<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Intent<E> {}

#[cfg(feature = "csr")]
impl<E: 'static> Intent<E> {
    /// Leads to `hear`, for as long as the present owner lives.
    pub fn new(hear: Rc<dyn Fn(E)>) -> Self {
        Self { to: StoredValue::new_local(hear) }
    }

    /// Sends `event`. Does nothing once the page has closed.
    pub fn send(self, event: E) {
        if let Some(hear) = self.to.try_get_value() {
            hear(event);
        }
    }
}

#[cfg(not(feature = "csr"))]
impl<E: 'static> Intent<E> {
    /// Leads nowhere.
    pub fn nowhere() -> Self {
        Self { to: core::marker::PhantomData }
    }

    /// Does nothing.
    pub fn send(self, _event: E) {}
}

impl<E: 'static> Intent<E> {
    /// Sends `event()` whenever it is called. Boxed, so that a component is compiled once and not once a page.
    pub fn act(self, event: impl Fn() -> E + 'static) -> Act {
        Rc::new(move || self.send(event()))
    }

    /// Sends `event(value)` whenever it is called with a value.
    pub fn with<T: 'static>(self, event: impl Fn(T) -> E + 'static) -> With<T> {
        Rc::new(move |value| self.send(event(value)))
    }
}

/// Does something.
pub type Act = Rc<dyn Fn()>;
/// Does something with a value.
pub type With<T> = Rc<dyn Fn(T)>;
