//! The staff signs in.

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::settings::Options;
use storage::Engine;

use crate::auth::futures;
use crate::on_both;
use crate::shop::PASSWORD;
use crate::support::{Answer, House, PHONE, house};

on_both!(
    a_code_of_the_authenticator_is_good_once,
    a_storm_of_guesses_is_stopped_for_the_user,
    who_guesses_locks_the_door_for_himself_alone,
    a_storm_from_everywhere_is_stopped,
);

/// A house behind a proxy that says where requests come from.
async fn behind_a_proxy(engine: Engine) -> House {
    let trusted_proxies = Some(vec!["127.0.0.0/8".parse().unwrap()]);
    House::open(engine, Options { trusted_proxies, ..Options::default() }).await
}

async fn sign_in_from(house: &House, address: &str, user: &str, password: &str, totp: &str) -> Answer {
    let body = json!({"user": user, "password": password, "totp": totp});
    let ask = house.post("/staff/session", &body).header("x-session", "bearer");
    ask.header("x-forwarded-for", address).send().await
}

async fn sign_in(house: &House, user: &str, password: &str, totp: &str) -> Answer {
    let body = json!({"user": user, "password": password, "totp": totp});
    house.post("/staff/session", &body).header("x-session", "bearer").send().await
}

async fn a_code_of_the_authenticator_is_good_once(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let counter = house.counter(1, "上海", 31.24, 121.49).await;
    let secret = house.account("chen", "counter", Some(counter)).await;
    let code = house.totp(&secret);
    let tries = (0..6).map(|_| sign_in(&house, "chen", PASSWORD, &code));
    let answers = futures(tries).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        answer.problem(422, "credentials-wrong");
    }
    // The code before it is as used up; the next one is not. Spaces and capitals are the clerk's.
    house.advance(TimeDelta::seconds(30));
    sign_in(&house, "chen", PASSWORD, &code).await.problem(422, "credentials-wrong");
    let next = house.totp(&secret);
    let opened = sign_in(&house, " Chen ", PASSWORD, &format!("{} {}", &next[..3], &next[3..])).await;
    let session = opened.status(200).json();
    assert_eq!(
        (&session["user"], &session["name"], &session["role"]),
        (&json!("chen"), &json!("chen·店员"), &json!("counter"))
    );
    assert_eq!(session["counter"]["id"], counter.to_string());
    assert_eq!(session["expires_at"], "2026-11-22T16:00:30Z");
}

async fn a_storm_of_guesses_is_stopped_for_the_user(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let secret = house.account("chen", "manager", None).await;
    let code = house.totp(&secret);
    let guesses = (0..16).map(|number| {
        let (house, code) = (&house, code.clone());
        async move { sign_in(house, "chen", &format!("guess number {number}"), &code).await }
    });
    let answers = futures(guesses).await;
    let (tried, locked): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 422);
    assert_eq!((tried.len(), locked.len()), (10, 6));
    for answer in locked {
        answer.problem(429, "sign-in-locked");
        assert!((1..=901).contains(&answer.retry_after()));
    }
    // Not even with everything right, until the window is over.
    sign_in(&house, "chen", PASSWORD, &code).await.problem(429, "sign-in-locked");
    let record = house.database.read().await.unwrap().staff_audit(true, None, 10).await.unwrap();
    assert_eq!(record.iter().map(|entry| entry.action.as_str()).collect::<Vec<_>>(), ["sign-in-locked"]);
    house.advance(TimeDelta::minutes(15));
    sign_in(&house, "chen", PASSWORD, &house.totp(&secret)).await.status(200);
}

async fn who_guesses_locks_the_door_for_himself_alone(engine: Engine) {
    let house = behind_a_proxy(engine).await;
    let secret = house.account("chen", "manager", None).await;
    let guess = |address: &'static str| sign_in_from(&house, address, "chen", "a guess", "000000");
    for _ in 0..10 {
        guess("203.0.113.7").await.problem(422, "credentials-wrong");
    }
    guess("203.0.113.7").await.problem(429, "sign-in-locked");
    // Whoever has one address of IPv6 has many, and they count as one.
    for number in 1..=10 {
        let address = format!("2001:db8:0:1::{number}");
        sign_in_from(&house, &address, "chen", "a guess", "000000").await.problem(422, "credentials-wrong");
    }
    guess("2001:db8:0:1:ffff::1").await.problem(429, "sign-in-locked");
    sign_in_from(&house, "203.0.113.8", "chen", PASSWORD, &house.totp(&secret)).await.status(200);
    // Not in the guesser's own, whatever he has found out.
    house.advance(TimeDelta::seconds(30));
    let code = house.totp(&secret);
    sign_in_from(&house, "203.0.113.7", "chen", PASSWORD, &code).await.problem(429, "sign-in-locked");
    let record = house.database.read().await.unwrap().staff_audit(true, None, 10).await.unwrap();
    let mut from: Vec<&str> = record.iter().map(|entry| entry.detail.as_str()).collect();
    from.sort_unstable();
    assert_eq!(from, ["2001:db8:0:1::", "203.0.113.7"]);
}

