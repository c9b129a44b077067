//! Reservations, from the member's side.

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::settings::Options;
use storage::Engine;
use uuid::Uuid;

use crate::auth::futures;
use crate::on_both;
use crate::shop::{BUND, COST, CREAM, DRY, DRY_CODE, JINGAN, OILY, WANGFUJING, gift, variant};
use crate::support::{Answer, House, PHONE, house, key};

on_both!(
    from_a_tap_to_her_hands,
    giving_up_gives_back_at_once,
    a_hold_is_extended_once,
    a_move_takes_the_unit_there_and_frees_the_one_here,
    twenty_taps_are_one_hold,
    fifty_at_once_get_one_unit,
    what_can_not_be_reserved_says_why,
    nothing_is_locked_at_a_price_she_was_not_told,
);

const OTHER: &str = "+8613800000002";

fn request(variant: Uuid, counter: Uuid) -> Value {
    json!({"variant_id": variant.to_string(), "counter_id": counter.to_string()})
}

pub fn whats(reservation: &Value) -> Vec<(String, String)> {
    let text = |event: &Value, field: &str| event[field].as_str().unwrap().to_owned();
    reservation["history"].as_array().unwrap().iter().map(|event| (text(event, "what"), text(event, "by"))).collect()
}

fn told(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|&(what, by)| (what.to_owned(), by.to_owned())).collect()
}

pub async fn post(house: &House, token: &str, path: &str, body: &Value) -> Answer {
    house.post(path, body).bearer(token).key(&key()).send().await
}

async fn from_a_tap_to_her_hands(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    house.shop(3).await;
    let token = house.member_with_points(PHONE, 500).await;
    let made = house.reserve(&token, DRY, BUND).await;
    let reservation = made.status(201).json();
    let id = reservation["id"].as_str().unwrap().to_owned();
    assert_eq!((&reservation["state"], &reservation["late"]), (&json!("held"), &json!(false)));
    assert_eq!((&reservation["points"], &reservation["points_held"]), (&json!(COST), &json!(COST)));
    assert_eq!(
        (&reservation["hold_until"], &reservation["ready_by"]),
        (&json!("2026-11-27T12:00:00Z"), &json!("2026-11-23T10:00:00Z"))
    );
    assert_eq!((&reservation["made_at"], &reservation["exchange"]), (&json!("2026-11-22T04:00:00Z"), &Value::Null));
    assert_eq!(
        (&reservation["gift"]["id"], &reservation["variant"]["id"]),
        (&json!(CREAM.to_string()), &json!(DRY.to_string()))
    );
    assert_eq!(reservation["actions"], json!(["extend", "move", "cancel"]));
    assert_eq!(whats(&reservation), told(&[("held", "member")]));
    assert_eq!((house.points(&token).await, house.free(BUND, DRY).await), ((200, 300), 2));

    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    house.advance(TimeDelta::hours(1));
    house.put_aside(&clerk, &id).await.status(200);
    let ready = house.reservation(&token, &id).await;
    assert_eq!((&ready["state"], &ready["actions"]), (&json!("ready"), &json!(["pass", "extend", "move", "cancel"])));
    let code = house.get(&format!("/reservations/{id}/pass")).bearer(&token).send().await.text("code");
    let found = house.post("/staff/pickups/lookup", &json!({"code": code})).bearer(&clerk).send().await;
    assert_eq!(found.status(200).json()["id"], json!(id));
    let collected = house.hand_over(&clerk, &id, DRY_CODE).await;
    assert_eq!(collected.status(200).json()["state"], "collected");

    let end = house.reservation(&token, &id).await;
    assert_eq!((&end["state"], &end["points_held"], &end["actions"]), (&json!("collected"), &json!(COST), &json!([])));
    assert_eq!(whats(&end), told(&[("held", "member"), ("ready", "staff"), ("collected", "staff")]));
    assert_eq!(end["history"][2]["name"], "chen·店员");
    assert_eq!((house.points(&token).await, house.free(BUND, DRY).await), ((200, 0), 2));
    // No way back.
    house.hand_over(&clerk, &id, DRY_CODE).await.problem(409, "reservation-state");
    house.put_aside(&clerk, &id).await.problem(409, "reservation-state");
    post(&house, &clerk, &format!("/staff/reservations/{id}/fail"), &json!({"reason": "x"}))
        .await
        .problem(409, "reservation-state");
    house.delete(&format!("/reservations/{id}")).bearer(&token).send().await.problem(409, "reservation-state");
    // The ledger calls the gift by its name, in whichever language she reads.
    for (language, name) in [("en", "cream gift"), ("zh-CN", "cream礼")] {
        let ledger = house.get("/me/points").header("accept-language", language).bearer(&token).send().await.json();
        let spent = &ledger["items"][0];
        assert_eq!(
            (&spent["kind"], &spent["points"], &spent["balance_after"]),
            (&json!("spent"), &json!(-COST), &json!(200))
        );
        assert_eq!(spent["cause"], json!({"kind": "reservation", "id": id, "label": name}));
    }
    house.is_sound().await;
}

