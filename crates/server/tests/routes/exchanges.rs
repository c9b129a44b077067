//! Exchanges: the staff offers, and only her word changes anything.

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::settings::Options;
use storage::Engine;
use uuid::Uuid;

use crate::on_both;
use crate::reservations::{post, whats};
use crate::shop::{ANY, BUND, DRY, DRY_CODE, OILY, OILY_CODE};
use crate::support::House;

on_both!(an_exchange_is_hers_to_take);

async fn an_exchange_is_hers_to_take(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (token, id, clerk) = house.with_reservation().await;
    house.units(BUND, OILY, 1).await;
    let offer = |variant: Uuid| {
        let (house, clerk, path) = (&house, &clerk, format!("/staff/pickups/{id}/exchange"));
        async move { post(house, clerk, &path, &json!({"variant_id": variant.to_string()})).await }
    };
    let answer = |what: &'static str, body: Value| {
        let (house, token, path) = (&house, &token, format!("/reservations/{id}/exchange/{what}"));
        async move { post(house, token, &path, &body).await }
    };
    // Not before it is put aside, and nothing was offered.
    offer(OILY).await.problem(409, "reservation-state");
    answer("confirm", Value::Null).await.problem(409, "no-exchange");
    house.put_aside(&clerk, &id).await.status(200);
    offer(ANY).await.problem(409, "out-of-stock");
    offer(DRY).await.faults(&[("variant_id", "variant-unknown")]);
    offer(Uuid::from_u128(99)).await.faults(&[("variant_id", "variant-unknown")]);
    let offered = offer(OILY).await.status(200).json();
    assert_eq!((&offered["variant"]["id"], &offered["exchange"]["by"]), (&json!(DRY.to_string()), &json!("chen·店员")));
    offer(OILY).await.problem(409, "reservation-state");
    assert_eq!(house.free(BUND, OILY).await, 0);
    let seen = house.reservation(&token, &id).await;
    assert_eq!(
        (&seen["exchange"]["variant"]["id"], &seen["exchange"]["until"]),
        (&json!(OILY.to_string()), &json!("2026-11-22T04:15:00Z"))
    );
    assert_eq!(seen["actions"], json!(["pass", "answer_exchange", "extend", "move", "cancel"]));
    house.show_pass(&token, &clerk, &id).await;
    // The clerk's own word changes nothing, nor does one for another variant than she was shown.
    house.hand_over(&clerk, &id, OILY_CODE).await.problem(409, "variant-mismatch");
    answer("confirm", json!({"variant_id": ANY.to_string()})).await.problem(409, "no-exchange");
    answer("decline", Value::Null).await.status(200);
    answer("confirm", Value::Null).await.problem(409, "no-exchange");
    // Offers end by themselves.
    offer(OILY).await.status(200);
    house.advance(TimeDelta::minutes(15));
    answer("confirm", Value::Null).await.problem(409, "no-exchange");
    assert_eq!(house.free(BUND, OILY).await, 1);
    offer(OILY).await.status(200);
    let taken = answer("confirm", json!({"variant_id": OILY.to_string()})).await.status(200).json();
    assert_eq!((&taken["state"], &taken["variant"]["id"]), (&json!("ready"), &json!(OILY.to_string())));
    assert_eq!((house.free(BUND, DRY).await, house.free(BUND, OILY).await), (3, 0));
    house.hand_over(&clerk, &id, DRY_CODE).await.problem(409, "variant-mismatch");
    house.hand_over(&clerk, &id, OILY_CODE).await.status(200);
    // After pick-up: the units change places on the shelf.
    offer(DRY).await.status(200);
    assert_eq!(answer("confirm", Value::Null).await.status(200).json()["variant"]["id"], json!(DRY.to_string()));
    assert_eq!((house.free(BUND, DRY).await, house.free(BUND, OILY).await), (2, 1));
    let events: Vec<String> = whats(&house.reservation(&token, &id).await).into_iter().map(|(what, _)| what).collect();
    let expected = "held ready exchange_offered exchange_declined exchange_offered exchange_offered exchanged collected \
                    exchange_offered exchanged";
    assert_eq!(events.join(" "), expected);
    house.is_sound().await;
}
