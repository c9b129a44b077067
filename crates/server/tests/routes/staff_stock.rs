//! Stock, as the staff counts it.

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::settings::Options;
use storage::Engine;
use uuid::Uuid;

use crate::auth::futures;
use crate::on_both;
use crate::shop::{ANY, BUND, DRY, DRY_CODE, JINGAN, OILY};
use crate::support::{Answer, House, PHONE, house, key};

on_both!(
    what_is_counted_has_a_who_and_a_why,
    what_happened_while_somebody_counted_is_not_counted_away,
    one_of_many_counts_from_the_same_figure_stands,
    arrivals_count_once,
);

async fn count(house: &House, token: &str, place: (Uuid, Uuid), body: Value) -> Answer {
    house.put(&format!("/staff/stock/{}/{}", place.0, place.1), &body).bearer(token).send().await
}

async fn what_is_counted_has_a_who_and_a_why(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (_, _, clerk) = house.with_reservation().await;
    let manager = house.staff("zhou", "manager", None).await;
    let list = house.get("/staff/stock").bearer(&clerk).header("accept-language", "en").send().await.status(200).json();
    let lines = list["items"].as_array().unwrap();
    // Every variant is there, those it never had, too.
    let figures = |line: &Value| ["on_hand", "held", "free"].map(|name| line[name].as_i64().unwrap());
    assert_eq!(lines.iter().map(figures).collect::<Vec<_>>(), [[3, 1, 2], [0, 0, 0], [0, 0, 0]]);
    assert_eq!((&lines[0]["counted_by"], &lines[1]["counted_at"]), (&json!("test"), &Value::Null));
    let counted = count(&house, &clerk, (BUND, DRY), json!({"on_hand": 2, "reason": "damaged", "note": "lid"})).await;
    let line = counted.status(200).json();
    assert_eq!((figures(&line), &line["counted_by"]), ([2, 1, 1], &json!("chen·店员")));
    assert_eq!(line["counted_at"], "2026-11-22T04:00:00Z");
    house.advance(TimeDelta::seconds(1));
    count(&house, &clerk, (BUND, OILY), json!({"on_hand": 4})).await.status(200);
    house.advance(TimeDelta::seconds(1));
    // Fewer than are promised: the shelf is right, and somebody has to know.
    let line = count(&house, &manager, (BUND, DRY), json!({"on_hand": 0, "reason": "lost"})).await.status(200).json();
    assert_eq!(figures(&line), [0, 1, 0]);
    let record = house.get("/staff/audit").bearer(&manager).send().await.json();
    let told: Vec<(&str, &str, bool)> = record["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["action"] == "stock-counted")
        .map(|entry| {
            (entry["user"].as_str().unwrap(), entry["detail"].as_str().unwrap(), entry["alert"].as_bool().unwrap())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("zhou", "2 → 0 · lost < 1", true),
            ("chen", "0 → 4 · counted", false),
            ("chen", "3 → 2 · damaged · lid", false)
        ]
    );
}

async fn what_happened_while_somebody_counted_is_not_counted_away(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (member, id, clerk) = house.with_reservation().await;
    house.put_aside(&clerk, &id).await.status(200);
    // While she looks at three of them, one is handed over, and she puts down that there are three.
    house.show_pass(&member, &clerk, &id).await;
    house.hand_over(&clerk, &id, DRY_CODE).await.status(200);
    let body = json!({"on_hand": 3, "before": 3});
    count(&house, &clerk, (BUND, DRY), body).await.problem(412, "version-stale");
    let line = house.get("/staff/stock").bearer(&clerk).send().await.json()["items"][0].clone();
    assert_eq!((&line["on_hand"], &line["counted_by"]), (&json!(2), &json!("test")));
    let record = house.database.read().await.unwrap().staff_audit(false, None, 20).await.unwrap();
    assert!(record.iter().all(|entry| entry.action != "stock-counted"));
    let body = json!({"on_hand": 3, "before": 2, "reason": "found"});
    assert_eq!(count(&house, &clerk, (BUND, DRY), body).await.status(200).json()["on_hand"], 3);
    // What was never counted is zero; who does not say what was there is asked nothing.
    count(&house, &clerk, (BUND, OILY), json!({"on_hand": 1, "before": 1})).await.problem(412, "version-stale");
    count(&house, &clerk, (BUND, OILY), json!({"on_hand": 1, "before": 0})).await.status(200);
    count(&house, &clerk, (BUND, OILY), json!({"on_hand": 4, "before": null})).await.status(200);
}

async fn one_of_many_counts_from_the_same_figure_stands(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    house.shop(20).await;
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    let counts = (0..8).map(|number| count(&house, &clerk, (BUND, DRY), json!({"on_hand": number, "before": 20})));
    let answers = futures(counts).await;
    let (stand, stale): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    assert_eq!((stand.len(), stale.len()), (1, 7));
    for answer in stale {
        answer.problem(412, "version-stale");
    }
    assert_eq!(stand[0].json()["free"], house.free(BUND, DRY).await);
}

async fn arrivals_count_once(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    house.shop(1).await;
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    let path = format!("/staff/stock/{BUND}/{DRY}/receipts");
    let body = json!({"quantity": 12, "note": "delivery 7"});
    house.post(&path, &body).bearer(&clerk).send().await.problem(400, "idempotency-key-missing");
    let one = key();
    let answers = futures((0..8).map(|_| house.post(&path, &body).bearer(&clerk).key(&one).send())).await;
    for answer in &answers {
        assert_eq!(answer.status(201).json()["on_hand"], 13);
    }
    assert_eq!(answers.iter().filter(|answer| answer.header("idempotency-replayed").is_none()).count(), 1);
    assert_eq!(house.free(BUND, DRY).await, 13);
    // Arrivals at once all count.
    let all = futures((0..6).map(|_| house.post(&path, &body).bearer(&clerk).key(&key()).send())).await;
    for answer in &all {
        answer.status(201);
    }
    assert_eq!(house.free(BUND, DRY).await, 85);
}

#[tokio::test]
async fn a_count_may_say_which_figure_it_replaces() {
    let house = house().await;
    house.shop(5).await;
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    let put =
        |on_hand: i64| house.put(&format!("/staff/stock/{BUND}/{DRY}"), &json!({"on_hand": on_hand})).bearer(&clerk);
    let etag = put(4).send().await.status(200).etag();
    put(3).header("if-match", &etag).send().await.status(200);
    put(2).header("if-match", &etag).send().await.problem(412, "version-stale");
    put(2).header("if-match", "*").send().await.status(200);
    assert_eq!(house.free(BUND, DRY).await, 2);
}

#[tokio::test]
async fn a_counter_sees_and_counts_its_own_alone() {
    let house = house().await;
    house.shop(1).await;
    house.member_with_points(PHONE, 500).await;
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    let desk = house.staff("wang", "desk", None).await;
    let manager = house.staff("zhou", "manager", None).await;
    house.get(&format!("/staff/stock?counter={JINGAN}")).bearer(&clerk).send().await.problem(404, "not-found");
    house.get(&format!("/staff/stock?counter={BUND}")).bearer(&clerk).send().await.status(200);
    count(&house, &clerk, (JINGAN, DRY), json!({"on_hand": 1})).await.problem(404, "not-found");
    let receipts = format!("/staff/stock/{JINGAN}/{DRY}/receipts");
    house.post(&receipts, &json!({"quantity": 1})).bearer(&clerk).key(&key()).send().await.problem(404, "not-found");
    // The service desk looks everywhere and counts nowhere.
    let all = house.get("/staff/stock").bearer(&desk).send().await.status(200).json();
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
    let there = house.get(&format!("/staff/stock?counter={JINGAN}")).bearer(&desk).send().await.status(200).json();
    assert_eq!(there["items"].as_array().unwrap().len(), 3);
    count(&house, &desk, (BUND, DRY), json!({"on_hand": 1})).await.problem(403, "role-missing");
    count(&house, &manager, (JINGAN, ANY), json!({"on_hand": 1})).await.status(200);
    for place in [(BUND, Uuid::from_u128(99)), (Uuid::from_u128(99), DRY)] {
        count(&house, &manager, place, json!({"on_hand": 1})).await.problem(404, "not-found");
    }
    let nowhere = Uuid::from_u128(99);
    house.get(&format!("/staff/stock?counter={nowhere}")).bearer(&manager).send().await.problem(404, "not-found");
}

#[tokio::test]
async fn figures_that_can_not_be_are_refused() {
    let house = house().await;
    house.shop(1).await;
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    for on_hand in [-1, 100_001] {
        count(&house, &clerk, (BUND, DRY), json!({"on_hand": on_hand})).await.faults(&[("on_hand", "quantity-range")]);
    }
    let body = json!({"on_hand": 1, "note": "x".repeat(201)});
    count(&house, &clerk, (BUND, DRY), body).await.faults(&[("note", "note-length")]);
    count(&house, &clerk, (BUND, DRY), json!({"on_hand": 1, "reason": "bored"})).await.problem(400, "malformed-body");
    let path = format!("/staff/stock/{BUND}/{DRY}/receipts");
    for quantity in [0, 10_001] {
        let answer = house.post(&path, &json!({"quantity": quantity})).bearer(&clerk).key(&key()).send().await;
        answer.faults(&[("quantity", "quantity-range")]);
    }
}
