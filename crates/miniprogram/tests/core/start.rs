//! Starting, opening, drawing; and what makes no sense, which changes nothing.

use serde_json::{Value, json};

use crate::driver::{Phone, start};
use crate::fixtures;

const OVERVIEW: &str = "GET /me/overview";

#[test]
fn home_is_drawn_before_it_asks_and_shows_its_figures() {
    let mut phone = Phone::started("zh_CN", json!({"token": "t1"}));
    let answer = phone.tell(json!({"op": "open", "page": 1, "file": "pages/home/home", "path": "/"}));
    phone.stack.push((1, "pages/home/home".to_owned()));
    assert_eq!(answer["draw"].as_array().unwrap().len(), 1);
    assert!(phone.view()["body"]["loading"].is_string(), "{}", phone.view());
    assert_eq!(phone.asked(), [OVERVIEW]);
    let http = phone.effect(OVERVIEW);
    assert_eq!(http["headers"], json!({"Accept-Language": "zh-CN", "Authorization": "Bearer t1"}));
    assert_eq!((&http["body"], &http["patience"]), (&Value::Null, &json!(15_000)));

    phone.reply(OVERVIEW, 200, &fixtures::overview("zh"));
    let drawn = phone.view().to_string();
    for figure in ["1,240", "300", "86", "¥570", "林女士"] {
        assert!(drawn.contains(figure), "{figure}: {drawn}");
    }
    let data = phone.data(1);
    assert_eq!(
        (&data["look"], &data["dark"], &data["unsaved"]),
        (&json!("root lang-zh-CN"), &json!(false), &Value::Null)
    );
    assert_eq!(data["chrome"]["brand"], "晨露");
    assert_eq!(data["chrome"]["tabs"][0]["current"], "page");
}

#[test]
fn the_device_decides_until_she_does() {
    let mut phone = Phone::off();
    phone.tell(json!({"op": "start", "brand": {"zh-CN": "晨露", "en": "Morning Dew"}, "system": {"language": "en_GB", "dark": true}, "stored": {}}));
    let me = phone.open("pages/me/me", "/me");
    let (look, dark) = (phone.data(me)["look"].clone(), phone.data(me)["dark"].clone());
    assert_eq!((look, dark), (json!("root lang-en"), json!(true)));
    phone.tell(json!({"op": "system", "system": {"language": "zh_CN", "dark": false}}));
    assert_eq!((&phone.data(me)["look"], &phone.data(me)["dark"]), (&json!("root lang-en"), &json!(false)));
    phone.send("theme", "dark");
    phone.send("large_text", true);
    assert_eq!(
        (&phone.data(me)["look"], &phone.data(me)["dark"]),
        (&json!("root lang-en theme-dark large"), &json!(true))
    );
    phone.send("theme", "light");
    phone.tell(json!({"op": "system", "system": {"language": "en", "dark": true}}));
    assert_eq!(
        (&phone.data(me)["look"], &phone.data(me)["dark"]),
        (&json!("root lang-en theme-light large"), &json!(false))
    );
    assert_eq!(json!(phone.kept), json!({"large": true, "theme": "light"}));

    // All of it is there at the next start.
    phone.send("language", "zh-CN");
    let kept = json!(phone.kept);
    let mut phone = Phone::started("en", kept);
    let me = phone.open("pages/me/me", "/me");
    assert_eq!(phone.data(me)["look"], "root lang-zh-CN theme-light large");
}

#[test]
fn a_green_page_is_green_to_its_edges() {
    let mut phone = Phone::signed_in("zh");
    assert_eq!(phone.data(phone.top())["ground"], "paper");
    let pass = phone.open("reserve/pass/pass", "/reservations/r1/pass");
    assert_eq!(phone.data(pass)["ground"], "paper");
    phone.reply("GET /reservations/r1/pass", 200, &fixtures::pass("zh"));
    assert_eq!((&phone.data(pass)["ground"], &phone.view()["green"]), (&json!("pass"), &json!(true)));
}

#[test]
fn what_is_stored_and_can_t_be_read_was_never_stored() {
    let stored =
        json!({"locale": "klingon", "theme": 7, "large": "yes", "token": {}, "left": "no", "wish": [], "more": 1});
    let mut phone = Phone::started("en", stored);
    let home = phone.open("pages/home/home", "/");
    assert_eq!(phone.data(home)["look"], "root lang-en");
    assert_eq!(phone.asked(), ["login"]);
}

