//! Counters; open to anyone.

use serde::{Deserialize, Serialize};

use crate::list::Page;
use crate::{Endpoint, Id};

/// A counter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counter {
    /// Its identifier.
    pub id: Id,
    /// In the caller's language.
    pub name: String,
    /// In the caller's language.
    pub city: String,
    /// In the caller's language.
    pub address: String,
    /// `10:00–22:00`, the programme's time zone.
    pub hours: String,
    /// Where it is.
    pub position: Position,
    /// From `?near=`, along the great circle; `None` without it.
    #[serde(default)]
    pub distance_km: Option<f64>,
}

/// WGS 84, degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Position {
    /// North is positive.
    pub lat: f64,
    /// East is positive.
    pub lng: f64,
}

/// Every counter, by city and name.
pub fn counters() -> Endpoint<Page<Counter>> {
    Endpoint::get("/counters?limit=100")
}
