//! Answers as they come over the wire.

pub(crate) mod gifts;

use catalogue::Locale;

/// Names as the server gives them, in either language.
fn localised(text: &str, locale: Locale) -> String {
    const WORDS: [(&str, &str, &str); 23] = [
        ("PEARL", "珍珠卡", "Pearl"),
        ("ROSE", "玫瑰卡", "Rose"),
        ("GOLD", "金卡", "Gold"),
        ("PLATINUM", "铂金卡", "Platinum"),
        ("BRAND", "晨露", "Morning Dew"),
        ("NAME", "林女士", "Lin Yan"),
        ("SUMMARY", "消费得积分，积分换礼品。", "Points for what you spend, gifts for points."),
        ("BENEFIT", "生日礼", "A birthday gift"),
        ("CLAUSE", "最近十二个月的消费计入。", "The last twelve months count."),
        ("TITLE", "会员条款", "Terms"),
        ("COUNTER", "久光专柜", "Jiuguang"),
        ("CITY", "上海", "Shanghai"),
        ("GIFT", "清润旅行套装", "Travel duo"),
        ("CANDLE", "香氛蜡烛", "Candle"),
        ("WORDING", "水与乳，各三十毫升。", "Lotion and milk, 30 ml each."),
        ("LIGHT", "清爽型", "Light"),
        ("RICH", "滋润型", "Rich"),
        ("PLAIN", "原味", "Plain"),
        ("SECOND", "新世界专柜", "New World"),
        ("THIRD", "美罗专柜", "Meiluo"),
        ("TOWN", "苏州", "Suzhou"),
        ("STREET", "静安区南京西路", "Nanjing Road West"),
        ("CLERK", "李娜", "Li Na"),
    ];
    WORDS.iter().fold(text.to_owned(), |text, (key, zh, en)| {
        text.replace(&format!("${key}"), if locale == Locale::ZhCn { zh } else { en })
    })
}

pub(crate) const TIER: &str = r#"
    "current":{"id":"gold","name":"$GOLD"},"valid_until":"2027-06-30","spent":{"amount":93000,"currency":"CNY"},
    "next":{"id":"platinum","name":"$PLATINUM"},"threshold":{"amount":150000,"currency":"CNY"},
    "to_next":{"amount":57000,"currency":"CNY"},"to_next_by":"2027-03-31",
    "to_keep":{"amount":12050,"currency":"CNY"},"to_keep_by":"2027-06-30",
    "window":{"from":"2025-11-23","to":"2026-11-22"}"#;

pub(crate) const TOP: &str = r#"
    "current":{"id":"platinum","name":"$PLATINUM"},"valid_until":"2027-06-30","spent":{"amount":193000,"currency":"CNY"},
    "next":null,"to_next":null,"to_keep":{"amount":12050,"currency":"CNY"},"to_keep_by":"2027-06-30",
    "window":{"from":"2025-11-23","to":"2026-11-22"}"#;

pub(crate) const TOP_KEPT: &str = r#"
    "current":{"id":"platinum","name":"$PLATINUM"},"valid_until":"2027-06-30","spent":{"amount":193000,"currency":"CNY"},
    "next":null,"to_next":null,"to_keep":{"amount":0,"currency":"CNY"},"to_keep_by":"2027-06-30",
    "window":{"from":"2025-11-23","to":"2026-11-22"}"#;

pub(crate) const GRACE: &str = r#"
    "current":{"id":"gold","name":"$GOLD"},"valid_until":"2026-10-31","grace_until":"2026-11-30",
    "spent":{"amount":33000,"currency":"CNY"},"next":{"id":"platinum","name":"$PLATINUM"},
    "threshold":{"amount":150000,"currency":"CNY"},"to_next":{"amount":117000,"currency":"CNY"},"to_next_by":"2027-03-31",
    "to_keep":{"amount":12000,"currency":"CNY"},"to_keep_by":"2026-11-30",
    "window":{"from":"2025-11-23","to":"2026-11-22"}"#;

pub(crate) const EXPIRING: &str = r#"
    {"points":220,"on":"2026-12-31","notified":{"at":"2026-11-01T02:00:00Z","channel":"sms"}},
    {"points":480,"on":"2027-03-31","notified":null},{"points":1,"on":"2027-04-30","notified":null}"#;

