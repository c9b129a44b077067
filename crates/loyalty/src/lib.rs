//! The programme's rules as pure functions over plain types: what a purchase earns, when points post and expire, which
//! points are spent first, what a refund takes back, what can happen to a reservation, which tier she holds and why. No I/O, no clock: "today" is always a
//! parameter.
//!
//! Dates are calendar dates in the programme's time zone. Points are integers. Money is integer minor units of the
//! programme's one currency; parameters that carry it end in `_minor` or are called `amount`.
//!
//! Architecture invariant: nothing here knows the wire (`contract`) or the database (`storage`). Identifiers are type
//! parameters, so that the rules can be tested with plain numbers.

mod calendar;
pub mod currency;
pub mod earn;
pub mod ledger;
pub mod lot;
pub mod programme;
mod programme_file;
pub mod refund;
pub mod reservation;
#[cfg(test)]
mod testing;
pub mod tier;

pub use currency::Currency;
pub use programme::{Programme, Texts};
pub use programme_file::ProgrammeError;
