//! Signing out: it lasts on this phone, and is said only when it is so.

use serde_json::{Value, json};

use crate::driver::Phone;
use crate::fixtures;

const OVERVIEW: &str = "GET /me/overview";
const WECHAT: &str = "POST /auth/wechat";
const OUT: &str = "DELETE /session";
const MISSING: &str = "session-missing";
const UNBOUND: &str = "phone-binding-required";

/// On her own page, about to sign out.
fn at_me() -> Phone {
    let mut phone = Phone::started("zh", json!({"token": "t0"}));
    phone.open("pages/me/me", "/me");
    phone.reply("GET /session", 200, &fixtures::session("zh", None));
    phone.reply("GET /wechat/templates", 200, r#"{"items":[]}"#);
    phone
}

/// She has signed out, and is asked for her number.
fn out() -> Phone {
    let mut phone = at_me();
    phone.send("sign_out", Value::Null);
    phone.reply(OUT, 204, "");
    assert_eq!(phone.go(), "/sign-in");
    phone
}

fn is_still_in(phone: &mut Phone) {
    assert_eq!((phone.led(), &phone.kept["token"], phone.kept.get("left")), (None, &json!("t0"), None));
    assert!(!phone.writes.contains(&("pass".to_owned(), Value::Null, true)));
    assert!(phone.view()["alert"]["title"].is_string(), "{}", phone.view());
}

#[test]
fn it_forgets_the_session_and_whose_it_was() {
    let phone = out();
    assert_eq!(json!(phone.kept), json!({"left": true}));
    assert!(phone.writes.contains(&("pass".to_owned(), Value::Null, true)));
    assert!(phone.writes.contains(&("left".to_owned(), json!(true), false)));
}

#[test]
fn nobody_is_signed_in_in_silence_after_it() {
    let kept = json!(out().kept);
    // Now, and at the next start.
    for mut phone in [out(), Phone::started("zh", kept)] {
        if phone.stack.is_empty() {
            phone.open("pages/home/home", "/");
            phone.refuse(OVERVIEW, MISSING, "");
            assert_eq!(phone.go(), "/sign-in");
        }
        assert_eq!(phone.asked(), Vec::<String>::new());
        // Nobody is signed in: no tabs where a stranger may look.
        phone.open("account/programme/programme", "/programme");
        assert_eq!(phone.data(phone.top())["chrome"]["tabs"], json!([]));
        assert!(phone.effect("GET /programme")["headers"].get("Authorization").is_none());
        phone.open("account/card/card", "/card");
        phone.refuse("GET /me/card", MISSING, "");
        assert_eq!(phone.go(), "/sign-in?back=/card");
        assert_eq!(phone.asked(), Vec::<String>::new());
    }
}

#[test]
fn a_number_that_is_proved_ends_that() {
    let mut phone = out();
    phone.send("phone_typed", "13800000001");
    phone.send("submit", Value::Null);
    phone.reply("POST /auth/otp", 200, fixtures::code_sent());
    phone.send("code_typed", "123456");
    phone.result("login", json!("c"));
    assert_eq!(phone.effect(WECHAT)["body"], r#"{"code":"c","for_binding":true}"#);
    phone.refuse(WECHAT, UNBOUND, fixtures::BINDING);
    assert_eq!(phone.effect("POST /auth/otp/verify")["headers"]["Wechat-Binding"], "b1");
    phone.refuse("POST /auth/otp/verify", "code-wrong", "");
    assert_eq!(phone.kept["left"], true);
    phone.send("code_typed", "654321");
    phone.reply("POST /auth/otp/verify", 200, &fixtures::session("zh", Some("t1")));
    assert_eq!((&phone.kept["token"], phone.kept.get("left")), (&json!("t1"), None));
    assert_eq!(phone.go(), "/");
    phone.refuse(OVERVIEW, MISSING, "");
    assert_eq!(phone.asked(), ["login"]);
}

#[test]
fn a_proof_that_was_given_up_signs_nobody_in_either() {
    let mut phone = out();
    phone.send("phone_typed", "13800000001");
    phone.send("submit", Value::Null);
    phone.reply("POST /auth/otp", 200, fixtures::code_sent());
    phone.send("code_typed", "123456");
    let sign_in = phone.top();
    phone.close(sign_in);
    phone.open("account/programme/programme", "/programme");
    phone.result("login", json!("c"));
    assert_eq!(phone.effect(WECHAT)["body"], r#"{"code":"c","for_binding":true}"#);
    phone.reply(WECHAT, 200, &fixtures::session("zh", Some("t1")));
    assert_eq!((phone.led(), phone.kept.get("token")), (None, None));
}

#[test]
fn a_session_that_is_over_is_come_by_again_to_undo_the_binding() {
    let mut phone = at_me();
    phone.send("sign_out", Value::Null);
    phone.refuse(OUT, MISSING, "");
    phone.result("login", json!("c"));
    phone.reply(WECHAT, 200, &fixtures::session("zh", Some("t2")));
    assert_eq!(phone.effect(OUT)["headers"]["Authorization"], "Bearer t2");
    phone.reply(OUT, 204, "");
    assert_eq!(phone.go(), "/sign-in");
    assert_eq!(json!(phone.kept), json!({"left": true}));
}

#[test]
fn with_nothing_to_come_by_she_is_out() {
    let mut phone = at_me();
    phone.send("sign_out", Value::Null);
    phone.refuse(OUT, MISSING, "");
    phone.result("login", json!("c"));
    phone.refuse(WECHAT, UNBOUND, fixtures::BINDING);
    assert_eq!(phone.go(), "/sign-in");
    assert_eq!(json!(phone.kept), json!({"left": true}));
}

#[test]
fn whoever_is_not_known_to_be_out_is_still_in() {
    for code in ["unavailable", "too-many-requests", "wechat-code-refused", "not-found", "", "lost"] {
        let mut phone = at_me();
        phone.send("sign_out", Value::Null);
        phone.refuse(OUT, MISSING, "");
        match code {
            "" => drop(phone.result("login", Value::Null)),
            "lost" => {
                phone.result("login", json!("c"));
                phone.lose(WECHAT);
            }
            code => {
                phone.result("login", json!("c"));
                phone.refuse(WECHAT, code, "");
            }
        }
        is_still_in(&mut phone);
    }
    // Renewed, and refused all the same: what would sign her in again is there.
    let mut phone = at_me();
    phone.send("sign_out", Value::Null);
    phone.refuse(OUT, MISSING, "");
    phone.result("login", json!("c"));
    phone.reply(WECHAT, 200, &fixtures::session("zh", Some("t0")));
    phone.refuse(OUT, MISSING, "");
    is_still_in(&mut phone);
}

#[test]
fn without_a_network_it_is_not_said_to_be_done() {
    let mut phone = at_me();
    phone.send("sign_out", Value::Null);
    phone.lose(OUT);
    is_still_in(&mut phone);
}