async fn giving_up_gives_back_at_once(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (token, id, _) = house.with_reservation().await;
    assert_eq!((house.points(&token).await, house.free(BUND, DRY).await), ((200, 300), 2));
    let path = format!("/reservations/{id}");
    let one = key();
    let gone = house.delete(&path).bearer(&token).key(&one).send().await;
    assert_eq!((&gone.status(200).json()["state"], &gone.json()["points_held"]), (&json!("cancelled"), &json!(0)));
    assert_eq!((house.points(&token).await, house.free(BUND, DRY).await), ((500, 0), 3));
    let again = house.delete(&path).bearer(&token).key(&one).send().await;
    assert_eq!((again.status(200).header("idempotency-replayed"), again.json()), (Some("true"), gone.json()));
    house.delete(&path).bearer(&token).send().await.problem(409, "reservation-state");
    assert_eq!((house.points(&token).await, house.free(BUND, DRY).await), ((500, 0), 3));
    house.is_sound().await;
}

async fn a_hold_is_extended_once(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (token, id, _) = house.with_reservation().await;
    house.advance(TimeDelta::days(2));
    let late = house.reservation(&token, &id).await;
    assert_eq!((&late["late"], &late["state"]), (&json!(true), &json!("held")));
    let path = format!("/reservations/{id}/extend");
    // With the body that the portal sends, and with none.
    let longer = house.post(&path, &Value::Null).bearer(&token).key(&key()).send().await.status(200).json();
    assert_eq!(
        (&longer["hold_until"], &longer["ready_by"]),
        (&json!("2026-11-30T12:00:00Z"), &json!("2026-11-25T10:00:00Z"))
    );
    assert_eq!((&longer["late"], &longer["actions"]), (&json!(false), &json!(["move", "cancel"])));
    house.method("POST", &path).bearer(&token).send().await.problem(409, "extensions-spent");
    house.advance(TimeDelta::days(5));
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    house.put_aside(&clerk, &id).await.status(200);
    house.advance(TimeDelta::days(2));
    house.method("POST", &path).bearer(&token).send().await.problem(409, "reservation-state");
    assert_eq!(house.reservation(&token, &id).await["state"], "expired");
}

