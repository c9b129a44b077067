//! The pages: each draws one view model.

mod attention;
mod hold;
mod not_found;
#[cfg(feature = "csr")]
pub(crate) mod open;
mod pickup;
mod reservation;
mod sign_in;
mod stock;
mod today;
