//! A counter's reservations: the list, putting aside, saying that it can't be kept, holds on the telephone.

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::settings::Options;
use storage::Engine;
use uuid::Uuid;

use crate::auth::futures;
use crate::on_both;
use crate::shop::{BUND, COST, DRY, DRY_CODE, JINGAN, OILY, OILY_CODE};
use crate::support::{Answer, House, PHONE, house, key};

on_both!(
    the_wrong_unit_changes_nothing,
    what_can_not_be_kept_goes_back_at_once,
    a_hold_on_the_telephone_is_a_hold,
    a_counter_lists_its_own,
);

async fn post(house: &House, token: &str, path: &str, body: &Value) -> Answer {
    house.post(path, body).bearer(token).key(&key()).send().await
}

async fn the_wrong_unit_changes_nothing(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (member, id, clerk) = house.with_reservation().await;
    // A version does not age, but notices everything else.
    let version = async || house.get(&format!("/reservations/{id}")).bearer(&member).send().await.etag();
    let before = version().await;
    let path = format!("/staff/reservations/{id}/ready");
    let scan = |barcode: &'static str| {
        house.post(&path, &json!({"barcode": barcode})).bearer(&clerk).header("accept-language", "en")
    };
    let one = key();
    let wrong = scan(OILY_CODE).key(&one).send().await;
    let problem = wrong.problem(409, "variant-mismatch").json();
    assert_eq!(
        (&problem["expected"]["id"], &problem["expected"]["label"]),
        (&json!(DRY.to_string()), &json!("dry en"))
    );
    assert_eq!(
        (&problem["scanned"]["gift"], &problem["scanned"]["variant"]["id"]),
        (&json!("cream gift"), &json!(OILY.to_string()))
    );
    house.advance(TimeDelta::seconds(1));
    assert_eq!(scan("6999999999999").send().await.problem(409, "variant-mismatch").json()["scanned"], Value::Null);
    for barcode in ["", "123", "69000000000110000", "6900000000O11"] {
        let answer = house.post(&path, &json!({"barcode": barcode})).bearer(&clerk).send().await;
        answer.faults(&[("barcode", "barcode-malformed")]);
    }
    assert_eq!(version().await, before);
    let record = house.database.read().await.unwrap().staff_audit(false, None, 10).await.unwrap();
    let mismatches: Vec<&str> =
        record.iter().filter(|entry| entry.action == "variant-mismatch").map(|entry| entry.detail.as_str()).collect();
    assert_eq!(mismatches, [format!("6999999999999 ≠ {DRY_CODE}"), format!("{OILY_CODE} ≠ {DRY_CODE}")]);
    // The key of a refusal is free again, and the scanner's line end is its own.
    let ready =
        house.post(&path, &json!({"barcode": format!(" {DRY_CODE}\r\n")})).bearer(&clerk).key(&key()).send().await;
    assert_eq!(ready.status(200).json()["state"], "ready");
    scan(OILY_CODE).key(&one).send().await.problem(409, "reservation-state");
    // Putting aside twice is putting aside once; a repeat with its key is the same answer.
    scan(DRY_CODE).send().await.problem(409, "reservation-state");
}

async fn what_can_not_be_kept_goes_back_at_once(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (member, id, clerk) = house.with_reservation().await;
    house.put_aside(&clerk, &id).await.status(200);
    let path = format!("/staff/reservations/{id}/fail");
    for reason in [" ".to_owned(), "x".repeat(201), "a\u{7}b".to_owned()] {
        post(&house, &clerk, &path, &json!({"reason": reason})).await.faults(&[("reason", "reason-length")]);
    }
    let one = key();
    let fail = || house.post(&path, &json!({"reason": " 包装破损 "})).bearer(&clerk).key(&one).send();
    let failed = fail().await;
    assert_eq!(failed.status(200).json()["state"], "failed");
    assert_eq!(fail().await.status(200).header("idempotency-replayed"), Some("true"));
    assert_eq!((house.points(&member).await, house.free(BUND, DRY).await), ((500, 0), 3));
    let seen = house.reservation(&member, &id).await;
    let last = seen["history"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["what"], &last["note"], &last["name"]),
        (&json!("failed"), &json!("包装破损"), &json!("chen·店员"))
    );
    assert_eq!((&seen["points_held"], &seen["actions"]), (&json!(0), &json!([])));
    house.work().await;
    let told = house.told(PHONE);
    assert_eq!(
        told.iter().map(|(purpose, _)| purpose.as_str()).collect::<Vec<_>>(),
        ["reservation-ready", "reservation-failed"][1..]
    );
    assert!(told[0].1.contains("300") && told[0].1.contains("退回"), "{}", told[0].1);
    house.is_sound().await;
}

