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
const UNBOUND: &str = "phone-binding-required";

fn header(phone: &Phone, asked: &str, name: &str) -> Option<String> {
    phone.effect(asked)["headers"].get(name).map(|value| value.as_str().unwrap().to_owned())
}

/// With a session that is over.
fn over() -> Phone {
    Phone::started("zh", json!({"token": "t0"}))
}

/// WeChat and the server know her.
fn renew(phone: &mut Phone, token: &str) {
    phone.result("login", json!("c"));
    phone.reply(WECHAT, 200, &fixtures::session("zh", Some(token)));
}

#[test]
fn without_a_session_she_is_signed_in_before_anything_is_asked_that_would_be_refused() {
    let mut phone = Phone::new();
    let home = phone.open("pages/home/home", "/");
    let before = phone.data(home).clone();
    assert_eq!(phone.asked(), ["login"]);
    phone.open("reserve/gift/gift", "/gifts/g1");
    phone.open("account/programme/programme", "/programme");
    assert_eq!(phone.asked(), ["login", "GET /programme"], "what anyone may see is asked for");
    phone.result("login", json!("wx-code"));
    assert_eq!(phone.effect(WECHAT)["body"], r#"{"code":"wx-code"}"#);
    assert_eq!(header(&phone, WECHAT, "X-Session").as_deref(), Some("bearer"));
    phone.reply(WECHAT, 200, &fixtures::session("zh", Some("t1")));
    assert_eq!(phone.writes.iter().map(|(key, ..)| key.as_str()).collect::<Vec<_>>(), ["who", "token"]);
    assert_eq!((&phone.kept["token"], phone.data(home)), (&json!("t1"), &before));
    assert!(phone.writes.iter().all(|(.., secret)| *secret), "{:?}", phone.writes);
    assert_eq!(header(&phone, OVERVIEW, "Authorization").as_deref(), Some("Bearer t1"));
    phone.reply(OVERVIEW, 200, &fixtures::overview("zh"));
    assert!(phone.data(home).to_string().contains("1,240"));
    assert_eq!(phone.led(), None);
}

#[test]
fn she_is_signed_in_first_only_once_in_a_run() {
    let mut phone = Phone::new();
    phone.open("pages/home/home", "/");
    phone.result("login", json!("c"));
    phone.lose(WECHAT);
    phone.send("retry", Value::Null);
    assert_eq!(phone.asked(), [OVERVIEW]);
    assert_eq!(header(&phone, OVERVIEW, "Authorization"), None);
    phone.refuse(OVERVIEW, MISSING, "");
    assert_eq!(phone.asked(), ["login"]);
}

#[test]
fn the_refusal_of_a_session_that_is_over_is_never_seen() {
    let mut phone = over();
    let home = phone.open("pages/home/home", "/");
    let before = phone.data(home).clone();
    let id = phone.effect(OVERVIEW)["id"].clone();
    phone.refuse(OVERVIEW, MISSING, "");
    assert_eq!((phone.asked(), phone.data(home)), (vec!["login".to_owned()], &before));
    assert_eq!(phone.kept["token"], "t0", "until there is another, or none to be had");
    renew(&mut phone, "t1");
    assert_eq!((phone.asked(), phone.data(home)), (vec![OVERVIEW.to_owned()], &before));
    assert_eq!((&phone.effect(OVERVIEW)["id"], &phone.kept["token"]), (&id, &json!("t1")));
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
    let mut phone = over();
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
    phone.refuse(WECHAT, UNBOUND, fixtures::BINDING);
    assert_eq!(phone.asked(), Vec::<String>::new());
    assert_eq!(phone.go(), "/sign-in?back=/me/preferences&ended=1", "the page that she looks at says where to");
    assert_eq!(phone.kept.get("token"), None);
}

#[test]
fn a_refusal_that_comes_after_she_is_signed_in_again_is_old_news() {
    let mut phone = over();
    phone.open("reserve/gift/gift", "/gifts/g1");
    phone.refuse("GET /gifts/g1", MISSING, "");
    renew(&mut phone, "t1");
    phone.refuse(PROFILE, MISSING, "");
    assert!(!phone.asked().contains(&"login".to_owned()), "{:?}", phone.asked());
    assert_eq!(header(&phone, PROFILE, "Authorization").as_deref(), Some("Bearer t1"));
    assert_eq!(phone.asked().len(), 3);
}

#[test]
fn what_is_still_asked_when_it_is_known_that_she_has_none_is_given_up() {
    let mut phone = over();
    phone.open("account/points/points", "/points");
    phone.open("account/card/card", "/card");
    let late = phone.awaited();
    phone.refuse("GET /me/card", MISSING, "");
    phone.result("login", json!("c"));
    phone.refuse(WECHAT, UNBOUND, fixtures::BINDING);
    assert_eq!(phone.led().unwrap().1, "/pages/sign_in/sign_in?path=%2Fsign-in%3Fback%3D%2Fcard");
    assert_eq!((phone.asked(), phone.kept.get("token")), (Vec::new(), None));
    for effect in late {
        assert_eq!(phone.refused(json!({"op": "result", "effect": effect, "value": null})), "no-such-effect");
    }
}

#[test]
fn two_refusals_at_once_lead_to_one_page() {
    let mut phone = over();
    phone.open("account/points/points", "/points");
    phone.open("account/tier/tier", "/tier");
    phone.asked().iter().for_each(|asked| drop(phone.refuse(asked, MISSING, "")));
    phone.result("login", json!("c"));
    phone.refuse(WECHAT, UNBOUND, fixtures::BINDING);
    assert_eq!(phone.go(), "/sign-in?back=/tier");
    assert_eq!(phone.asked(), Vec::<String>::new());
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
    for mut phone in [Phone::new(), over()] {
        phone.open("pages/home/home", "/");
        if phone.asked() == [OVERVIEW] {
            phone.refuse(OVERVIEW, MISSING, "");
        }
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
}

/// What can come of asking who she is that says nothing about it, and what she reads then.
const NOT_KNOWN: [(&str, &str); 5] = [
    ("unavailable", "title of unavailable"),
    ("too-many-requests", "title of too-many-requests"),
    ("wechat-code-refused", "title of wechat-code-refused"),
    ("not-found", "我们这边出了问题"),
    ("", "连不上网络"),
];

fn is_not_known(phone: &mut Phone, code: &str) {
    if code.is_empty() {
        phone.result("login", Value::Null);
    } else {
        phone.result("login", json!("c"));
        phone.refuse(WECHAT, code, "");
    }
}

#[test]
fn what_is_not_known_costs_her_neither_session_nor_pass_nor_page() {
    for (code, title) in NOT_KNOWN {
        let mut phone = Phone::started("zh", json!({"token": "t0", "wish": "w"}));
        phone.kept.insert("pass".to_owned(), json!(fixtures::pass("zh")));
        phone.open("reserve/pass/pass", "/reservations/r1/pass");
        phone.refuse("GET /reservations/r1/pass", MISSING, "");
        is_not_known(&mut phone, code);
        phone.result("find", json!(fixtures::pass("zh")));
        assert_eq!((phone.led(), phone.writes.len()), (None, 0), "{code}");
        assert_eq!(phone.kept["token"], "t0");

        let mut phone = over();
        phone.open("account/points/points", "/points");
        let asked = phone.asked();
        asked.iter().for_each(|asked| drop(phone.refuse(asked, MISSING, "")));
        is_not_known(&mut phone, code);
        assert_eq!(phone.led(), None, "{code}");
        assert!(phone.view().to_string().contains(title), "{code}: {}", phone.view());
        // The next time it may be known.
        phone.send("retry", Value::Null);
        let asked = phone.asked().remove(0);
        assert_eq!(header(&phone, &asked, "Authorization").as_deref(), Some("Bearer t0"));
        phone.refuse(&asked, MISSING, "");
        assert!(phone.asked().contains(&"login".to_owned()), "{code}");
    }
}

#[test]
fn without_a_session_to_lose_what_is_not_known_leads_to_her_number() {
    for (code, _) in NOT_KNOWN {
        let mut phone = Phone::new();
        phone.open("pages/home/home", "/");
        is_not_known(&mut phone, code);
        assert_eq!(phone.go(), "/sign-in", "{code}");
        assert_eq!(phone.asked(), ["login"], "a sign-in page asks WeChat again");
        is_not_known(&mut phone, code);
        assert_eq!((phone.led(), phone.asked()), (None, Vec::new()));
        assert!(phone.view().to_string().contains("phone"), "{}", phone.view());
    }
}

#[test]
fn a_server_without_wechat_asks_for_her_number() {
    let mut phone = over();
    phone.open("pages/home/home", "/");
    phone.refuse(OVERVIEW, MISSING, "");
    phone.result("login", json!("c"));
    phone.refuse(WECHAT, "wechat-not-set-up", "");
    assert_eq!(phone.go(), "/sign-in");
    assert_eq!(phone.kept.get("token"), None);
}

#[test]
fn an_answer_that_is_no_answer_is_the_server_s_fault() {
    for (status, body) in
        [(200, "{}"), (200, ""), (409, r#"{"code":"phone-binding-required","title":"t","status":409}"#), (401, "")]
    {
        let mut phone = over();
        phone.open("pages/home/home", "/");
        phone.refuse(OVERVIEW, MISSING, "");
        phone.result("login", json!("c"));
        phone.reply(WECHAT, status, body);
        assert_eq!((phone.led(), &phone.kept["token"]), (None, &json!("t0")), "{status} {body}");
        assert!(phone.view()["body"]["trouble"].is_object(), "{}", phone.view());
    }
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
