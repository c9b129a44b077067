//! Sessions.

use chrono::TimeDelta;
use serde_json::json;
use server::settings::Options;
use storage::Engine;

use crate::on_both;
use crate::support::{House, PHONE, enrolment, house, key};

on_both!(signing_out_is_seen_at_once, signing_in_again_ends_the_former_session);

async fn signing_out_is_seen_at_once(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = house.member(PHONE).await;
    house.get("/me/overview").bearer(&token).send().await.status(200);
    let out = house.delete("/session").bearer(&token).send().await;
    assert_eq!(out.status(204).body, "");
    house.get("/me/overview").bearer(&token).send().await.problem(401, "session-missing");
    house.delete("/session").bearer(&token).send().await.problem(401, "session-missing");
}

async fn signing_in_again_ends_the_former_session(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let former = house.sign_in_by_cookie(PHONE).await;
    house.advance(TimeDelta::minutes(2));
    let challenge = house.challenge(PHONE).await;
    let attempt = json!({"challenge_id": challenge, "code": house.code(PHONE)});
    let fresh = house.post("/auth/otp/verify", &attempt).by_portal(&former).send().await;
    assert_ne!(fresh.status(200).cookie(), former);
    house.get("/session").header("cookie", &former).send().await.problem(401, "session-missing");
    house.get("/session").header("cookie", &fresh.cookie()).send().await.status(200);
}

#[tokio::test]
async fn a_session_knows_who_she_is() {
    let house = house().await;
    let token = house.sign_in(PHONE).await;
    let before = house.get("/session").bearer(&token).send().await;
    assert_eq!(before.status(200).json()["member"], json!(null));
    house.get("/me/overview").bearer(&token).send().await.problem(403, "not-enrolled");
    house.post("/members", &enrolment()).bearer(&token).key(&key()).send().await.status(201);
    let after = house.get("/session").bearer(&token).send().await;
    assert_eq!(after.json()["member"]["name"], "林晓");
    assert!(after.header("cache-control").unwrap().contains("private"));
}

#[tokio::test]
async fn a_session_lasts_as_long_as_it_is_used() {
    let house = house().await;
    let token = house.sign_in(PHONE).await;
    for _ in 0..3 {
        house.advance(TimeDelta::days(20));
        house.get("/session").bearer(&token).send().await.status(200);
    }
    house.advance(TimeDelta::days(31));
    house.get("/session").bearer(&token).send().await.problem(401, "session-missing");
}

#[tokio::test]
async fn without_a_session_nothing_of_hers_is_shown() {
    let house = house().await;
    for path in [
        "/session",
        "/me/overview",
        "/me/card",
        "/me/points",
        "/me/points/expiring",
        "/me/tier",
        "/me/purchases",
        "/me/profile",
        "/me/preferences",
    ] {
        let answer = house.get(path).send().await;
        answer.problem(401, "session-missing");
        assert!(answer.header("www-authenticate").is_some());
        house.get(path).bearer("made-up").send().await.problem(401, "session-missing");
        house.get(path).header("cookie", "session=made-up").send().await.problem(401, "session-missing");
    }
}

#[tokio::test]
async fn a_write_with_a_cookie_must_say_that_it_comes_from_the_portal() {
    let house = house().await;
    let cookie = house.sign_in_by_cookie(PHONE).await;
    let ask = || house.delete("/session").header("cookie", &cookie);
    ask().send().await.problem(403, "cross-site");
    ask().header("sec-fetch-site", "cross-site").send().await.problem(403, "cross-site");
    ask().header("origin", "https://evil.example").send().await.problem(403, "cross-site");
    ask()
        .header("origin", "https://evil.example")
        .header("sec-fetch-site", "none")
        .send()
        .await
        .problem(403, "cross-site");
    // Reading is no write.
    house.get("/session").header("cookie", &cookie).header("sec-fetch-site", "cross-site").send().await.status(200);
    ask().header("origin", &house.base).send().await.status(204);
}
