//! Pages: each a pure function from its screen's view model to markup.

pub(crate) mod card;
pub(crate) mod gift;
pub(crate) mod gifts;
pub(crate) mod home;
pub(crate) mod join;
pub(crate) mod me;
pub(crate) mod not_found;
#[cfg(feature = "csr")]
pub(crate) mod open;
pub(crate) mod pass;
pub(crate) mod points;
pub(crate) mod preferences;
pub(crate) mod profile;
pub(crate) mod programme;
pub(crate) mod relocate;
pub(crate) mod reservation;
pub(crate) mod reservations;
pub(crate) mod sign_in;
pub(crate) mod tier;
