//! Signing in with WeChat, and binding an account to a number.

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::settings::Options;
use storage::Engine;

use crate::auth::futures;
use crate::on_both;
use crate::support::{Answer, House, PHONE, house};
use crate::wechat_double::{Double, SESSION_KEY};

on_both!(
    a_number_is_proved_once_and_after_that_she_is_signed_in,
    a_void_binding_costs_no_code,
    a_wrong_code_costs_no_binding,
    of_many_with_one_binding_one_binds,
    another_number_ends_what_came_through_the_account,
    who_signs_out_stays_signed_out,
    who_proves_another_number_is_bound_to_it,
);

const OTHER: &str = "+8613800000002";

/// Signs in with a code of the demo.
async fn sign_in(house: &House, name: &str) -> Answer {
    let code = json!({"code": format!("demo-{name}")});
    house.post("/auth/wechat", &code).header("x-session", "bearer").send().await
}

async fn binding(house: &House, name: &str) -> String {
    let answer = sign_in(house, name).await;
    answer.problem(409, "phone-binding-required");
    answer.text("binding")
}

/// A binding for an account, whatever it is bound to.
async fn another_binding(house: &House, name: &str, session: Option<&str>) -> String {
    let code = json!({"code": format!("demo-{name}"), "for_binding": true});
    let ask = house.post("/auth/wechat", &code).header("x-session", "bearer");
    let answer = if let Some(session) = session { ask.bearer(session) } else { ask }.send().await;
    answer.problem(409, "phone-binding-required");
    assert_eq!((answer.json().get("token"), answer.header("set-cookie")), (None, None));
    answer.text("binding")
}

/// Tries the newest code of a number, with a binding.
async fn verify(house: &House, challenge: &str, code: &str, binding: &str) -> Answer {
    let attempt = json!({"challenge_id": challenge, "code": code});
    let ask = house.post("/auth/otp/verify", &attempt).header("wechat-binding", binding);
    ask.header("x-session", "bearer").send().await
}

impl House {
    /// A bearer token of a session through an account of the demo, which is bound to this number.
    pub async fn bind(&self, name: &str, phone: &str) -> String {
        self.advance(TimeDelta::minutes(2));
        let binding = binding(self, name).await;
        let challenge = self.challenge(phone).await;
        let answer = verify(self, &challenge, &self.code(phone), &binding).await;
        answer.status(200);
        answer.text("token")
    }
}

async fn a_number_is_proved_once_and_after_that_she_is_signed_in(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let asked = sign_in(&house, "lin").await;
    asked.problem(409, "phone-binding-required");
    assert_eq!(asked.text("expires_at"), "2026-11-22T04:10:00Z");
    assert_eq!(asked.header("cache-control"), Some("no-store"));
    let binding = asked.text("binding");
    // 256 bits, and nothing that says whose.
    assert_eq!(binding.len(), 43);
    let challenge = house.challenge(PHONE).await;
    let opened = verify(&house, &challenge, &house.code(PHONE), &binding).await;
    opened.status(200);
    assert_eq!((opened.text("phone").as_str(), opened.header("set-cookie")), ("+86 138****0001", None));
    house.get("/session").bearer(&opened.text("token")).send().await.status(200);
    let again = sign_in(&house, "lin").await;
    assert_eq!(again.status(200).text("phone"), "+86 138****0001");
    assert_ne!(again.text("token"), opened.text("token"));
    house.get("/session").bearer(&again.text("token")).send().await.status(200);
    // Without the header it is a cookie, as after any sign-in; the former session it came with is over.
    let code = json!({"code": "demo-lin"});
    let cookie = house.post("/auth/wechat", &code).bearer(&again.text("token")).send().await;
    assert_eq!(cookie.status(200).json().get("token"), None);
    house.get("/session").header("cookie", &cookie.cookie()).send().await.status(200);
    house.get("/session").bearer(&again.text("token")).send().await.problem(401, "session-missing");
    // Nobody else's account is.
    sign_in(&house, "wu").await.problem(409, "phone-binding-required");
}

