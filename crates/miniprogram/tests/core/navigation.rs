//! A page that she does not look at takes nothing from her that she looks at.

use serde_json::{Value, json};

use crate::driver::Phone;
use crate::fixtures;

const RESERVE: &str = "POST /reservations";
const NEW: (&str, &str) = ("instead", "/reserve/reservation/reservation?path=%2Freservations%2Fr1");

/// A reservation is on its way when she opens the pass of another on top of it. The gift's page, and the pass.
fn at_the_counter() -> (Phone, u64, u64) {
    let mut phone = Phone::signed_in("zh");
    let gift = phone.open("reserve/gift/gift", "/gifts/g1?counter=k1");
    phone.reply("GET /gifts/g1", 200, &fixtures::gift("zh"));
    phone.reply("GET /me/profile", 200, fixtures::profile());
    phone.reply("GET /reservations?limit=20", 200, &fixtures::page(&[]));
    phone.send("reserve", Value::Null);
    phone.result("entropy", json!(vec![1; 16]));
    phone.tell(json!({"op": "seen", "page": gift, "seen": false}));
    let pass = phone.open("reserve/pass/pass", "/reservations/r2/pass");
    phone.reply("GET /reservations/r2/pass", 200, &fixtures::pass("zh"));
    (phone, gift, pass)
}

fn new() -> Option<(String, String)> {
    Some((NEW.0.to_owned(), NEW.1.to_owned()))
}

#[test]
fn what_it_leads_to_waits_until_she_is_back_on_it() {
    let (mut phone, gift, pass) = at_the_counter();
    phone.reply(RESERVE, 201, &fixtures::reservation("zh"));
    assert_eq!(phone.led(), None, "her pass stays");
    phone.tell(json!({"op": "seen", "page": pass, "seen": false}));
    phone.tell(json!({"op": "seen", "page": pass, "seen": true}));
    assert_eq!(phone.led(), None);
    phone.close(pass);
    assert_eq!(phone.led(), None);
    phone.tell(json!({"op": "seen", "page": gift, "seen": false}));
    assert_eq!(phone.led(), None);
    phone.tell(json!({"op": "seen", "page": gift, "seen": true}));
    assert_eq!(phone.led(), new());
    phone.tell(json!({"op": "seen", "page": gift, "seen": true}));
    assert_eq!(phone.led(), None, "once");
}

#[test]
fn it_is_forgotten_when_the_page_closes() {
    let (mut phone, gift, pass) = at_the_counter();
    phone.reply(RESERVE, 201, &fixtures::reservation("zh"));
    phone.close(gift);
    phone.close(pass);
    assert_eq!(phone.led(), None);
}

#[test]
fn a_page_that_she_is_back_on_leads_on_at_once() {
    let (mut phone, gift, pass) = at_the_counter();
    phone.close(pass);
    phone.tell(json!({"op": "seen", "page": gift, "seen": true}));
    phone.reply(RESERVE, 201, &fixtures::reservation("zh"));
    assert_eq!(phone.led(), new());
}

#[test]
fn a_session_that_ends_leads_away_from_everywhere() {
    let (mut phone, ..) = at_the_counter();
    phone.refuse(RESERVE, "session-missing", "");
    phone.result("login", json!("c"));
    phone.refuse("POST /auth/wechat", "phone-binding-required", fixtures::BINDING);
    assert_eq!(phone.led().unwrap().0, "anew");
}
