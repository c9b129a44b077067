//! What happens without being asked: deadlines, and messages about them. Two servers on one database do nothing twice.

use chrono::TimeDelta;
use serde_json::json;
use server::jobs::{self, Job};
use server::settings::Options;
use storage::Engine;

use crate::auth::futures;
use crate::on_both;
use crate::shop::{BUND, DRY, DRY_CODE};
use crate::support::{House, PHONE, house, key};

on_both!(
    a_hold_gives_back_when_its_time_is_over,
    a_counter_that_does_not_confirm_is_noticed,
    two_servers_do_nothing_twice,
    what_a_server_left_behind_another_one_takes_up,
    a_server_whose_clock_was_ahead_keeps_nobody_waiting,
    a_try_that_failed_is_not_repeated_in_her_quiet_hours,
);

const OTHER: &str = "+8613800000002";

fn purposes(house: &House, phone: &str) -> Vec<String> {
    house.told(phone).into_iter().map(|(purpose, _)| purpose).collect()
}

async fn a_hold_gives_back_when_its_time_is_over(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (member, id, clerk) = house.with_reservation().await;
    house.put_aside(&clerk, &id).await.status(200);
    house.advance(TimeDelta::days(5) + TimeDelta::hours(8) - TimeDelta::seconds(1));
    house.work().await;
    assert_eq!((house.points(&member).await, house.free(BUND, DRY).await), ((200, 300), 2));
    house.advance(TimeDelta::seconds(1));
    // At that very second, for whoever asks, before anybody has swept.
    assert_eq!((house.points(&member).await, house.free(BUND, DRY).await), ((500, 0), 3));
    let before = house.reservation(&member, &id).await;
    assert_eq!((&before["state"], before["history"].as_array().unwrap().len()), (&json!("expired"), 2));
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    house.hand_over(&clerk, &id, DRY_CODE).await.problem(409, "reservation-state");
    house.work().await;
    house.work().await;
    let after = house.reservation(&member, &id).await;
    let last = &after["history"][2];
    assert_eq!(
        (&last["what"], &last["by"], &last["at"]),
        (&json!("expired"), &json!("clock"), &json!("2026-11-27T12:00:00Z"))
    );
    assert_eq!((house.points(&member).await, house.free(BUND, DRY).await), ((500, 0), 3));
    assert_eq!(purposes(&house, PHONE), ["reservation-ready", "reservation-expired"]);
    house.is_sound().await;
}

async fn a_counter_that_does_not_confirm_is_noticed(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (member, id, _) = house.with_reservation().await;
    house.advance(TimeDelta::hours(30));
    house.work().await;
    assert_eq!(purposes(&house, PHONE), Vec::<String>::new());
    house.advance(TimeDelta::seconds(1));
    house.work().await;
    house.work().await;
    let told = house.told(PHONE);
    assert_eq!(told.len(), 1);
    let (purpose, text) = &told[0];
    assert_eq!(purpose, "reservation-late");
    // In Chinese, as she chose; nothing that looks like a code or a link.
    assert!(text.contains("1号专柜") && text.contains("cream礼") && text.contains("11月27日 20:00"), "{text}");
    assert!(!text.contains("http") && !text.contains("/"), "{text}");
    let late = house.reservation(&member, &id).await;
    assert_eq!(
        (&late["late"], &late["history"][1]["what"], &late["history"][1]["by"]),
        (&json!(true), &json!("late"), &json!("clock"))
    );
    let manager = house.staff("zhou", "manager", None).await;
    let record = house.get("/staff/audit?alert=true").bearer(&manager).send().await.json();
    assert_eq!((&record["items"][0]["action"], &record["items"][0]["about"]), (&json!("late"), &json!(id)));
    assert_eq!(record["items"][0]["user"], json!(null));
    assert_eq!(record["items"].as_array().unwrap().len(), 1);
    // A new deadline can be missed anew.
    house
        .post(&format!("/reservations/{id}/extend"), &json!(null))
        .bearer(&member)
        .key(&key())
        .send()
        .await
        .status(200);
    house.advance(TimeDelta::hours(48));
    house.work().await;
    assert_eq!(purposes(&house, PHONE), ["reservation-late", "reservation-late"]);
}

