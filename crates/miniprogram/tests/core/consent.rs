//! Her consent to messages: asked in the tap, recorded once.

use serde_json::{Value, json};

use crate::driver::Phone;
use crate::fixtures;

const TEMPLATES: &str = "GET /wechat/templates";
const RECORD: &str = "POST /me/wechat/consents";
const TWO: &str =
    r#"{"items":[{"purpose":"reservation","template_id":"tm1"},{"purpose":"reservation","template_id":"tm2"}]}"#;

/// A gift's page with a counter chosen; the server has these templates.
fn at_gift(templates: Option<&str>) -> Phone {
    let mut phone = Phone::started("zh", json!({"token": "t1"}));
    phone.open("reserve/gift/gift", "/gifts/g1?counter=k1");
    phone.reply("GET /gifts/g1", 200, &fixtures::gift("zh"));
    match templates {
        Some(templates) => phone.reply(TEMPLATES, 200, templates),
        None => phone.lose(TEMPLATES),
    };
    phone.reply("GET /me/profile", 200, fixtures::profile());
    phone.reply("GET /reservations?limit=20", 200, &fixtures::page(&[]));
    phone
}

/// Her consent is on its way to the ledger, under a key of ones.
fn consented() -> Phone {
    let mut phone = at_gift(Some(TWO));
    phone.send("reserve", Value::Null);
    phone.result("subscribe", json!({"tm1": "accept", "tm2": "reject"}));
    // The first key is the reservation's.
    phone.result("entropy", json!(vec![0; 16]));
    phone.result("entropy", json!(vec![1; 16]));
    phone
}

#[test]
fn she_is_asked_in_the_tap_before_anything_else() {
    let mut phone = at_gift(Some(TWO));
    let answer = phone.send("reserve", Value::Null);
    let run = answer["run"].as_array().unwrap();
    assert_eq!((&run[0]["do"], &run[0]["templates"]), (&json!("subscribe"), &json!(["tm1", "tm2"])));
    assert_eq!(run[1]["do"], "entropy");
    assert_eq!(run.len(), 2);
}

#[test]
fn nobody_is_asked_without_templates() {
    for templates in [
        None,
        Some(r#"{"items":[]}"#),
        Some("<html>"),
        Some(r#"{"items":[{"purpose":"advertising","template_id":"tm1"}]}"#),
    ] {
        let mut phone = at_gift(templates);
        phone.send("reserve", Value::Null);
        assert!(!phone.asked().contains(&"subscribe".to_owned()), "{templates:?}");
        assert!(phone.asked().contains(&"entropy".to_owned()));
    }
}

#[test]
fn templates_are_asked_for_once_and_again_only_if_they_did_not_come() {
    let mut phone = at_gift(Some(TWO));
    phone.look();
    phone.reply("GET /gifts/g1", 200, &fixtures::gift("zh"));
    assert!(!phone.asked().contains(&TEMPLATES.to_owned()));
    let mut phone = at_gift(None);
    assert_eq!(phone.asked(), [TEMPLATES], "the next answers have asked again");
    phone.look();
    phone.reply("GET /gifts/g1", 200, &fixtures::gift("zh"));
    assert_eq!(phone.asked().iter().filter(|asked| *asked == TEMPLATES).count(), 1, "one at a time");
}

#[test]
fn what_she_answered_is_recorded_under_one_name() {
    let mut phone = consented();
    let record = phone.effect(RECORD).clone();
    assert_eq!(record["headers"]["Idempotency-Key"], "01010101-0101-4101-8101-010101010101");
    assert_eq!(record["headers"]["Authorization"], "Bearer t1");
    assert_eq!(
        record["body"],
        r#"{"purpose":"reservation","answers":[{"template_id":"tm1","answer":"accept"},{"template_id":"tm2","answer":"reject"}]}"#
    );
    let view = phone.view().clone();
    phone.reply(RECORD, 201, r#"{"items":[],"unused":[]}"#);
    assert!(!phone.asked().contains(&RECORD.to_owned()));
    assert_eq!((phone.view(), phone.waits()), (&view, Vec::new()));
}

#[test]
fn what_is_no_answer_is_not_recorded() {
    for answers in [json!({}), json!({"tm1": "perhaps"})] {
        let mut phone = at_gift(Some(TWO));
        phone.send("reserve", Value::Null);
        phone.result("subscribe", answers);
        assert_eq!(phone.asked(), ["entropy"], "the reservation's own");
    }
    let mut phone = at_gift(Some(TWO));
    phone.send("reserve", Value::Null);
    let effect = phone.effect("subscribe")["id"].clone();
    for value in [json!(null), json!([]), json!({"tm1": true})] {
        assert_eq!(
            phone.refused(json!({"op": "result", "effect": effect, "value": value})),
            "malformed-result",
            "{value}"
        );
    }
}

#[test]
fn an_answer_that_may_not_have_arrived_is_sent_again_five_times_in_all() {
    let failures: [fn(&mut Phone); 5] = [
        |phone| drop(phone.lose(RECORD)),
        |phone| drop(phone.refuse(RECORD, "unavailable", "")),
        |phone| drop(phone.refuse(RECORD, "session-missing", "")),
        |phone| drop(phone.refuse(RECORD, "idempotency-in-progress", "")),
        |phone| drop(phone.refuse(RECORD, "too-many-requests", "")),
    ];
    for fail in failures {
        let mut phone = consented();
        let first = phone.effect(RECORD).clone();
        for _ in 1..5 {
            fail(&mut phone);
            assert!(!phone.asked().contains(&RECORD.to_owned()));
            assert_eq!(phone.waits(), [10_000]);
            phone.result("wait", Value::Null);
            let again = phone.effect(RECORD);
            assert_eq!((&again["headers"], &again["body"]), (&first["headers"], &first["body"]));
        }
        fail(&mut phone);
        assert_eq!(phone.waits(), Vec::<u64>::new());
        assert!(!phone.asked().contains(&RECORD.to_owned()) && !phone.asked().contains(&"login".to_owned()));
    }
}

#[test]
fn a_refusal_is_final() {
    for code in ["wechat-binding-missing", "input-invalid", "idempotency-key-reused"] {
        let mut phone = consented();
        phone.refuse(RECORD, code, "");
        assert_eq!((phone.waits(), phone.led()), (Vec::new(), None), "{code}");
    }
}

#[test]
fn it_goes_on_when_the_page_has_closed_and_ends_with_the_session() {
    let mut phone = consented();
    let gift = phone.top();
    phone.close(gift);
    phone.lose(RECORD);
    phone.result("wait", Value::Null);
    phone.lose(RECORD);
    assert_eq!(phone.waits(), [10_000]);
    phone.open("pages/me/me", "/me");
    phone.send("sign_out", Value::Null);
    phone.reply("DELETE /session", 204, "");
    assert_eq!(phone.waits(), Vec::<u64>::new(), "the next member has not consented");
}
