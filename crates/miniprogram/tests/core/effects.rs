//! What a page asks for, how WeChat is asked for it, and what comes of it.

use serde_json::{Value, json};

use crate::driver::Phone;
use crate::fixtures;

const OVERVIEW: &str = "GET /me/overview";
const GIFT: &str = "GET /gifts/g1";
const RESERVE: &str = "POST /reservations";
const PASS: &str = "GET /reservations/r1/pass";

/// A gift's page with a counter chosen.
fn at_gift() -> Phone {
    let mut phone = Phone::signed_in("zh");
    open_gift(&mut phone);
    phone
}

fn open_gift(phone: &mut Phone) {
    phone.open("reserve/gift/gift", "/gifts/g1?counter=k1");
    phone.reply(GIFT, 200, &fixtures::gift("zh"));
    phone.reply("GET /me/profile", 200, fixtures::profile());
    phone.reply("GET /reservations?limit=20", 200, &fixtures::page(&[]));
}

fn bytes() -> Value {
    json!([0, 1, 2, 3, 4, 5, 0xff, 7, 0xff, 9, 10, 11, 12, 13, 14, 255])
}

/// These bytes as a UUID of version 4.
const KEY: &str = "00010203-0405-4f07-bf09-0a0b0c0d0eff";

#[test]
fn a_key_is_made_of_the_bytes_and_names_every_try() {
    let mut phone = at_gift();
    phone.send("reserve", Value::Null);
    assert_eq!(phone.effect("entropy")["bytes"], 16);
    phone.result("entropy", bytes());
    let sent = phone.effect(RESERVE).clone();
    assert_eq!(sent["headers"]["Idempotency-Key"], KEY);
    assert_eq!(sent["headers"]["Content-Type"], "application/json");
    assert_eq!(sent["body"], r#"{"variant_id":"v1","counter_id":"k1","points":300}"#);
    phone.lose(RESERVE);
    phone.send("reserve", Value::Null);
    assert_eq!(phone.effect(RESERVE)["headers"]["Idempotency-Key"], KEY);
    phone.reply(RESERVE, 201, &fixtures::reservation("zh"));
    assert_eq!(
        phone.led(),
        Some(("instead".to_owned(), "/reserve/reservation/reservation?path=%2Freservations%2Fr1".to_owned()))
    );
}

#[test]
fn bytes_that_are_none_are_refused_and_can_be_given_again() {
    let mut phone = at_gift();
    phone.send("reserve", Value::Null);
    let effect = phone.effect("entropy")["id"].clone();
    for value in [
        json!(null),
        json!([]),
        json!(vec![0; 15]),
        json!(vec![0; 17]),
        json!(vec![256; 16]),
        json!(vec![-1; 16]),
        json!(vec![1.5; 16]),
        json!("0123456789abcdef"),
    ] {
        let request = json!({"op": "result", "effect": effect, "value": value});
        assert_eq!(phone.refused(request), "malformed-result", "{value}");
    }
    phone.result("entropy", bytes());
    assert_eq!(phone.effect(RESERVE)["headers"]["Idempotency-Key"], KEY);
}

#[test]
fn a_wish_is_remembered_before_it_is_sent_and_over_a_new_start() {
    let mut phone = at_gift();
    phone.send("reserve", Value::Null);
    let answer = phone.result("entropy", bytes());
    let order: Vec<&str> = answer["run"].as_array().unwrap().iter().map(|run| run["do"].as_str().unwrap()).collect();
    assert_eq!(order, ["store", "http"]);
    let wish = phone.kept["wish"].clone();
    assert!(wish.as_str().unwrap().contains(KEY) && !wish.as_str().unwrap().contains("林"), "{wish}");

    // WeChat has ended the mini-program; a minute later she opens it again.
    let mut phone = Phone::started("zh", json!({"token": "t1", "wish": wish}));
    open_gift(&mut phone);
    assert_eq!(phone.effect(RESERVE)["headers"]["Idempotency-Key"], KEY, "it is asked for again while it is fresh");
    phone.reply(RESERVE, 201, &fixtures::reservation("zh"));
    assert_eq!(phone.writes.last().unwrap(), &("wish".to_owned(), Value::Null, false));

    // Another gift knows nothing of it.
    let mut phone = Phone::started("zh", json!({"token": "t1", "wish": wish}));
    phone.open("reserve/gift/gift", "/gifts/g2");
    assert!(!phone.asked().contains(&RESERVE.to_owned()));
}

#[test]
fn a_wish_is_forgotten_when_somebody_signs_in_or_out() {
    let mut phone = at_gift();
    phone.send("reserve", Value::Null);
    phone.result("entropy", bytes());
    phone.lose(RESERVE);
    assert!(phone.kept.contains_key("wish"));
    phone.open("pages/me/me", "/me");
    phone.reply("GET /session", 200, &fixtures::session("zh", None));
    phone.send("sign_out", Value::Null);
    phone.reply("DELETE /session", 204, "");
    assert!(!phone.kept.contains_key("wish"));
    phone.go();
    phone.open("reserve/gift/gift", "/gifts/g1");
    phone.reply(GIFT, 200, &fixtures::gift("zh"));
    assert!(!phone.asked().contains(&RESERVE.to_owned()));
}

#[test]
fn what_a_closed_page_waited_for_is_given_up() {
    let mut phone = Phone::signed_in("zh");
    let page = phone.open("account/card/card", "/card");
    phone.reply(
        "GET /me/card",
        200,
        r#"{"number":"880122310047","token":"SY1","valid_for":60,"as_of":"2026-11-22T01:41:07Z"}"#,
    );
    assert_eq!(phone.waits(), [1000]);
    phone.look();
    let mut ids: Vec<Value> = Vec::new();
    let home = phone.stack[0].0;
    phone.tell(json!({"op": "seen", "page": home, "seen": true}));
    let of_home = phone.effect(OVERVIEW)["id"].clone();
    let last = of_home.as_u64().unwrap();
    let answer = phone.tell(json!({"op": "close", "page": page}));
    for run in answer["run"].as_array().unwrap() {
        assert_eq!(run["do"], "give_up");
        ids.extend(run["ids"].as_array().unwrap().iter().cloned());
    }
    assert!(!ids.is_empty() && !ids.contains(&of_home), "{ids:?}");
    assert_eq!(phone.waits(), Vec::<u64>::new());
    for effect in 0..=last + 1 {
        if json!(effect) != of_home {
            assert_eq!(phone.refused(json!({"op": "result", "effect": effect, "value": null})), "no-such-effect");
        }
    }
    assert_eq!(phone.refused(json!({"op": "seen", "page": page, "seen": true})), "no-such-page");
    assert_eq!(phone.asked(), [OVERVIEW]);
}

#[test]
fn a_result_comes_once() {
    let mut phone = Phone::new();
    phone.open("account/programme/programme", "/programme");
    let effect = phone.effect("GET /programme")["id"].clone();
    phone.lose("GET /programme");
    let view = phone.view().clone();
    for value in [json!(null), json!({"status": 200, "body": "{}"}), json!("x")] {
        assert_eq!(phone.refused(json!({"op": "result", "effect": effect, "value": value})), "no-such-effect");
    }
    assert_eq!(phone.view(), &view);
}

#[test]
fn a_number_that_was_closed_can_be_opened_again_and_hears_nothing_of_before() {
    let mut phone = Phone::started("zh_CN", json!({"token": "t1"}));
    phone.tell(json!({"op": "open", "page": 9, "file": "pages/home/home", "path": "/"}));
    let effect = phone.effect(OVERVIEW)["id"].clone();
    phone.tell(json!({"op": "close", "page": 9}));
    phone.tell(json!({"op": "open", "page": 9, "file": "account/card/card", "path": "/card"}));
    assert_eq!(phone.refused(json!({"op": "result", "effect": effect, "value": null})), "no-such-effect");
    assert_ne!(phone.effect("GET /me/card")["id"], effect);
}

#[test]
fn a_pass_is_kept_encrypted_and_looked_for_after_it() {
    let mut phone = Phone::signed_in("zh");
    phone.open("reserve/pass/pass", "/reservations/r1/pass");
    let find = phone.effect("find").clone();
    assert_eq!((&find["key"], &find["secret"]), (&json!("pass"), &json!(true)));
    phone.result("find", Value::Null);
    phone.reply(PASS, 200, &fixtures::pass("zh"));
    let answer = phone.send("keep", true);
    let order: Vec<&str> = answer["run"].as_array().unwrap().iter().map(|run| run["do"].as_str().unwrap()).collect();
    assert_eq!(order, ["store", "find"]);
    let (key, text, secret) = phone.writes.last().unwrap().clone();
    assert_eq!((key.as_str(), secret), ("pass", true));
    phone.result("find", text.clone());
    // Without a network, and after a new start: from the pocket.
    let mut phone = Phone::started("zh", json!({"token": "t1"}));
    phone.open("reserve/pass/pass", "/reservations/r1/pass");
    phone.lose(PASS);
    phone.result("find", text);
    assert!(phone.view().to_string().contains("K7Q"), "{}", phone.view());
    phone.send("keep", false);
    assert_eq!(phone.writes.last().unwrap(), &("pass".to_owned(), Value::Null, true));
}

#[test]
fn a_pass_in_the_pocket_that_is_no_text_is_refused() {
    let mut phone = Phone::new();
    phone.open("reserve/pass/pass", "/reservations/r1/pass");
    let effect = phone.effect("find")["id"].clone();
    assert_eq!(phone.refused(json!({"op": "result", "effect": effect, "value": {"code": 1}})), "malformed-result");
    phone.result("find", json!("not a pass"));
    assert_eq!(phone.writes.last().unwrap(), &("pass".to_owned(), Value::Null, true));
}

#[test]
fn where_she_is_is_told_to_about_a_kilometre() {
    let mut phone = at_gift();
    phone.send("near", Value::Null);
    let locate = phone.effect("locate")["id"].clone();
    for value in [
        json!(null),
        json!({"near": {"lat": 31.2}}),
        json!({"near": {"lat": "31", "lng": "121"}}),
        json!("somewhere"),
        json!({"forbidden": 1}),
    ] {
        assert_eq!(
            phone.refused(json!({"op": "result", "effect": locate, "value": value})),
            "malformed-result",
            "{value}"
        );
    }
    phone.result("locate", json!({"near": {"lat": 31.233_333, "lng": 121.447_777}}));
    assert_eq!(phone.asked(), ["GET /gifts/g1?near=31.23000,121.45000"]);
    for value in [
        json!("forbidden"),
        json!("unavailable"),
        json!({"near": {"lat": 1e308, "lng": 0}}),
        json!({"near": {"lat": 0, "lng": -180.5}}),
    ] {
        let mut phone = at_gift();
        phone.send("near", Value::Null);
        phone.result("locate", value);
        assert_eq!(phone.asked(), Vec::<String>::new());
    }
}

#[test]
fn a_code_that_is_read_leads_to_its_gift() {
    let scan = |value: Value| {
        let mut phone = Phone::signed_in("zh");
        phone.open("pages/gifts/gifts", "/gifts");
        phone.reply("GET /gifts?limit=100", 200, &fixtures::gifts("zh"));
        phone.reply("GET /me/profile", 200, fixtures::profile());
        phone.reply("GET /counters?limit=100", 200, &fixtures::counters("zh"));
        phone.send("scan", Value::Null);
        phone.result("scan", value);
        phone
    };
    let mut phone = scan(json!({"read": "6901234567892"}));
    assert_eq!(phone.go(), "/gifts/g1?variant=v1");
    for (value, alert) in [
        (json!("closed"), false),
        (json!("forbidden"), true),
        (json!("unavailable"), true),
        (json!({"read": "6900000000000"}), true),
        (json!({"read": ""}), true),
    ] {
        let mut phone = scan(value.clone());
        assert_eq!(phone.led(), None);
        assert_eq!(
            phone.view()["body"]["shown"]["content"]["scan_alert"].is_object()
                || phone.view().to_string().contains("\"alert\":{"),
            alert,
            "{value}: {}",
            phone.view()
        );
    }
    let mut phone = Phone::signed_in("zh");
    phone.open("pages/gifts/gifts", "/gifts");
    phone.reply("GET /gifts?limit=100", 200, &fixtures::gifts("zh"));
    phone.send("scan", Value::Null);
    let effect = phone.effect("scan")["id"].clone();
    for value in [json!(null), json!({"read": 69}), json!("broken")] {
        assert_eq!(phone.refused(json!({"op": "result", "effect": effect, "value": value})), "malformed-result");
    }
}

#[test]
fn her_card_s_number_is_copied_and_that_is_said_when_it_is() {
    let mut phone = Phone::signed_in("en");
    let card = phone.open("account/card/card", "/card");
    phone.reply("GET /me/card", 200, fixtures::card());
    phone.send("copy", Value::Null);
    assert_eq!(phone.effect("copy")["text"], "880122310047");
    let effect = phone.effect("copy")["id"].clone();
    for value in [json!(null), json!("yes"), json!({})] {
        assert_eq!(phone.refused(json!({"op": "result", "effect": effect, "value": value})), "malformed-result");
    }
    let before = phone.view().clone();
    phone.result("copy", json!(false));
    assert_eq!((phone.did("announce").len(), phone.view()), (0, &before));
    phone.send("copy", Value::Null);
    phone.result("copy", json!(true));
    let said = phone.did("announce");
    assert_eq!((said.len(), &said[0]["page"]), (1, &json!(card)));
    assert!(said[0]["text"].is_string());
    assert_ne!(phone.view(), &before);
}

#[test]
fn a_mistake_gets_the_focus_on_its_page() {
    let mut phone = Phone::new();
    let page = phone.open("pages/sign_in/sign_in", "/sign-in");
    phone.send("submit", Value::Null);
    assert_eq!(phone.did("focus"), [json!({"do": "focus", "page": page, "target": "phone"})]);
}

#[test]
fn a_wait_ends_with_nothing() {
    let mut phone = Phone::new();
    phone.open("pages/sign_in/sign_in", "/sign-in");
    phone.result("login", Value::Null);
    phone.send("phone_typed", "13800000001");
    phone.send("submit", Value::Null);
    phone.reply("POST /auth/otp", 200, fixtures::code_sent());
    assert_eq!(phone.waits(), [1000]);
    assert!(phone.view().to_string().contains("60 "));
    phone.at += 1000.0;
    phone.result("wait", Value::Null);
    assert!(phone.view().to_string().contains("59 "), "{}", phone.view());
    assert_eq!(phone.waits(), [1000]);
}

#[test]
fn a_field_that_holds_what_the_page_did_not_take_is_drawn_again() {
    let mut phone = Phone::new();
    let page = phone.open("pages/sign_in/sign_in", "/sign-in");
    let answer = phone.send("phone_typed", "１３８ 0000");
    assert_eq!(answer["draw"][0]["page"], page);
    let answer = phone.send("phone_typed", "１３８ 0000");
    assert_eq!(answer["draw"][0]["page"], page, "though nothing is new");
}

#[test]
fn a_page_that_is_pulled_down_says_when_it_has_come() {
    let mut phone = Phone::signed_in("zh");
    let home = phone.top();
    let answer = phone.tell(json!({"op": "refresh", "page": home}));
    assert!(answer["run"].as_array().unwrap().iter().all(|run| run["do"] != "refreshed"));
    phone.lose(OVERVIEW);
    assert_eq!(phone.did("refreshed"), [json!({"do": "refreshed", "page": home})]);
    // A form has nothing to fetch.
    let page = phone.open("account/preferences/preferences", "/me/preferences");
    phone.reply("GET /me/preferences", 200, &fixtures::preferences(true));
    phone.tell(json!({"op": "refresh", "page": page}));
    assert_eq!(phone.did("refreshed"), [json!({"do": "refreshed", "page": page})]);
    assert_eq!(phone.asked(), Vec::<String>::new());
}

#[test]
fn members_only_may_see_the_tabs() {
    let mut phone = Phone::started("zh_CN", json!({"token": "t1"}));
    let page = phone.open("account/programme/programme", "/programme");
    assert_eq!(phone.data(page)["chrome"]["tabs"], json!([]));
    phone.open("pages/home/home", "/");
    phone.reply(OVERVIEW, 200, &fixtures::overview("zh"));
    assert_eq!(phone.data(page)["chrome"]["tabs"].as_array().unwrap().len(), 4, "it is drawn again when that is known");
}
