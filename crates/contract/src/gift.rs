//! Gifts: what points can be exchanged for, and where it is to be had.
//!
//! No stock figure travels naked: each says when it was true and that nothing is held for her. Only a reservation holds.

use serde::{Deserialize, Serialize};

use crate::counter::{Counter, Position, push_degrees};
use crate::list::Page;
use crate::member::SkinType;
use crate::tier::TierName;
use crate::{Endpoint, Id, Instant};

/// A gift, as the member sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Gift {
    /// Its identifier.
    pub id: Id,
    /// In the caller's language.
    pub name: String,
    /// A sentence or two, in the caller's language.
    pub description: String,
    /// What one of it costs.
    pub points: i64,
    /// Only from this tier on; `None` for everyone.
    pub min_tier: Option<TierName>,
    /// The address of its picture, on the portal's own host.
    pub picture: String,
    /// How many of it one member may have; `None` for as many as she likes.
    pub limit: Option<u32>,
    /// The units of stock.
    pub variants: Vec<Variant>,
    /// How widely it is to be had.
    pub stock: StockSummary,
    /// How it stands with her.
    pub for_you: ForYou,
    /// Where it is to be had, variant by variant: the nearest first with `?near=`, else by city and name. Only from
    /// `GET /gifts/{id}`; every counter is there, those that have none included.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counters: Vec<CounterStock>,
    /// What a reservation made now would lock, and until when. Only from `GET /gifts/{id}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Terms>,
    /// When these figures were true.
    pub as_of: Instant,
}

/// A variant of a gift: the unit of stock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Variant {
    /// Its identifier.
    pub id: Id,
    /// What is printed on it, in the caller's language: `清爽型`.
    pub label: String,
    /// Whom it is made for; empty for everyone.
    pub skin_types: Vec<SkinType>,
    /// EAN-13; leading zeros count.
    pub barcode: String,
    /// The colour of its mark on the box, the same on pass and staff screen.
    pub colour: Colour,
}

/// The colour of a variant's mark. Never the only sign: the label says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// 蓝
    Blue,
    /// 琥珀
    Amber,
    /// 玫瑰
    Rose,
    /// 绿
    Green,
    /// 紫
    Violet,
}

impl Colour {
    /// Every colour.
    pub const ALL: [Colour; 5] = [Colour::Blue, Colour::Amber, Colour::Rose, Colour::Green, Colour::Violet];
    /// As on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Colour::Blue => "blue",
            Colour::Amber => "amber",
            Colour::Rose => "rose",
            Colour::Green => "green",
            Colour::Violet => "violet",
        }
    }
    /// `None` for a text that names no colour.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.as_str() == text)
    }
}

/// How widely a gift is to be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockSummary {
    /// Counters (of those that were asked about) with at least one unit that nobody holds.
    pub counters: u32,
    /// When that was true.
    pub as_of: Instant,
    /// Always `false`: only a reservation holds a unit.
    pub held_for_you: bool,
}

/// How a gift stands with her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ForYou {
    /// What she can spend now.
    pub available: i64,
    /// Points that are missing; zero if there are enough.
    pub missing: i64,
    /// Her tier is high enough.
    pub tier_reached: bool,
    /// How many more of it she may have; `None` without a limit.
    pub left: Option<u32>,
}

/// What a counter has of a gift.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CounterStock {
    /// Where.
    pub counter: Counter,
    /// One for each variant, in the gift's order.
    pub stock: Vec<VariantStock>,
}

/// What a counter has of a variant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VariantStock {
    /// Of which variant.
    pub variant_id: Id,
    /// Units that nobody holds.
    pub free: i64,
    /// When that was true.
    pub as_of: Instant,
    /// Always `false`: only a reservation holds a unit.
    pub held_for_you: bool,
}

/// What a reservation made now would lock, and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Terms {
    /// Points that would be locked.
    pub points: i64,
    /// The counter has to have confirmed by then, or she hears of it.
    pub ready_by: Instant,
    /// Points and unit are hers until then.
    pub hold_until: Instant,
}

/// Which gifts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GiftFilter {
    /// With a variant for this skin.
    pub skin_type: Option<SkinType>,
    /// That cost no more.
    pub max_points: Option<i64>,
    /// That this counter has.
    pub counter: Option<Id>,
    /// That a counter of this city has.
    pub city: Option<String>,
}

/// Gifts, the cheapest first. A filter by place also narrows [`StockSummary::counters`].
pub fn gifts(filter: &GiftFilter) -> Endpoint<Page<Gift>> {
    let mut path = String::from("/gifts?limit=100");
    let mut ask = |name: &str, value: &str| {
        path.push('&');
        path.push_str(name);
        path.push('=');
        escape(value, &mut path);
    };
    if let Some(skin_type) = filter.skin_type {
        ask("skin_type", skin_type.as_str());
    }
    if let Some(most) = filter.max_points {
        ask("max_points", &most.to_string());
    }
    if let Some(counter) = &filter.counter {
        ask("counter", counter);
    }
    if let Some(city) = &filter.city {
        ask("city", city);
    }
    Endpoint::get(path)
}

/// One gift with every counter; the nearest to `near` first.
pub fn gift(id: &str, near: Option<Position>) -> Endpoint<Gift> {
    let mut path = String::from("/gifts/");
    path.push_str(id);
    if let Some(Position { lat, lng }) = near {
        path.push_str("?near=");
        push_degrees(lat, &mut path);
        path.push(',');
        push_degrees(lng, &mut path);
    }
    Endpoint::get(path)
}

/// Percent-encodes what is not unreserved in a query (RFC 3986).
pub fn escape(value: &str, into: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            into.push(char::from(byte));
        } else {
            into.push('%');
            into.push(char::from(DIGITS[usize::from(byte >> 4)]));
            into.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_a_query() {
        let filter = GiftFilter {
            skin_type: Some(SkinType::Oily),
            max_points: Some(300),
            counter: None,
            city: Some("上海".to_owned()),
        };
        assert_eq!(gifts(&filter).path, "/gifts?limit=100&skin_type=oily&max_points=300&city=%E4%B8%8A%E6%B5%B7");
        let near = Position { lat: 31.23041, lng: -121.5 };
        assert_eq!(gift("x", Some(near)).path, "/gifts/x?near=31.23041,-121.50000");
    }
}
