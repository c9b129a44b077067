//! The preferences.

use serde_json::{Value, json};
use server::settings::Options;
use storage::Engine;

use crate::auth::futures;
use crate::on_both;
use crate::support::{House, PHONE, house};

on_both!(of_two_at_once_one_is_told);

async fn of_two_at_once_one_is_told(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = house.member(PHONE).await;
    let read = house.get("/me/preferences").bearer(&token).send().await;
    let etag = read.etag();
    let bodies: Vec<_> = (0..6)
        .map(|hour| {
            let mut body = read.json();
            body["quiet_hours"] = json!({"from": format!("2{}:00", hour % 4), "to": format!("0{hour}:30")});
            body
        })
        .collect();
    let put = |body| house.put("/me/preferences", body).bearer(&token).header("if-match", &etag).send();
    let answers = futures(bodies.iter().map(put)).await;
    let winners: Vec<_> = answers.iter().filter(|answer| answer.status.is_success()).collect();
    assert_eq!(winners.len(), 1);
    for loser in answers.iter().filter(|answer| !answer.status.is_success()) {
        loser.problem(412, "version-stale");
    }
    assert_eq!(house.get("/me/preferences").bearer(&token).send().await.json(), winners[0].json());
}

#[tokio::test]
async fn what_can_not_be_is_refused_field_by_field() {
    let house = house().await;
    let token = house.member(PHONE).await;
    let read = house.get("/me/preferences").bearer(&token).send().await;
    let mut body = read.json();
    body["language"] = json!("fr");
    body["quiet_hours"] = json!({"from": "25:00", "to": "7"});
    let put = |body: Value| house.put("/me/preferences", &body).bearer(&token).header("if-match", &read.etag()).send();
    put(body).await.faults(&[
        ("language", "language-unknown"),
        ("quiet_hours.from", "time-malformed"),
        ("quiet_hours.to", "time-malformed"),
    ]);
    let mut body = read.json();
    body["quiet_hours"] = json!({"from": "22:00", "to": "22:00"});
    put(body.clone()).await.faults(&[("quiet_hours.to", "quiet-hours-empty")]);
    body["quiet_hours"] = json!(null);
    put(body).await.status(200);
}
