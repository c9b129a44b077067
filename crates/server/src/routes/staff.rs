//! What the till and the service desk may do.

pub mod purchases;
