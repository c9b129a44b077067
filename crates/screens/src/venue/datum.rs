//! GCJ-02, the datum that maps of mainland China are published in. A point of WGS 84 put on one as it is lies some five hundred metres
//! off: the wrong entrance, if not the wrong building.

use core::f64::consts::PI;

use contract::counter::Position;

/// Krasovsky 1940, which the shift is reckoned on: semi-major axis in metres, and first eccentricity squared.
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;

/// The middle of the shift's series, degrees.
const MIDDLE: Position = Position { lat: 35.0, lng: 105.0 };

/// The same point in GCJ-02. Where the shift does not apply it stays where it is.
pub(super) fn gcj_02(point: Position) -> Position {
    let Position { lat, lng } = point;
    if !(72.004..=137.8347).contains(&lng) || !(0.8293..=55.8271).contains(&lat) {
        return point;
    }
    let (x, y) = (lng - MIDDLE.lng, lat - MIDDLE.lat);
    let (north, east) = shift(x, y);
    let radians = lat * PI / 180.0;
    let magic = 1.0 - ECCENTRICITY * radians.sin() * radians.sin();
    let metres_north = AXIS * (1.0 - ECCENTRICITY) / (magic * magic.sqrt()) * PI / 180.0;
    let metres_east = AXIS / magic.sqrt() * radians.cos() * PI / 180.0;
    Position { lat: lat + north / metres_north, lng: lng + east / metres_east }
}

/// Metres to the north and to the east, so many degrees from the middle.
fn shift(x: f64, y: f64) -> (f64, f64) {
    // Waves: how high, and how many degrees half of one is long.
    let waves = |at: f64, waves: [(f64, f64); 2]| -> f64 {
        waves.iter().map(|(height, length)| height * (at * PI / length).sin()).sum::<f64>() * 2.0 / 3.0
    };
    let common = waves(x, [(20.0, 1.0 / 6.0), (20.0, 0.5)]);
    let root = x.abs().sqrt();
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + common
        + waves(y, [(20.0, 1.0), (40.0, 3.0)])
        + waves(y, [(160.0, 12.0), (320.0, 30.0)]);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + common
        + waves(x, [(20.0, 1.0), (40.0, 3.0)])
        + waves(x, [(150.0, 12.0), (300.0, 30.0)]);
    (north, east)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_points_lie_where_maps_of_china_have_them() {
        for (lat, lng, north, east) in [
            (31.177_427_6, 121.527_210_6, 31.175_303_983_646, 121.531_541_859_215),
            (22.543_847, 113.912_316, 22.540_796_131_695, 113.917_176_480_836),
            (39.911_954, 116.377_817, 39.913_345_455_361, 116.384_047_224_557),
        ] {
            let shifted = gcj_02(Position { lat, lng });
            assert!((shifted.lat - north).abs() < 1e-9, "{shifted:?}");
            assert!((shifted.lng - east).abs() < 1e-9, "{shifted:?}");
        }
    }

    #[test]
    fn elsewhere_nothing_is_shifted() {
        for point in [Position { lat: 48.858_4, lng: 2.294_5 }, Position { lat: -33.87, lng: 151.2 }] {
            assert_eq!(gcj_02(point), point);
        }
    }
}