async fn a_void_binding_costs_no_code(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let used = binding(&house, "wu").await;
    let challenge = house.challenge(OTHER).await;
    verify(&house, &challenge, &house.code(OTHER), &used).await.status(200);
    let old = binding(&house, "lin").await;
    house.advance(TimeDelta::minutes(10));
    let challenge = house.challenge(PHONE).await;
    let code = house.code(PHONE);
    for void in [used.as_str(), &old, "made-up", "", "\u{e9}"] {
        verify(&house, &challenge, &code, void).await.problem(422, "wechat-binding-expired");
    }
    // Nor does it tell whether a code is right.
    verify(&house, &challenge, "000000", "made-up").await.problem(422, "wechat-binding-expired");
    let fresh = binding(&house, "lin").await;
    verify(&house, &challenge, &code, &fresh).await.status(200);
    sign_in(&house, "lin").await.status(200);
}

async fn a_wrong_code_costs_no_binding(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let binding = binding(&house, "lin").await;
    let challenge = house.challenge(PHONE).await;
    let code = house.code(PHONE);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..4 {
        verify(&house, &challenge, wrong, &binding).await.problem(422, "code-wrong");
    }
    verify(&house, &challenge, &code, &binding).await.status(200);
    verify(&house, &challenge, &code, &binding).await.problem(422, "wechat-binding-expired");
}

async fn of_many_with_one_binding_one_binds(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let binding = binding(&house, "lin").await;
    let mut tries = Vec::new();
    for number in 1..=6 {
        let phone = format!("+861380000000{number}");
        let challenge = house.challenge(&phone).await;
        let code = house.code(&phone);
        tries.push((challenge, code));
    }
    let answers = futures(tries.iter().map(|(challenge, code)| verify(&house, challenge, code, &binding))).await;
    let winners: Vec<_> = answers.iter().filter(|answer| answer.status.is_success()).collect();
    assert_eq!(winners.len(), 1);
    for loser in answers.iter().filter(|answer| !answer.status.is_success()) {
        loser.problem(422, "wechat-binding-expired");
    }
    assert_eq!(sign_in(&house, "lin").await.status(200).text("phone"), winners[0].text("phone"));
    // The codes of the others are as good as before.
    for ((challenge, code), answer) in tries.iter().zip(&answers) {
        let attempt = json!({"challenge_id": challenge, "code": code});
        let again = house.post("/auth/otp/verify", &attempt).send().await;
        again.status(if answer.status.is_success() { 422 } else { 200 });
    }
}

async fn another_number_ends_what_came_through_the_account(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    // Both before anybody is bound, so that the account can be bound twice.
    let (first, second) = (binding(&house, "lin").await, binding(&house, "lin").await);
    let challenge = house.challenge(PHONE).await;
    let bound = verify(&house, &challenge, &house.code(PHONE), &first).await.text("token");
    let through = sign_in(&house, "lin").await.text("token");
    house.advance(TimeDelta::minutes(2));
    let otherwise = house.sign_in(PHONE).await;
    let challenge = house.challenge(OTHER).await;
    let moved = verify(&house, &challenge, &house.code(OTHER), &second).await;
    assert_eq!(moved.status(200).text("phone"), "+86 138****0002");
    for over in [&bound, &through] {
        house.get("/session").bearer(over).send().await.problem(401, "session-missing");
    }
    house.get("/session").bearer(&otherwise).send().await.status(200);
    assert_eq!(sign_in(&house, "lin").await.status(200).text("phone"), "+86 138****0002");
}

async fn who_signs_out_stays_signed_out(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    for through in [true, false] {
        let bound = house.bind("lin", PHONE).await;
        let token = if through { sign_in(&house, "lin").await.text("token") } else { bound };
        house.delete("/session").bearer(&token).send().await.status(204);
        house.get("/session").bearer(&token).send().await.problem(401, "session-missing");
        sign_in(&house, "lin").await.problem(409, "phone-binding-required");
    }
    // Signing out of what came another way unbinds nothing.
    house.bind("lin", PHONE).await;
    house.advance(TimeDelta::minutes(2));
    let otherwise = house.sign_in(PHONE).await;
    house.delete("/session").bearer(&otherwise).send().await.status(204);
    sign_in(&house, "lin").await.status(200);
}