/// The overview with this tier, these balances and these dates.
pub(crate) fn overview_of(tier: &str, points: &str, expiring: &str, locale: Locale) -> String {
    let text = format!(
        r#"{{"member":{{"id":"m1","name":"$NAME","joined_on":"2025-06-08","card":{{"number":"880122310047"}}}},
        "status_sentence":{{"name":"$NAME","active_until":"2027-06-30"}},"tier":{{{tier}}},"points":{points},
        "expiring":[{expiring}],"as_of":"2026-11-22T01:41:07Z"}}"#
    );
    localised(&text, locale)
}

pub(crate) fn overview(locale: Locale) -> String {
    overview_of(TIER, r#"{"available":1240,"held":300,"pending":86}"#, EXPIRING, locale)
}

pub(crate) fn lots() -> String {
    r#"{"items":[
        {"points":120,"on":"2026-12-31","earned_on":"2024-12-03","notified":{"at":"2026-11-01T02:00:00Z","channel":"sms"},"held":0},
        {"points":100,"on":"2026-12-31","earned_on":"2024-12-20","notified":{"at":"2026-11-01T02:00:00Z","channel":"sms"},"held":40},
        {"points":1320,"on":"2027-11-30","earned_on":"2025-11-05","notified":null,"held":0},
        {"points":7,"on":null,"earned_on":"2025-11-06","notified":null,"held":0}],
        "next":null,"as_of":"2026-11-22T01:41:07Z"}"#
        .to_owned()
}

pub(crate) fn entries(next: Option<&str>) -> String {
    let next = next.map_or("null".to_owned(), |next| format!("\"{next}\""));
    format!(
        r#"{{"items":[
        {{"id":"e3","kind":"earned","points":86,"state":"pending","at":"2026-11-20T03:00:00Z","on":"2026-11-27","balance_after":null,"cause":{{"kind":"purchase","id":"p3","label":"0047"}}}},
        {{"id":"e2","kind":"spent","points":-300,"state":"posted","at":"2026-11-18T03:00:00Z","on":"2026-11-18","balance_after":1540,"cause":{{"kind":"reservation","id":"r1","label":"001"}}}},
        {{"id":"e1","kind":"expired","points":-10,"state":"posted","at":"2025-12-31T16:00:00Z","on":"2026-01-01","balance_after":1840,"cause":{{"kind":"expiry","id":"x1","label":""}}}}],
        "next":{next}}}"#
    )
}

pub(crate) fn more_entries() -> String {
    r#"{"items":[{"id":"e0","kind":"earned","points":1850,"state":"posted","at":"2025-11-20T03:00:00Z","on":"2025-11-27","balance_after":1850,"cause":{"kind":"purchase","id":"p0","label":"0001"}}],"next":null}"#.to_owned()
}

pub(crate) fn trace_of(tier: &str, locale: Locale) -> String {
    let text = format!(
        r#"{{{tier},"purchases":[
        {{"id":"p2","receipt_no":"0047","at":"2026-11-20T03:00:00Z","on":"2026-11-20","amount":{{"amount":63000,"currency":"CNY"}},"counted":{{"amount":60050,"currency":"CNY"}},"counts_until":"2027-11-19"}},
        {{"id":"p1","receipt_no":"0046","at":"2026-04-01T03:00:00Z","on":"2026-04-01","amount":{{"amount":32950,"currency":"CNY"}},"counted":{{"amount":32950,"currency":"CNY"}},"counts_until":"2027-03-31"}}],
        "clause":{{"id":"tier-window","version":"3","since":"2026-01-01","title":"$TITLE","text":"$CLAUSE"}},
        "history":[
        {{"on":"2026-11-20","tier":{{"id":"gold","name":"$GOLD"}},"reason":"reached","spent":{{"amount":93000,"currency":"CNY"}}}},
        {{"on":"2026-07-31","tier":{{"id":"pearl","name":"$PEARL"}},"reason":"lowered","spent":{{"amount":100,"currency":"CNY"}}}},
        {{"on":"2026-07-01","tier":{{"id":"rose","name":"$ROSE"}},"reason":"kept","spent":{{"amount":15000,"currency":"CNY"}}}},
        {{"on":"2026-06-30","tier":{{"id":"rose","name":"$ROSE"}},"reason":"refunded","spent":{{"amount":25000,"currency":"CNY"}}}},
        {{"on":"2025-06-08","tier":{{"id":"pearl","name":"$PEARL"}},"reason":"joined","spent":null}}],
        "what_if":[
        {{"spend":{{"amount":57000,"currency":"CNY"}},"by":"2027-03-31","becomes":{{"id":"platinum","name":"$PLATINUM"}},"keeps":false}},
        {{"spend":{{"amount":12050,"currency":"CNY"}},"by":"2027-06-30","becomes":{{"id":"gold","name":"$GOLD"}},"keeps":true}}],
        "as_of":"2026-11-22T01:41:07Z"}}"#
    );
    localised(&text, locale)
}

