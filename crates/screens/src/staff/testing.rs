//! Answers of the staff's world as they come over the wire, and who receives them.

use catalogue::Locale;
use contract::staff::StaffSession;

use super::OnDuty;
use crate::Reply;

pub(crate) const COUNTER: &str = "counter";
pub(crate) const DESK: &str = "desk";
pub(crate) const MANAGER: &str = "manager";

/// The barcodes of the two variants of [`reservation`]'s gift, and one that no gift has.
pub(crate) const LIGHT: &str = "6901234567892";
pub(crate) const RICH: &str = "6901234567908";
pub(crate) const STRANGE: &str = "4006381333931";

/// Names as the server gives them, in either language.
fn localised(text: &str, locale: Locale) -> String {
    const WORDS: [(&str, &str, &str); 14] = [
        ("STAFF", "李敏", "Li Min"),
        ("OTHER", "周宁", "Zhou Ning"),
        ("FIRSTCOUNTER", "久光专柜", "Jiuguang"),
        ("SECONDCOUNTER", "湖滨专柜", "Hubin"),
        ("FIRSTCITY", "上海", "Shanghai"),
        ("SECONDCITY", "杭州", "Hangzhou"),
        ("MEMBER", "林*", "L*"),
        ("GIFT", "焕亮精华", "Radiance Serum"),
        ("SECONDGIFT", "护手霜", "Hand Cream"),
        ("LIGHT", "清爽型", "Light"),
        ("RICH", "滋润型", "Rich"),
        ("PLAIN", "无香", "Unscented"),
        ("REASON", "外盒破损", "The box is damaged"),
        ("DETAIL", "一小时内连续输错五次", "Five wrong codes within an hour"),
    ];
    WORDS.iter().fold(text.to_owned(), |text, (key, zh, en)| {
        text.replace(&format!("${key}$"), if locale == Locale::ZhCn { zh } else { en })
    })
}

pub(crate) const FIRST: &str = r#"{"id":"k1","name":"$FIRSTCOUNTER$","city":"$FIRSTCITY$","address":"1","hours":"10:00–22:00","position":{"lat":31.2,"lng":121.4}}"#;
pub(crate) const SECOND: &str = r#"{"id":"k2","name":"$SECONDCOUNTER$","city":"$SECONDCITY$","address":"2","hours":"10:00–21:00","position":{"lat":30.2,"lng":120.1}}"#;

pub(crate) const VARIANT_LIGHT: &str =
    r#"{"id":"v1","label":"$LIGHT$","skin_types":["oily","combination"],"barcode":"6901234567892","colour":"blue"}"#;
pub(crate) const VARIANT_RICH: &str =
    r#"{"id":"v2","label":"$RICH$","skin_types":["dry"],"barcode":"6901234567908","colour":"amber"}"#;
const VARIANT_PLAIN: &str =
    r#"{"id":"v9","label":"$PLAIN$","skin_types":[],"barcode":"2107111416930","colour":"green"}"#;
const GIFT: &str = r#"{"id":"g1","name":"$GIFT$","picture":"/brand/gifts/serum.svg"}"#;
const SECOND_GIFT: &str = r#"{"id":"g2","name":"$SECONDGIFT$","picture":"/brand/gifts/hand.svg"}"#;

/// Who is signed in, as the server says it.
pub(crate) fn session(role: &str, locale: Locale) -> String {
    let counter = if role == COUNTER { FIRST } else { "null" };
    localised(
        &format!(
            r#"{{"user":"li.min","name":"$STAFF$","role":"{role}","counter":{counter},"expires_at":"2026-11-22T13:41:07Z"}}"#
        ),
        locale,
    )
}

/// Who is signed in, as a page is told.
pub(crate) fn on_duty(role: &str, locale: Locale) -> OnDuty {
    contract::json::decode::<StaffSession>(&session(role, locale)).unwrap().into()
}

/// A reservation, to be changed field by field.
pub(crate) struct Reserved {
    pub id: &'static str,
    pub state: &'static str,
    pub late: bool,
    /// Of the gift's two variants the light one.
    pub light: bool,
    pub counter: &'static str,
    pub ready_by: &'static str,
    pub hold_until: &'static str,
    /// `(variant, until)`
    pub exchange: Option<(&'static str, &'static str)>,
    /// More of the history, each an object.
    pub history: &'static [&'static str],
}

impl Default for Reserved {
    fn default() -> Self {
        Self {
            id: "r1",
            state: "held",
            late: false,
            light: true,
            counter: FIRST,
            ready_by: "2026-11-22T10:00:00Z",
            hold_until: "2026-11-26T12:00:00Z",
            exchange: None,
            history: &[],
        }
    }
}

