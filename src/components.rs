//! Pieces of pages: each draws a part of a view model, and sends intent. Those of members alone stand here.

pub(crate) mod bar;
pub(crate) mod barcode;
pub(crate) mod card;
pub(crate) mod pick;
pub(crate) mod plain;
pub(crate) mod ring;
pub(crate) mod timeline;
pub(crate) mod tone;
pub(crate) mod variant;
pub(crate) mod venue;

pub(crate) use ui::components::{body, button, field, icon, notice, rows, text, trouble};
