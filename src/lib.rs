//! The portal: draws the view models of [`screens`] with Leptos, and runs their effects in a browser.
//!
//! Architecture invariant: nothing here computes a figure or words a sentence. A page is a pure function from a view
//! model to markup, so that the server can draw the very same page as text ([`first`]).

#[cfg(feature = "csr")]
pub mod app;
mod components;
#[cfg(feature = "ssr")]
pub mod first;
mod frame;
#[cfg(feature = "csr")]
mod lazy;
mod pages;

use ui::intent;
#[cfg(feature = "csr")]
use ui::shell;
