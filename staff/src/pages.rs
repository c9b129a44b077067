//! The pages: each draws one view model.

mod not_found;
#[cfg(feature = "csr")]
pub(crate) mod open;
mod pickup;
mod reservation;
mod sign_in;
mod today;
