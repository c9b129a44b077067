//! The counter's and the service desk's own application: what is to be put aside, who comes to fetch what, what is there, and
//! what may be promised to somebody on the telephone.
//!
//! Two rules run through all of it. Whoever looks at a figure can't promise a unit by it: only a hold does (P2). And a unit that
//! is not the one reserved changes nothing (P4).

pub mod chrome;
pub mod route;
#[cfg(test)]
mod testing;
mod trouble;

pub use chrome::OnDuty;
pub use route::Route;
