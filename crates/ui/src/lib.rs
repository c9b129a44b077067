//! What the front ends share: the shell that runs the effects of [`screens`] in a browser, and the pieces their pages are made of.
//!
//! Architecture invariant: nothing here knows a page or an address of one front end. What differs between them is said once, at
//! the start ([`shell::FrontEnd`]).

pub mod components;
pub mod intent;
#[cfg(feature = "csr")]
pub mod shell;
