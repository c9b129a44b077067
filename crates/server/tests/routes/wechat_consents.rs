//! The ledger of consents to subscribe messages.

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::settings::Options;
use storage::Engine;

use crate::auth::futures;
use crate::on_both;
use crate::support::{Answer, House, PHONE, enrolment, house, key};

on_both!(answers_are_kept_and_accepted_ones_counted, a_tap_that_is_repeated_is_one_consent);

const OTHER: &str = "+8613800000002";
pub const TEMPLATE: &str = "demo-reservation";

pub fn answers(template: &str, answer: &str) -> Value {
    json!({"purpose": "reservation", "answers": [{"template_id": template, "answer": answer}]})
}

impl House {
    /// A bearer token of a fresh member who came through the account of the demo that is called so.
    pub async fn member_by_wechat(&self, name: &str, phone: &str) -> String {
        let token = self.bind(name, phone).await;
        self.post("/members", &enrolment()).bearer(&token).key(&key()).send().await.status(201);
        token
    }

    pub async fn consent(&self, token: &str, body: &Value) -> Answer {
        self.post("/me/wechat/consents", body).bearer(token).key(&key()).send().await
    }

    /// How many messages may be sent to her.
    pub async fn unused(&self, token: &str) -> i64 {
        let listed = self.get("/me/wechat/consents").bearer(token).send().await;
        let unused = listed.status(200).json()["unused"].clone();
        assert_eq!(unused[0]["purpose"], "reservation");
        unused[0]["count"].as_i64().unwrap()
    }
}

async fn answers_are_kept_and_accepted_ones_counted(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = house.member_by_wechat("lin", PHONE).await;
    assert_eq!(house.unused(&token).await, 0);
    let mut expected = Vec::new();
    for answer in ["accept", "reject", "ban", "filter", "accept"] {
        house.advance(TimeDelta::seconds(1));
        let recorded = house.consent(&token, &answers(TEMPLATE, answer)).await;
        recorded.status(201);
        let item = recorded.json()["items"][0].clone();
        let now = contract::Instant(house.now()).to_string();
        assert_eq!(
            item,
            json!({"id": item["id"], "purpose": "reservation", "template_id": TEMPLATE, "answer": answer, "at": now,
                "used_at": null})
        );
        expected.insert(0, item);
    }
    assert_eq!(house.unused(&token).await, 2);
    let mut read = Vec::new();
    let mut path = "/me/wechat/consents?limit=2".to_owned();
    loop {
        let page = house.get(&path).bearer(&token).send().await.status(200).json();
        read.extend(page["items"].as_array().unwrap().clone());
        assert_eq!(page["unused"], json!([{"purpose": "reservation", "count": 2}]));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/me/wechat/consents?limit=2&cursor={next}");
    }
    assert_eq!(read, expected);
    house.get("/me/wechat/consents?cursor=x").bearer(&token).send().await.problem(400, "malformed-parameter");
    // Another member sees nothing of it, nor of what she may be sent.
    let other = house.member_by_wechat("wu", OTHER).await;
    let hers = house.get("/me/wechat/consents").bearer(&other).send().await.json();
    assert_eq!((&hers["items"], &hers["unused"][0]["count"]), (&json!([]), &json!(0)));
}

async fn a_tap_that_is_repeated_is_one_consent(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = house.member_by_wechat("lin", PHONE).await;
    let key = key();
    let body = answers(TEMPLATE, "accept");
    let tap = || house.post("/me/wechat/consents", &body).bearer(&token).key(&key).send();
    let said = futures((0..6).map(|_| tap())).await;
    for answer in &said {
        assert_eq!(answer.status(201).body, said[0].body);
    }
    assert_eq!(house.unused(&token).await, 1);
    let other = answers(TEMPLATE, "reject");
    let reused = house.post("/me/wechat/consents", &other).bearer(&token).key(&key).send().await;
    reused.problem(422, "idempotency-key-reused");
    house.post("/me/wechat/consents", &body).bearer(&token).send().await.problem(400, "idempotency-key-missing");
}

#[tokio::test]
async fn what_was_not_asked_is_no_answer() {
    let house = house().await;
    let token = house.member_by_wechat("lin", PHONE).await;
    house.consent(&token, &answers("another", "accept")).await.faults(&[("answers.0.template_id", "template-unknown")]);
    let one = json!({"template_id": TEMPLATE, "answer": "accept"});
    let twice = json!({"purpose": "reservation", "answers": [one, one]});
    house.consent(&token, &twice).await.faults(&[("answers.1.template_id", "template-unknown")]);
    let none = json!({"purpose": "reservation", "answers": []});
    house.consent(&token, &none).await.faults(&[("answers", "answers-count")]);
    house.consent(&token, &answers(TEMPLATE, "perhaps")).await.problem(400, "malformed-body");
    let advertising = json!({"purpose": "advertising", "answers": [one]});
    house.consent(&token, &advertising).await.problem(400, "malformed-body");
    assert_eq!(house.unused(&token).await, 0);
}

#[tokio::test]
async fn only_who_came_through_wechat_is_asked() {
    let house = house().await;
    let through = house.member_by_wechat("lin", PHONE).await;
    house.advance(TimeDelta::minutes(2));
    // The same member, by another door.
    let otherwise = house.sign_in(PHONE).await;
    for ask in [house.get("/me/wechat/consents"), house.post("/me/wechat/consents", &answers(TEMPLATE, "accept"))] {
        ask.bearer(&otherwise).key(&key()).send().await.problem(403, "wechat-binding-missing");
    }
    // Two sessions came through the account; one signs out, and the account is bound no longer.
    let code = json!({"code": "demo-lin"});
    let second = house.post("/auth/wechat", &code).header("x-session", "bearer").send().await.text("token");
    house.delete("/session").bearer(&second).send().await.status(204);
    house.get("/session").bearer(&through).send().await.status(200);
    house.consent(&through, &answers(TEMPLATE, "accept")).await.problem(403, "wechat-binding-missing");
}
