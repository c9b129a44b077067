//! The pages: each draws one view model.

pub(crate) mod attention;
pub(crate) mod hold;
pub(crate) mod not_found;
#[cfg(feature = "csr")]
pub(crate) mod open;
pub(crate) mod pickup;
pub(crate) mod reservation;
pub(crate) mod sign_in;
pub(crate) mod stock;
pub(crate) mod today;
