//! The sign-in page: a number is proved, and bound to her WeChat account.

use serde_json::{Value, json};

use crate::driver::Phone;
use crate::fixtures;

const OVERVIEW: &str = "GET /me/overview";
const WECHAT: &str = "POST /auth/wechat";
const SEND: &str = "POST /auth/otp";
const TRY: &str = "POST /auth/otp/verify";
const UNBOUND: &str = "phone-binding-required";

/// The sign-in page, after her points were refused and WeChat's account turned out to be bound to no number.
fn unbound() -> Phone {
    let mut phone = Phone::new();
    phone.open("account/points/points", "/points");
    phone.result("login", json!("c"));
    phone.refuse(WECHAT, UNBOUND, fixtures::BINDING);
    assert_eq!(phone.go(), "/sign-in?back=/points");
    assert_eq!(phone.asked(), Vec::<String>::new(), "the binding is there already");
    phone
}

fn ask_for_code(phone: &mut Phone) {
    phone.send("phone_typed", "13800000001");
    phone.send("submit", Value::Null);
    phone.reply(SEND, 200, fixtures::code_sent());
}

fn prove(phone: &mut Phone) {
    ask_for_code(phone);
    phone.send("code_typed", "123456");
}

#[test]
fn a_number_is_bound_with_the_code_that_proves_it() {
    let mut phone = unbound();
    prove(&mut phone);
    let headers = &phone.effect(TRY)["headers"];
    assert_eq!((&headers["Wechat-Binding"], &headers["X-Session"]), (&json!("b1"), &json!("bearer")));
    phone.reply(TRY, 200, &fixtures::session("zh", Some("t1")));
    assert_eq!(phone.kept["token"], "t1");
    assert!(phone.writes.contains(&("pass".to_owned(), Value::Null, true)), "it may be somebody else's");
    assert_eq!(phone.go(), "/points");
    let asked = phone.asked().into_iter().find(|asked| asked.contains("/me/")).unwrap();
    assert_eq!(phone.effect(&asked)["headers"]["Authorization"], "Bearer t1");
}

#[test]
fn a_binding_outlives_a_wechat_that_has_no_code_for_once() {
    let mut phone = unbound();
    phone.open("account/card/card", "/card");
    phone.refuse("GET /me/card", "session-missing", "");
    phone.result("login", Value::Null);
    assert_eq!(phone.go(), "/sign-in?back=/card");
    prove(&mut phone);
    assert_eq!(phone.effect(TRY)["headers"]["Wechat-Binding"], "b1");
}

#[test]
fn only_the_proof_carries_the_binding() {
    let mut phone = unbound();
    phone.send("phone_typed", "13800000001");
    phone.send("submit", Value::Null);
    assert!(phone.effect(SEND)["headers"].get("Wechat-Binding").is_none());
    assert!(phone.effect(SEND)["headers"].get("X-Session").is_none());
}

#[test]
fn an_account_that_is_bound_by_now_signs_her_in_at_once() {
    let mut phone = Phone::new();
    phone.open("pages/sign_in/sign_in", "/sign-in?back=/tier");
    phone.result("login", json!("c"));
    phone.reply(WECHAT, 200, &fixtures::session("zh", Some("t1")));
    assert_eq!(phone.kept["token"], "t1");
    assert!(phone.writes.contains(&("pass".to_owned(), Value::Null, true)));
    assert_eq!(phone.go(), "/tier");

    let mut phone = Phone::new();
    phone.open("pages/sign_in/sign_in", "/sign-in");
    phone.result("login", json!("c"));
    phone.reply(WECHAT, 200, &fixtures::session("zh", Some("t1")));
    assert_eq!(phone.led().unwrap(), ("anew".to_owned(), "/pages/home/home".to_owned()));
}

