//! What the tests of the rules share.
#![allow(dead_code, reason = "each test binary uses its part")]

use chrono::NaiveDate;
use loyalty::Programme;
use loyalty::programme::WindowKind;
use loyalty::tier::Counted;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn after(date: NaiveDate, days: u64) -> NaiveDate {
    date + chrono::Days::new(days)
}

/// The demo's programme: 0, 200.00, 600.00 and 1,500.00 in a rolling year, kept at 150.00, 450.00 and 1,200.00.
pub fn demo() -> Programme {
    Programme::parse(include_str!("../../../../programme.toml")).unwrap()
}

/// The same by calendar year.
pub fn yearly() -> Programme {
    let mut programme = demo();
    programme.window.kind = WindowKind::CalendarYear;
    programme
}

/// `[("2026-01-05", 200)]`, in whole yuan.
pub fn purchases(list: &[(&str, i64)]) -> Vec<Counted> {
    list.iter().map(|&(on, yuan)| Counted { on: day(on), amount: yuan * 100 }).collect()
}

/// The real histories: customer, and what she bought when.
pub fn real_histories() -> Vec<(String, Vec<Counted>)> {
    let mut histories: Vec<(String, Vec<Counted>)> = Vec::new();
    for line in include_str!("../../../../data/purchases.csv").lines().skip(1) {
        let columns: Vec<&str> = line.split(',').collect();
        let [customer, on, _, amount] = columns[..] else { panic!("{line}") };
        let counted = Counted { on: day(on), amount: amount.replace('.', "").parse().unwrap() };
        match histories.last_mut().filter(|(last, _)| last == customer) {
            Some((_, purchases)) => purchases.push(counted),
            None => histories.push((customer.to_owned(), vec![counted])),
        }
    }
    histories
}
