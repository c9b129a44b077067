//! Browsing gifts.

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::settings::Options;
use storage::Engine;
use uuid::Uuid;

use crate::on_both;
use crate::shop::{ANY, BUND, COST, CREAM, DRY, JINGAN, OILY, WANGFUJING, gift, variant};
use crate::support::{House, PHONE, house};

on_both!(gifts_are_filtered, a_page_follows_though_its_end_is_gone, a_gift_says_where_it_is_and_promises_nothing);

/// Beside the cream a dearer serum for gold alone, and cheap cotton of which there is none.
async fn shelves(house: &House) -> String {
    house.shop(2).await;
    house.units(JINGAN, OILY, 1).await;
    let mut serum =
        gift(Uuid::from_u128(0x20), "serum", 900, vec![variant(Uuid::from_u128(0x21), "6900000000110", &["dry"])]);
    serum.min_tier = Some("gold".to_owned());
    serum.per_member = Some(1);
    house.put_gift(&serum).await;
    house.units(WANGFUJING, Uuid::from_u128(0x21), 1).await;
    house
        .put_gift(&gift(
            Uuid::from_u128(0x30),
            "cotton",
            50,
            vec![variant(Uuid::from_u128(0x31), "6900000000219", &[])],
        ))
        .await;
    house.member_with_points(PHONE, 350).await
}

async fn names(house: &House, token: &str, query: &str) -> Vec<String> {
    let page = house.get(&format!("/gifts{query}")).header("accept-language", "en").bearer(token).send().await;
    let page = page.status(200).json();
    page["items"].as_array().unwrap().iter().map(|gift| gift["name"].as_str().unwrap().to_owned()).collect()
}

async fn gifts_are_filtered(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = shelves(&house).await;
    let ask = |query: &'static str| names(&house, &token, query);
    assert_eq!(ask("").await, ["cotton gift", "cream gift", "serum gift"]);
    assert_eq!(ask("?max_points=300").await, ["cotton gift", "cream gift"]);
    // What is for everyone is for her, too.
    assert_eq!(ask("?skin_type=sensitive").await, ["cotton gift", "cream gift"]);
    assert_eq!(ask("?skin_type=dry").await, ["cotton gift", "cream gift", "serum gift"]);
    assert_eq!(ask("?city=%E4%B8%8A%E6%B5%B7").await, ["cream gift"]);
    // The counter has the cream, but not for dry skin.
    assert_eq!(ask("?counter=00000000-0000-0000-0000-000000000002").await, ["cream gift"]);
    assert_eq!(ask("?counter=00000000-0000-0000-0000-000000000002&skin_type=dry").await, Vec::<String>::new());
    assert_eq!(ask("?q=CREAM").await, ["cream gift"]);
    assert_eq!(ask("?q=about%20ser").await, ["serum gift"]);
    assert_eq!(ask("?q=nothing").await, Vec::<String>::new());
    for query in ["?skin_type=blue", "?counter=here", "?limit=0", "?cursor=x", "?max_points=many", "?city=%00"] {
        house.get(&format!("/gifts{query}")).bearer(&token).send().await.problem(400, "malformed-parameter");
    }
    let first = house.get("/gifts?limit=2").bearer(&token).send().await.json();
    let next = first["next"].as_str().unwrap();
    assert_eq!(names(&house, &token, &format!("?limit=2&cursor={next}")).await, ["serum gift"]);
}

async fn a_page_follows_though_its_end_is_gone(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = shelves(&house).await;
    // Of the cream at this counter the last unit goes while she reads the first page.
    house.units(BUND, Uuid::from_u128(0x31), 1).await;
    house.units(BUND, Uuid::from_u128(0x21), 1).await;
    let here = format!("?counter={BUND}&limit=2");
    let first = house.get(&format!("/gifts{here}")).bearer(&token).send().await.json();
    let next = first["next"].as_str().unwrap();
    house.units(BUND, DRY, 0).await;
    assert_eq!(names(&house, &token, &here).await, ["cotton gift", "serum gift"]);
    assert_eq!(names(&house, &token, &format!("{here}&cursor={next}")).await, ["serum gift"]);
    for cursor in ["300", "300_", "_x", &format!("x_{CREAM}"), &CREAM.to_string()] {
        let answer = house.get(&format!("/gifts?cursor={cursor}")).bearer(&token).send().await;
        answer.problem(400, "malformed-parameter");
    }
}