async fn two_servers_do_nothing_twice(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    house.shop(9).await;
    let second = house.second_server().await;
    let mut members = Vec::new();
    for number in 1..=6 {
        let phone = format!("+861380000{number:04}");
        let token = house.member_with_points(&phone, 300).await;
        house.reserved(&token).await;
        members.push((phone, token));
    }
    house.advance(TimeDelta::hours(31));
    // Both at every job at once, again and again: of each job one of them has the lease, and what one has done the other
    // finds done.
    let all = || [&house.app, &second].into_iter().flat_map(|app| Job::ALL.map(|job| jobs::run(app, job)));
    for _ in 0..3 {
        for done in futures(all()).await {
            done.unwrap();
        }
    }
    for (phone, _) in &members {
        assert_eq!(purposes(&house, phone), ["reservation-late"]);
    }
    house.advance(TimeDelta::days(5));
    for _ in 0..3 {
        for done in futures(all()).await {
            done.unwrap();
        }
    }
    for (phone, token) in &members {
        assert_eq!(purposes(&house, phone), ["reservation-late", "reservation-expired"]);
        assert_eq!(house.points(token).await, (300, 0));
    }
    assert_eq!(house.free(BUND, DRY).await, 9);
    house.is_sound().await;
}

async fn what_a_server_left_behind_another_one_takes_up(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (member, _, _) = house.with_reservation().await;
    let second = house.second_server().await;
    house.advance(TimeDelta::days(6));
    // A server took every job and died with them: nobody gives its leases back.
    for job in Job::ALL {
        let mut tx = house.database.begin().await.unwrap();
        let until = house.now() + TimeDelta::seconds(30);
        assert!(tx.take_lease(job.name(), "the dead", house.now(), until).await.unwrap());
        tx.commit().await.unwrap();
    }
    for job in Job::ALL {
        assert!(!jobs::run(&second, job).await.unwrap());
    }
    assert_eq!(purposes(&house, PHONE), Vec::<String>::new());
    // Nobody waited for that: it was hers again at once.
    assert_eq!(house.points(&member).await, (500, 0));
    house.advance(TimeDelta::seconds(30));
    for job in Job::ALL {
        assert!(jobs::run(&second, job).await.unwrap());
    }
    assert_eq!(purposes(&house, PHONE), ["reservation-expired"]);
    house.is_sound().await;
}

async fn a_server_whose_clock_was_ahead_keeps_nobody_waiting(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    house.with_reservation().await;
    // A server started with its clock ninety days ahead, and died at work.
    for job in Job::ALL {
        let mut tx = house.database.begin().await.unwrap();
        let then = house.now() + TimeDelta::days(90);
        assert!(tx.take_lease(job.name(), "ahead", then, then + TimeDelta::seconds(30)).await.unwrap());
        tx.commit().await.unwrap();
    }
    house.advance(TimeDelta::days(6));
    for job in Job::ALL {
        assert!(jobs::run(&house.app, job).await.unwrap());
    }
    assert_eq!(purposes(&house, PHONE), ["reservation-expired"]);
}

async fn a_try_that_failed_is_not_repeated_in_her_quiet_hours(engine: Engine) {
    let house = House::open(engine, Options::default()).await;
    let (_, id, clerk) = house.with_reservation().await;
    house.put_aside(&clerk, &id).await.status(200);
    // 20:59 there: the next try would be at 21:00, and the one after it at 21:02.
    house.advance(TimeDelta::hours(8) + TimeDelta::minutes(59));
    house.set_gateway(false);
    house.work().await;
    house.set_gateway(true);
    for pause in [TimeDelta::minutes(1), TimeDelta::minutes(2), TimeDelta::hours(2)] {
        house.advance(pause);
        house.work().await;
        assert_eq!(purposes(&house, PHONE), Vec::<String>::new());
    }
    // 08:59:59, and 09:00.
    house.advance(TimeDelta::hours(9) + TimeDelta::minutes(57) + TimeDelta::seconds(59));
    house.work().await;
    assert_eq!(purposes(&house, PHONE), Vec::<String>::new());
    house.advance(TimeDelta::seconds(1));
    house.work().await;
    assert_eq!(purposes(&house, PHONE), ["reservation-ready"]);
}

