//! The core as WeChat gets it: JSON in, JSON out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod clock;
mod consent;
mod driver;
mod effects;
mod figures;
mod fixtures;
mod hostile;
mod language;
mod navigation;
mod odd;
mod places;
mod protocol;
#[path = "../../../screens/src/testing/reading.rs"]
#[allow(dead_code, reason = "what is prose is written once, where screens are tested")]
mod reading;
mod session;
mod sign_in;
mod sign_out;
mod somebody_else;
mod start;
