//! What is broken with one member is in nobody else's way: not in the watchers', and not in a server's that starts.

use chrono::TimeDelta;
use serde_json::json;
use server::serve::Server;
use server::settings::Options;
use storage::Engine;

use crate::on_both;
use crate::shop::{BUND, DRY};
use crate::support::{House, PHONE};

on_both!(
    a_hold_that_can_not_end_holds_no_other_up,
    a_page_full_of_broken_holds_ends,
    a_counter_that_can_not_be_noticed_holds_no_other_up,
    points_that_can_not_be_posted_hold_no_others_up,
    a_message_that_can_not_be_claimed_holds_no_other_up,
    who_is_told_is_told_in_general_words_if_need_be,
);

const OTHER: &str = "+8613800000002";

/// Two members with a reservation each; with whom something is going to be wrong stands first in every list.
async fn two_with_reservations(house: &House) -> [(String, String); 2] {
    house.shop(3).await;
    let mut both = Vec::new();
    for phone in [PHONE, OTHER] {
        let token = house.member_with_points(phone, 500).await;
        let id = house.reserved(&token).await;
        both.push((token, id));
        house.advance(TimeDelta::seconds(1));
    }
    both.try_into().unwrap()
}

fn purposes(house: &House, phone: &str) -> Vec<String> {
    house.told(phone).into_iter().map(|(purpose, _)| purpose).collect()
}

/// A server on this database starts.
async fn another_starts(house: &House) {
    assert!(Server::bind(house.second_server().await).await.is_ok());
}

async fn a_hold_that_can_not_end_holds_no_other_up(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let [(_, broken), (other, _)] = two_with_reservations(&house).await;
    let lots = format!(
        "lots SET held = {{}} WHERE lot_id = (SELECT lot_id FROM reservation_lots WHERE reservation_id = '{broken}')"
    );
    house.sabotage(&format!("UPDATE {}", lots.replace("{}", "0"))).await;
    house.advance(TimeDelta::days(6));
    another_starts(&house).await;
    house.work().await;
    assert_eq!((purposes(&house, PHONE), purposes(&house, OTHER)), (vec![], vec!["reservation-expired".to_owned()]));
    assert_eq!((house.points(&other).await, house.free(BUND, DRY).await), ((500, 0), 3));
    // Once it is mended, its turn comes by itself.
    house.sabotage(&format!("UPDATE {}", lots.replace("{}", "300"))).await;
    house.work().await;
    assert_eq!(purposes(&house, PHONE), ["reservation-expired"]);
    house.is_sound().await;
}

async fn a_page_full_of_broken_holds_ends(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let [(_, broken), _] = two_with_reservations(&house).await;
    // Two full pages, of which none can be ended: what is to be told of it has been told already.
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400) SELECT r.member_id, \
                '00000000-0000-7000-8000-' || CAST(100000000000 + n.i AS TEXT)";
    let of = format!("FROM n, reservations r WHERE r.reservation_id = '{broken}'");
    let columns = "gift_id, variant_id, counter_id, points, state, made_at, ready_by";
    house
        .sabotage(&format!(
            "INSERT INTO reservations (member_id, reservation_id, sequence, revision, {columns}, hold_until, extensions, \
             times_ready) {many}, 1000 + n.i, 1, {columns}, r.hold_until - 1, 0, 0 {of}"
        ))
        .await;
    house
        .sabotage(&format!(
            "INSERT INTO reservation_events (member_id, reservation_id, sequence, at, what, by_kind, counter_id, variant_id) \
             {many}, 2, 0, 'expired', 'clock', r.counter_id, r.variant_id {of}"
        ))
        .await;
    house.advance(TimeDelta::days(6));
    another_starts(&house).await;
    house.work().await;
    for phone in [PHONE, OTHER] {
        assert_eq!(purposes(&house, phone), ["reservation-expired"]);
    }
}

async fn a_counter_that_can_not_be_noticed_holds_no_other_up(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let [(_, broken), _] = two_with_reservations(&house).await;
    let sql = format!(
        "INSERT INTO reservation_events (member_id, reservation_id, sequence, at, what, by_kind, counter_id, variant_id) \
         SELECT member_id, reservation_id, 2, 0, 'late', 'clock', counter_id, variant_id FROM reservations \
         WHERE reservation_id = '{broken}'"
    );
    house.sabotage(&sql).await;
    house.advance(TimeDelta::hours(31));
    another_starts(&house).await;
    house.work().await;
    assert_eq!((purposes(&house, PHONE), purposes(&house, OTHER)), (vec![], vec!["reservation-late".to_owned()]));
    house.sabotage(&format!("DELETE FROM reservation_events WHERE reservation_id = '{broken}' AND sequence = 2")).await;
    house.work().await;
    assert_eq!(purposes(&house, PHONE), ["reservation-late"]);
}

