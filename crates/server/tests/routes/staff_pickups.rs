//! Pick-up codes: read however they are typed, and guessed by nobody.

use chrono::TimeDelta;
use serde_json::json;
use server::settings::Options;
use storage::Engine;

use crate::auth::futures;
use crate::on_both;
use crate::shop::{BUND, DRY, DRY_CODE, JINGAN};
use crate::support::{Answer, House, PHONE, house, key};

on_both!(a_clerk_who_guesses_is_locked_out, a_counter_where_many_guess_is_locked, two_clerks_hand_over_once);

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
    let (_, id, clerk) = house.with_reservation().await;
    house.put_aside(&clerk, &id).await.status(200);
    let (path, body, one) = (format!("/staff/pickups/{id}/collect"), json!({"barcode": DRY_CODE}), key());
    let first = house.post(&path, &body).bearer(&clerk).key(&one).send().await;
    let again = house.post(&path, &body).bearer(&clerk).key(&one).send().await;
    assert_eq!(
        (again.status(200).header("idempotency-replayed"), again.json()),
        (Some("true"), first.status(200).json())
    );
    let other = json!({"barcode": "6900000000028"});
    house.post(&path, &other).bearer(&clerk).key(&one).send().await.problem(422, "idempotency-key-reused");
    assert_eq!(house.told(PHONE), []);
}