async fn a_hold_on_the_telephone_is_a_hold(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    house.shop(2).await;
    let member = house.member_with_points(PHONE, 500).await;
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    let desk = house.staff("wang", "desk", None).await;
    let hold = |phone: &str, counter: Uuid| json!({"phone": phone, "variant_id": DRY.to_string(), "counter_id": counter.to_string()});
    let body = hold("138 0000 0001", BUND);
    house.post("/staff/holds", &body).bearer(&clerk).send().await.problem(400, "idempotency-key-missing");
    let one = key();
    let answers = futures((0..6).map(|_| house.post("/staff/holds", &body).bearer(&clerk).key(&one).send())).await;
    for answer in &answers {
        answer.status(201);
    }
    assert_eq!(answers.iter().filter(|answer| answer.header("idempotency-replayed").is_none()).count(), 1);
    let made = answers[0].json();
    assert_eq!(made["member"], json!({"name": "林*", "phone": "+86 138****0001"}));
    assert_eq!((&made["history"][0]["by"], &made["history"][0]["name"]), (&json!("staff"), &json!("chen·店员")));
    assert_eq!((house.points(&member).await, house.free(BUND, DRY).await), ((200, 300), 1));
    let id = made["id"].as_str().unwrap();
    assert_eq!(house.reservation(&member, id).await["state"], "held");
    // The rules are those that hold for herself.
    let short = post(&house, &clerk, "/staff/holds", &body).await;
    assert_eq!(short.problem(409, "insufficient-points").json()["missing"], COST - 200);
    post(&house, &clerk, "/staff/holds", &hold("+8613800009999", BUND)).await.faults(&[("phone", "member-unknown")]);
    post(&house, &clerk, "/staff/holds", &hold("138", BUND)).await.faults(&[("phone", "phone-malformed")]);
    post(&house, &clerk, "/staff/holds", &hold(PHONE, JINGAN)).await.problem(404, "not-found");
    house.delete(&format!("/reservations/{id}")).bearer(&member).send().await.status(200);
    let gone = post(&house, &desk, "/staff/holds", &hold(PHONE, JINGAN)).await;
    assert_eq!(gone.problem(409, "out-of-stock").json()["nearest"][0]["counter"]["id"], json!(BUND.to_string()));
    post(&house, &desk, "/staff/holds", &hold(PHONE, BUND)).await.status(201);
    house.work().await;
    let purposes: Vec<String> = house.told(PHONE).into_iter().map(|(purpose, _)| purpose).collect();
    // The first was given up before it was said.
    assert_eq!(purposes, ["phone-hold"]);
}

