//! Pick-up codes: read however they are typed, and guessed by nobody.

use chrono::TimeDelta;
use serde_json::json;
use server::settings::Options;
use storage::Engine;

use crate::auth::futures;
use crate::on_both;
use crate::shop::{BUND, DRY, DRY_CODE, JINGAN, OILY_CODE};
use crate::support::{Answer, House, PHONE, house, key};

on_both!(
    a_clerk_who_guesses_is_locked_out,
    a_counter_where_many_guess_is_locked,
    two_clerks_hand_over_once,
    nothing_is_handed_over_without_the_pass,
);

async fn look_up(house: &House, clerk: &str, code: &str) -> Answer {
    house.post("/staff/pickups/lookup", &json!({"code": code})).bearer(clerk).send().await
}

async fn a_clerk_who_guesses_is_locked_out(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (member, id, clerk) = house.with_reservation().await;
    house.put_aside(&clerk, &id).await.status(200);
    let code = house.get(&format!("/reservations/{id}/pass")).bearer(&member).send().await.text("code");
    // Right ones do not count, however many.
    for _ in 0..8 {
        look_up(&house, &clerk, &code).await.status(200);
    }
    let guesses: Vec<String> = (0..12).map(|number| format!("2345678{:02}", number + 22)).collect();
    let answers = futures(guesses.iter().map(|guess| look_up(&house, &clerk, guess))).await;
    let (wrong, locked): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 422);
    assert_eq!((wrong.len(), locked.len()), (5, 7));
    for answer in wrong {
        answer.problem(422, "pickup-code-wrong");
    }
    for answer in locked {
        answer.problem(429, "pickup-locked");
        assert!((1..=901).contains(&answer.retry_after()));
    }
    look_up(&house, &clerk, &code).await.problem(429, "pickup-locked");
    let record = house.database.read().await.unwrap().staff_audit(true, None, 10).await.unwrap();
    assert_eq!(record.len(), 1);
    assert_eq!(
        (record[0].action.as_str(), record[0].user.as_deref(), record[0].counter),
        ("pickup-locked", Some("chen"), Some(BUND))
    );
    let all = house.database.read().await.unwrap().staff_audit(false, None, 20).await.unwrap();
    assert_eq!(all.iter().filter(|entry| entry.action == "pickup-refused").count(), 5);
    // A colleague is not, and neither is the clerk once the time is over.
    let colleague = house.staff("lin", "counter", Some(BUND)).await;
    look_up(&house, &colleague, &code).await.status(200);
    house.advance(TimeDelta::minutes(15));
    look_up(&house, &clerk, &code).await.status(200);
}

async fn a_counter_where_many_guess_is_locked(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    house.shop(1).await;
    for number in 0..4 {
        let clerk = house.staff(&format!("clerk{number}"), "counter", Some(BUND)).await;
        for _ in 0..5 {
            look_up(&house, &clerk, "23456789A").await.problem(422, "pickup-code-wrong");
        }
    }
    let last = house.staff("last", "counter", Some(BUND)).await;
    let locked = look_up(&house, &last, "23456789A").await;
    assert!(locked.problem(429, "pickup-locked").retry_after() <= 3601);
    let there = house.staff("there", "counter", Some(JINGAN)).await;
    look_up(&house, &there, "23456789A").await.problem(422, "pickup-code-wrong");
}

async fn two_clerks_hand_over_once(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (member, id, clerk) = house.with_reservation().await;
    let other = house.staff("lin", "counter", Some(BUND)).await;
    house.hand_over(&clerk, &id, DRY_CODE).await.problem(409, "reservation-state");
    house.put_aside(&clerk, &id).await.status(200);
    house.show_pass(&member, &clerk, &id).await;
    house.show_pass(&member, &other, &id).await;
    let path = format!("/staff/pickups/{id}/collect");
    house
        .post(&path, &json!({"barcode": DRY_CODE}))
        .bearer(&clerk)
        .send()
        .await
        .problem(400, "idempotency-key-missing");
    let hands = (0..8).map(|number| house.hand_over(if number % 2 == 0 { &clerk } else { &other }, &id, DRY_CODE));
    let answers = futures(hands).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        answer.problem(409, "reservation-state");
    }
    assert_eq!((house.points(&member).await, house.free(BUND, DRY).await), ((200, 0), 2));
    house.is_sound().await;
}

