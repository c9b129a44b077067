//! A session that is missing or over: come by again in silence, or asked for.

use serde_json::{Value, json};

use crate::driver::Phone;
use crate::fixtures;

const OVERVIEW: &str = "GET /me/overview";
const WECHAT: &str = "POST /auth/wechat";
const PROFILE: &str = "GET /me/profile";
const PREFERENCES: &str = "GET /me/preferences";
const SAVE: &str = "PUT /me/preferences";
const MISSING: &str = "session-missing";

fn header(phone: &Phone, asked: &str, name: &str) -> Option<String> {
    phone.effect(asked)["headers"].get(name).map(|value| value.as_str().unwrap().to_owned())
}

/// WeChat and the server know her.
fn renew(phone: &mut Phone, token: &str) {
    phone.result("login", json!("c"));
    phone.reply(WECHAT, 200, &fixtures::session("zh", Some(token)));
}

#[test]
fn the_first_refusal_is_never_seen() {
    let mut phone = Phone::new();
    let home = phone.open("pages/home/home", "/");
    let before = phone.data(home).clone();
    assert_eq!(header(&phone, OVERVIEW, "Authorization"), None);
    let id = phone.effect(OVERVIEW)["id"].clone();
    phone.refuse(OVERVIEW, MISSING, "");
    assert_eq!((phone.asked(), phone.data(home)), (vec!["login".to_owned()], &before));
    phone.result("login", json!("wx-code"));
    assert_eq!(phone.asked(), [WECHAT]);
    assert_eq!(phone.effect(WECHAT)["body"], r#"{"code":"wx-code"}"#);
    assert_eq!(header(&phone, WECHAT, "X-Session").as_deref(), Some("bearer"));
    phone.reply(WECHAT, 200, &fixtures::session("zh", Some("t1")));
    assert_eq!(phone.writes, [("token".to_owned(), json!("t1"), true)]);
    assert_eq!((phone.asked(), phone.data(home)), (vec![OVERVIEW.to_owned()], &before));
    assert_eq!(phone.effect(OVERVIEW)["id"], id);
    assert_eq!(header(&phone, OVERVIEW, "Authorization").as_deref(), Some("Bearer t1"));
    assert_eq!(header(&phone, OVERVIEW, "X-Session"), None);
    phone.reply(OVERVIEW, 200, &fixtures::overview("zh"));
    assert!(phone.view().to_string().contains("1,240"));
    assert_eq!(phone.led(), None);
}

#[test]
fn a_stored_token_is_used() {
    let mut phone = Phone::started("zh", json!({"token": "t0"}));
    phone.open("pages/home/home", "/");
    assert_eq!(header(&phone, OVERVIEW, "Authorization").as_deref(), Some("Bearer t0"));
}

#[test]
fn several_pages_that_are_refused_sign_in_once() {
    let mut phone = Phone::new();
    phone.open("reserve/gift/gift", "/gifts/g1");
    phone.open("pages/home/home", "/");
    let asked = phone.asked();
    assert_eq!(asked.len(), 4);
    asked.iter().for_each(|asked| drop(phone.refuse(asked, MISSING, "")));
    assert_eq!(phone.asked(), ["login"]);
    renew(&mut phone, "t1");
    let mut again = phone.asked();
    again.sort();
    let mut expected = asked;
    expected.sort();
    assert_eq!(again, expected);
    for asked in again {
        assert_eq!(header(&phone, &asked, "Authorization").as_deref(), Some("Bearer t1"));
    }
}

#[test]
fn what_is_asked_while_she_is_signed_in_waits_for_that() {
    let mut phone = Phone::signed_in("zh");
    phone.look();
    phone.refuse(OVERVIEW, MISSING, "");
    phone.open("account/profile/profile", "/me/profile");
    phone.open("account/programme/programme", "/programme");
    assert_eq!(
        phone.asked(),
        ["login", "GET /counters?limit=100", "GET /programme"],
        "what anyone may see is asked for"
    );
    renew(&mut phone, "t2");
    let mut asked = phone.asked();
    asked.sort();
    assert_eq!(asked, ["GET /counters?limit=100", OVERVIEW, PROFILE, "GET /programme"]);
    assert_eq!(header(&phone, PROFILE, "Authorization").as_deref(), Some("Bearer t2"));
}

#[test]
fn what_waited_unsent_is_refused_with_the_rest() {
    let mut phone = Phone::signed_in("zh");
    phone.look();
    phone.refuse(OVERVIEW, MISSING, "");
    phone.open("account/preferences/preferences", "/me/preferences");
    phone.result("login", json!("c"));
    phone.refuse(WECHAT, "phone-binding-required", fixtures::BINDING);
    assert_eq!(phone.asked(), Vec::<String>::new());
    assert_eq!(phone.go(), "/sign-in?back=/me/preferences&ended=1", "the page that she looks at says where to");
    assert_eq!(phone.kept.get("token"), None);
}

#[test]
fn a_refusal_that_comes_after_she_is_signed_in_again_is_old_news() {
    let mut phone = Phone::new();
    phone.open("reserve/gift/gift", "/gifts/g1");
    phone.refuse("GET /gifts/g1", MISSING, "");
    renew(&mut phone, "t1");
    phone.refuse(PROFILE, MISSING, "");
    assert!(!phone.asked().contains(&"login".to_owned()), "{:?}", phone.asked());
    assert_eq!(header(&phone, PROFILE, "Authorization").as_deref(), Some("Bearer t1"));
    assert_eq!(phone.asked().len(), 3);
}

#[test]
fn a_refusal_that_comes_after_it_is_known_that_she_has_none_leads_nowhere_again() {
    let mut phone = Phone::new();
    phone.open("account/points/points", "/points");
    phone.open("account/card/card", "/card");
    phone.refuse("GET /me/card", MISSING, "");
    phone.result("login", json!("c"));
    phone.refuse(WECHAT, "phone-binding-required", fixtures::BINDING);
    assert_eq!(phone.led().unwrap().1, "/pages/sign_in/sign_in?path=%2Fsign-in%3Fback%3D%2Fcard");
    let late = phone.asked();
    assert!(!late.is_empty());
    // What makes no sense is nothing that she did.
    let page = phone.top();
    assert_eq!(
        phone.refused(json!({"op": "event", "page": page, "event": {"on": "no_such_thing"}})),
        "malformed-event"
    );
    late.iter().for_each(|asked| drop(phone.refuse(asked, MISSING, "")));
    assert_eq!((phone.led(), phone.asked()), (None, Vec::new()));
}

#[test]
fn two_refusals_at_once_lead_to_one_page() {
    let mut phone = Phone::new();
    phone.open("account/points/points", "/points");
    phone.open("account/tier/tier", "/tier");
    phone.asked().iter().for_each(|asked| drop(phone.refuse(asked, MISSING, "")));
    phone.result("login", Value::Null);
    assert_eq!(phone.go(), "/sign-in?back=/tier");
    assert_eq!(phone.asked(), ["login"], "a sign-in page asks WeChat again");
    phone.result("login", Value::Null);
    assert!(phone.view().to_string().contains("phone"), "{}", phone.view());
}

#[test]
fn a_second_refusal_is_hers_to_see() {
    let mut phone = Phone::signed_in("zh");
    phone.look();
    phone.refuse(OVERVIEW, MISSING, "");
    renew(&mut phone, "t2");
    phone.refuse(OVERVIEW, MISSING, "");
    assert_eq!(phone.asked(), Vec::<String>::new());
    assert_eq!(phone.go(), "/sign-in?ended=1");
    assert_eq!(phone.asked(), Vec::<String>::new(), "it would only lead back");
}

#[test]
fn without_a_network_she_is_offline_and_not_signed_out() {
    let mut phone = Phone::new();
    phone.open("pages/home/home", "/");
    phone.refuse(OVERVIEW, MISSING, "");
    phone.result("login", json!("c"));
    phone.lose(WECHAT);
    assert_eq!(phone.led(), None);
    assert_eq!(phone.view()["body"]["trouble"]["title"], "连不上网络");
    phone.send("retry", Value::Null);
    phone.refuse(OVERVIEW, MISSING, "");
    renew(&mut phone, "t1");
    phone.reply(OVERVIEW, 200, &fixtures::overview("zh"));
    assert!(phone.view().to_string().contains("1,240"));
}

#[test]
fn a_server_that_can_t_tell_is_said_to_be_at_fault() {
    let mut phone = Phone::new();
    phone.open("pages/home/home", "/");
    phone.refuse(OVERVIEW, MISSING, "");
    phone.result("login", json!("c"));
    phone.refuse(WECHAT, "unavailable", "");
    assert_eq!(phone.led(), None);
    assert_eq!(phone.view()["body"]["trouble"]["title"], "title of unavailable");
}

#[test]
fn a_session_that_ends_under_her_hands_costs_her_nothing() {
    let mut phone = Phone::signed_in("zh");
    phone.open("account/preferences/preferences", "/me/preferences");
    phone.reply(PREFERENCES, 200, &fixtures::preferences(true));
    phone.send("toggle", json!(["sms", false]));
    phone.send("quiet", true);
    phone.send("save", Value::Null);
    let sent = phone.effect(SAVE).clone();
    let before = phone.view().clone();
    phone.refuse(SAVE, MISSING, "");
    assert_eq!(phone.view(), &before);
    // She types on meanwhile? It is being saved: nothing can be typed. But nothing is lost, either.
    renew(&mut phone, "t2");
    assert_eq!(phone.view(), &before);
    let again = phone.effect(SAVE).clone();
    assert_eq!((&again["body"], &again["headers"]["If-Match"]), (&sent["body"], &sent["headers"]["If-Match"]));
    assert_eq!(again["headers"]["Authorization"], "Bearer t2");
    assert!(again["body"].as_str().unwrap().contains(r#""sms":false"#), "{again}");
    phone.reply(SAVE, 200, again["body"].as_str().unwrap());
    assert_eq!(phone.led(), None);
    assert_eq!(phone.data(phone.top())["unsaved"], Value::Null);
}

#[test]
fn what_is_not_saved_is_asked_about_before_she_leaves() {
    let mut phone = Phone::signed_in("zh");
    let page = phone.open("account/preferences/preferences", "/me/preferences");
    phone.reply(PREFERENCES, 200, &fixtures::preferences(true));
    assert_eq!(phone.data(page)["unsaved"], Value::Null);
    phone.send("toggle", json!(["sms", false]));
    assert!(phone.data(page)["unsaved"].is_string());
    // No network while her session is renewed: what she changed is there.
    phone.send("save", Value::Null);
    phone.refuse(SAVE, MISSING, "");
    phone.result("login", json!("c"));
    phone.lose(WECHAT);
    assert!(phone.data(page)["unsaved"].is_string());
    assert_eq!(phone.led(), None);
    phone.send("save", Value::Null);
    assert!(phone.effect(SAVE)["body"].as_str().unwrap().contains(r#""sms":false"#));
}

#[test]
fn a_page_that_closes_while_it_waits_is_forgotten() {
    let mut phone = Phone::signed_in("zh");
    let card = phone.open("account/card/card", "/card");
    phone.refuse("GET /me/card", MISSING, "");
    phone.close(card);
    renew(&mut phone, "t2");
    assert_eq!(phone.asked(), Vec::<String>::new());
    assert_eq!(phone.kept["token"], "t2");
}

#[test]
fn signing_out_forgets_the_token_and_is_not_undone() {
    let mut phone = Phone::signed_in("zh");
    phone.open("pages/me/me", "/me");
    phone.reply("GET /session", 200, &fixtures::session("zh", None));
    phone.kept.insert("token".to_owned(), json!("t1"));
    phone.send("sign_out", Value::Null);
    phone.reply("DELETE /session", 204, "");
    assert_eq!(phone.kept.get("token"), None);
    assert!(phone.writes.contains(&("pass".to_owned(), Value::Null, true)));
    assert_eq!(phone.go(), "/sign-in");
    phone.result("login", json!("c"));
    phone.refuse(WECHAT, "phone-binding-required", fixtures::BINDING);
    assert_eq!((phone.led(), phone.asked()), (None, Vec::new()));
    // Nobody is signed in: no tabs where a stranger may look.
    phone.open("account/programme/programme", "/programme");
    assert_eq!(phone.data(phone.top())["chrome"]["tabs"], json!([]));
    assert_eq!(header(&phone, "GET /programme", "Authorization"), None);
}

#[test]
fn signing_out_of_a_session_that_is_over_undoes_the_binding_all_the_same() {
    let mut phone = Phone::signed_in("zh");
    phone.open("pages/me/me", "/me");
    phone.reply("GET /session", 200, &fixtures::session("zh", None));
    phone.send("sign_out", Value::Null);
    phone.refuse("DELETE /session", MISSING, "");
    renew(&mut phone, "t2");
    assert_eq!(header(&phone, "DELETE /session", "Authorization").as_deref(), Some("Bearer t2"));
    phone.reply("DELETE /session", 204, "");
    assert_eq!(phone.go(), "/sign-in");
    assert_eq!(phone.kept.get("token"), None);
}

#[test]
fn signing_out_without_a_network_is_not_said_to_be_done() {
    let mut phone = Phone::signed_in("zh");
    phone.open("pages/me/me", "/me");
    phone.send("sign_out", Value::Null);
    phone.lose("DELETE /session");
    assert_eq!(phone.led(), None);
    assert!(phone.view()["alert"]["title"].is_string());
}

#[test]
fn a_refresh_ends_when_its_request_has_waited_for_a_session() {
    let mut phone = Phone::signed_in("zh");
    let page = phone.top();
    phone.tell(json!({"op": "refresh", "page": page}));
    phone.refuse(OVERVIEW, MISSING, "");
    assert_eq!(phone.did("refreshed").len(), 0);
    renew(&mut phone, "t2");
    assert_eq!(phone.did("refreshed").len(), 0);
    phone.reply(OVERVIEW, 200, &fixtures::overview("zh"));
    assert_eq!(phone.did("refreshed"), [json!({"do": "refreshed", "page": page})]);
}