async fn a_counter_lists_its_own(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    house.shop(9).await;
    house.units(JINGAN, DRY, 9).await;
    let member = house.member_with_points(PHONE, 1_500).await;
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    let desk = house.staff("wang", "desk", None).await;
    let (first, second, third) =
        (house.reserved(&member).await, house.reserved(&member).await, house.reserved(&member).await);
    let there = house.reserve(&member, DRY, JINGAN).await.status(201).text("id");
    house.put_aside(&clerk, &second).await.status(200);
    house.delete(&format!("/reservations/{third}")).bearer(&member).send().await.status(200);
    let list = |token: &str, query: &str| {
        let ask = house.get(&format!("/staff/reservations{query}")).bearer(token);
        async move {
            let page = ask.send().await.status(200).json();
            let mut ids: Vec<String> =
                page["items"].as_array().unwrap().iter().map(|of| of["id"].as_str().unwrap().to_owned()).collect();
            ids.sort();
            ids
        }
    };
    let sorted = |ids: &[&String]| {
        let mut ids: Vec<String> = ids.iter().map(|id| (*id).clone()).collect();
        ids.sort();
        ids
    };
    assert_eq!(list(&clerk, "").await, sorted(&[&first, &second, &third]));
    assert_eq!(list(&desk, "").await, sorted(&[&first, &second, &third, &there]));
    assert_eq!(list(&clerk, "?state=held").await, sorted(&[&first]));
    assert_eq!(list(&clerk, "?state=ready").await, sorted(&[&second]));
    // What ends in five days, and what ended today.
    assert_eq!(list(&clerk, "?day=2026-11-27").await, sorted(&[&first, &second]));
    assert_eq!(list(&clerk, "?day=2026-11-22").await, sorted(&[&third]));
    assert_eq!(list(&clerk, "?late=true").await, sorted(&[]));
    house.advance(TimeDelta::days(2));
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    assert_eq!(list(&clerk, "?late=true").await, sorted(&[&first]));
    house.advance(TimeDelta::days(4));
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    assert_eq!(list(&clerk, "?state=expired").await, sorted(&[&first, &second]));
    let page = house.get("/staff/reservations?limit=2").bearer(&clerk).send().await.json();
    let rest =
        house.get(&format!("/staff/reservations?limit=2&cursor={}", page["next"].as_str().unwrap())).bearer(&clerk);
    assert_eq!(rest.send().await.json()["items"].as_array().unwrap().len(), 1);
    for query in ["?state=lost", "?day=today", "?cursor=x", "?limit=101"] {
        let answer = house.get(&format!("/staff/reservations{query}")).bearer(&clerk).send().await;
        answer.problem(400, "malformed-parameter");
    }
    let one =
        house.get(&format!("/staff/reservations/{first}")).bearer(&clerk).header("accept-language", "en").send().await;
    let one = one.status(200).json();
    assert_eq!(one["others"].as_array().unwrap().len(), 2);
    assert_eq!((&one["member"]["name"], &one["gift"]["name"]), (&json!("林*"), &json!("cream gift")));
}

#[tokio::test]
async fn another_counters_are_not_there() {
    let house = house().await;
    let (_, id, clerk) = house.with_reservation().await;
    house.put_aside(&clerk, &id).await.status(200);
    let other = house.staff("lin", "counter", Some(JINGAN)).await;
    house.get(&format!("/staff/reservations/{id}")).bearer(&other).send().await.problem(404, "not-found");
    let variant = json!({"variant_id": OILY.to_string()});
    let barcode = json!({"barcode": DRY_CODE});
    for (path, body) in [
        (format!("/staff/reservations/{id}/ready"), &barcode),
        (format!("/staff/reservations/{id}/fail"), &json!({"reason": "x"})),
        (format!("/staff/pickups/{id}/collect"), &barcode),
        (format!("/staff/pickups/{id}/exchange"), &variant),
    ] {
        post(&house, &other, &path, body).await.problem(404, "not-found");
        // Nor is what does not exist.
        let path = path.replace(&id, &Uuid::from_u128(99).to_string());
        post(&house, &clerk, &path, body).await.problem(404, "not-found");
    }
    assert_eq!(house.get("/staff/reservations").bearer(&other).send().await.json()["items"], json!([]));
}

#[tokio::test]
async fn only_who_stands_at_a_counter_scans() {
    let house = house().await;
    let (_, id, _) = house.with_reservation().await;
    for (user, role) in [("wang", "desk"), ("zhou", "manager")] {
        let token = house.staff(user, role, None).await;
        house.get(&format!("/staff/reservations/{id}")).bearer(&token).send().await.status(200);
        house.put_aside(&token, &id).await.problem(403, "role-missing");
        house.hand_over(&token, &id, DRY_CODE).await.problem(403, "role-missing");
        let variant = json!({"variant_id": OILY.to_string()});
        post(&house, &token, &format!("/staff/pickups/{id}/exchange"), &variant).await.problem(403, "role-missing");
        post(&house, &token, "/staff/pickups/lookup", &json!({"code": "x"})).await.problem(403, "role-missing");
    }
}
