//! One file a noun; which route is where stands in [`crate::router`].

pub mod auth;
pub mod card;
pub mod counters;
pub mod gifts;
pub mod health;
pub mod members;
pub mod overview;
pub mod pass;
pub mod points;
pub mod preferences;
pub mod profile;
pub mod programme;
pub mod purchases;
pub mod reservations;
pub mod session;
pub mod staff;
pub mod tier;
pub mod wechat;
