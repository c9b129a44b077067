//! What the till, the counters and the service desk may do.

pub mod audit;
pub mod holds;
pub mod pickups;
pub mod purchases;
pub mod record;
pub mod reservations;
pub mod session;
pub mod stock;