async fn points_that_can_not_be_posted_hold_no_others_up(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    // Whoever joined first is first in the list.
    let mut tokens = Vec::new();
    for (phone, receipt) in [(PHONE, "broken"), (OTHER, "whole")] {
        tokens.push(house.member(phone).await);
        house.purchase(phone, receipt, 10_000, 20).await.status(201);
        house.advance(TimeDelta::seconds(1));
    }
    house.sabotage("UPDATE purchases SET expires_on = 'some day' WHERE receipt_no = 'broken'").await;
    another_starts(&house).await;
    assert_eq!(house.points(&tokens[1]).await, (100, 0));
    house.sabotage("UPDATE purchases SET expires_on = '2028-11-30' WHERE receipt_no = 'broken'").await;
    house.work().await;
    assert_eq!(house.points(&tokens[0]).await, (100, 0));
    house.is_sound().await;
}

async fn a_message_that_can_not_be_claimed_holds_no_other_up(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let both = two_with_reservations(&house).await;
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    for (_, id) in &both {
        house.put_aside(&clerk, id).await.status(200);
        house.advance(TimeDelta::seconds(1));
    }
    let broken = &both[0].1;
    house
        .sabotage(&match engine {
            Engine::Sqlite => format!(
                "CREATE TRIGGER sabotage BEFORE UPDATE ON messages WHEN NEW.about = '{broken}' AND NEW.attempts > 0 \
                 BEGIN SELECT RAISE(ABORT, 'sabotage'); END"
            ),
            Engine::Postgres => format!(
                "ALTER TABLE messages ADD CONSTRAINT sabotage CHECK (about <> '{broken}' OR attempts = 0) NOT VALID"
            ),
        })
        .await;
    house.work().await;
    assert_eq!((purposes(&house, PHONE), purposes(&house, OTHER)), (vec![], vec!["reservation-ready".to_owned()]));
    house
        .sabotage(match engine {
            Engine::Sqlite => "DROP TRIGGER sabotage",
            Engine::Postgres => "ALTER TABLE messages DROP CONSTRAINT sabotage",
        })
        .await;
    house.work().await;
    assert_eq!(purposes(&house, PHONE), ["reservation-ready"]);
}

async fn who_is_told_is_told_in_general_words_if_need_be(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let [(token, _), _] = two_with_reservations(&house).await;
    for table in ["preferences", "gift_texts", "variant_texts", "counter_texts"] {
        house.sabotage(&format!("DELETE FROM {table}")).await;
    }
    house.advance(TimeDelta::days(6));
    house.work().await;
    for phone in [PHONE, OTHER] {
        let told = house.told(phone);
        assert_eq!(told.iter().map(|(purpose, _)| purpose.as_str()).collect::<Vec<_>>(), ["reservation-expired"]);
        let text = &told[0].1;
        assert!(text.contains("您在专柜预约的礼品（预约的规格）已过保留时间") && text.contains("300"), "{text}");
    }
    assert_eq!(house.points(&token).await, (500, 0));
}

#[tokio::test]
async fn members_whose_number_nobody_knows_say_nothing_about_the_gateway() {
    let house = crate::support::house().await;
    house.shop(9).await;
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    for number in 1..=5 {
        let phone = format!("+861380000{number:04}");
        let token = house.member_with_points(&phone, 500).await;
        let id = house.reserved(&token).await;
        house.put_aside(&clerk, &id).await.status(200);
        if number < 5 {
            house.sabotage(&format!("UPDATE members SET phone = '' WHERE phone = '{phone}'")).await;
        }
        house.advance(TimeDelta::seconds(1));
    }
    house.set_gateway(true);
    house.work().await;
    assert_eq!(purposes(&house, "+8613800000005"), ["reservation-ready"]);
    assert_eq!(json!(house.messages().iter().filter(|message| message.phone.is_empty()).count()), json!(0));
}
