//! One-time codes.

use chrono::TimeDelta;
use serde_json::json;
use server::settings::Options;
use storage::Engine;

use crate::on_both;
use crate::support::{Answer, House, PHONE, house};

async fn attempt(house: &House, challenge: &str, code: &str) -> Answer {
    house.post("/auth/otp/verify", &json!({"challenge_id": challenge, "code": code})).send().await
}

/// A code that is surely not this one.
fn other(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

async fn send(house: &House, phone: &str) -> Answer {
    house.post("/auth/otp", &json!({"phone": phone})).send().await
}

on_both!(a_code_opens_a_session, a_code_is_good_once, five_tries, tries_at_once_do_not_multiply);

async fn a_code_opens_a_session(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let sent = send(&house, "138 0000 0001").await;
    sent.status(202);
    assert_eq!(sent.text("expires_at"), "2026-11-22T04:05:00Z");
    assert_eq!(sent.json()["resend_after"], 60);
    let message = house.messages().pop().unwrap();
    assert_eq!((message.phone.as_str(), message.purpose.as_str()), (PHONE, "one-time-code"));
    let code = message.code.as_deref().unwrap();
    assert!(message.text.contains(code) && message.text.contains("晨露"), "{}", message.text);
    // However it is typed.
    let typed = format!(" {} {}", &code[..3], &code[3..]);
    let opened = attempt(&house, &sent.text("challenge_id"), &typed).await;
    opened.status(200);
    assert_eq!(opened.text("phone"), "+86 138****0001");
    assert_eq!(opened.json()["member"], json!(null));
    assert_eq!(opened.json().get("token"), None);
    let cookie = opened.header("set-cookie").unwrap();
    assert!(
        cookie.starts_with("session=") && cookie.contains("; HttpOnly; SameSite=Lax") && cookie.contains("; Path=/")
    );
    house.get("/session").header("cookie", &opened.cookie()).send().await.status(200);
}

async fn a_code_is_good_once(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let challenge = house.challenge(PHONE).await;
    let code = house.code(PHONE);
    attempt(&house, &challenge, &code).await.status(200);
    attempt(&house, &challenge, &code).await.problem(422, "code-expired");
}

async fn five_tries(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let challenge = house.challenge(PHONE).await;
    let code = house.code(PHONE);
    for _ in 0..5 {
        attempt(&house, &challenge, &other(&code)).await.problem(422, "code-wrong");
    }
    attempt(&house, &challenge, &code).await.problem(422, "code-expired");
}

async fn tries_at_once_do_not_multiply(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let challenge = house.challenge(PHONE).await;
    let wrong = other(&house.code(PHONE));
    let tries = (0..20).map(|_| attempt(&house, &challenge, &wrong));
    let mut compared = 0;
    for answer in futures(tries).await {
        compared += usize::from(answer.text("code") == "code-wrong");
    }
    assert_eq!(compared, 5);
}

/// All of them at once.
pub async fn futures<F: Future>(all: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut all: Vec<_> = all.map(Box::pin).collect();
    let mut done: Vec<Option<F::Output>> = all.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        let mut waiting = false;
        for (future, done) in all.iter_mut().zip(&mut done) {
            if done.is_none() {
                match future.as_mut().poll(context) {
                    std::task::Poll::Ready(output) => *done = Some(output),
                    std::task::Poll::Pending => waiting = true,
                }
            }
        }
        if waiting { std::task::Poll::Pending } else { std::task::Poll::Ready(()) }
    })
    .await;
    done.into_iter().flatten().collect()
}

#[tokio::test]
async fn a_code_dies_after_five_minutes() {
    let house = house().await;
    let challenge = house.challenge(PHONE).await;
    house.advance(TimeDelta::seconds(301));
    attempt(&house, &challenge, &house.code(PHONE)).await.problem(422, "code-expired");
    house.advance(TimeDelta::seconds(-2));
    attempt(&house, &challenge, &house.code(PHONE)).await.status(200);
}

#[tokio::test]
async fn a_code_belongs_to_its_challenge() {
    let house = house().await;
    let hers = house.challenge("+8613800000001").await;
    let mine = house.challenge("+8613800000002").await;
    let (her_code, my_code) = (house.code("+8613800000001"), house.code("+8613800000002"));
    if her_code != my_code {
        attempt(&house, &hers, &my_code).await.problem(422, "code-wrong");
    }
    attempt(&house, &mine, &my_code).await.status(200);
    attempt(&house, "01938c7e-0000-7000-8000-000000000000", &her_code).await.problem(422, "code-expired");
    attempt(&house, "'; --", &her_code).await.problem(422, "code-expired");
    attempt(&house, &hers, "none").await.problem(422, "code-wrong");
}

