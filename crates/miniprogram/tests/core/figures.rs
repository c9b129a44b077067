//! A figure may be any number, and nothing falls over.

use serde_json::{Value, json};

use crate::driver::Phone;
use crate::hostile::{PAGES, body_for};
use crate::odd::{ODD, spoilt};

#[test]
fn every_figure_may_be_any_number() {
    const ANSWERS: [(usize, &str); 13] = [
        (0, "GET /me/overview"),
        (7, "GET /me/points/expiring"),
        (7, "GET /me/points"),
        (8, "GET /me/tier"),
        (9, "GET /programme"),
        (6, "GET /me/card"),
        (13, "GET /gifts/g1"),
        (1, "GET /gifts"),
        (2, "GET /reservations"),
        (14, "GET /reservations/r1"),
        (16, "GET /reservations/r1/pass"),
        (10, "GET /me/profile"),
        (4, "POST /auth/otp"),
    ];
    for (page, spoil) in ANSWERS {
        let good: Value = serde_json::from_str(&body_for(spoil, 0)).unwrap();
        let many = good.to_string().matches([':', '[', ',']).count() + 1;
        for (part, choice) in (0..many).flat_map(|part| (0..ODD).map(move |choice| (part, choice))) {
            // With a token the sign-in page does not ask WeChat.
            let mut phone = Phone::started("zh", json!({"token": "t1"}));
            let (file, path) = PAGES[page];
            phone.open(file, path);
            if page == 4 {
                phone.send("phone_typed", "13800000001");
                phone.send("submit", Value::Null);
            }
            for asked in phone.asked() {
                if asked == "find" || asked.contains("templates") {
                    continue;
                }
                let mut body = body_for(&asked, 0);
                if asked.split('?').next() == Some(spoil) {
                    body = spoilt(&good, part, choice).to_string();
                }
                phone.reply(&asked, 200, &body);
            }
            assert!(phone.view().is_object());
        }
    }
}
