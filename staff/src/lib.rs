//! The counter's and the service desk's application: draws the view models of [`screens::staff`] with Leptos, and runs their
//! effects in a browser.
//!
//! Architecture invariant: nothing here computes a figure or words a sentence. A page is a pure function from a view model to
//! markup.

#[cfg(feature = "csr")]
pub mod app;
#[cfg(feature = "csr")]
mod camera;
mod components;
mod frame;
mod pages;
#[cfg(feature = "ssr")]
pub mod paper;