#[test]
fn a_page_that_its_file_can_t_draw_is_sent_on() {
    for (file, path, how, url) in [
        ("reserve/gift/gift", "/card", "instead", "/account/card/card?path=%2Fcard"),
        ("reserve/gift/gift", "/", "tab", "/pages/home/home"),
        ("account/card/card", "/me", "tab", "/pages/me/me"),
        ("reserve/gift/gift", "", "tab", "/pages/home/home"),
        ("account/card/card", "/no/such/page", "instead", "/account/not_found/not_found?path=%2Fnot-found"),
    ] {
        let mut phone = Phone::new();
        let answer = phone.tell(json!({"op": "open", "page": 1, "file": file, "path": path}));
        assert_eq!(answer["draw"], json!([]));
        assert_eq!(phone.led(), Some((how.to_owned(), url.to_owned())), "{path}");
        assert_eq!(phone.refused(json!({"op": "close", "page": 1})), "no-such-page");
    }
}

#[test]
fn an_address_that_is_no_page_s_is_said_to_be_none() {
    let mut phone = Phone::signed_in("en");
    phone.tell(json!({"op": "follow", "path": "//example.com/gifts"}));
    assert_eq!(phone.go(), "/not-found");
    assert_eq!(phone.stack.last().unwrap().1, "account/not_found/not_found");
    assert!(phone.view()["title"].is_string() || phone.view()["heading"].is_string(), "{}", phone.view());
    assert_eq!(phone.asked(), Vec::<String>::new());
}

#[test]
fn nothing_leads_out_of_the_mini_program() {
    let mut phone = Phone::signed_in("en");
    for path in ["tel:+864001234567", "https://example.com/", "gifts", ""] {
        assert_eq!(phone.refused(json!({"op": "follow", "path": path})), "malformed-request");
    }
    assert_eq!(phone.led(), None);
}

#[test]
fn wechat_s_own_text_size_counts_until_she_has_chosen() {
    let started = |size: Value, stored: Value| {
        let mut phone = Phone::off();
        phone.tell(
            json!({"op": "start", "brand": {}, "system": {"language": "en", "font_size": size}, "stored": stored}),
        );
        phone.open("pages/me/me", "/me");
        phone
    };
    let is_large = |phone: &Phone| phone.data(phone.top())["look"].as_str().unwrap().contains("large");
    for (size, large) in
        [(json!(null), false), (json!(17), false), (json!(19.9), false), (json!(20), true), (json!(23.5), true)]
    {
        let phone = started(size.clone(), json!({}));
        assert_eq!((is_large(&phone), phone.view()["large_text"]["on"].as_bool()), (large, Some(large)), "{size}");
        assert!(!phone.kept.contains_key("large"), "she has not chosen it");
        assert!(is_large(&started(size.clone(), json!({"large": true}))));
        assert!(!is_large(&started(size, json!({"large": false}))));
    }
    let mut phone = started(json!(17), json!({}));
    phone.tell(json!({"op": "system", "system": {"language": "en", "font_size": 22}}));
    assert!(is_large(&phone));
    phone.send("large_text", false);
    phone.tell(json!({"op": "system", "system": {"language": "en", "font_size": 24}}));
    assert!(!is_large(&phone));
}

#[test]
fn a_gift_is_shared_as_itself_and_everything_else_as_the_brand() {
    let mut phone = Phone::signed_in("en");
    let card = |phone: &mut Phone| {
        let page = phone.top();
        phone.tell(json!({"op": "share", "page": page}));
        phone.did("share").remove(0)
    };
    let home = card(&mut phone);
    assert_eq!(home["path"], "/pages/home/home");
    assert!(home["title"].as_str().unwrap().contains("Morning Dew"));
    phone.open("reserve/gift/gift", "/gifts/g1?counter=k1&variant=v1");
    assert_eq!(card(&mut phone), home, "its name is not known yet");
    phone.reply("GET /gifts/g1", 200, &fixtures::gift("en"));
    phone.reply("GET /me/profile", 200, fixtures::profile());
    phone.reply("GET /reservations?limit=20", 200, &fixtures::page(&[]));
    let gift = card(&mut phone);
    assert_eq!(gift["path"], "/reserve/gift/gift?path=%2Fgifts%2Fg1");
    assert!(gift["title"].as_str().unwrap().contains("Travel duo"));
}