async fn a_move_takes_the_unit_there_and_frees_the_one_here(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (token, id, clerk) = house.with_reservation().await;
    house.put_aside(&clerk, &id).await.status(200);
    let path = format!("/reservations/{id}/move");
    let to = |counter: Uuid| json!({"counter_id": counter.to_string()});
    house.post(&path, &to(JINGAN)).bearer(&token).send().await.problem(400, "idempotency-key-missing");
    let gone = post(&house, &token, &path, &to(JINGAN)).await;
    gone.problem(409, "out-of-stock");
    // From where she wanted to go, the counter she has it at is the nearest.
    assert_eq!(gone.json()["nearest"][0]["counter"]["id"], json!(BUND.to_string()));
    post(&house, &token, &path, &to(BUND)).await.problem(409, "reservation-state");
    post(&house, &token, &path, &to(Uuid::from_u128(99))).await.faults(&[("counter_id", "counter-unknown")]);
    post(&house, &token, &path, &json!({"counter_id": "x"})).await.faults(&[("counter_id", "counter-unknown")]);
    assert_eq!(house.reservation(&token, &id).await["state"], "ready");
    house.units(JINGAN, DRY, 1).await;
    house.advance(TimeDelta::days(1));
    let moved = house.post(&path, &to(JINGAN)).header("accept-language", "en").bearer(&token).key(&key()).send().await;
    let moved = moved.status(200).json();
    assert_eq!((&moved["state"], &moved["counter"]["id"]), (&json!("held"), &json!(JINGAN.to_string())));
    assert_eq!(
        (&moved["ready_by"], &moved["hold_until"]),
        (&json!("2026-11-24T10:00:00Z"), &json!("2026-11-28T12:00:00Z"))
    );
    assert_eq!((&moved["history"][2]["what"], &moved["history"][2]["note"]), (&json!("moved"), &json!("Counter 2")));
    assert_eq!((house.free(BUND, DRY).await, house.free(JINGAN, DRY).await), (3, 0));
    // To the first counter's clerk it is gone.
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    house.get(&format!("/staff/reservations/{id}")).bearer(&clerk).send().await.problem(404, "not-found");
    house.put_aside(&clerk, &id).await.problem(404, "not-found");
}

