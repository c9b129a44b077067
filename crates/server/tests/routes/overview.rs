//! The home page's one round trip.

use chrono::TimeDelta;
use serde_json::json;
use server::settings::Options;
use storage::Engine;

use crate::on_both;
use crate::support::{House, PHONE, house};

on_both!(her_figures);

async fn her_figures(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = house.member(PHONE).await;
    // 199.99 in pearl earns 199; the 0.01 that reaches rose earns nothing; then 100.00 in rose earns 110.
    house.purchase(PHONE, "1", 19_999, 40).await.status(201);
    house.purchase(PHONE, "2", 1, 30).await.status(201);
    house.purchase(PHONE, "3", 10_000, 2).await.status(201);
    let overview = house.get("/me/overview").bearer(&token).send().await.status(200).json();
    assert_eq!(overview["points"], json!({"available": 0, "held": 0, "pending": 309}));
    let tier = &overview["tier"];
    assert_eq!(tier["current"], json!({"id": "rose", "name": "玫瑰卡"}));
    assert_eq!(tier["spent"], json!({"amount": 30_000, "currency": "CNY"}));
    assert_eq!(tier["to_next"]["amount"], 30_000);
    assert_eq!(tier["window"], json!({"from": "2025-11-23", "to": "2026-11-22"}));
    assert_eq!(overview["status_sentence"], json!({"name": "林晓", "active_until": tier["valid_until"]}));
    assert_eq!(overview["as_of"], "2026-11-22T04:00:00Z");
    assert_eq!(overview["expiring"], json!([]));
}

#[tokio::test]
async fn names_are_in_the_callers_language() {
    let house = house().await;
    let token = house.member(PHONE).await;
    let answer = house.get("/me/overview").bearer(&token).header("accept-language", "en").send().await;
    assert_eq!(answer.json()["tier"]["current"]["name"], "Pearl");
    assert!(answer.header("vary").unwrap().contains("Accept-Language"));
    assert_eq!(answer.header("cache-control"), Some("private, no-cache"));
}

#[tokio::test]
async fn who_knows_the_version_gets_nothing_new() {
    let house = house().await;
    let token = house.member(PHONE).await;
    let etag = house.get("/me/overview").bearer(&token).send().await.status(200).etag();
    house.advance(TimeDelta::seconds(5));
    let again = || house.get("/me/overview").bearer(&token).header("if-none-match", &etag);
    let same = again().send().await;
    assert_eq!(same.status(304).body, "");
    assert_eq!(same.etag(), etag);
    again().header("accept-language", "en").send().await.status(200);
    house.purchase(PHONE, "1", 10_000, 0).await.status(201);
    let changed = again().send().await;
    assert_ne!(changed.status(200).etag(), etag);
}

#[tokio::test]
async fn large_answers_are_compressed_for_who_can_read_that() {
    let house = house().await;
    let answer = house.get("/programme").header("accept-encoding", "br").send_raw().await;
    assert_eq!(answer.headers().get("content-encoding").unwrap(), "br");
    assert!(answer.bytes().await.unwrap().len() < 4096);
}