pub(crate) fn programme(locale: Locale) -> String {
    let text = r#"{"brand":"$BRAND","summary":"$SUMMARY","time_zone":"Asia/Shanghai","currency":"CNY","today":"2026-11-22",
        "tiers":[
        {"id":"pearl","name":"$PEARL","threshold":{"amount":0,"currency":"CNY"},"keep":{"amount":0,"currency":"CNY"},"multiplier_percent":100,"benefits":["$BENEFIT"]},
        {"id":"gold","name":"$GOLD","threshold":{"amount":60000,"currency":"CNY"},"keep":{"amount":45000,"currency":"CNY"},"multiplier_percent":125,"benefits":["$BENEFIT","$BENEFIT"]}],
        "earning":{"points":1,"per":{"amount":100,"currency":"CNY"},"pending_days":7},
        "expiry":{"months":24,"end_of_month":true,"notice_days":30},
        "tier_window":{"kind":"rolling","months":12,"term_months":12,"grace_days":30},
        "clauses":[{"id":"tier-window","version":"3","since":"2026-01-01","title":"$TITLE","text":"$CLAUSE"}],
        "consents":[
        {"id":"terms","version":"2","required":true,"title":"$TITLE","text":"$CLAUSE"},
        {"id":"marketing-sms","version":"1","required":false,"title":"$TITLE","text":"$CLAUSE"}],
        "as_of":"2026-11-22T01:41:07Z"}"#;
    localised(text, locale)
}

pub(crate) fn session(enrolled: bool, locale: Locale) -> String {
    let member = match enrolled {
        true => r#"{"id":"m1","name":"$NAME","joined_on":"2025-06-08","card":{"number":"880122310047"}}"#,
        false => "null",
    };
    localised(
        &format!(r#"{{"phone":"+86 138****0001","member":{member},"expires_at":"2026-12-22T01:41:07Z"}}"#),
        locale,
    )
}

pub(crate) fn member(locale: Locale) -> String {
    localised(r#"{"id":"m1","name":"$NAME","joined_on":"2026-11-22","card":{"number":"880122310047"}}"#, locale)
}

pub(crate) fn code_sent() -> &'static str {
    r#"{"challenge_id":"c1","expires_at":"2026-11-22T01:46:07Z","resend_after":60}"#
}

pub(crate) fn card_token(token: &str, as_of: &str) -> String {
    format!(r#"{{"number":"880122310047","token":"{token}","valid_for":60,"as_of":"{as_of}"}}"#)
}

pub(crate) fn counters(locale: Locale) -> String {
    let text = r#"{"items":[{"id":"k1","name":"$COUNTER","city":"$CITY","address":"1","hours":"10:00–22:00","position":{"lat":31.2,"lng":121.4}}],"next":null}"#;
    localised(text, locale)
}

pub(crate) fn profile_of(name: &str, email: Option<&str>) -> String {
    let email = email.map_or("null".to_owned(), |email| format!("\"{email}\""));
    format!(
        r#"{{"name":"{name}","phone":"+86 138****0001","email":{email},"birthday":"1990-02-03","skin_type":"oily","home_counter":"k1","address":null}}"#
    )
}

pub(crate) fn preferences_of(language: &str, sms: bool) -> String {
    format!(
        r#"{{"language":"{language}","channels":{{"sms":{sms},"email":false,"wechat":true}},
        "topics":{{"gifts":true,"campaigns":false,"surveys":true}},"quiet_hours":{{"from":"22:00","to":"08:00"}}}}"#
    )
}