/// What makes no sense while home is open as page 1 and its overview is awaited, with the code that says so.
fn nonsense(effect: u64) -> Vec<(Value, &'static str)> {
    vec![
        (start("en", json!({})), "not-now"),
        (json!({"op": "open", "page": 1, "file": "pages/home/home", "path": "/"}), "not-now"),
        (json!({"op": "close", "page": 2}), "no-such-page"),
        (json!({"op": "seen", "page": 2, "seen": true}), "no-such-page"),
        (json!({"op": "refresh", "page": 2}), "no-such-page"),
        (json!({"op": "share", "page": 2}), "no-such-page"),
        (json!({"op": "event", "page": 2, "event": {"on": "retry"}}), "no-such-page"),
        (json!({"op": "event", "page": 1, "event": {"on": "arrived", "value": {"Ok": null}}}), "malformed-event"),
        (json!({"op": "event", "page": 1, "event": {"on": "no_such_thing"}}), "malformed-event"),
        (json!({"op": "event", "page": 1, "event": "came_back"}), "malformed-event"),
        (json!({"op": "event", "page": 1, "event": null}), "malformed-event"),
        (json!({"op": "result", "effect": effect + 1, "value": null}), "no-such-effect"),
        (json!({"op": "result", "effect": effect, "value": "yes"}), "malformed-result"),
        (json!({"op": "result", "effect": effect, "value": {"body": ""}}), "malformed-result"),
        (json!({"op": "result", "effect": effect, "value": {"status": 70000, "body": ""}}), "malformed-result"),
        (json!({"op": "result", "effect": effect, "value": {"status": 200, "body": 1}}), "malformed-result"),
        (json!({"op": "result", "effect": effect}), "malformed-request"),
        (json!({"op": "event", "page": -1, "event": {"on": "retry"}}), "malformed-request"),
        (json!({"op": "event", "page": 1.5, "event": {"on": "retry"}}), "malformed-request"),
        (json!({"op": "close", "page": "1"}), "malformed-request"),
        (json!({"op": "explode"}), "malformed-request"),
        (json!({"page": 1}), "malformed-request"),
        (json!({"op": "close", "page": 1, "at": "now"}), "malformed-request"),
    ]
}

#[test]
fn what_makes_no_sense_changes_nothing() {
    let mut calm = Phone::started("zh_CN", json!({"token": "t1"}));
    calm.open("pages/home/home", "/");
    let effect = calm.effect(OVERVIEW)["id"].as_u64().unwrap();
    let seen = calm.reply(OVERVIEW, 200, &fixtures::overview("zh"));
    let after = calm.tell(json!({"op": "seen", "page": 1, "seen": true, "at": 61_000}));

    let mut phone = Phone::started("zh_CN", json!({"token": "t1"}));
    phone.open("pages/home/home", "/");
    for (request, code) in nonsense(effect) {
        assert_eq!(phone.refused(request.clone()), code, "{request}");
    }
    assert_eq!(phone.reply(OVERVIEW, 200, &fixtures::overview("zh")), seen);
    // The clock that a refused request brought is not believed, either.
    for (mut request, _) in nonsense(999) {
        if request.get("at").is_none() {
            request["at"] = json!(86_400_000.0 * 400.0);
        }
        phone.refused(request);
    }
    assert_eq!(phone.tell(json!({"op": "seen", "page": 1, "seen": true, "at": 61_000})), after);
}

#[test]
fn nothing_happens_before_the_start() {
    let mut phone = Phone::off();
    for request in [
        json!({"op": "open", "page": 1, "file": "pages/home/home", "path": "/"}),
        json!({"op": "close", "page": 1}),
        json!({"op": "seen", "page": 1, "seen": true}),
        json!({"op": "refresh", "page": 1}),
        json!({"op": "event", "page": 1, "event": {"on": "retry"}}),
        json!({"op": "follow", "path": "/me"}),
        json!({"op": "share", "page": 1}),
        json!({"op": "result", "effect": 1, "value": null}),
        json!({"op": "system", "system": {"language": "en", "dark": true}}),
    ] {
        assert_eq!(phone.refused(request.clone()), "not-now", "{request}");
    }
    let mut fresh = Phone::off();
    assert_eq!(phone.tell(start("en", json!({}))), fresh.tell(start("en", json!({}))));
    assert_eq!(phone.open("pages/home/home", "/"), fresh.open("pages/home/home", "/"));
    assert_eq!(phone.data(1), fresh.data(1));
}

#[test]
fn what_is_not_json_is_refused_too() {
    let mut phone = Phone::new();
    let deep = ["[", "{\"a\":"].map(|open| open.repeat(100_000));
    let in_an_event = format!(r#"{{"op":"event","at":1,"page":1,"event":{}"#, "[".repeat(500));
    let texts = [
        "",
        " ",
        "null",
        "7",
        "[]",
        "{}",
        "{",
        "\u{0}",
        "\u{feff}{}",
        r#"{"op":"close","at":NaN,"page":1}"#,
        r#"{"op":"close","at":1e999,"page":1}"#,
        r#"{"op":"follow","at":1,"path":"\ud800"}"#,
        r#"{"op":"close","at":1,"page":99999999999999999999}"#,
        &deep[0],
        &deep[1],
        &in_an_event,
    ];
    for text in texts {
        let answer = phone.say(text);
        assert_eq!(answer["err"]["code"], "malformed-request", "{:.60}", text);
        assert!(answer["err"]["detail"].as_str().unwrap().len() < 300);
    }
    phone.open("pages/home/home", "/");
}