async fn who_proves_another_number_is_bound_to_it(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    // Of an account that is bound to none it is what she gets anyway.
    another_binding(&house, "wu", None).await;
    let bound = house.bind("lin", PHONE).await;
    // To be asked for changes nothing yet: neither the session it came with nor the number it is bound to.
    let first = another_binding(&house, "lin", Some(&bound)).await;
    house.get("/session").bearer(&bound).send().await.status(200);
    assert_eq!(sign_in(&house, "lin").await.status(200).text("phone"), "+86 138****0001");
    // Nor does a wrong code.
    let challenge = house.challenge(OTHER).await;
    let code = house.code(OTHER);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    verify(&house, &challenge, wrong, &first).await.problem(422, "code-wrong");
    house.get("/session").bearer(&bound).send().await.status(200);
    let moved = verify(&house, &challenge, &code, &first).await;
    assert_eq!(moved.status(200).text("phone"), "+86 138****0002");
    house.get("/session").bearer(&bound).send().await.problem(401, "session-missing");
    assert_eq!(sign_in(&house, "lin").await.status(200).text("phone"), "+86 138****0002");
    // The same number again: nothing of hers is over.
    let again = another_binding(&house, "lin", None).await;
    house.advance(TimeDelta::minutes(2));
    let challenge = house.challenge(OTHER).await;
    verify(&house, &challenge, &house.code(OTHER), &again).await.status(200);
    house.get("/session").bearer(&moved.text("token")).send().await.status(200);
    // It is asked for with a truth value or not at all.
    let said = json!({"code": "demo-lin", "for_binding": false});
    house.post("/auth/wechat", &said).send().await.status(200);
    let odd = json!({"code": "demo-lin", "for_binding": "yes"});
    house.post("/auth/wechat", &odd).send().await.problem(400, "malformed-body");
}

fn limits(address: u32, refused: u32, account: u32) -> Options {
    Options {
        wechat_sign_ins_per_address: Some(address),
        wechat_refused_per_address: Some(refused),
        wechat_sign_ins_per_account: Some(account),
        ..Options::default()
    }
}

#[tokio::test]
async fn sign_ins_are_counted_for_the_account_and_for_the_address() {
    let house = House::open(Engine::Sqlite, limits(4, 9, 2)).await;
    another_binding(&house, "lin", None).await;
    sign_in(&house, "lin").await.problem(409, "phone-binding-required");
    for _ in 0..5 {
        let refused = sign_in(&house, "lin").await;
        assert_eq!(refused.problem(429, "too-many-requests").retry_after(), 3601);
    }
    // What was refused of one account is not taken from the others.
    sign_in(&house, "wu").await.problem(409, "phone-binding-required");
    sign_in(&house, "chen").await.problem(409, "phone-binding-required");
    sign_in(&house, "zhou").await.problem(429, "too-many-requests");
    house.advance(TimeDelta::hours(1));
    sign_in(&house, "lin").await.problem(409, "phone-binding-required");
    sign_in(&house, "zhou").await.problem(409, "phone-binding-required");
}

#[tokio::test]
async fn what_wechat_refuses_locks_nobody_out() {
    let house = House::open(Engine::Sqlite, limits(2, 3, 9)).await;
    let made_up = || async { house.post("/auth/wechat", &json!({"code": "x"})).send().await };
    for _ in 0..3 {
        made_up().await.problem(422, "wechat-code-refused");
    }
    for _ in 0..3 {
        assert_eq!(made_up().await.problem(429, "too-many-requests").retry_after(), 3601);
    }
    // Good codes are not what ran out.
    sign_in(&house, "lin").await.problem(409, "phone-binding-required");
    sign_in(&house, "wu").await.problem(409, "phone-binding-required");
    sign_in(&house, "wu").await.problem(429, "too-many-requests");
    house.advance(TimeDelta::hours(1));
    made_up().await.problem(422, "wechat-code-refused");
}

#[tokio::test]
async fn a_mobile_network_of_one_address_can_sign_in() {
    let house = house().await;
    // More than the 600 that a network once was allowed, each another phone.
    for batch in 0..13 {
        let phones: Vec<String> = (0..50).map(|phone| format!("phone-{batch}-{phone}")).collect();
        for answer in futures(phones.iter().map(|name| sign_in(&house, name))).await {
            answer.problem(409, "phone-binding-required");
        }
    }
}

