//! Pieces of pages: each draws a part of a view model, and sends intent.

pub mod body;
pub mod button;
pub mod field;
pub mod icon;
pub mod notice;
pub mod rows;
pub mod text;
pub mod trouble;
pub mod variant;
