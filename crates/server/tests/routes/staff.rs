//! The till.

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::settings::Options;
use storage::Engine;

use crate::auth::futures;
use crate::on_both;
use crate::support::{House, PHONE, TILL, house, key};

on_both!(a_receipt_counts_once, tills_at_once_take_turns, refunds_take_back_what_was_earned);

fn report(house: &House, receipt: &str, fen: i64) -> Value {
    json!({
        "receipt_no": receipt,
        "member": {"phone": PHONE},
        "lines": [{"barcode": "0069", "quantity": 2, "amount": {"amount": fen, "currency": "CNY"}}],
        "paid": {"amount": fen, "currency": "CNY"},
        "at": house.ago(TimeDelta::hours(1)),
    })
}

async fn a_receipt_counts_once(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = house.member(PHONE).await;
    let send = |body: Value| house.post("/staff/purchases", &body).bearer(TILL).send();
    let first = send(report(&house, "0001", 10_050)).await;
    let purchase = first.status(201).json();
    assert_eq!(
        (&purchase["points"], &purchase["items"], &purchase["state"]),
        (&json!(100), &json!(2), &json!("pending"))
    );
    assert_eq!(purchase["posts_on"], "2026-11-29");
    let again = send(report(&house, "0001", 10_050)).await;
    assert_eq!((again.status(201).header("idempotency-replayed"), again.json()), (Some("true"), purchase));
    send(report(&house, "0001", 10_051)).await.problem(409, "receipt-conflict");
    // Leading zeros count.
    assert_eq!(send(report(&house, "1", 10_050)).await.status(201).header("idempotency-replayed"), None);
    let list = house.get("/me/purchases").bearer(&token).send().await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    // A key does what it does everywhere.
    let key = key();
    let keyed = |body: Value| house.post("/staff/purchases", &body).bearer(TILL).key(&key).send();
    keyed(report(&house, "3", 100)).await.status(201);
    assert_eq!(keyed(report(&house, "3", 100)).await.status(201).header("idempotency-replayed"), Some("true"));
    keyed(report(&house, "4", 100)).await.problem(422, "idempotency-key-reused");
}

async fn tills_at_once_take_turns(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = house.member(PHONE).await;
    // Eight purchases of 100.00 on one day: the tier rises at 200.00 and at 600.00, whatever the order.
    let bodies: Vec<Value> = (0..8).map(|number| report(&house, &number.to_string(), 10_000)).collect();
    let send = |body| house.post("/staff/purchases", body).bearer(TILL).send();
    let mut points: Vec<i64> = Vec::new();
    for answer in futures(bodies.iter().chain(&bodies).map(send)).await {
        if answer.status(201).header("idempotency-replayed").is_none() {
            points.push(answer.json()["points"].as_i64().unwrap());
        }
    }
    points.sort_unstable();
    assert_eq!(points, [100, 100, 110, 110, 110, 110, 125, 125]);
    let overview = house.get("/me/overview").bearer(&token).send().await.json();
    assert_eq!(overview["points"]["pending"], 890);
    assert_eq!(overview["tier"]["current"]["id"], "gold");
}

async fn refunds_take_back_what_was_earned(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = house.member(PHONE).await;
    let id = house.purchase(PHONE, "1", 20_000, 1).await.status(201).text("id");
    let refund = |number: &str, fen: i64| {
        let body = json!({"refund_no": number, "refunded": {"amount": fen, "currency": "CNY"}, "at": house.ago(TimeDelta::zero())});
        let ask = house.post(&format!("/staff/purchases/{id}/refund"), &body).bearer(TILL);
        async { ask.send().await }
    };
    let part = refund("r1", 5_000).await;
    assert_eq!(part.status(201).json()["refunded"]["amount"], 5_000);
    assert_eq!(refund("r1", 5_000).await.status(201).header("idempotency-replayed"), Some("true"));
    refund("r1", 5_001).await.problem(409, "receipt-conflict");
    refund("r2", 15_001).await.problem(409, "refund-too-large");
    refund("r3", 0).await.faults(&[("refunded", "amount-range")]);
    let overview = house.get("/me/overview").bearer(&token).send().await.json();
    assert_eq!(overview["points"]["pending"], 150);
    assert_eq!(overview["tier"]["current"]["id"], "pearl");
    let missing = "/staff/purchases/01938c7e-0000-7000-8000-000000000000/refund";
    let body =
        json!({"refund_no": "r9", "refunded": {"amount": 1, "currency": "CNY"}, "at": house.ago(TimeDelta::zero())});
    house.post(missing, &body).bearer(TILL).send().await.problem(404, "not-found");
    assert_eq!(house.database.snapshot().await.unwrap().audit(None).await.unwrap(), []);
}

#[tokio::test]
async fn only_the_till_may() {
    let house = house().await;
    let token = house.member(PHONE).await;
    let body = report(&house, "1", 100);
    house.post("/staff/purchases", &body).send().await.problem(401, "service-token-wrong");
    house.post("/staff/purchases", &body).bearer(&token).send().await.problem(401, "service-token-wrong");
    house.post("/staff/purchases", &body).bearer("").send().await.problem(401, "service-token-wrong");
    house.get("/me/overview").bearer(TILL).send().await.problem(401, "session-missing");
    let closed =
        House::open(Engine::Sqlite, Options { service_token: Some(String::new()), ..Options::default() }).await;
    closed.post("/staff/purchases", &body).bearer("").send().await.problem(401, "service-token-wrong");
    closed.post("/staff/purchases", &body).bearer(TILL).send().await.problem(401, "service-token-wrong");
}

#[tokio::test]
async fn a_report_that_can_not_be_is_refused_field_by_field() {
    let house = house().await;
    house.member(PHONE).await;
    let send = |body: Value| house.post("/staff/purchases", &body).bearer(TILL).send();
    let mut body = report(&house, "", -1);
    body["paid"]["currency"] = json!("USD");
    body["at"] = json!(house.ago(TimeDelta::hours(-1)));
    body["lines"] = json!([]);
    send(body).await.faults(&[
        ("receipt_no", "number-length"),
        ("paid", "currency-wrong"),
        ("paid", "amount-range"),
        ("at", "instant-future"),
    ]);
    for member in [json!({"phone": "+8613800009999"}), json!({"card": "000000000000"}), json!({"id": "x"})] {
        let mut body = report(&house, "1", 100);
        body["member"] = member;
        send(body).await.faults(&[("member", "member-unknown")]);
    }
    let mut body = report(&house, "1", 100);
    body["member"] = json!({"phone": PHONE, "card": "1"});
    send(body).await.problem(400, "malformed-body");
}

#[tokio::test]
async fn her_purchases_come_in_pages() {
    let house = house().await;
    let token = house.member(PHONE).await;
    for number in 0..3 {
        house.purchase(PHONE, &number.to_string(), 1_000, 3 - number).await.status(201);
    }
    let first = house.get("/me/purchases?limit=2").bearer(&token).send().await.json();
    let receipts = |page: &Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|item| item["receipt_no"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(receipts(&first), ["2", "1"]);
    let next = first["next"].as_str().unwrap();
    let second = house.get(&format!("/me/purchases?limit=2&cursor={next}")).bearer(&token).send().await.json();
    assert_eq!((receipts(&second), &second["next"]), (vec!["0".to_owned()], &json!(null)));
}