async fn a_storm_from_everywhere_is_stopped(engine: Engine) {
    let house = behind_a_proxy(engine).await;
    let secret = house.account("chen", "manager", None).await;
    let guesses = (0..120).map(|number| {
        let house = &house;
        async move {
            let address = format!("198.51.100.{}", number / 5);
            sign_in_from(house, &address, "chen", "a guess", "000000").await
        }
    });
    let answers = futures(guesses).await;
    let (tried, locked): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 422);
    assert_eq!((tried.len(), locked.len()), (100, 20));
    let refused = sign_in_from(&house, "203.0.113.8", "chen", PASSWORD, &house.totp(&secret)).await;
    assert!((1..=3_601).contains(&refused.problem(429, "sign-in-locked").retry_after()));
    let record = house.database.read().await.unwrap().staff_audit(true, None, 10).await.unwrap();
    let told: Vec<(&str, &str)> = record.iter().map(|entry| (entry.action.as_str(), entry.detail.as_str())).collect();
    assert_eq!(told, [("sign-in-locked", "")]);
    house.advance(TimeDelta::hours(1));
    sign_in_from(&house, "203.0.113.8", "chen", PASSWORD, &house.totp(&secret)).await.status(200);
}

#[tokio::test]
async fn who_is_wrong_is_not_told_why() {
    let house = house().await;
    let secret = house.account("chen", "manager", None).await;
    let code = house.totp(&secret);
    let mut answers = Vec::new();
    for (user, password, totp) in [
        ("chen", "wrong password", code.as_str()),
        ("chen", PASSWORD, "000000"),
        ("chen", PASSWORD, "no code"),
        ("nobody", PASSWORD, &code),
        ("", "", ""),
        ("\0", "\0", "\0"),
        ("chen", &"x".repeat(10_000), &code),
    ] {
        let answer = sign_in(&house, user, password, totp).await;
        answer.problem(422, "credentials-wrong");
        answers.push(answer.json());
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    // None of that cost a right one anything but its share of the tries.
    sign_in(&house, "chen", PASSWORD, &code).await.status(200);
}

#[tokio::test]
async fn one_address_is_stopped_whoever_it_says_it_is() {
    let house = house().await;
    let secret = house.account("chen", "manager", None).await;
    for number in 0..30 {
        sign_in(&house, &format!("user{number}"), "wrong password", "000000").await.problem(422, "credentials-wrong");
    }
    sign_in(&house, "chen", PASSWORD, &house.totp(&secret)).await.problem(429, "sign-in-locked");
}

#[tokio::test]
async fn the_two_worlds_share_nothing() {
    let house = house().await;
    let member = house.member(PHONE).await;
    let clerk = house.staff("chen", "manager", None).await;
    house.get("/staff/session").bearer(&member).send().await.problem(401, "staff-session-missing");
    house.get("/session").bearer(&clerk).send().await.problem(401, "session-missing");
    house
        .get("/staff/session")
        .header("cookie", &format!("session={clerk}"))
        .send()
        .await
        .problem(401, "staff-session-missing");
    let found = house.get("/staff/session").header("cookie", &format!("staff={clerk}")).send().await;
    assert_eq!(found.status(200).json()["counter"], Value::Null);
    assert_eq!(found.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn a_cookie_is_the_portals_own_and_ends_with_the_shift() {
    let house = house().await;
    let secret = house.account("chen", "desk", None).await;
    let body = json!({"user": "chen", "password": PASSWORD, "totp": house.totp(&secret)});
    let post = || house.post("/staff/session", &body);
    post().header("origin", "https://evil.example").send().await.problem(403, "cross-site");
    let opened = post().header("origin", &house.base).send().await;
    assert_eq!(opened.status(200).json().get("token"), None);
    let cookie = opened.cookie();
    let set = opened.header("set-cookie").unwrap();
    assert!(set.starts_with("staff=") && set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");
    let out = || house.delete("/staff/session").header("cookie", &cookie);
    out().send().await.problem(403, "cross-site");
    house.advance(TimeDelta::hours(11));
    house.get("/staff/session").header("cookie", &cookie).send().await.status(200);
    house.advance(TimeDelta::hours(11));
    house.get("/staff/session").header("cookie", &cookie).send().await.status(200);
    // Signing in anew ends the former session.
    let body = json!({"user": "chen", "password": PASSWORD, "totp": house.totp(&secret)});
    let again = house.post("/staff/session", &body).by_portal(&cookie).send().await;
    let fresh = again.status(200).cookie();
    house.get("/staff/session").header("cookie", &cookie).send().await.problem(401, "staff-session-missing");
    let gone = house.delete("/staff/session").by_portal(&fresh).send().await;
    assert!(gone.status(204).header("set-cookie").unwrap().contains("Max-Age=0"));
    house.get("/staff/session").header("cookie", &fresh).send().await.problem(401, "staff-session-missing");
    let last = house.staff("lin", "desk", None).await;
    house.advance(TimeDelta::hours(12));
    house.get("/staff/session").bearer(&last).send().await.problem(401, "staff-session-missing");
}
