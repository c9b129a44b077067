//! Answers as they come over the wire, with names in either language.

use contract::Code;

fn localised(text: &str, language: &str) -> String {
    const WORDS: [(&str, &str, &str); 9] = [
        ("$GOLD", "金卡", "Gold"),
        ("$PLATINUM", "铂金卡", "Platinum"),
        ("$NAME", "林女士", "Lin Yan"),
        ("$COUNTER", "久光专柜", "Jiuguang"),
        ("$CITY", "上海", "Shanghai"),
        ("$STREET", "静安区南京西路", "Nanjing Road West"),
        ("$GIFT", "清润旅行套装", "Travel duo"),
        ("$WORDING", "水与乳。", "Lotion and milk."),
        ("$LIGHT", "清爽型", "Light"),
    ];
    let is_english = language.starts_with("en");
    WORDS.iter().fold(text.to_owned(), |text, (key, zh, en)| text.replace(key, if is_english { en } else { zh }))
}

pub fn overview(language: &str) -> String {
    localised(
        r#"{"member":{"id":"m1","name":"$NAME","joined_on":"2025-06-08","card":{"number":"880122310047"}},
        "status_sentence":{"name":"$NAME","active_until":"2027-06-30"},"tier":{
        "current":{"id":"gold","name":"$GOLD"},"valid_until":"2027-06-30","spent":{"amount":93000,"currency":"CNY"},
        "next":{"id":"platinum","name":"$PLATINUM"},"threshold":{"amount":150000,"currency":"CNY"},
        "to_next":{"amount":57000,"currency":"CNY"},"to_next_by":"2027-03-31",
        "to_keep":{"amount":12050,"currency":"CNY"},"to_keep_by":"2027-06-30",
        "window":{"from":"2025-11-23","to":"2026-11-22"}},"points":{"available":1240,"held":300,"pending":86},
        "expiring":[{"points":220,"on":"2026-12-31","notified":{"at":"2026-11-01T02:00:00Z","channel":"sms"}}],
        "as_of":"2026-11-22T01:41:07Z"}"#,
        language,
    )
}

pub fn session(language: &str, token: Option<&str>) -> String {
    let token = token.map_or(String::new(), |token| format!(r#","token":"{token}""#));
    let text = format!(
        r#"{{"phone":"+86 138****0001","member":{{"id":"m1","name":"$NAME","joined_on":"2025-06-08","card":{{"number":"880122310047"}}}},
        "expires_at":"2026-12-22T01:41:07Z"{token}}}"#
    );
    localised(&text, language)
}

pub fn code_sent() -> &'static str {
    r#"{"challenge_id":"c1","expires_at":"2026-11-22T01:46:07Z","resend_after":60}"#
}

pub fn preferences(sms: bool) -> String {
    format!(
        r#"{{"language":"zh-CN","channels":{{"sms":{sms},"email":false,"wechat":true}},
        "topics":{{"gifts":true,"campaigns":false,"surveys":true}},"quiet_hours":null}}"#
    )
}

pub fn profile() -> &'static str {
    r#"{"name":"林女士","phone":"+86 138****0001","email":null,"birthday":"1990-02-03","skin_type":"oily","home_counter":"k1","address":null}"#
}

fn counter() -> &'static str {
    r#"{"id":"k1","name":"$COUNTER","city":"$CITY","address":"$STREET","hours":"10:00–22:00","position":{"lat":31.2,"lng":121.4}}"#
}

pub fn counters(language: &str) -> String {
    localised(&page(&[counter()]), language)
}

const VARIANT: &str = r#"{"id":"v1","label":"$LIGHT","skin_types":["oily"],"barcode":"6901234567892","colour":"blue"}"#;
const STOCK: &str = r#""free":2,"as_of":"2026-11-22T01:41:07Z","held_for_you":false"#;

fn gift_with(more: &str, language: &str) -> String {
    let text = format!(
        r#"{{"id":"g1","name":"$GIFT","description":"$WORDING","points":300,"min_tier":null,"limit":null,"picture":"/brand/gifts/duo.svg",
        "variants":[{VARIANT}],"stock":{{"counters":1,"as_of":"2026-11-22T01:41:07Z","held_for_you":false}},
        "for_you":{{"available":1240,"missing":0,"tier_reached":true,"left":null}}{more},"as_of":"2026-11-22T01:41:07Z"}}"#
    );
    localised(&text, language)
}

pub fn gift(language: &str) -> String {
    let more = format!(
        r#","counters":[{{"counter":{},"stock":[{{"variant_id":"v1",{STOCK}}}]}}],
        "terms":{{"points":300,"ready_by":"2026-11-23T10:00:00Z","hold_until":"2026-11-30T12:00:00Z"}}"#,
        counter()
    );
    gift_with(&more, language)
}

pub fn gifts(language: &str) -> String {
    page(&[&gift_with("", language)])
}

pub fn reservation(language: &str) -> String {
    let text = format!(
        r#"{{"id":"r1","state":"held","late":false,"gift":{{"id":"g1","name":"$GIFT","picture":"/brand/gifts/duo.svg"}},
        "variant":{VARIANT},"counter":{},"points_held":300,"points":300,"hold_until":"2026-11-30T12:00:00Z",
        "ready_by":"2026-11-23T10:00:00Z","made_at":"2026-11-22T01:40:00Z","exchange":null,
        "history":[{{"at":"2026-11-22T01:40:00Z","what":"held","by":"member","name":null,"note":null}}],
        "actions":["cancel","extend","move"],"as_of":"2026-11-22T01:41:07Z"}}"#,
        counter()
    );
    localised(&text, language)
}

