//! Pieces of pages: each draws a part of a view model, and sends intent.

pub(crate) mod barcode;
pub(crate) mod body;
pub(crate) mod button;
pub(crate) mod card;
pub(crate) mod field;
pub(crate) mod icon;
pub(crate) mod notice;
pub(crate) mod plain;
pub(crate) mod ring;
pub(crate) mod rows;
pub(crate) mod text;
pub(crate) mod timeline;
pub(crate) mod trouble;
