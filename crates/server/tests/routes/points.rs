//! The ledger and the lots.

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::jobs::{self, Job};
use server::settings::Options;
use storage::Engine;

use crate::on_both;
use crate::support::{House, PHONE, house};

on_both!(a_ledger_in_pages, lots_sum_to_the_balance);

async fn post_due(house: &House) {
    assert!(jobs::run(&house.app, Job::Posting).await.unwrap());
}

async fn a_ledger_in_pages(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = house.member(PHONE).await;
    for number in 0..5 {
        house.purchase(PHONE, &format!("00{number}"), 1_000, 20 - number * 3).await.status(201);
    }
    post_due(&house).await;
    house.purchase(PHONE, "new", 2_000, 1).await.status(201);
    let mut seen: Vec<Value> = Vec::new();
    let mut path = "/me/points?limit=2".to_owned();
    loop {
        let page = house.get(&path).bearer(&token).send().await.status(200).json();
        seen.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["next"].as_str() {
            Some(next) => path = format!("/me/points?limit=2&cursor={next}"),
            None => break,
        }
    }
    let labels: Vec<&str> = seen.iter().map(|entry| entry["cause"]["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["new", "004", "003", "002", "001", "000"]);
    assert_eq!((&seen[0]["state"], &seen[0]["balance_after"]), (&json!("pending"), &json!(null)));
    assert_eq!((&seen[1]["state"], &seen[1]["balance_after"]), (&json!("posted"), &json!(50)));
    assert_eq!(seen[5]["balance_after"], 10);
    let none = house.get("/me/points?kind=spent").bearer(&token).send().await.status(200).json();
    assert_eq!(none, json!({"items": [], "next": null}));
    for query in ["limit=0", "limit=101", "limit=x", "kind=stolen", "cursor=%2B", "cursor=e-1"] {
        let answer = house.get(&format!("/me/points?{query}")).bearer(&token).send().await;
        answer.problem(400, "malformed-parameter");
    }
}

async fn lots_sum_to_the_balance(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = house.member(PHONE).await;
    house.purchase(PHONE, "1", 5_000, 60).await.status(201);
    house.purchase(PHONE, "2", 3_000, 30).await.status(201);
    house.purchase(PHONE, "3", 2_000, 29).await.status(201);
    post_due(&house).await;
    let lots = house.get("/me/points/expiring").bearer(&token).send().await.status(200).json();
    let dates: Vec<(i64, &str)> = lots["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lot| (lot["points"].as_i64().unwrap(), lot["on"].as_str().unwrap()))
        .collect();
    assert_eq!(dates, [(50, "2028-09-30"), (30, "2028-10-31"), (20, "2028-10-31")]);
    let overview = house.get("/me/overview").bearer(&token).send().await.json();
    assert_eq!(overview["points"]["available"], 100);
    assert_eq!(
        overview["expiring"],
        json!([
            {"points": 50, "on": "2028-09-30", "notified": null},
            {"points": 50, "on": "2028-10-31", "notified": null},
        ])
    );
}

#[tokio::test]
async fn without_notice_a_date_moves_instead_of_passing() {
    let house = house().await;
    house.member(PHONE).await;
    house.purchase(PHONE, "1", 5_000, 60).await.status(201);
    post_due(&house).await;
    // Two years on: the printed date, 2028-09-30, is 10 days away, and nobody told her.
    house.advance(TimeDelta::days(668));
    let token = house.sign_in(PHONE).await;
    let lots = house.get("/me/points/expiring").bearer(&token).send().await.json();
    assert_eq!((&lots["items"][0]["on"], &lots["items"][0]["points"]), (&json!("2028-10-31"), &json!(50)));
    let overview = house.get("/me/overview").bearer(&token).send().await.json();
    assert_eq!(overview["expiring"][0]["on"], "2028-10-31");
}