pub fn pass(language: &str) -> String {
    let text = format!(
        r#"{{"reservation_id":"r1","code":"K7Q4MP2XD","qr":"SY1.K7Q4MP2XD.c2ln","gift":{{"id":"g1","name":"$GIFT","picture":"/p.svg"}},
        "variant":{VARIANT},"counter":{},"ready_at":"2026-11-22T02:12:00Z","hold_until":"2026-11-30T12:00:00Z","as_of":"2026-11-22T01:41:07Z"}}"#,
        counter()
    );
    localised(&text, language)
}

pub fn card() -> &'static str {
    r#"{"number":"880122310047","token":"SY1","valid_for":60,"as_of":"2026-11-22T01:41:07Z"}"#
}

pub fn ledger() -> &'static str {
    r#"{"items":[
        {"id":"e3","kind":"earned","points":86,"state":"pending","at":"2026-11-20T03:00:00Z","on":"2026-11-27","balance_after":null,"cause":{"kind":"purchase","id":"p3","label":"0047"}},
        {"id":"e2","kind":"spent","points":-300,"state":"posted","at":"2026-11-18T03:00:00Z","on":"2026-11-18","balance_after":1540,"cause":{"kind":"reservation","id":"r1","label":"001"}}],
        "next":null}"#
}

pub fn lots() -> &'static str {
    r#"{"items":[
        {"points":120,"on":"2026-12-31","earned_on":"2024-12-03","notified":{"at":"2026-11-01T02:00:00Z","channel":"sms"},"held":0},
        {"points":1320,"on":"2027-11-30","earned_on":"2025-11-05","notified":null,"held":0},
        {"points":7,"on":null,"earned_on":"2025-11-06","notified":null,"held":0}],
        "next":null,"as_of":"2026-11-22T01:41:07Z"}"#
}

pub fn tier(language: &str) -> String {
    localised(
        r#"{"current":{"id":"gold","name":"$GOLD"},"valid_until":"2027-06-30","spent":{"amount":93000,"currency":"CNY"},
        "next":{"id":"platinum","name":"$PLATINUM"},"threshold":{"amount":150000,"currency":"CNY"},
        "to_next":{"amount":57000,"currency":"CNY"},"to_next_by":"2027-03-31",
        "to_keep":{"amount":12050,"currency":"CNY"},"to_keep_by":"2027-06-30",
        "window":{"from":"2025-11-23","to":"2026-11-22"},"purchases":[
        {"id":"p2","receipt_no":"0047","at":"2026-11-20T03:00:00Z","on":"2026-11-20","amount":{"amount":63000,"currency":"CNY"},"counted":{"amount":60050,"currency":"CNY"},"counts_until":"2027-11-19"}],
        "clause":{"id":"tier-window","version":"3","since":"2026-01-01","title":"$GOLD","text":"$WORDING"},
        "history":[{"on":"2026-11-20","tier":{"id":"gold","name":"$GOLD"},"reason":"reached","spent":{"amount":93000,"currency":"CNY"}}],
        "what_if":[{"spend":{"amount":57000,"currency":"CNY"},"by":"2027-03-31","becomes":{"id":"platinum","name":"$PLATINUM"},"keeps":false}],
        "as_of":"2026-11-22T01:41:07Z"}"#,
        language,
    )
}

pub fn programme(language: &str) -> String {
    localised(
        r#"{"brand":"$NAME","summary":"$WORDING","time_zone":"Asia/Shanghai","currency":"CNY","today":"2026-11-22",
        "tiers":[{"id":"gold","name":"$GOLD","threshold":{"amount":60000,"currency":"CNY"},"keep":{"amount":45000,"currency":"CNY"},"multiplier_percent":125,"benefits":["$WORDING"]}],
        "earning":{"points":1,"per":{"amount":100,"currency":"CNY"},"pending_days":7},
        "expiry":{"months":24,"end_of_month":true,"notice_days":30},
        "tier_window":{"kind":"rolling","months":12,"term_months":12,"grace_days":30},
        "clauses":[{"id":"tier-window","version":"3","since":"2026-01-01","title":"$GOLD","text":"$WORDING"}],
        "consents":[{"id":"terms","version":"2","required":true,"title":"$GOLD","text":"$WORDING"},
        {"id":"marketing-sms","version":"1","required":false,"title":"$GOLD","text":"$WORDING"}],
        "as_of":"2026-11-22T01:41:07Z"}"#,
        language,
    )
}

pub fn page(items: &[&str]) -> String {
    format!(r#"{{"items":[{}],"next":null}}"#, items.join(","))
}

/// A problem as the server words it, with its status; `more` goes into the object: `,"retry_after":30`.
pub fn problem(code: &str, more: &str) -> (u16, String) {
    let status = Code::from_text(code).expect("a code of the contract").status();
    (
        status,
        format!(
            r#"{{"type":"about:blank","code":"{code}","title":"title of {code}","status":{status},"detail":"detail of {code}"{more}}}"#
        ),
    )
}

pub const BINDING: &str = r#","binding":"b1","expires_at":"2026-11-22T01:51:07Z""#;
