//! The counter's and the service desk's own application: what is to be put aside, who comes to fetch what, what is there, and
//! what may be promised to somebody on the telephone.
//!
//! Two rules run through all of it. Whoever looks at a figure can't promise a unit by it: only a hold does (P2). And a unit that
//! is not the one reserved changes nothing (P4).

pub mod attention;
pub mod camera;
pub mod chrome;
pub mod exchange;
pub mod hold;
mod lock;
pub mod not_found;
pub mod pickup;
pub mod reservation;
pub mod route;
pub mod sign_in;
pub mod standing;
pub mod stock;
#[cfg(test)]
mod testing;
pub mod today;
mod trouble;
pub mod unit;
pub mod work;

pub use chrome::OnDuty;
pub use route::Route;