#[test]
fn a_binding_that_is_too_old_is_made_anew_once() {
    let mut phone = unbound();
    prove(&mut phone);
    let before = phone.view().clone();
    phone.refuse(TRY, "wechat-binding-expired", "");
    assert_eq!((phone.asked(), phone.view()), (vec!["login".to_owned()], &before));
    phone.result("login", json!("c2"));
    phone.refuse(WECHAT, UNBOUND, r#","binding":"b2","expires_at":"2026-11-22T02:51:07Z""#);
    assert_eq!(phone.effect(TRY)["headers"]["Wechat-Binding"], "b2");
    assert_eq!(phone.effect(TRY)["body"], r#"{"challenge_id":"c1","code":"123456"}"#);
    phone.refuse(TRY, "wechat-binding-expired", "");
    assert_eq!(phone.asked(), Vec::<String>::new(), "once");
    assert!(phone.view().to_string().contains("title of wechat-binding-expired"), "{}", phone.view());
    // Her next try asks for one before it goes.
    phone.send("submit", Value::Null);
    assert_eq!(phone.asked(), ["login"]);
}

#[test]
fn a_number_is_proved_without_wechat_if_it_has_no_code() {
    let mut phone = Phone::new();
    phone.open("pages/sign_in/sign_in", "/sign-in");
    phone.result("login", Value::Null);
    prove(&mut phone);
    assert_eq!(phone.asked(), ["login"], "it may have one now");
    phone.result("login", Value::Null);
    assert!(phone.effect(TRY)["headers"].get("Wechat-Binding").is_none());
    phone.reply(TRY, 200, &fixtures::session("zh", Some("t1")));
    assert_eq!(phone.go(), "/");
}

#[test]
fn a_number_is_proved_without_wechat_if_the_server_can_t_reach_it() {
    for code in ["unavailable", "wechat-not-set-up", "wechat-code-refused", "too-many-requests"] {
        let mut phone = Phone::new();
        phone.open("pages/sign_in/sign_in", "/sign-in");
        phone.result("login", json!("c"));
        phone.refuse(WECHAT, code, "");
        prove(&mut phone);
        phone.result("login", json!("c"));
        phone.refuse(WECHAT, code, "");
        assert!(phone.effect(TRY)["headers"].get("Wechat-Binding").is_none(), "{code}");
    }
}

#[test]
fn a_proof_waits_for_a_binding_that_is_on_its_way() {
    let mut phone = Phone::new();
    phone.open("pages/sign_in/sign_in", "/sign-in");
    phone.result("login", json!("c"));
    prove(&mut phone);
    assert_eq!(phone.asked(), [WECHAT]);
    phone.refuse(WECHAT, UNBOUND, fixtures::BINDING);
    assert_eq!(phone.effect(TRY)["headers"]["Wechat-Binding"], "b1");
}

#[test]
fn a_proof_that_can_t_reach_the_server_can_be_tried_again() {
    let mut phone = Phone::new();
    phone.open("pages/sign_in/sign_in", "/sign-in");
    phone.result("login", json!("c"));
    phone.lose(WECHAT);
    prove(&mut phone);
    phone.result("login", json!("c"));
    phone.lose(WECHAT);
    assert!(phone.view().to_string().contains("连不上网络"), "{}", phone.view());
    assert!(phone.view().to_string().contains("123456"));
    phone.send("submit", Value::Null);
    phone.result("login", json!("c"));
    phone.refuse(WECHAT, UNBOUND, fixtures::BINDING);
    assert_eq!(phone.effect(TRY)["headers"]["Wechat-Binding"], "b1");
}

#[test]
fn a_wrong_code_keeps_the_binding() {
    let mut phone = unbound();
    prove(&mut phone);
    phone.refuse(TRY, "code-wrong", "");
    phone.send("code_typed", "654321");
    assert_eq!(phone.effect(TRY)["headers"]["Wechat-Binding"], "b1");
}

#[test]
fn what_she_sees_after_she_left_the_sign_in_page_is_not_taken_from_her() {
    let mut phone = Phone::new();
    phone.open("account/programme/programme", "/programme");
    let sign_in = phone.open("pages/sign_in/sign_in", "/sign-in");
    phone.close(sign_in);
    let page = phone.top();
    phone.tell(json!({"op": "seen", "page": page, "seen": true}));
    phone.result("login", json!("c"));
    phone.reply(WECHAT, 200, &fixtures::session("zh", Some("t1")));
    assert_eq!(phone.led(), None);
    assert_eq!(phone.kept["token"], "t1");
}

#[test]
fn home_after_signing_in_is_a_tab() {
    let mut phone = Phone::new();
    phone.open("pages/home/home", "/");
    phone.result("login", json!("c"));
    phone.refuse(WECHAT, UNBOUND, fixtures::BINDING);
    assert_eq!(phone.go(), "/sign-in");
    prove(&mut phone);
    phone.reply(TRY, 200, &fixtures::session("zh", Some("t1")));
    assert_eq!(phone.go(), "/");
    phone.reply(OVERVIEW, 200, &fixtures::overview("zh"));
    assert!(phone.view().to_string().contains("1,240"));
}

#[test]
fn a_number_is_never_proved_into_the_account_that_was_bound_before() {
    // WeChat's account is bound to another number: a silent answer signs nobody in while she proves hers.
    let mut phone = Phone::new();
    phone.open("pages/sign_in/sign_in", "/sign-in?back=/tier");
    phone.result("login", json!("c"));
    prove(&mut phone);
    assert_eq!(phone.asked(), [WECHAT]);
    assert_eq!(phone.effect(WECHAT)["body"], r#"{"code":"c"}"#);
    phone.reply(WECHAT, 200, &fixtures::session("zh", Some("other")));
    assert_eq!((phone.led(), phone.asked(), phone.kept.get("token")), (None, vec!["login".to_owned()], None));
    phone.result("login", json!("c2"));
    assert_eq!(phone.effect(WECHAT)["body"], r#"{"code":"c2","for_binding":true}"#);
    phone.refuse(WECHAT, UNBOUND, fixtures::BINDING);
    assert_eq!(phone.effect(TRY)["headers"]["Wechat-Binding"], "b1");
    phone.reply(TRY, 200, &fixtures::session("zh", Some("hers")));
    assert_eq!((phone.kept["token"].clone(), phone.go()), (json!("hers"), "/tier".to_owned()));
}

#[test]
fn a_session_that_was_not_asked_for_is_not_taken() {
    let mut phone = Phone::new();
    phone.open("pages/sign_in/sign_in", "/sign-in");
    phone.result("login", Value::Null);
    prove(&mut phone);
    phone.result("login", json!("c"));
    phone.reply(WECHAT, 200, &fixtures::session("zh", Some("other")));
    assert_eq!((phone.led(), phone.kept.get("token")), (None, None));
    assert!(phone.effect(TRY)["headers"].get("Wechat-Binding").is_none());
}

#[test]
fn she_is_not_taken_from_the_number_that_she_types() {
    let mut phone = Phone::new();
    phone.open("pages/sign_in/sign_in", "/sign-in?back=/tier");
    phone.send("phone_typed", "1");
    phone.result("login", json!("c"));
    let answer = phone.reply(WECHAT, 200, &fixtures::session("zh", Some("other")));
    assert_eq!((phone.led(), phone.kept.get("token")), (None, None));
    assert_eq!(answer["draw"], json!([]));
    prove(&mut phone);
    phone.result("login", json!("c"));
    phone.refuse(WECHAT, UNBOUND, fixtures::BINDING);
    phone.reply(TRY, 200, &fixtures::session("zh", Some("hers")));
    assert_eq!((phone.kept["token"].clone(), phone.go()), (json!("hers"), "/tier".to_owned()));
}

#[test]
fn a_page_below_that_finds_out_later_leaves_her_where_she_types() {
    let mut phone = Phone::started("zh", json!({"token": "t0"}));
    phone.open("account/points/points", "/points");
    let below = phone.asked().remove(0);
    phone.open("pages/sign_in/sign_in", "/sign-in");
    phone.send("phone_typed", "138");
    phone.refuse(&below, "session-missing", "");
    phone.result("login", json!("c"));
    phone.refuse(WECHAT, UNBOUND, fixtures::BINDING);
    assert_eq!(phone.led(), None);
    prove(&mut phone);
    assert_eq!(phone.effect(TRY)["headers"]["Wechat-Binding"], "b1");
}
