//! Anything goes in, in any order: something readable comes out, and what made no sense changed nothing.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use serde_json::{Value, json};

use crate::driver::{NOW, Phone, start};
use crate::fixtures;
use crate::odd::{odd, spoilt};

/// Every page's file, and an address of it.
pub const PAGES: [(&str, &str); 18] = [
    ("pages/home/home", "/"),
    ("pages/gifts/gifts", "/gifts"),
    ("pages/reservations/reservations", "/reservations"),
    ("pages/me/me", "/me"),
    ("pages/sign_in/sign_in", "/sign-in?back=/points&ended=1"),
    ("account/join/join", "/join?back=/tier"),
    ("account/card/card", "/card"),
    ("account/points/points", "/points"),
    ("account/tier/tier", "/tier"),
    ("account/programme/programme", "/programme"),
    ("account/profile/profile", "/me/profile"),
    ("account/preferences/preferences", "/me/preferences"),
    ("account/not_found/not_found", "/not-found"),
    ("reserve/gift/gift", "/gifts/g1?counter=k1&variant=v1"),
    ("reserve/reservation/reservation", "/reservations/r1"),
    ("reserve/move/move", "/reservations/r1/move"),
    ("reserve/pass/pass", "/reservations/r1/pass"),
    ("no/such/file", "//no such\u{0}address?%%&==#"),
];

/// A body that some page waits for.
fn body(choice: usize) -> String {
    let bodies = [
        fixtures::overview("zh"),
        fixtures::session("zh", Some("t2")),
        fixtures::session("en", None),
        fixtures::code_sent().to_owned(),
        fixtures::preferences(true),
        fixtures::profile().to_owned(),
        fixtures::counters("zh"),
        fixtures::gift("zh"),
        fixtures::gifts("zh"),
        fixtures::reservation("zh"),
        fixtures::page(&[&fixtures::reservation("zh")]),
        fixtures::pass("zh"),
        fixtures::page(&[]),
        fixtures::card().to_owned(),
        fixtures::tier("zh"),
        fixtures::programme("zh"),
        fixtures::ledger().to_owned(),
        fixtures::lots().to_owned(),
        r#"{"items":[{"purpose":"reservation","template_id":"tm1"}]}"#.to_owned(),
    ];
    bodies[choice % bodies.len()].clone()
}

/// The body that is waited for, if that is known; else any.
pub fn body_for(asked: &str, choice: usize) -> String {
    let language = "zh";
    match asked.split('?').next().unwrap_or_default() {
        "GET /me/overview" => fixtures::overview(language),
        "GET /session" | "POST /auth/otp/verify" | "POST /auth/wechat" => fixtures::session(language, Some("t3")),
        "POST /auth/otp" => fixtures::code_sent().to_owned(),
        "GET /me/preferences" | "PUT /me/preferences" => fixtures::preferences(true),
        "GET /me/profile" | "PUT /me/profile" => fixtures::profile().to_owned(),
        "GET /counters" => fixtures::counters(language),
        "GET /gifts/g1" => fixtures::gift(language),
        "GET /gifts" => fixtures::gifts(language),
        "GET /reservations" => fixtures::page(&[&fixtures::reservation(language)]),
        "GET /reservations/r1" | "POST /reservations" => fixtures::reservation(language),
        "GET /reservations/r1/pass" => fixtures::pass(language),
        "GET /me/card" => fixtures::card().to_owned(),
        "GET /me/tier" => fixtures::tier(language),
        "GET /programme" => fixtures::programme(language),
        "GET /me/points" => fixtures::ledger().to_owned(),
        "GET /me/points/expiring" => fixtures::lots().to_owned(),
        "GET /wechat/templates" => body(18),
        _ => body(choice),
    }
}

const CODES: [&str; 14] = [
    "session-missing",
    "not-enrolled",
    "not-found",
    "phone-binding-required",
    "wechat-binding-expired",
    "wechat-not-set-up",
    "code-wrong",
    "out-of-stock",
    "version-stale",
    "idempotency-in-progress",
    "too-many-requests",
    "pass-not-ready",
    "input-invalid",
    "unavailable",
];

/// Somebody else than the fixtures' member, as she is kept.
const WHO: &str = r#"{"phone":"+86 138****0002","member":"m2"}"#;