async fn twenty_taps_are_one_hold(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    house.shop(30).await;
    let token = house.member_with_points(PHONE, 900).await;
    let one = key();
    let body = request(DRY, BUND);
    let taps = (0..20).map(|_| house.post("/reservations", &body).bearer(&token).key(&one).send());
    let answers = futures(taps).await;
    let ids: Vec<String> = answers.iter().map(|answer| answer.status(201).text("id")).collect();
    assert!(ids.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(answers.iter().filter(|answer| answer.header("idempotency-replayed").is_none()).count(), 1);
    assert_eq!((house.points(&token).await, house.free(BUND, DRY).await), ((600, 300), 29));
    // The answer was lost, she reloads, the portal still has the key.
    let again = house.post("/reservations", &body).bearer(&token).key(&one).send().await;
    assert_eq!((again.status(201).header("idempotency-replayed"), again.text("id")), (Some("true"), ids[0].clone()));
    let other = house.post("/reservations", &request(OILY, BUND)).bearer(&token).key(&one).send().await;
    other.problem(422, "idempotency-key-reused");
    house.post("/reservations", &body).bearer(&token).send().await.problem(400, "idempotency-key-missing");
    // Somebody else's key is another key.
    let her = house.member_with_points(OTHER, 900).await;
    let hers = house.post("/reservations", &body).bearer(&her).key(&one).send().await;
    assert_ne!(hers.status(201).text("id"), ids[0]);
    assert_eq!(hers.header("idempotency-replayed"), None);
    house.is_sound().await;
}

async fn fifty_at_once_get_one_unit(engine: Engine) {
    let house = House::open(engine, Options { codes_per_address: Some(100), ..Options::default() }).await;
    house.shop(1).await;
    house.units(JINGAN, DRY, 2).await;
    house.units(WANGFUJING, DRY, 1).await;
    let mut tokens = Vec::new();
    for number in 0..50 {
        tokens.push(house.member_with_points(&format!("+861380000{number:04}"), 300).await);
    }
    let answers = futures(tokens.iter().map(|token| house.reserve(token, DRY, BUND))).await;
    let (winners, losers): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
    assert_eq!((winners.len(), losers.len()), (1, 49));
    for loser in losers {
        loser.problem(409, "out-of-stock");
        let problem = loser.json();
        let nearest: Vec<_> = problem["nearest"]
            .as_array()
            .unwrap()
            .iter()
            .map(|near| (near["counter"]["id"].as_str().unwrap().to_owned(), near["free"].as_i64().unwrap()))
            .collect();
        assert_eq!(nearest, [(JINGAN.to_string(), 2), (WANGFUJING.to_string(), 1)]);
        assert_eq!(
            (&problem["nearest"][0]["held_for_you"], &problem["nearest"][0]["distance_km"]),
            (&json!(false), &json!(4.0))
        );
        assert_eq!(problem["nearest"][0]["as_of"], "2026-11-22T04:00:00Z");
    }
    assert_eq!(house.free(BUND, DRY).await, 0);
    house.is_sound().await;
}

async fn what_can_not_be_reserved_says_why(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    house.shop(20).await;
    let token = house.member_with_points(PHONE, 1_000).await;
    let serum = (Uuid::from_u128(0x20), Uuid::from_u128(0x21));
    let mut dear = gift(serum.0, "serum", 10, vec![variant(serum.1, "6900000000110", &[])]);
    dear.min_tier = Some("platinum".to_owned());
    house.put_gift(&dear).await;
    house.units(BUND, serum.1, 1).await;
    house.reserve(&token, serum.1, BUND).await.problem(409, "tier-too-low");
    house.reserve(&token, Uuid::from_u128(99), BUND).await.faults(&[("variant_id", "variant-unknown")]);
    house.reserve(&token, DRY, Uuid::from_u128(99)).await.faults(&[("counter_id", "counter-unknown")]);
    let body = json!({"variant_id": "x", "counter_id": "y"});
    post(&house, &token, "/reservations", &body)
        .await
        .faults(&[("variant_id", "variant-unknown"), ("counter_id", "counter-unknown")]);
    house.reserve(&token, OILY, BUND).await.problem(409, "out-of-stock");
    // Tier reached, once each.
    dear.min_tier = Some("gold".to_owned());
    dear.per_member = Some(1);
    house.put_gift(&dear).await;
    house.reserve(&token, serum.1, BUND).await.status(201);
    house.reserve(&token, serum.1, BUND).await.problem(409, "gift-limit-reached");
    for _ in 0..3 {
        house.reserve(&token, DRY, BUND).await.status(201);
    }
    let short = house.reserve(&token, DRY, BUND).await;
    assert_eq!(short.problem(409, "insufficient-points").json()["missing"], 210);
    let cotton = (Uuid::from_u128(0x30), Uuid::from_u128(0x31));
    house.put_gift(&gift(cotton.0, "cotton", 1, vec![variant(cotton.1, "6900000000219", &[])])).await;
    house.units(BUND, cotton.1, 9).await;
    house.reserve(&token, cotton.1, BUND).await.status(201);
    house.reserve(&token, cotton.1, BUND).await.problem(409, "too-many-reservations");
    assert_eq!(house.points(&token).await, (89, 911));
    // Those whose time has run out are in nobody's way, though nobody has swept.
    house.advance(TimeDelta::days(6));
    assert_eq!(house.points(&token).await, (1_000, 0));
    house.reserve(&token, serum.1, BUND).await.status(201);
    house.is_sound().await;
}

#[tokio::test]
async fn hers_are_nobody_elses() {
    let house = house().await;
    let (token, id, _) = house.with_reservation().await;
    let other = house.member_with_points(OTHER, 500).await;
    house.units(JINGAN, DRY, 1).await;
    let path = format!("/reservations/{id}");
    house.get(&path).bearer(&other).send().await.problem(404, "not-found");
    house.delete(&path).bearer(&other).send().await.problem(404, "not-found");
    house.get(&format!("{path}/pass")).bearer(&other).send().await.problem(404, "not-found");
    let body = json!({"counter_id": JINGAN.to_string()});
    for (what, body) in [
        ("extend", &Value::Null),
        ("move", &body),
        ("exchange/confirm", &Value::Null),
        ("exchange/decline", &Value::Null),
    ] {
        post(&house, &other, &format!("{path}/{what}"), body).await.problem(404, "not-found");
        post(&house, &token, &format!("/reservations/{}/{what}", Uuid::from_u128(99)), body)
            .await
            .problem(404, "not-found");
        post(&house, &token, &format!("/reservations/nonsense/{what}"), body).await.problem(404, "not-found");
    }
    assert_eq!(house.get("/reservations").bearer(&other).send().await.json()["items"], json!([]));
    assert_eq!(house.reservation(&token, &id).await["history"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn hers_come_in_pages_open_ones_first() {
    let house = house().await;
    house.shop(9).await;
    let token = house.member_with_points(PHONE, 1_500).await;
    let mut ids = Vec::new();
    for _ in 0..4 {
        ids.push(house.reserved(&token).await);
        house.advance(TimeDelta::seconds(1));
    }
    house.delete(&format!("/reservations/{}", ids[3])).bearer(&token).send().await.status(200);
    let page = |query: String| {
        let (house, token) = (&house, &token);
        async move { house.get(&format!("/reservations{query}")).bearer(token).send().await }
    };
    let listed = |page: &Value| -> Vec<String> {
        page["items"].as_array().unwrap().iter().map(|of| of["id"].as_str().unwrap().to_owned()).collect()
    };
    let first = page("?limit=2".to_owned()).await.status(200).json();
    assert_eq!(listed(&first), [ids[2].clone(), ids[1].clone()]);
    let second = page(format!("?limit=2&cursor={}", first["next"].as_str().unwrap())).await.json();
    assert_eq!((listed(&second), &second["next"]), (vec![ids[0].clone(), ids[3].clone()], &Value::Null));
    page("?cursor=x".to_owned()).await.problem(400, "malformed-parameter");
    // Nothing new while nothing happens.
    let etag = page(String::new()).await.etag();
    house.advance(TimeDelta::seconds(30));
    let again = house.get("/reservations").bearer(&token).header("if-none-match", &etag).send().await;
    assert_eq!(again.status(304).body, "");
    let one = house.get(&format!("/reservations/{}", ids[0])).bearer(&token).send().await.etag();
    house.advance(TimeDelta::days(2));
    let late =
        house.get(&format!("/reservations/{}", ids[0])).bearer(&token).header("if-none-match", &one).send().await;
    assert_eq!(late.status(200).json()["late"], json!(true));
}

#[tokio::test]
async fn problems_and_places_are_told_in_her_language() {
    let house = house().await;
    house.shop(0).await;
    house.units(JINGAN, DRY, 1).await;
    let token = house.member_with_points(PHONE, 500).await;
    for (language, name, title) in
        [("en", "Counter 2", "This counter has none left"), ("zh-CN", "2号专柜", "这个专柜的这个规格已经没有了")]
    {
        let ask = house.post("/reservations", &request(DRY, BUND)).bearer(&token).key(&key());
        let gone = ask.header("accept-language", language).send().await;
        gone.problem(409, "out-of-stock");
        assert_eq!(
            (gone.text("title"), &gone.json()["nearest"][0]["counter"]["name"]),
            (title.to_owned(), &json!(name))
        );
    }
    house.units(JINGAN, DRY, 0).await;
    assert_eq!(house.reserve(&token, DRY, BUND).await.problem(409, "out-of-stock").json()["nearest"], json!([]));
}

async fn nothing_is_locked_at_a_price_she_was_not_told(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    house.shop(3).await;
    let token = house.member_with_points(PHONE, 600).await;
    let told = |points: i64| {
        let mut wish = request(DRY, BUND);
        wish["points"] = json!(points);
        wish
    };
    post(&house, &token, "/reservations", &told(COST - 1)).await.problem(409, "price-changed");
    assert_eq!(house.points(&token).await, (600, 0));
    post(&house, &token, "/reservations", &told(COST)).await.status(201);
    post(&house, &token, "/reservations", &request(DRY, BUND)).await.status(201);
    house.is_sound().await;
}
