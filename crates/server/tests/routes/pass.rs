//! The green pass.

use chrono::TimeDelta;
use serde_json::json;
use server::settings::Options;
use storage::Engine;

use crate::on_both;
use crate::shop::{BUND, DRY_CODE, JINGAN};
use crate::support::{House, key};

on_both!(there_is_a_pass_only_while_the_unit_is_put_aside);

async fn there_is_a_pass_only_while_the_unit_is_put_aside(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (member, id, clerk) = house.with_reservation().await;
    let ask = || house.get(&format!("/reservations/{id}/pass")).bearer(&member);
    ask().send().await.problem(409, "pass-not-ready");
    house.put_aside(&clerk, &id).await.status(200);
    let answer = ask().header("accept-language", "en").send().await;
    assert_eq!(answer.status(200).header("cache-control"), Some("no-store"));
    let pass = answer.json();
    let code = pass["code"].as_str().unwrap().to_owned();
    assert!(code.len() == 9 && code.bytes().all(|b| b"23456789ABCDEFGHJKMNPQRSTVWXYZ".contains(&b)), "{code}");
    let qr = pass["qr"].as_str().unwrap();
    assert!(qr.starts_with(&format!("SY1.{code}.")) && qr.len() > 30, "{qr}");
    assert_eq!((&pass["reservation_id"], &pass["variant"]["label"]), (&json!(id), &json!("dry en")));
    assert_eq!((&pass["counter"]["id"], &pass["gift"]["name"]), (&json!(BUND.to_string()), &json!("cream gift")));
    assert_eq!(pass["ready_at"], "2026-11-22T04:00:00Z");
    // Nothing else that is told of it has the code, to nobody.
    for (token, path) in [(&member, format!("/reservations/{id}")), (&clerk, format!("/staff/reservations/{id}"))] {
        let told = house.get(&path).bearer(token).send().await;
        assert!(!told.status(200).body.contains(&code));
    }
    assert!(!house.get("/staff/reservations").bearer(&clerk).send().await.status(200).body.contains(&code));
    // Moved and put aside there, it has another code; the first is good nowhere.
    house.units(JINGAN, crate::shop::DRY, 1).await;
    let body = json!({"counter_id": JINGAN.to_string()});
    house.post(&format!("/reservations/{id}/move"), &body).bearer(&member).key(&key()).send().await.status(200);
    ask().send().await.problem(409, "pass-not-ready");
    let other = house.staff("lin", "counter", Some(JINGAN)).await;
    house.put_aside(&other, &id).await.status(200);
    let second = ask().send().await.status(200).json();
    assert_ne!(second["code"], json!(code));
    for clerk in [&clerk, &other] {
        let body = json!({"code": code});
        house.post("/staff/pickups/lookup", &body).bearer(clerk).send().await.problem(422, "pickup-code-wrong");
    }
    // Until the hold ends.
    house.show_pass(&member, &other, &id).await;
    house.hand_over(&other, &id, DRY_CODE).await.status(200);
    ask().send().await.problem(409, "pass-not-ready");
}

#[tokio::test]
async fn a_pass_ends_with_the_hold_though_nobody_has_swept() {
    let house = crate::support::house().await;
    let (member, id, clerk) = house.with_reservation().await;
    house.put_aside(&clerk, &id).await.status(200);
    house.advance(TimeDelta::days(5) + TimeDelta::hours(8) - TimeDelta::seconds(1));
    let ask = || house.get(&format!("/reservations/{id}/pass")).bearer(&member);
    ask().send().await.status(200);
    house.advance(TimeDelta::seconds(1));
    ask().send().await.problem(409, "pass-not-ready");
}