async fn nothing_is_handed_over_without_the_pass(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (member, id, clerk) = house.with_reservation().await;
    house.put_aside(&clerk, &id).await.status(200);
    let stands = async || (house.points(&member).await, house.free(BUND, DRY).await);
    let before = stands().await;
    // Not with what stands in the list, not even with the right unit; the wrong one does not say what the right one is.
    house.hand_over(&clerk, &id, DRY_CODE).await.problem(409, "pass-not-shown");
    house.hand_over(&clerk, &id, OILY_CODE).await.problem(409, "pass-not-shown");
    // Not by having guessed, and not because a colleague has seen it.
    look_up(&house, &clerk, "23456789A").await.problem(422, "pickup-code-wrong");
    let colleague = house.staff("lin", "counter", Some(BUND)).await;
    house.show_pass(&member, &colleague, &id).await;
    house.hand_over(&clerk, &id, DRY_CODE).await.problem(409, "pass-not-shown");
    // Not half an hour after.
    house.show_pass(&member, &clerk, &id).await;
    house.advance(TimeDelta::minutes(30));
    house.hand_over(&clerk, &id, DRY_CODE).await.problem(409, "pass-not-shown");
    // Not with the pass of the time before.
    house.show_pass(&member, &clerk, &id).await;
    house.units(JINGAN, DRY, 1).await;
    for place in [JINGAN, BUND] {
        let body = json!({"counter_id": place.to_string()});
        house.post(&format!("/reservations/{id}/move"), &body).bearer(&member).key(&key()).send().await.status(200);
    }
    house.put_aside(&clerk, &id).await.status(200);
    house.hand_over(&clerk, &id, DRY_CODE).await.problem(409, "pass-not-shown");
    assert_eq!((stands().await, house.reservation(&member, &id).await["state"].clone()), (before, json!("ready")));
    let record = house.database.read().await.unwrap().staff_audit(false, None, 20).await.unwrap();
    let unseen = |entry: &&storage::StaffAuditEntry| entry.action == "pass-not-shown";
    assert_eq!(record.iter().filter(unseen).count(), 5);
    assert!(record.iter().filter(unseen).all(|entry| entry.about.is_some_and(|about| about.to_string() == id)));
    // A moment before the half hour is over.
    house.show_pass(&member, &clerk, &id).await;
    house.advance(TimeDelta::minutes(30) - TimeDelta::seconds(1));
    house.hand_over(&clerk, &id, OILY_CODE).await.problem(409, "variant-mismatch");
    house.hand_over(&clerk, &id, DRY_CODE).await.status(200);
    house.is_sound().await;
}

#[tokio::test]
async fn who_held_it_on_the_telephone_needs_her_pass_too() {
    let house = house().await;
    house.shop(1).await;
    let member = house.member_with_points(PHONE, 500).await;
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    let body = json!({"phone": PHONE, "variant_id": DRY.to_string(), "counter_id": BUND.to_string()});
    let id = house.post("/staff/holds", &body).bearer(&clerk).key(&key()).send().await.status(201).text("id");
    house.put_aside(&clerk, &id).await.status(200);
    house.hand_over(&clerk, &id, DRY_CODE).await.problem(409, "pass-not-shown");
    house.show_pass(&member, &clerk, &id).await;
    house.hand_over(&clerk, &id, DRY_CODE).await.status(200);
}

#[tokio::test]
async fn a_code_is_read_as_typed_or_scanned_at_its_own_counter() {
    let house = house().await;
    let (member, id, clerk) = house.with_reservation().await;
    let other = house.staff("lin", "counter", Some(JINGAN)).await;
    house.put_aside(&clerk, &id).await.status(200);
    let pass = house.get(&format!("/reservations/{id}/pass")).bearer(&member).send().await.json();
    let (code, qr) = (pass["code"].as_str().unwrap(), pass["qr"].as_str().unwrap());
    let grouped = format!(" {} {} {}", &code[..3], &code[3..6], &code[6..]).to_lowercase();
    for typed in [code, &grouped, qr] {
        let found = look_up(&house, &clerk, typed).await;
        assert_eq!(found.status(200).json()["id"], json!(id));
        assert!(!found.body.contains(code));
    }
    look_up(&house, &other, code).await.problem(422, "pickup-code-wrong");
    look_up(&house, &clerk, &format!("{qr}x")).await.problem(422, "pickup-code-wrong");
    look_up(&house, &clerk, &format!("SY1.{code}.AAAAAAAAAAAAAAAAAAAAAA")).await.problem(422, "pickup-code-wrong");
    // A pass whose time is over is no guess.
    house.advance(TimeDelta::days(6));
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    for _ in 0..8 {
        look_up(&house, &clerk, code).await.problem(409, "reservation-state");
    }
}

#[tokio::test]
async fn a_repeat_of_a_hand_over_is_answered_as_the_first() {
    let house = house().await;
    let (member, id, clerk) = house.with_reservation().await;
    house.put_aside(&clerk, &id).await.status(200);
    house.show_pass(&member, &clerk, &id).await;
    let (path, body, one) = (format!("/staff/pickups/{id}/collect"), json!({"barcode": DRY_CODE}), key());
    let first = house.post(&path, &body).bearer(&clerk).key(&one).send().await;
    let again = house.post(&path, &body).bearer(&clerk).key(&one).send().await;
    assert_eq!(
        (again.status(200).header("idempotency-replayed"), again.json()),
        (Some("true"), first.status(200).json())
    );
    let other = json!({"barcode": "6900000000028"});
    house.post(&path, &other).bearer(&clerk).key(&one).send().await.problem(422, "idempotency-key-reused");
    house.work().await;
    // Told once, with the way to say that it was not her; what was to be told before is not true any more.
    let told = house.told(PHONE);
    assert_eq!(told.iter().map(|(purpose, _)| purpose.as_str()).collect::<Vec<_>>(), ["reservation-collected"]);
    let text = &told[0].1;
    assert!(text.contains("1号专柜") && text.contains("cream礼") && text.contains("若非您本人领取"), "{text}");
}
