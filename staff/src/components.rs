//! Pieces of the staff's pages.

pub(crate) mod goods;
pub(crate) mod summary;
pub(crate) mod unit;
pub(crate) mod work;
