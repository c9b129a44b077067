//! A session that is renewed in silence and turns out to be another member's: two devices with one WeChat account, bound anew on the other.

use serde_json::{Value, json};

use crate::driver::Phone;
use crate::fixtures;

const OVERVIEW: &str = "GET /me/overview";
const WECHAT: &str = "POST /auth/wechat";
const SAVE: &str = "PUT /me/preferences";
const MISSING: &str = "session-missing";

fn other() -> String {
    fixtures::session("zh", Some("t9")).replace("m1", "m9")
}

/// About to save, with a wish and a pass on the phone.
fn saving(stored: Value) -> Phone {
    let mut phone = Phone::started("zh", stored);
    phone.kept.insert("pass".to_owned(), json!(fixtures::pass("zh")));
    phone.open("pages/home/home", "/");
    phone.reply(OVERVIEW, 200, &fixtures::overview("zh"));
    phone.reply("GET /wechat/templates", 200, r#"{"items":[]}"#);
    phone.open("account/preferences/preferences", "/me/preferences");
    phone.reply("GET /me/preferences", 200, &fixtures::preferences(true));
    phone.look();
    phone.send("toggle", json!(["sms", false]));
    phone.send("save", Value::Null);
    phone
}

/// Somebody's session, as it is kept.
fn hers() -> Value {
    let mut phone = Phone::new();
    phone.open("pages/home/home", "/");
    phone.result("login", json!("c"));
    phone.reply(WECHAT, 200, &fixtures::session("zh", Some("t1")));
    let mut kept = json!(phone.kept);
    assert!(!kept["who"].as_str().unwrap().contains("8801"), "no more than it takes: {kept}");
    kept["wish"] = json!("w");
    kept
}

fn renew(phone: &mut Phone, session: &str) {
    phone.refuse(SAVE, MISSING, "");
    phone.result("login", json!("c"));
    phone.reply(WECHAT, 200, session);
}

#[test]
fn nothing_of_hers_is_sent_and_it_goes_home_anew() {
    let mut phone = saving(hers());
    // On its way when that happens, from a page below.
    let home = phone.stack[0].0;
    phone.tell(json!({"op": "seen", "page": home, "seen": true}));
    assert_eq!(phone.asked(), [SAVE, OVERVIEW]);
    renew(&mut phone, &other());
    assert_eq!((phone.asked(), phone.kept.get("wish"), phone.kept.get("pass")), (Vec::new(), None, None));
    assert_eq!(phone.led(), Some(("anew".to_owned(), "/pages/home/home".to_owned())));
    assert_eq!(phone.kept["token"], "t9");
    assert!(phone.kept["who"].as_str().unwrap().contains("m9"));
}

#[test]
fn what_tells_them_apart_is_known_at_the_next_start_and_learnt_from_what_is_asked() {
    // A session by its token alone: who she is comes with the first answer that says so.
    let mut phone = saving(json!({"token": "t1"}));
    let preferences = phone.top();
    let me = phone.open("pages/me/me", "/me");
    phone.reply("GET /session", 200, &fixtures::session("zh", None));
    phone.close(me);
    phone.tell(json!({"op": "seen", "page": preferences, "seen": true}));
    renew(&mut phone, &other());
    assert_eq!(phone.go(), "/");
    assert_eq!(phone.asked(), [OVERVIEW]);
}

#[test]
fn she_herself_goes_on_where_she_was() {
    let number = fixtures::session("zh", Some("t2")).replace("0001", "7777");
    for session in [fixtures::session("zh", Some("t2")), number] {
        let mut phone = saving(hers());
        renew(&mut phone, &session);
        assert_eq!((phone.asked(), phone.led()), (vec![SAVE.to_owned()], None));
        assert_eq!((&phone.kept["wish"], phone.kept.contains_key("pass")), (&json!("w"), true));
    }
}

#[test]
fn before_she_has_joined_her_number_says_who_she_is() {
    let without = |phone: &str| {
        format!(r#"{{"phone":"{phone}","member":null,"expires_at":"2026-12-22T01:41:07Z","token":"t2"}}"#)
    };
    let start = |phone: &str| {
        let mut phone_ = Phone::new();
        phone_.open("account/preferences/preferences", "/me/preferences");
        phone_.result("login", json!("c"));
        phone_.reply(WECHAT, 200, &without(phone));
        saving(json!(phone_.kept))
    };
    let mut phone = start("+86 138****0001");
    renew(&mut phone, &fixtures::session("zh", Some("t3")));
    assert_eq!((phone.asked(), phone.led()), (vec![SAVE.to_owned()], None), "she has joined meanwhile");
    let mut phone = start("+86 138****0002");
    renew(&mut phone, &fixtures::session("zh", Some("t3")));
    assert_eq!(phone.go(), "/");
}

#[test]
fn who_she_was_and_can_t_be_read_was_never_kept() {
    for who in [json!("{}"), json!("x"), json!({"phone": "1"}), json!(7)] {
        let mut phone = saving(json!({"token": "t1", "who": who}));
        renew(&mut phone, &other());
        assert_eq!((phone.asked(), phone.led()), (vec![SAVE.to_owned()], None));
    }
}