async fn a_gift_says_where_it_is_and_promises_nothing(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let token = shelves(&house).await;
    let path = format!("/gifts/{CREAM}?near=39.9,116.4");
    let gift = house.get(&path).bearer(&token).send().await.status(200).json();
    assert_eq!((&gift["name"], &gift["points"], &gift["limit"]), (&json!("cream礼"), &json!(COST), &json!(null)));
    assert_eq!(gift["stock"], json!({"counters": 2, "as_of": "2026-11-22T04:00:00Z", "held_for_you": false}));
    assert_eq!(gift["for_you"], json!({"available": 350, "missing": 0, "tier_reached": true, "left": null}));
    // Five days from now at 20:00, and tomorrow at 18:00, in Shanghai.
    let terms = json!({"points": COST, "ready_by": "2026-11-23T10:00:00Z", "hold_until": "2026-11-27T12:00:00Z"});
    assert_eq!(gift["terms"], terms);
    let counters = gift["counters"].as_array().unwrap();
    let ids: Vec<&str> = counters.iter().map(|at| at["counter"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [WANGFUJING, JINGAN, BUND].map(|id| id.to_string()));
    let free =
        |at: &Value| at["stock"].as_array().unwrap().iter().map(|of| of["free"].as_i64().unwrap()).collect::<Vec<_>>();
    assert_eq!(counters.iter().map(free).collect::<Vec<_>>(), [vec![0, 0, 0], vec![0, 1, 0], vec![2, 0, 0]]);
    for stock in counters.iter().flat_map(|at| at["stock"].as_array().unwrap()) {
        assert_eq!((&stock["as_of"], &stock["held_for_you"]), (&json!("2026-11-22T04:00:00Z"), &json!(false)));
    }
    let variants: Vec<&str> =
        gift["variants"].as_array().unwrap().iter().map(|of| of["id"].as_str().unwrap()).collect();
    assert_eq!(variants, [DRY, OILY, ANY].map(|id| id.to_string()));
    // What she holds herself is free for nobody.
    house.reserve(&token, DRY, BUND).await.status(201);
    let gift = house.get(&path).bearer(&token).send().await.json();
    assert_eq!(free(&gift["counters"][2]), [1, 0, 0]);
    assert_eq!(gift["for_you"], json!({"available": 50, "missing": 250, "tier_reached": true, "left": null}));
    house.get(&format!("/gifts/{}", Uuid::from_u128(9))).bearer(&token).send().await.problem(404, "not-found");
    house.get(&format!("/gifts/{CREAM}?near=home")).bearer(&token).send().await.problem(400, "malformed-parameter");
}

#[tokio::test]
async fn what_is_for_higher_tiers_and_how_many_are_left_is_said() {
    let house = house().await;
    let token = shelves(&house).await;
    let serum = Uuid::from_u128(0x20);
    let gift = house.get(&format!("/gifts/{serum}")).header("accept-language", "en").bearer(&token).send().await.json();
    assert_eq!(gift["min_tier"], json!({"id": "gold", "name": "Gold"}));
    assert_eq!(gift["for_you"], json!({"available": 350, "missing": 550, "tier_reached": false, "left": 1}));
}

#[tokio::test]
async fn who_has_the_gifts_already_is_told_that_nothing_is_new() {
    let house = house().await;
    let token = shelves(&house).await;
    for path in ["/gifts".to_owned(), format!("/gifts/{CREAM}")] {
        let etag = house.get(&path).bearer(&token).send().await.status(200).etag();
        house.advance(TimeDelta::seconds(30));
        let again = || house.get(&path).bearer(&token).header("if-none-match", &etag);
        assert_eq!(again().send().await.status(304).body, "");
        house.units(BUND, ANY, i64::from(path.len() as u32)).await;
        house.units(WANGFUJING, ANY, 1).await;
        again().send().await.status(200);
        house.units(WANGFUJING, ANY, 0).await;
    }
}

#[tokio::test]
async fn home_suggests_what_she_can_have_now() {
    let house = house().await;
    house.shop(0).await;
    let token = house.member_with_points(PHONE, 700).await;
    let one = |number: u128, points, skin: &'static [&'static str]| {
        let id = Uuid::from_u128(number);
        gift(
            id,
            &format!("g{number}"),
            points,
            vec![variant(Uuid::from_u128(number + 1), &format!("69000000{number:05}"), skin)],
        )
    };
    let mut gold = one(0x100, 650, &["dry"]);
    gold.min_tier = Some("platinum".to_owned());
    let mut once = one(0x200, 300, &["dry"]);
    once.per_member = Some(1);
    let all =
        [gold, once, one(0x300, 200, &["dry"]), one(0x400, 600, &["oily"]), one(0x500, 100, &[]), one(0x600, 900, &[])];
    for gift in &all {
        house.put_gift(gift).await;
        house.units(BUND, gift.variants[0].id, 2).await;
    }
    let suggested = async || {
        house.advance(TimeDelta::seconds(5));
        let overview = house.get("/me/overview").bearer(&token).send().await.status(200).json();
        let gifts = overview["gifts"].as_array().unwrap().clone();
        gifts.iter().map(|gift| gift["points"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    // Her skin is dry. The cream is nowhere, 650 is for platinum, 900 too dear.
    assert_eq!(suggested().await, [300, 200, 100]);
    house.reserve(&token, Uuid::from_u128(0x201), BUND).await.status(201);
    assert_eq!(suggested().await, [200, 100]);
    let overview = house.get("/me/overview").bearer(&token).send().await.json();
    let open = &overview["reservations"][0];
    assert_eq!((&open["state"], &open["late"], &open["gift"]), (&json!("held"), &json!(false), &json!("g512礼")));
    assert_eq!((&open["counter"], &open["hold_until"]), (&json!("1号专柜"), &json!("2026-11-27T12:00:00Z")));
}
