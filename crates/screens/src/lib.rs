//! One state machine a screen, shared by the portal and the mini-program.
//!
//! Architecture invariant: nothing here does I/O, reads a clock or draws randomness; what a screen needs from outside it
//! asks for as an [`Effect`] and hears of as an event. View models carry final strings and decisions: a shell computes
//! nothing and words nothing.

#![allow(
    clippy::large_enum_variant,
    reason = "an event lives for one call and a view for one drawing: boxes would cost a phone code and save it nothing"
)]

pub mod card;
pub mod chrome;
mod document;
pub mod effect;
pub mod env;
pub mod failure;
pub mod format;
pub mod gift;
pub mod gifts;
pub mod home;
pub mod join;
mod load;
pub mod me;
pub mod not_found;
mod paged;
pub mod pass;
pub mod picker;
mod plain;
pub mod points;
pub mod preferences;
pub mod profile;
pub mod programme;
pub mod progress;
mod pulse;
pub mod relocate;
pub mod reservation;
pub mod reservations;
pub mod route;
pub mod sign_in;
mod skin;
pub mod staff;
pub mod standing;
#[cfg(test)]
mod testing;
pub mod tier;
mod timeline;
mod trouble;
pub mod variant;
pub mod venue;
pub mod view;
#[cfg(test)]
mod walk_tests;
mod wish;

pub use effect::{Effect, Fresh, Located, Navigation, Purpose, Reply, Request, Scanned, Setting, Signal};
pub use env::{Clock, Env};
pub use failure::Failure;
pub use route::Route;

/// A screen: events in, effects out, and a view at any time.
pub trait Screen: Sized + 'static {
    /// What its address says.
    type Params;
    /// What can happen on it. A member's screens can have what she does sent to them by name (serde); what the shell answers can't be sent so.
    type Event: 'static;
    /// Final strings and decisions; nothing left to compute. Serialised by serde for shells that are not written in Rust.
    type View: Clone + PartialEq + 'static;

    /// Opens the screen, and says what to do first.
    fn open(params: Self::Params, env: &Env) -> (Self, Vec<Effect<Self::Event>>);
    /// Takes in what happened, and says what to do about it.
    fn update(&mut self, event: Self::Event, env: &Env) -> Vec<Effect<Self::Event>>;
    /// What to draw now.
    fn view(&self, env: &Env) -> Self::View;
}