#[tokio::test]
async fn a_code_that_can_be_none_is_refused() {
    let house = house().await;
    for code in ["", "lin", "demo-", "demo-two words", &"x".repeat(300)] {
        house.post("/auth/wechat", &json!({"code": code})).send().await.problem(422, "wechat-code-refused");
    }
    house.post("/auth/wechat", &json!({"code": 1})).send().await.problem(400, "malformed-body");
    let from_elsewhere = house.post("/auth/wechat", &json!({"code": "demo-lin"}));
    from_elsewhere.header("origin", "https://evil.example").send().await.problem(403, "cross-site");
}

/// Signs in with a code that the double knows: `<anything> of <openid>`.
async fn sign_in_for_real(house: &House, code: &str) -> Answer {
    house.post("/auth/wechat", &json!({"code": code})).header("x-session", "bearer").send().await
}

#[tokio::test]
async fn wechat_itself_is_asked_whose_a_code_is() {
    let double = Double::start().await;
    let house = House::open(Engine::Sqlite, double.options()).await;
    let asked = sign_in_for_real(&house, "1 & 2 of o-lin").await;
    asked.problem(409, "phone-binding-required");
    assert!(!asked.body.contains("o-lin") && !asked.body.contains(SESSION_KEY), "{}", asked.body);
    let challenge = house.challenge(PHONE).await;
    let bound = verify(&house, &challenge, &house.code(PHONE), &asked.text("binding")).await;
    let again = sign_in_for_real(&house, "3 of o-lin").await;
    for opened in [bound.status(200), again.status(200)] {
        assert_eq!(opened.text("phone"), "+86 138****0001");
        assert!(!opened.body.contains("o-lin") && !opened.body.contains(SESSION_KEY), "{}", opened.body);
    }
    // A code is good once.
    sign_in_for_real(&house, "3 of o-lin").await.problem(422, "wechat-code-refused");
    sign_in_for_real(&house, "made up").await.problem(422, "wechat-code-refused");
    // What the demo takes is nothing here.
    sign_in_for_real(&house, "demo-lin").await.problem(422, "wechat-code-refused");
    for (errcode, status, code) in [
        (40029, 422, "wechat-code-refused"),
        (40163, 422, "wechat-code-refused"),
        (40226, 422, "wechat-code-refused"),
        (-1, 503, "unavailable"),
        (45011, 503, "unavailable"),
        (40125, 503, "unavailable"),
    ] {
        double.set(|wechat| wechat.errcode = errcode);
        let answer = sign_in_for_real(&house, "4 of o-lin").await;
        answer.problem(status, code);
        assert_eq!(answer.header("retry-after").is_some(), status == 503);
    }
}

#[tokio::test]
async fn a_wechat_that_does_not_answer_is_said() {
    // Somebody listened here once.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let double = Double::start().await;
    let options = Options { wechat_url: Some(format!("http://{gone}")), ..double.options() };
    let house = House::open(Engine::Sqlite, options).await;
    sign_in_for_real(&house, "1 of o-lin").await.problem(503, "unavailable");
}

#[tokio::test]
async fn templates_are_for_everybody() {
    let double = Double::start().await;
    let real = House::open(Engine::Sqlite, double.options()).await;
    for (house, id) in [(&real, "TEMPLATE-1"), (&house().await, "demo-reservation")] {
        let answer = house.get("/wechat/templates").send().await;
        answer.status(200);
        assert_eq!(answer.json(), json!({"items": [{"purpose": "reservation", "template_id": id}]}));
        assert_eq!(answer.header("cache-control"), Some("public, no-cache"));
        house.get("/wechat/templates").header("if-none-match", &answer.etag()).send().await.status(304);
    }
    let bare =
        Options { wechat_template_reservation: None, wechat_template_reservation_fields: None, ..double.options() };
    let house = House::open(Engine::Sqlite, bare).await;
    let none: Value = house.get("/wechat/templates").send().await.json();
    assert_eq!(none, json!({"items": []}));
}
