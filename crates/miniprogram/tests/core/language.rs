//! Another language: every page anew, and nothing of the former one.

use serde_json::{Value, json};

use crate::driver::Phone;
use crate::fixtures;
use crate::reading::{is_han, is_prose};

/// Fails if a text that she sees is in the other language.
fn read(place: &str, key: &str, value: &Value, chinese: bool) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| read(place, key, value, chinese)),
        Value::Array(items) => items.iter().for_each(|value| read(place, key, value, chinese)),
        Value::String(text) => {
            // A language's name is in its own language everywhere; what is all lower case is the name of a variant.
            let is_name = text.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-'));
            if is_name || key == "look" || !is_prose(key) || ["简体中文", "English"].contains(&text.as_str()) {
                return;
            }
            if chinese {
                let words: Vec<&str> =
                    text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 3).collect();
                assert!(words.is_empty(), "{place}: {key}: {text}");
            } else {
                assert!(!text.chars().any(|c| is_han(c) || "，。：（".contains(c)), "{place}: {key}: {text}");
            }
        }
        _ => {}
    }
}

const TABS: [(&str, &str); 4] = [
    ("pages/home/home", "/"),
    ("pages/gifts/gifts", "/gifts"),
    ("pages/reservations/reservations", "/reservations"),
    ("pages/me/me", "/me"),
];

fn answer_all(phone: &mut Phone, language: &str) {
    for asked in phone.asked() {
        let body = match asked.as_str() {
            "GET /me/overview" => fixtures::overview(language),
            "GET /gifts?limit=100" => fixtures::gifts(language),
            "GET /counters?limit=100" => fixtures::counters(language),
            "GET /me/profile" => fixtures::profile().to_owned(),
            "GET /reservations?limit=20" => fixtures::page(&[&fixtures::reservation(language)]),
            "GET /session" => fixtures::session(language, None),
            "GET /wechat/templates" => r#"{"items":[]}"#.to_owned(),
            other => panic!("{other}"),
        };
        phone.reply(&asked, 200, &body);
    }
}

#[test]
fn every_page_is_opened_anew_and_nothing_of_the_former_language_is_left() {
    let mut phone = Phone::started("zh", json!({"token": "t1"}));
    let pages = TABS.map(|(file, path)| phone.open(file, path));
    answer_all(&mut phone, "zh");
    answer_all(&mut phone, "zh");
    for page in pages {
        let data = phone.data(page);
        assert!(data["view"].to_string().len() > 200 && data["view"]["body"].get("loading").is_none(), "{data}");
        read("zh", "", data, true);
    }
    for (language, tag) in [("en", "en"), ("zh", "zh-CN"), ("en", "en")] {
        let answer = phone.send("language", tag);
        let mut drawn: Vec<u64> =
            answer["draw"].as_array().unwrap().iter().map(|draw| draw["page"].as_u64().unwrap()).collect();
        drawn.sort_unstable();
        assert_eq!(drawn, pages, "each once");
        let chinese = language == "zh";
        for page in pages {
            read("waiting", "", phone.data(page), chinese);
            let brand = if chinese { "晨露" } else { "Morning Dew" };
            assert_eq!(phone.data(page)["chrome"]["brand"], brand);
            assert_eq!(phone.data(page)["look"], format!("root lang-{tag}"));
        }
        assert_eq!(phone.kept["locale"], tag);
        for asked in phone.asked() {
            assert_eq!(phone.effect(&asked)["headers"]["Accept-Language"], tag, "{asked}");
        }
        answer_all(&mut phone, language);
        for page in pages {
            read("shown", "", phone.data(page), chinese);
        }
    }
}

#[test]
fn answers_in_the_former_language_come_to_nobody() {
    let mut phone = Phone::signed_in("zh");
    let home = phone.top();
    phone.look();
    phone.open("pages/me/me", "/me");
    let before = phone.awaited();
    assert_eq!(before.len(), 2);
    phone.send("language", "en");
    let after = phone.awaited();
    assert_eq!(after.len(), 2);
    for effect in before {
        assert!(!after.contains(&effect));
        let reply = json!({"status": 200, "body": fixtures::overview("zh"), "etag": null, "programme_time": null});
        assert_eq!(phone.refused(json!({"op": "result", "effect": effect, "value": reply})), "no-such-effect");
    }
    phone.reply("GET /me/overview", 200, &fixtures::overview("en"));
    read("home", "", phone.data(home), false);
}

#[test]
fn what_was_set_aside_for_a_session_is_not_sent_in_the_former_language() {
    let mut phone = Phone::signed_in("zh");
    phone.look();
    phone.open("pages/me/me", "/me");
    phone.refuse("GET /me/overview", "session-missing", "");
    phone.refuse("GET /session", "session-missing", "");
    phone.send("language", "en");
    assert_eq!(phone.asked(), ["login"]);
    phone.result("login", json!("c"));
    phone.reply("POST /auth/wechat", 200, &fixtures::session("en", Some("t2")));
    let mut asked = phone.asked();
    asked.sort();
    assert_eq!(asked, ["GET /me/overview", "GET /session"]);
    assert!(asked.iter().all(|asked| phone.effect(asked)["headers"]["Accept-Language"] == "en"));
}

#[test]
fn a_page_that_was_pulled_down_says_when_it_has_come_in_the_other_language() {
    let mut phone = Phone::signed_in("zh");
    let home = phone.top();
    phone.tell(json!({"op": "refresh", "page": home}));
    phone.open("pages/me/me", "/me");
    phone.send("language", "en");
    assert_eq!(phone.did("refreshed").len(), 0);
    phone.reply("GET /me/overview", 200, &fixtures::overview("en"));
    assert_eq!(phone.did("refreshed"), [json!({"do": "refreshed", "page": home})]);
}

#[test]
fn the_same_language_again_is_only_stored() {
    let mut phone = Phone::signed_in("en");
    phone.open("pages/me/me", "/me");
    phone.reply("GET /session", 200, &fixtures::session("en", None));
    phone.send("language", "en");
    assert_eq!(phone.kept["locale"], "en");
    assert_eq!(phone.asked(), Vec::<String>::new());
}

#[test]
fn every_page_is_in_her_language_without_a_network_too() {
    for (language, chinese) in [("zh_CN", true), ("en_US", false)] {
        for path in [
            "/",
            "/gifts",
            "/reservations",
            "/me",
            "/sign-in?back=/points&ended=1",
            "/join?back=/tier",
            "/card",
            "/points",
            "/tier",
            "/programme",
            "/me/profile",
            "/me/preferences",
            "/not-found",
            "/gifts/g1",
            "/reservations/r1",
            "/reservations/r1/move",
            "/reservations/r1/pass",
        ] {
            let mut phone = Phone::started(language, json!({"token": "t1"}));
            phone.tell(json!({"op": "follow", "path": path}));
            phone.go();
            read(path, "", phone.data(phone.top()), chinese);
            for asked in phone.asked() {
                phone.result(&asked, Value::Null);
            }
            read(path, "", phone.data(phone.top()), chinese);
            let said: Vec<Value> = phone.did("announce");
            read(path, "", &json!(said.iter().map(|said| &said["text"]).collect::<Vec<_>>()), chinese);
        }
    }
}
