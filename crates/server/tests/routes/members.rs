//! Enrolment, and the one effect it has however often it is asked for.

use serde_json::json;
use server::settings::Options;
use storage::Engine;

use crate::auth::futures;
use crate::on_both;
use crate::support::{House, PHONE, enrolment, house, key};

on_both!(a_member_has_her_card_at_once, a_repeat_gets_the_saved_answer, many_at_once_make_one_member);

async fn a_member_has_her_card_at_once(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = house.sign_in(PHONE).await;
    let enrolled = house.post("/members", &enrolment()).bearer(&token).key(&key()).send().await;
    let member = enrolled.status(201).json();
    assert_eq!((member["name"].as_str(), member["joined_on"].as_str()), (Some("林晓"), Some("2026-11-22")));
    let number = member["card"]["number"].as_str().unwrap();
    assert!(number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit()));
    let card = house.get("/me/card").bearer(&token).send().await.status(200).json();
    assert_eq!(card["number"], number);
    let preferences = house.get("/me/preferences").bearer(&token).send().await.json();
    assert_eq!(preferences["channels"], json!({"sms": false, "email": false, "wechat": true}));
}

async fn a_repeat_gets_the_saved_answer(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = house.sign_in(PHONE).await;
    let key = key();
    let first = house.post("/members", &enrolment()).bearer(&token).key(&key).send().await;
    assert_eq!(first.status(201).header("idempotency-replayed"), None);
    for _ in 0..3 {
        let again = house.post("/members", &enrolment()).bearer(&token).key(&key).send().await;
        again.status(201);
        assert_eq!((again.header("idempotency-replayed"), &again.body), (Some("true"), &first.body));
    }
    let mut other = enrolment();
    other["name"] = json!("别人");
    let reused = house.post("/members", &other).bearer(&token).key(&key).send().await;
    reused.problem(422, "idempotency-key-reused");
    // A new intent is another matter.
    let new = house.post("/members", &enrolment()).bearer(&token).key(&crate::support::key()).send().await;
    new.problem(409, "already-member");
    // The same key means nothing to anybody else.
    let stranger = house.sign_in("+8613800000002").await;
    house.post("/members", &other).bearer(&stranger).key(&key).send().await.status(201);
}

async fn many_at_once_make_one_member(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = house.sign_in(PHONE).await;
    let (key, body) = (key(), enrolment());
    let same = futures((0..12).map(|_| house.post("/members", &body).bearer(&token).key(&key).send())).await;
    let created: Vec<_> = same.iter().filter(|answer| answer.status.as_u16() == 201).collect();
    let fresh = created.iter().filter(|answer| answer.header("idempotency-replayed").is_none()).count();
    assert_eq!(fresh, 1);
    assert!(created.iter().all(|answer| answer.body == created[0].body));
    for answer in same.iter().filter(|answer| answer.status.as_u16() != 201) {
        answer.problem(409, "idempotency-in-progress");
    }
    let keys: Vec<String> = (0..12).map(|_| crate::support::key()).collect();
    let others = futures(keys.iter().map(|key| house.post("/members", &body).bearer(&token).key(key).send())).await;
    for answer in &others {
        answer.problem(409, "already-member");
    }
    assert_eq!(house.database.read().await.unwrap().member_count().await.unwrap(), 1);
}

#[tokio::test]
async fn the_key_is_needed_and_is_a_uuid() {
    let house = house().await;
    let token = house.sign_in(PHONE).await;
    house.post("/members", &enrolment()).bearer(&token).send().await.problem(400, "idempotency-key-missing");
    let odd = house.post("/members", &enrolment()).bearer(&token).key("1").send().await;
    odd.problem(400, "malformed-parameter");
    house.post("/members", &enrolment()).key(&key()).send().await.problem(401, "session-missing");
}

#[tokio::test]
async fn every_fault_of_the_form_is_said_at_once() {
    let house = house().await;
    let token = house.sign_in(PHONE).await;
    let body = json!({
        "name": "  ",
        "birthday": "2026-11-22",
        "consents": [
            {"id": "terms", "version": "1", "granted": false},
            {"id": "privacy", "version": "0", "granted": true},
            {"id": "marketing-sms", "version": "1", "granted": true},
            {"id": "soul", "version": "1", "granted": true},
        ],
    });
    let answer = house.post("/members", &body).bearer(&token).key(&key()).send().await;
    answer.faults(&[
        ("name", "name-length"),
        ("birthday", "birthday-range"),
        ("consents.terms", "consent-required"),
        ("consents.privacy", "consent-outdated"),
        ("consents.marketing-wechat", "consent-missing"),
        ("consents.soul", "consent-unknown"),
    ]);
    // Nothing of it lasts: the key can be used for the corrected form.
    house.get("/me/overview").bearer(&token).send().await.problem(403, "not-enrolled");
}
