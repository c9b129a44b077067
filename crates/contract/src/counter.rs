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

/// Writes degrees with five decimals, a metre of the earth. By hand: the standard library's way to write such a number costs a phone
/// more than the page that needs it.
pub fn push_degrees(degrees: f64, into: &mut String) {
    let parts = (degrees.abs() * 100_000.0 + 0.5) as u64;
    if degrees < 0.0 && parts > 0 {
        into.push('-');
    }
    into.push_str(&(parts / 100_000).to_string());
    into.push('.');
    // A one in front keeps the zeros behind the point.
    let decimals = (100_000 + parts % 100_000).to_string();
    into.push_str(decimals.get(1..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_written_to_the_metre() {
        for (degrees, text) in [
            (31.223_45, "31.22345"),
            (-0.5, "-0.50000"),
            (121.000_07, "121.00007"),
            (0.0, "0.00000"),
            (-1e-9, "0.00000"),
        ] {
            let mut written = String::new();
            push_degrees(degrees, &mut written);
            assert_eq!(written, text);
        }
    }
}