/// What she may do, on one page or another.
const DEEDS: [&str; 44] = [
    "retry",
    "phone_typed",
    "phone_left",
    "code_typed",
    "submit",
    "resend",
    "change_phone",
    "variant",
    "counter",
    "near",
    "reserve",
    "language",
    "theme",
    "large_text",
    "sign_out",
    "toggle",
    "quiet",
    "quiet_from",
    "quiet_to",
    "save",
    "copy",
    "for_skin",
    "enough",
    "at",
    "all",
    "scan",
    "extend",
    "think",
    "keep",
    "cancel",
    "exchange",
    "again",
    "more",
    "kind",
    "name_typed",
    "begin",
    "consent",
    "birthday",
    "skin",
    "move",
    "tick",
    "arrived",
    "filter",
    "came_back",
];

/// What goes with it.
fn carried(choice: usize) -> Value {
    let all = [
        json!("13800000001"),
        json!("123456"),
        json!("v1"),
        json!("k1"),
        json!("zh-CN"),
        json!("en"),
        json!("dark"),
        json!(true),
        json!(false),
        json!(["sms", false]),
        json!("counter:k1"),
        json!("only"),
        json!("22:00"),
        json!(["marketing-sms", true]),
        json!("oily"),
        Value::Null,
    ];
    all.get(choice % (all.len() + 8)).cloned().unwrap_or_else(|| odd(choice))
}

const TIMES: [Option<&str>; 6] = [
    Some(NOW),
    None,
    Some("9999-12-31T23:59:59+23:59"),
    Some("0001-01-01T00:00:00-99:99"),
    Some("not a time"),
    Some("2026-11-23T00:00:00+08:00"),
];

/// One thing that happens: which, and numbers to choose with.
type Deed = (u8, usize, usize, usize);

fn request((which, a, b, c): Deed, phone: &Phone) -> Value {
    let page = phone.stack.get(a % (phone.stack.len() + 1)).map_or(a as u64 % 50, |(page, _)| *page);
    let (file, path) = PAGES[b % PAGES.len()];
    let at = match c % 40 {
        0 => 0.0,
        1 => -1e300,
        2 => 1e300,
        _ => 1000.0 * (c % 100_000) as f64,
    };
    let request = match which % 20 {
        0..3 => json!({"op": "open", "at": at, "page": a % 12, "file": file, "path": path}),
        3 => json!({"op": "close", "at": at, "page": page}),
        4 => json!({"op": "seen", "at": at, "page": page, "seen": b.is_multiple_of(2)}),
        5 => json!({"op": "refresh", "at": at, "page": page}),
        6 => json!({"op": "share", "at": at, "page": page}),
        7 => json!({"op": "follow", "at": at, "path": path}),
        8 => json!({"op": "system", "at": at, "system": {"language": "en", "dark": true}}),
        9..13 => {
            let event = match carried(c) {
                Value::Null => json!({"on": DEEDS[b % DEEDS.len()]}),
                value => json!({"on": DEEDS[b % DEEDS.len()], "value": value}),
            };
            json!({"op": "event", "at": at, "page": page, "event": event})
        }
        _ => result(a, b, c, at, phone),
    };
    // Every eighth has something odd in it.
    if which >= 224 { spoilt(&request, a ^ b, c) } else { request }
}