impl Reserved {
    /// As it comes over the wire.
    pub fn json(&self, locale: Locale) -> String {
        let Self { id, state, late, light, counter, ready_by, hold_until, exchange, history } = self;
        let (variant, other) = if *light { (VARIANT_LIGHT, VARIANT_RICH) } else { (VARIANT_RICH, VARIANT_LIGHT) };
        let exchange = exchange.map_or("null".to_owned(), |(variant, until)| {
            format!(r#"{{"variant":{variant},"by":"$STAFF$","until":"{until}"}}"#)
        });
        let more: String = history.iter().map(|event| format!(",{event}")).collect();
        let text = format!(
            r#"{{"id":"{id}","state":"{state}","late":{late},"member":{{"name":"$MEMBER$","phone":"+86 138****0001"}},
            "gift":{GIFT},"variant":{variant},"others":[{other}],"counter":{counter},"points":300,
            "hold_until":"{hold_until}","ready_by":"{ready_by}","made_at":"2026-11-21T08:20:00Z","exchange":{exchange},
            "history":[{{"at":"2026-11-21T08:20:00Z","what":"held","by":"member","name":null,"note":null}}{more}],
            "as_of":"2026-11-22T01:41:07Z"}}"#
        );
        localised(&text, locale)
    }
}

/// A page of reservations.
pub(crate) fn page(items: &[String], next: Option<&str>) -> String {
    let next = next.map_or("null".to_owned(), |next| format!("\"{next}\""));
    format!(r#"{{"items":[{}],"next":{next}}}"#, items.join(","))
}

/// What the problem `variant-mismatch` brings: the light one was reserved, and what `barcode` is was scanned.
pub(crate) fn mismatch(barcode: &str, locale: Locale) -> Reply {
    let scanned = match barcode {
        RICH => format!(r#"{{"gift":"$GIFT$","variant":{VARIANT_RICH}}}"#),
        _ => "null".to_owned(),
    };
    let more = format!(r#","expected":{VARIANT_LIGHT},"scanned":{scanned}"#);
    crate::testing::problem(contract::Code::VariantMismatch, &localised(&more, locale))
}

/// Of the gift's variants so many are there, so many of them held; and some of another gift, never counted.
pub(crate) fn stock(light: (i64, i64), rich: (i64, i64), locale: Locale) -> String {
    let line = |gift: &str, variant: &str, (on_hand, held): (i64, i64), counted: &str| {
        let free = (on_hand - held).max(0);
        format!(
            r#"{{"counter_id":"k1","gift":{gift},"variant":{variant},"on_hand":{on_hand},"held":{held},"free":{free},{counted},"as_of":"2026-11-22T01:41:07Z"}}"#
        )
    };
    let counted = r#""counted_at":"2026-11-21T10:20:00Z","counted_by":"$STAFF$""#;
    let never = r#""counted_at":null,"counted_by":null"#;
    let lines = [
        line(GIFT, VARIANT_LIGHT, light, counted),
        line(GIFT, VARIANT_RICH, rich, counted),
        line(SECOND_GIFT, VARIANT_PLAIN, (4, 0), never),
    ];
    localised(&format!(r#"{{"items":[{}],"next":null,"as_of":"2026-11-22T01:41:07Z"}}"#, lines.join(",")), locale)
}

/// One line of [`stock`], as it comes back from a change.
pub(crate) fn stock_line(on_hand: i64, held: i64, locale: Locale) -> String {
    let free = (on_hand - held).max(0);
    localised(
        &format!(
            r#"{{"counter_id":"k1","gift":{GIFT},"variant":{VARIANT_LIGHT},"on_hand":{on_hand},"held":{held},"free":{free},"counted_at":"2026-11-22T01:41:07Z","counted_by":"$OTHER$","as_of":"2026-11-22T01:41:07Z"}}"#
        ),
        locale,
    )
}

/// The counters.
pub(crate) fn counters(locale: Locale) -> String {
    localised(&format!(r#"{{"items":[{FIRST},{SECOND}],"next":null}}"#), locale)
}

/// What the problem `out-of-stock` brings.
pub(crate) fn out_of_stock(nearest: bool, locale: Locale) -> Reply {
    let nearest = match nearest {
        true => format!(
            r#"{{"counter":{SECOND},"distance_km":162.4,"free":2,"as_of":"2026-11-22T01:41:07Z","held_for_you":false}}"#
        ),
        false => String::new(),
    };
    crate::testing::problem(contract::Code::OutOfStock, &localised(&format!(r#","nearest":[{nearest}]"#), locale))
}

/// A line of the record.
pub(crate) fn audit(id: &str, action: &str, about: Option<&str>, locale: Locale) -> String {
    let about = about.map_or("null".to_owned(), |about| format!("\"{about}\""));
    localised(
        &format!(
            r#"{{"id":"{id}","at":"2026-11-22T01:20:00Z","user":null,"action":"{action}","counter":{FIRST},"about":{about},"detail":"$DETAIL$","alert":true}}"#
        ),
        locale,
    )
}

/// Something in the words of the fixtures.
pub(crate) fn words(text: &str, locale: Locale) -> String {
    localised(text, locale)
}
