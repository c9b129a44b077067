//! The seam between any front end and any back end: what travels over the wire, under which path, and which problems
//! it may come back with.
//!
//! Architecture invariant: this crate knows nothing of storage, of the server or of a browser, and builds for wasm alone.

pub mod auth;
pub mod counter;
pub mod date;
pub mod endpoint;
pub mod gift;
pub mod json;
pub mod list;
pub mod member;
pub mod money;
pub mod overview;
pub mod points;
pub mod problem;
pub mod programme;
pub mod purchase;
pub mod reservation;
pub mod staff;
pub mod tier;
pub mod wechat;

pub use date::{Date, Instant};
pub use endpoint::{Endpoint, Method};
pub use money::Money;
pub use problem::{Code, Problem};

/// An identifier: a UUIDv7 in its text form. Opaque to a front end; the server parses it once at its edge.
pub type Id = String;