/// What may come of something that is awaited.
fn result(a: usize, b: usize, c: usize, at: f64, phone: &Phone) -> Value {
    let awaited = phone.under_way();
    let (id, name) = awaited.get(a % awaited.len().max(1)).cloned().unwrap_or((a as u64, String::new()));
    let value = match name.as_str() {
        "copy" => json!(b.is_multiple_of(2)),
        "login" => [json!("code"), json!(null)][b % 2].clone(),
        "wait" => json!(null),
        "entropy" => json!(vec![b % 256; 16]),
        "find" => [json!(null), json!(fixtures::pass("zh")), json!("{}")][b % 3].clone(),
        "scan" => [json!({"read": "6901234567892"}), json!("closed"), json!("forbidden")][b % 3].clone(),
        "locate" => [json!({"near": {"lat": 31.2, "lng": 121.5}}), json!("unavailable")][b % 2].clone(),
        "subscribe" => json!({"tm1": (["accept", "reject", "no"][b % 3])}),
        _ => {
            let good = body_for(&name, c);
            let (status, body) = match b % 8 {
                0..4 => (200, good),
                4 => (200, spoilt(&serde_json::from_str(&good).unwrap(), a ^ c, b / 8).to_string()),
                5 => (200, good.chars().take(c % 300).collect()),
                6 => fixtures::problem(CODES[c % CODES.len()], fixtures::BINDING),
                _ => return json!({"op": "result", "at": at, "effect": id, "value": null}),
            };
            json!({"status": status, "body": body, "etag": "\"1\"", "programme_time": TIMES[c % TIMES.len()]})
        }
    };
    let value = if b % 16 == 15 { spoilt(&value, c, a) } else { value };
    json!({"op": "result", "at": at, "effect": id, "value": value})
}

/// The refusals that there are.
const REFUSALS: [&str; 6] =
    ["malformed-request", "not-now", "no-such-page", "malformed-event", "no-such-effect", "malformed-result"];

/// Tells the phone, and keeps what made sense.
fn tell(phone: &mut Phone, request: &Value, made_sense: &mut Vec<(String, Value)>) {
    let text = request.to_string();
    let answer = phone.hear(&text);
    match answer["err"]["code"].as_str() {
        Some(code) => assert!(REFUSALS.contains(&code), "{answer}"),
        None => {
            match (request["op"].as_str(), request["page"].as_u64()) {
                (Some("open"), Some(page)) if !answer["ok"]["draw"].as_array().unwrap().is_empty() => {
                    phone.stack.push((page, String::new()));
                }
                (Some("close"), Some(page)) => phone.stack.retain(|(open, _)| *open != page),
                _ => {}
            }
            made_sense.push((text, answer));
        }
    }
}

proptest! {
    #![proptest_config(Config { cases: 150, rng_seed: RngSeed::Fixed(4), failure_persistence: None, max_shrink_iters: 2000, ..Config::default() })]

    #[test]
    fn whatever_happens_something_readable_comes_out(deeds: Vec<Deed>, more in prop::collection::vec(any::<Deed>(), 60)) {
        let mut phone = Phone::off();
        let mut made_sense = Vec::new();
        let stored = [json!({"token": "t1"}), json!({}), json!({"left": true}), json!({"token": "t1", "who": WHO})];
        let mut begin = start("zh", stored[more[0].1 % stored.len()].clone());
        begin["at"] = json!(0);
        tell(&mut phone, &begin, &mut made_sense);
        for deed in deeds.into_iter().chain(more) {
            let request = request(deed, &phone);
            tell(&mut phone, &request, &mut made_sense);
        }
        // What was refused changed nothing: without it everything comes out the same.
        let mut calm = Phone::off();
        for (request, answer) in made_sense {
            prop_assert_eq!(calm.hear(&request), answer, "{}", request);
        }
        // And life goes on.
        for page in 0..50 {
            phone.hear(&json!({"op": "close", "at": 0, "page": page}).to_string());
        }
        phone.programme_time = Some(NOW.to_owned());
        let answer = phone.hear(r#"{"op":"open","at":0,"page":60,"file":"account/programme/programme","path":"/programme"}"#);
        prop_assert_eq!(&answer["ok"]["draw"][0]["page"], 60);
        phone.stack.push((60, String::new()));
        phone.reply("GET /programme", 200, &fixtures::programme("zh"));
        prop_assert!(phone.view()["body"]["shown"].is_object(), "{}", phone.view());
    }

    #[test]
    fn any_text_is_answered(text in ".{0,200}", cut in 0..400_usize, piece in ".{0,3}", which: Deed) {
        let mut phone = Phone::new();
        phone.open("pages/home/home", "/");
        phone.hear(&text);
        let whole = request(which, &phone).to_string();
        let at = whole.char_indices().map(|(at, _)| at).nth(cut).unwrap_or(0);
        let mut broken = whole.clone();
        broken.insert_str(at, &piece);
        phone.hear(&broken);
        phone.hear(&whole[..at]);
        phone.hear(&whole[at..]);
    }
}