#[tokio::test]
async fn known_and_unknown_numbers_get_the_same_answer() {
    let house = house().await;
    house.member(PHONE).await;
    house.advance(TimeDelta::minutes(2));
    let shape = |answer: &Answer| {
        let mut names: Vec<String> = answer.headers.keys().map(|name| name.to_string()).collect();
        names.sort();
        let mut body = answer.json();
        body["challenge_id"] = json!("…");
        (answer.status, names, body.to_string())
    };
    let (known, unknown) = (send(&house, PHONE).await, send(&house, "+8613800000999").await);
    assert_eq!(shape(&known), shape(&unknown));
    for phone in [PHONE, "+8613800000999"] {
        // So do refusals.
        send(&house, phone).await.problem(429, "too-many-requests");
    }
}

#[tokio::test]
async fn the_next_code_has_to_wait() {
    let house = house().await;
    house.challenge(PHONE).await;
    house.advance(TimeDelta::seconds(20));
    assert_eq!(send(&house, PHONE).await.problem(429, "too-many-requests").retry_after(), 40);
    // Another number does not.
    house.challenge("+8613800000002").await;
    house.advance(TimeDelta::seconds(40));
    house.challenge(PHONE).await;
    assert_eq!(house.messages().len(), 3);
}

#[tokio::test]
async fn five_codes_a_day_for_a_number() {
    let house = house().await;
    for _ in 0..5 {
        house.challenge(PHONE).await;
        house.advance(TimeDelta::minutes(2));
    }
    let wait = send(&house, PHONE).await.problem(429, "code-quota-spent").retry_after();
    // Until midnight where the programme is: it was noon.
    assert!((11 * 3600..12 * 3600).contains(&wait), "{wait}");
    house.advance(TimeDelta::seconds(wait));
    house.challenge(PHONE).await;
}

#[tokio::test]
async fn an_address_can_not_send_to_everybody() {
    let options = Options { codes_per_address: Some(3), ..Options::default() };
    let house = House::open(Engine::Sqlite, options).await;
    for last in 1..=3 {
        house.challenge(&format!("+861380000000{last}")).await;
    }
    let wait = send(&house, "+8613800000004").await.problem(429, "too-many-requests").retry_after();
    house.advance(TimeDelta::seconds(wait));
    house.challenge("+8613800000004").await;
}

#[tokio::test]
async fn a_storm_stays_under_the_cap() {
    let options = Options { codes_per_day: Some(10), codes_per_address: Some(1000), ..Options::default() };
    let house = House::open(Engine::Sqlite, options).await;
    let phones: Vec<String> = (0..60).map(|number| format!("+86138000001{number:02}")).collect();
    let answers = futures(phones.iter().map(|phone| send(&house, phone))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status.is_success()).count(), 10);
    assert_eq!(house.messages().len(), 10);
}

#[tokio::test]
async fn a_gateway_out_of_order_is_said() {
    let house = house().await;
    house.set_gateway(false);
    send(&house, PHONE).await.problem(503, "unavailable");
}

#[tokio::test]
async fn another_site_can_not_sign_anybody_in() {
    let house = house().await;
    let ask = || house.post("/auth/otp", &json!({"phone": PHONE}));
    ask().header("sec-fetch-site", "cross-site").send().await.problem(403, "cross-site");
    ask().header("sec-fetch-site", "same-site").send().await.problem(403, "cross-site");
    ask().header("origin", "https://evil.example").send().await.problem(403, "cross-site");
    ask().header("origin", "null").send().await.problem(403, "cross-site");
    assert!(house.messages().is_empty());
    ask().header("origin", &house.base).header("sec-fetch-site", "same-origin").send().await.status(202);
    let attempt = json!({"challenge_id": "x", "code": "000000"});
    let verify = house.post("/auth/otp/verify", &attempt).header("origin", "https://evil.example");
    verify.send().await.problem(403, "cross-site");
}

#[tokio::test]
async fn behind_tls_the_cookie_is_bound_to_the_host() {
    let options = Options { public_url: Some("https://club.example.com".to_owned()), ..Options::default() };
    let house = House::open(Engine::Sqlite, options).await;
    let challenge = house.challenge(PHONE).await;
    let attempt = json!({"challenge_id": challenge, "code": house.code(PHONE)});
    let verify = house.post("/auth/otp/verify", &attempt).header("origin", "https://club.example.com");
    let opened = verify.send().await;
    let cookie = opened.status(200).header("set-cookie").unwrap();
    assert!(
        cookie.starts_with("__Host-session=") && cookie.contains("; Secure") && !cookie.contains("Domain"),
        "{cookie}"
    );
    assert!(opened.header("strict-transport-security").is_some());
    house.get("/session").header("cookie", &opened.cookie()).send().await.status(200);
}