#[tokio::test]
async fn quiet_hours_are_those_she_has_when_it_is_sent() {
    let house = house().await;
    let (member, id, clerk) = house.with_reservation().await;
    house.put_aside(&clerk, &id).await.status(200);
    // It waits for a gateway, and meanwhile she has a nap.
    let before = house.get("/me/preferences").bearer(&member).send().await;
    let mut preferences = before.json();
    preferences["quiet_hours"] = json!({"from": "12:00", "to": "14:00"});
    let put = house.put("/me/preferences", &preferences).bearer(&member).header("if-match", &before.etag());
    put.send().await.status(200);
    house.work().await;
    assert_eq!(purposes(&house, PHONE), Vec::<String>::new());
    house.advance(TimeDelta::hours(2));
    house.work().await;
    assert_eq!(purposes(&house, PHONE), ["reservation-ready"]);
}

#[tokio::test]
async fn a_message_waits_for_a_gateway_that_is_out_of_order_and_for_her_quiet_hours() {
    let house = house().await;
    let (member, id, clerk) = house.with_reservation().await;
    house.put_aside(&clerk, &id).await.status(200);
    house.set_gateway(false);
    house.work().await;
    house.work().await;
    house.set_gateway(true);
    house.work().await;
    assert_eq!(purposes(&house, PHONE), Vec::<String>::new());
    house.advance(TimeDelta::minutes(1));
    house.work().await;
    assert_eq!(purposes(&house, PHONE), ["reservation-ready"]);
    assert!(house.told(PHONE)[0].1.contains("可以放心前往"));
    // 22:00 there: nothing before 09:00.
    house.advance(TimeDelta::hours(10));
    let body = json!({"reason": "x"});
    house.post(&format!("/staff/reservations/{id}/fail"), &body).bearer(&clerk).key(&key()).send().await.status(200);
    house.work().await;
    assert_eq!(purposes(&house, PHONE).len(), 1);
    house.advance(TimeDelta::hours(11));
    house.work().await;
    assert_eq!(purposes(&house, PHONE), ["reservation-ready", "reservation-failed"]);
    assert_eq!(house.points(&member).await, (500, 0));
}

#[tokio::test]
async fn what_is_not_true_any_more_is_not_sent() {
    let house = house().await;
    let (member, id, clerk) = house.with_reservation().await;
    // At night it was put aside, and at night she gave it up.
    house.advance(TimeDelta::hours(10));
    house.put_aside(&clerk, &id).await.status(200);
    house.delete(&format!("/reservations/{id}")).bearer(&member).send().await.status(200);
    house.advance(TimeDelta::hours(12));
    house.work().await;
    assert_eq!(purposes(&house, PHONE), Vec::<String>::new());
}

#[tokio::test]
async fn she_reads_her_own_language() {
    let house = house().await;
    house.shop(3).await;
    let token = house.member_with_points(OTHER, 500).await;
    let before = house.get("/me/preferences").bearer(&token).send().await;
    let mut preferences = before.json();
    preferences["language"] = json!("en");
    let put = house.put("/me/preferences", &preferences).bearer(&token).header("if-match", &before.etag());
    put.send().await.status(200);
    let id = house.reserved(&token).await;
    let clerk = house.staff("chen", "counter", Some(BUND)).await;
    house.put_aside(&clerk, &id).await.status(200);
    house.work().await;
    let (_, text) = house.told(OTHER).remove(0);
    assert!(
        text.contains("your cream gift (dry en) has been put aside") && text.contains("20:00 on 27 November"),
        "{text}"
    );
    assert!(text.contains("Counter 1") && text.contains("safely set out"), "{text}");
}
