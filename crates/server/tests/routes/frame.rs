//! What is true of every route: problems, headers, limits.

use serde_json::json;
use server::settings::Options;
use storage::Engine;

use crate::support::{House, house};

#[tokio::test]
async fn the_frameworks_own_errors_are_problems_too() {
    let house = house().await;
    house.get("/no-such-thing").send().await.problem(404, "not-found");
    house.get("root:/api").send().await.problem(404, "not-found");
    house.get("root:/api/v2/programme").send().await.problem(404, "not-found");
    // A server without a portal has nothing but the API.
    assert_eq!(house.get("root:/nowhere").send().await.status(404).text("code"), "not-found");
    let answer = house.method("PATCH", "/session").send().await;
    answer.problem(405, "method-not-allowed");
    assert!(answer.header("allow").unwrap().contains("DELETE"));
    let post = |kind: &'static str| house.method("POST", "/auth/otp").header("content-type", kind);
    post("application/json").raw("{").send().await.problem(400, "malformed-body");
    post("application/json").raw("{\"phone\":1}").send().await.problem(400, "malformed-body");
    post("application/json").raw(vec![0xff]).send().await.problem(400, "malformed-body");
    post("application/json").raw(vec![b' '; 100_000]).send().await.problem(413, "body-too-large");
    post("text/plain").raw("{}").send().await.problem(415, "media-type-unsupported");
    house.method("POST", "/auth/otp").raw("{}").send().await.problem(415, "media-type-unsupported");
    house.post("/auth/otp", &json!({"phone": "1"})).send().await.problem(422, "input-invalid");
}

#[tokio::test]
async fn problems_speak_the_callers_language() {
    let house = house().await;
    for (asked, language, title) in
        [("en-GB,en;q=0.9", "en", "Nothing here"), ("zh-TW", "zh-CN", "没有找到"), ("fr", "zh-CN", "没有找到")]
    {
        let answer = house.get("/nothing").header("accept-language", asked).send().await;
        answer.problem(404, "not-found");
        assert_eq!(answer.text("title"), title);
        assert_eq!(answer.header("content-language"), Some(language));
    }
    let answer = house.post("/auth/otp", &json!({"phone": "x"})).header("accept-language", "en").send().await;
    answer.faults(&[("phone", "phone-malformed")]);
    assert!(answer.json()["errors"][0]["detail"].as_str().unwrap().starts_with("Enter a mobile number"));
}

#[tokio::test]
async fn every_answer_carries_the_programmes_time_and_a_request_id() {
    let house = house().await;
    let answer = house.get("/programme").header("x-request-id", "abc-123").send().await;
    assert_eq!(answer.status(200).header("programme-time"), Some("2026-11-22T12:00:00+08:00"));
    assert_eq!(answer.header("x-request-id"), Some("abc-123"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    // A phone number is no identifier of a request.
    for given in ["13800000001", "a b", &"x".repeat(65)] {
        let answer = house.get("/programme").header("x-request-id", given).send().await;
        assert_ne!(answer.header("x-request-id"), Some(given));
    }
}

#[tokio::test]
async fn the_server_lives_and_can_work() {
    let house = house().await;
    assert_eq!(house.get("root:/healthz").send().await.status(200).json(), json!({"status": "ok"}));
    house.get("root:/readyz").send().await.status(200);
    house.database.close().await;
    house.get("root:/healthz").send().await.status(200);
    house.get("root:/readyz").send().await.problem(503, "unavailable");
}

#[tokio::test]
async fn an_address_that_asks_too_often_is_told_when_to_come_back() {
    let options = Options { requests_per_address: Some(3), ..Options::default() };
    let house = House::open(Engine::Sqlite, options).await;
    for _ in 0..3 {
        house.get("/programme").send().await.status(200);
    }
    let answer = house.get("/programme").send().await;
    let wait = answer.problem(429, "too-many-requests").retry_after();
    house.advance(chrono::TimeDelta::seconds(wait));
    house.get("/programme").send().await.status(200);
}

#[tokio::test]
async fn a_session_that_asks_too_often_does_not_hold_up_others() {
    let options = Options { requests_per_session: Some(2), ..Options::default() };
    let house = House::open(Engine::Sqlite, options).await;
    let (one, other) = (house.sign_in("+8613800000001").await, house.sign_in("+8613800000002").await);
    for _ in 0..2 {
        house.get("/session").bearer(&one).send().await.status(200);
    }
    house.get("/session").bearer(&one).send().await.problem(429, "too-many-requests");
    house.get("/session").bearer(&other).send().await.status(200);
}

#[tokio::test]
async fn who_stands_behind_a_proxy_is_believed_only_from_a_proxy() {
    let limited = |proxies: &str| Options {
        requests_per_address: Some(1),
        trusted_proxies: Some(
            proxies.split(',').filter(|text| !text.is_empty()).map(|text| text.parse().unwrap()).collect(),
        ),
        ..Options::default()
    };
    let trusting = House::open(Engine::Sqlite, limited("127.0.0.0/8,10.0.0.0/8")).await;
    async fn from(house: &House, chain: &str) -> u16 {
        house.get("/programme").header("x-forwarded-for", chain).send().await.status.as_u16()
    }
    assert_eq!(from(&trusting, "203.0.113.1").await, 200);
    assert_eq!(from(&trusting, "203.0.113.2, 10.1.2.3").await, 200);
    assert_eq!(from(&trusting, "203.0.113.1").await, 429);
    // Whatever stands before the last address that is not ours may be made up.
    assert_eq!(from(&trusting, "198.51.100.9, 203.0.113.2").await, 429);
    let plain = House::open(Engine::Sqlite, limited("")).await;
    assert_eq!(from(&plain, "203.0.113.1").await, 200);
    assert_eq!(from(&plain, "203.0.113.2").await, 429);
}
