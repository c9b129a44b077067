//! Today is the server's, carried on by the device's clock and by nothing else of it.

use serde_json::json;

use crate::driver::Phone;
use crate::fixtures;

const HOUR: f64 = 3_600_000.0;
const DAY: f64 = 24.0 * HOUR;

/// A reservation of whose deadlines one is a day and one is eight days away, at 09:41 on 22 November.
fn shown() -> Phone {
    let mut phone = Phone::signed_in("en");
    phone.open("reserve/reservation/reservation", "/reservations/r1");
    phone.reply("GET /reservations/r1", 200, &fixtures::reservation("en"));
    phone.programme_time = None;
    phone
}

/// What the page says now, if it is drawn with the device's clock at `at`.
fn at(phone: &mut Phone, at: f64) -> String {
    phone.at = at;
    phone.tell(json!({"op": "system", "system": {"language": "en", "dark": false}}));
    phone.view().to_string()
}

fn says_today(view: &str) -> bool {
    view.contains("today") || view.contains("Today")
}

fn says_tomorrow(view: &str) -> bool {
    view.contains("tomorrow") || view.contains("Tomorrow")
}

#[test]
fn the_days_go_by() {
    let mut phone = shown();
    let (start, view) = (phone.at, phone.view().to_string());
    assert!(says_tomorrow(&view), "{view}");
    // Ready by 18:00 on the 23rd: at 23:59 that is tomorrow, at 00:01 it is today.
    let view = at(&mut phone, start + 14.0 * HOUR);
    assert!(says_tomorrow(&view));
    let view = at(&mut phone, start + 14.5 * HOUR);
    assert!(says_today(&view) && !says_tomorrow(&view), "{view}");
}

#[test]
fn a_device_that_is_set_back_stops_the_clock_for_once_and_no_longer() {
    let mut phone = shown();
    let start = phone.at;
    for years in [1.0, 30.0, 60.0] {
        let view = at(&mut phone, start - years * 365.0 * DAY);
        assert!(says_tomorrow(&view), "{years} years back: {view}");
    }
    // From there on time passes.
    let back = phone.at;
    let view = at(&mut phone, back + 14.5 * HOUR);
    assert!(says_today(&view) && !says_tomorrow(&view), "{view}");
}

#[test]
fn a_device_that_is_set_forward_moves_today_by_no_more_than_a_day() {
    let mut phone = shown();
    let start = phone.at;
    let view = at(&mut phone, start + 5_000.0 * DAY);
    assert!(says_today(&view), "the day after the 22nd: {view}");
    assert!(!view.contains("2026"), "the year is this year's: {view}");
    // The next answer of the server says what day it is.
    phone.programme_time = Some("2026-11-22T10:00:00+08:00".to_owned());
    phone.look();
    phone.reply("GET /reservations/r1", 200, &fixtures::reservation("en"));
    assert!(says_tomorrow(&phone.view().to_string()));
}

#[test]
fn deadlines_stay_the_dates_that_the_server_gave() {
    for jump in [-400.0 * DAY, -1.0, 0.0, HOUR, DAY, 400.0 * DAY, 1e300] {
        let mut phone = Phone::signed_in("en");
        phone.programme_time = None;
        let at_once = phone.view().clone();
        assert!(at_once.to_string().contains("31 December"), "{at_once}");
        let start = phone.at;
        let later = at(&mut phone, start + jump);
        assert!(later.contains("31 December") && later.contains("1,240"), "{jump}: {later}");
    }
}

#[test]
fn a_clock_that_can_t_be_read_changes_nothing() {
    for text in [
        "",
        "yesterday",
        "2026-13-45T99:99:99+08:00",
        "2026-11-22T09:41:07Z",
        "2026-11-22T09:41:07+99999999:00",
        "2026-11-22T09:41:07+-8:00",
        "９９９９-11-22T09:41:07+08:00",
    ] {
        let mut phone = shown();
        let before = phone.view().clone();
        phone.programme_time = Some(text.to_owned());
        phone.look();
        phone.reply("GET /reservations/r1", 200, &fixtures::reservation("en"));
        assert_eq!(phone.view(), &before, "{text}");
    }
}

#[test]
fn a_phone_that_never_heard_from_the_server_says_no_day() {
    let mut phone = Phone::signed_in("en");
    phone.programme_time = None;
    let mut fresh = Phone::started("en", json!({"token": "t"}));
    fresh.programme_time = None;
    fresh.open("reserve/reservation/reservation", "/reservations/r1");
    fresh.reply("GET /reservations/r1", 200, &fixtures::reservation("en"));
    let view = fresh.view().to_string();
    assert!(!says_today(&view) && !says_tomorrow(&view) && view.contains("UTC"), "{view}");
}
