//! News of a reservation as subscribe messages: one for each consent, and a text message for who has given none.

use chrono::TimeDelta;
use serde_json::json;
use server::jobs::{self, Job};
use server::settings::Options;
use storage::Engine;

use crate::auth::futures;
use crate::on_both;
use crate::shop::BUND;
use crate::support::{House, PHONE, enrolment, key};
use crate::wechat_consents::answers;
use crate::wechat_double::{Double, TEMPLATE};

on_both!(one_consent_is_one_message, two_servers_use_no_consent_twice, what_wechat_does_not_take_goes_out_otherwise);

/// Signs in with a code that the double knows, and binds.
async fn bind(house: &House, openid: &str, phone: &str) -> String {
    house.advance(TimeDelta::minutes(2));
    let code = json!({"code": format!("{} of {openid}", key())});
    let asked = house.post("/auth/wechat", &code).send().await;
    asked.problem(409, "phone-binding-required");
    let challenge = house.challenge(phone).await;
    let attempt = json!({"challenge_id": challenge, "code": house.code(phone)});
    let ask = house.post("/auth/otp/verify", &attempt).header("wechat-binding", &asked.text("binding"));
    ask.header("x-session", "bearer").send().await.status(200).text("token")
}

/// A member who came through WeChat, with points enough for a gift.
async fn member(house: &House, openid: &str, phone: &str) -> String {
    let token = bind(house, openid, phone).await;
    house.post("/members", &enrolment()).bearer(&token).key(&key()).send().await.status(201);
    house.purchase(phone, &format!("R-{phone}"), 100_000, 30).await.status(201);
    house.work().await;
    token
}

async fn accept(house: &House, token: &str) {
    house.consent(token, &answers(TEMPLATE, "accept")).await.status(201);
}

async fn one_consent_is_one_message(engine: Engine) {
    let double = Double::start().await;
    let house = House::open(engine, double.options()).await;
    house.shop(3).await;
    let token = member(&house, "o-lin", PHONE).await;
    accept(&house, &token).await;
    house.consent(&token, &answers(TEMPLATE, "reject")).await.status(201);
    assert_eq!(house.unused(&token).await, 1);
    let id = house.reserved(&token).await;
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    house.put_aside(&clerk, &id).await.status(200);
    house.work().await;
    assert_eq!(house.told(PHONE), []);
    double.set(|wechat| {
        let sent = wechat.messages.clone();
        assert_eq!(sent.len(), 1);
        let value = |text: &str| json!({"value": text});
        assert_eq!(
            sent[0],
            json!({
                "touser": "o-lin",
                "template_id": TEMPLATE,
                "page": format!("reserve/reservation/reservation?path=%2Freservations%2F{id}"),
                "miniprogram_state": "formal",
                "lang": "zh_CN",
                "data": {
                    "thing1": value("cream礼"),
                    "thing2": value("1号专柜"),
                    "phrase3": value("已备妥"),
                    "time4": value("2026年11月27日 20:00"),
                    "thing5": value("dry zh-CN"),
                    "thing6": value("11月27日 20:00"),
                },
            })
        );
    });
    assert_eq!(house.unused(&token).await, 0);
    let listed = house.get("/me/wechat/consents").bearer(&token).send().await.json();
    let now = contract::Instant(house.now()).to_string();
    assert_eq!((&listed["items"][0]["used_at"], &listed["items"][1]["used_at"]), (&json!(null), &json!(now)));
    // The next news has no consent.
    let body = json!({"reason": "x"});
    house.post(&format!("/staff/reservations/{id}/fail"), &body).bearer(&clerk).key(&key()).send().await.status(200);
    house.work().await;
    assert_eq!(house.told(PHONE).len(), 1);
    double.set(|wechat| assert_eq!((wechat.messages.len(), wechat.tokens), (1, 1)));
}

async fn two_servers_use_no_consent_twice(engine: Engine) {
    let double = Double::start().await;
    let house = House::open(engine, double.options()).await;
    house.shop(9).await;
    let second = house.second_server().await;
    let token = member(&house, "o-lin", PHONE).await;
    accept(&house, &token).await;
    // Two reservations, two pieces of news at once, one consent.
    for _ in 0..2 {
        house.reserved(&token).await;
    }
    house.advance(TimeDelta::hours(31));
    for job in [Job::Lateness, Job::Messages] {
        for _ in 0..3 {
            for done in futures([&house.app, &second].into_iter().map(|app| jobs::run(app, job))).await {
                done.unwrap();
            }
        }
    }
    double.set(|wechat| assert_eq!(wechat.messages.len(), 1));
    assert_eq!(house.told(PHONE).len(), 1);
    assert_eq!(house.unused(&token).await, 0);
}

async fn what_wechat_does_not_take_goes_out_otherwise(engine: Engine) {
    let double = Double::start().await;
    let house = House::open(engine, double.options()).await;
    house.shop(3).await;
    let token = member(&house, "o-lin", PHONE).await;
    accept(&house, &token).await;
    accept(&house, &token).await;
    let id = house.reserved(&token).await;
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    house.put_aside(&clerk, &id).await.status(200);
    // She has taken her consent back in WeChat's own settings.
    double.set(|wechat| wechat.message_errcode = 43101);
    // And text messages are out of order, too: it is tried again, with the same consent.
    house.set_gateway(false);
    house.work().await;
    house.set_gateway(true);
    assert_eq!(house.told(PHONE), []);
    house.advance(TimeDelta::minutes(2));
    house.work().await;
    assert_eq!(house.told(PHONE).len(), 1);
    double.set(|wechat| assert_eq!((wechat.messages.len(), wechat.brought), (0, 2)));
    assert_eq!(house.unused(&token).await, 1);
    // The other consent is good for the next news, with a token that WeChat takes no more.
    double.set(|wechat| {
        wechat.message_errcode = 0;
        wechat.tokens += 1;
    });
    let body = json!({"reason": "x"});
    house.post(&format!("/staff/reservations/{id}/fail"), &body).bearer(&clerk).key(&key()).send().await.status(200);
    house.work().await;
    double.set(|wechat| assert_eq!((wechat.messages.len(), wechat.brought, wechat.tokens), (1, 3, 3)));
    assert_eq!(house.told(PHONE).len(), 1);
}

#[tokio::test]
async fn who_signed_out_is_told_by_text_message() {
    let house = House::open(Engine::Sqlite, Options::default()).await;
    house.shop(3).await;
    let token = house.member_by_wechat("lin", PHONE).await;
    house.purchase(PHONE, "R1", 100_000, 30).await.status(201);
    house.work().await;
    house.consent(&token, &answers("demo-reservation", "accept")).await.status(201);
    let id = house.reserved(&token).await;
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    house.put_aside(&clerk, &id).await.status(200);
    house.delete("/session").bearer(&token).send().await.status(204);
    house.work().await;
    assert_eq!(house.told(PHONE).len(), 1);
}
