//! A counter to go to: where it is, when it is open, and the way there.

mod datum;

use catalogue::Locale;
use contract::counter::{Counter, Position, push_degrees};
use contract::gift::escape;
use serde::Serialize;

use crate::env::Env;
use crate::view::Link;

/// A counter to go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Venue {
    /// Its name.
    pub name: String,
    /// `静安区南京西路 1618 号`
    pub address: String,
    /// `10:00–22:00`
    pub hours: String,
    /// To a map, outside the portal.
    pub way: Link,
    /// Degrees to the north with five decimals, GCJ-02: for a map that is opened by position and not by an address.
    pub latitude: String,
    /// Degrees to the east, likewise.
    pub longitude: String,
}

/// `counter`, with `way` as the words of the link to a map.
pub(crate) fn venue(counter: &Counter, way: &str, env: &Env) -> Venue {
    let Position { lat, lng } = datum::gcj_02(counter.position);
    Venue {
        name: counter.name.clone(),
        address: counter.address.clone(),
        hours: counter.hours.clone(),
        way: Link { label: way.to_owned(), path: map(counter, env) },
        latitude: degrees(lat),
        longitude: degrees(lng),
    }
}

fn degrees(degrees: f64) -> String {
    let mut text = String::new();
    push_degrees(degrees, &mut text);
    text
}

/// A map's address. Both open the app on a phone that has it and a page on one that has not; `geo:` does neither on an iPhone.
fn map(counter: &Counter, env: &Env) -> String {
    let Position { lat, lng } = counter.position;
    let (start, first, second, name, end) = match env.locale {
        Locale::ZhCn => ("https://uri.amap.com/marker?position=", lng, lat, "&name=", "&coordinate=wgs84&callnative=1"),
        Locale::En => ("https://maps.apple.com/?ll=", lat, lng, "&q=", ""),
    };
    let mut path = String::from(start);
    push_degrees(first, &mut path);
    path.push(',');
    push_degrees(second, &mut path);
    path.push_str(name);
    escape(&counter.name, &mut path);
    path.push_str(end);
    path
}

#[cfg(test)]
mod tests {
    use catalogue::Locale::{En, ZhCn};

    use super::*;
    use crate::testing::env;

    #[test]
    fn the_way_there_is_a_map_with_the_counter_on_it() {
        let counter = |lat, lng| Counter {
            id: "k1".to_owned(),
            name: "久光 A&B".to_owned(),
            city: "上海".to_owned(),
            address: "南京西路".to_owned(),
            hours: "10:00–22:00".to_owned(),
            position: Position { lat, lng },
            distance_km: None,
        };
        let zh = venue(&counter(31.223_45, 121.5), "去这里", &env(ZhCn));
        assert_eq!(
            zh.way.path,
            "https://uri.amap.com/marker?position=121.50000,31.22345&name=%E4%B9%85%E5%85%89%20A%26B&coordinate=wgs84&callnative=1"
        );
        let en = venue(&counter(-0.5, -121.000_07), "Way there", &env(En));
        assert_eq!(en.way.path, "https://maps.apple.com/?ll=-0.50000,-121.00007&q=%E4%B9%85%E5%85%89%20A%26B");
        assert_eq!((zh.latitude.as_str(), zh.longitude.as_str()), ("31.22143", "121.50443"), "on a map of China");
        assert_eq!((en.latitude.as_str(), en.longitude.as_str()), ("-0.50000", "-121.00007"));
    }
}
