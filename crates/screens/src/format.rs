//! Numbers, money, dates and times as a member reads them. The only place that formats.
//!
//! Written by hand rather than with `format!`, whose machinery is on the boot path of a phone otherwise. Everything is
//! exact: integers in, digits out; nothing is ever rounded.

use catalogue::{Locale, text::common};
use contract::{Date, Instant, Money};

use crate::env::Env;

/// Keeps a number and its unit on one line.
pub const NO_BREAK: char = '\u{a0}';
/// A real minus sign, as wide as a plus.
const MINUS: char = '−';

/// A whole number in plain digits.
pub fn digits(number: u64) -> String {
    let mut reversed = [0u8; 20];
    let mut length = 0;
    let mut rest = number;
    loop {
        reversed[length] = b'0' + (rest % 10) as u8;
        length += 1;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    reversed[..length].iter().rev().map(|digit| char::from(*digit)).collect()
}

/// A whole number with thousands separators: `1,240`, `−300`.
pub fn number(number: i64) -> String {
    let mut text = String::new();
    if number < 0 {
        text.push(MINUS);
    }
    push_grouped(&mut text, number.unsigned_abs());
    text
}

/// Points that come or go: `+86`, `−300`; zero has no sign.
pub fn signed(points: i64) -> String {
    let mut text = number(points);
    if points > 0 {
        text.insert(0, '+');
    }
    text
}

fn push_grouped(text: &mut String, number: u64) {
    let digits = digits(number);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
}

/// Money: `¥1,240`, `¥1,240.50`, `−¥3`. Zero minor units are dropped, others are all shown.
pub fn money(money: &Money) -> String {
    let (symbol, minor_digits) = currency(&money.currency);
    let mut text = String::new();
    if money.amount < 0 {
        text.push(MINUS);
    }
    if symbol.is_empty() {
        text.push_str(&money.currency);
        text.push(NO_BREAK);
    } else {
        text.push_str(symbol);
    }
    let unit = 10u64.pow(minor_digits);
    let amount = money.amount.unsigned_abs();
    push_grouped(&mut text, amount / unit);
    let minor = amount % unit;
    if minor > 0 {
        text.push('.');
        let minor = digits(minor);
        for _ in minor.len()..minor_digits as usize {
            text.push('0');
        }
        text.push_str(&minor);
    }
    text
}

/// A number given in hundredths, without trailing zeros: 125 is `1.25`, 110 is `1.1`, 100 is `1`.
pub fn hundredths(hundredths: u32) -> String {
    let mut text = String::new();
    push_grouped(&mut text, u64::from(hundredths / 100));
    let rest = hundredths % 100;
    if rest > 0 {
        text.push('.');
        text.push_str(&digits(u64::from(rest / 10)));
        if !rest.is_multiple_of(10) {
            text.push_str(&digits(u64::from(rest % 10)));
        }
    }
    text
}

/// The symbol (empty: write the code) and the number of minor digits, ISO 4217.
fn currency(code: &str) -> (&'static str, u32) {
    match code {
        "CNY" => ("¥", 2),
        "JPY" => ("JP¥", 0),
        "KRW" => ("₩", 0),
        "VND" => ("₫", 0),
        "HKD" => ("HK$", 2),
        "TWD" => ("NT$", 2),
        "MOP" => ("MOP$", 2),
        "SGD" => ("S$", 2),
        "USD" => ("US$", 2),
        "EUR" => ("€", 2),
        "GBP" => ("£", 2),
        _ => ("", 2),
    }
}

/// A date in full: `2027年6月30日`, `30 June 2027`.
pub fn date(locale: Locale, date: Date) -> String {
    common::full_date(locale, &day(date), month(common::months(locale), date), &year(date))
}

/// A date without its year if that is `today`'s; in full otherwise, or while today is unknown.
pub fn short_date(env: &Env, on: Date) -> String {
    match env.clock {
        Some(clock) if clock.today().year() == on.year() => {
            common::short_date(env.locale, &day(on), month(common::months(env.locale), on))
        }
        _ => date(env.locale, on),
    }
}

/// A date under a bar: `6/30`, or without its day but with its year if that is not today's: `6月 2027`,
/// which breaks into two lines where bars are narrow.
pub fn axis(env: &Env, on: Date) -> String {
    let month = month(common::months_short(env.locale), on);
    match env.clock {
        Some(clock) if clock.today().year() == on.year() => common::axis_day(env.locale, &day(on), month),
        _ => common::axis_month(env.locale, month, &year(on)),
    }
}

fn day(date: Date) -> String {
    digits(date.day().into())
}

fn year(date: Date) -> String {
    digits(date.year().unsigned_abs().into())
}

fn month(names: &'static str, date: Date) -> &'static str {
    names.split(' ').nth(date.month() as usize - 1).unwrap_or_default()
}

/// Since when a figure is true: `截至今天 09:41`, `As of 21 November, 09:41`.
pub fn as_of(env: &Env, at: Instant) -> String {
    let time = time(env, at);
    let on = local(env, at).0;
    if env.clock.is_some_and(|clock| clock.today() == on) {
        common::as_of_today(env.locale, &time)
    } else {
        common::as_of(env.locale, &short_date(env, on), &time)
    }
}

/// When something ends, happens or has happened, to the minute: `今天 18:00`, `明天 20:00`, `20:00 on 26 November`.
pub fn moment(env: &Env, at: Instant) -> String {
    let time = time(env, at);
    let on = local(env, at).0;
    match env.clock.map(|clock| on.days_since(clock.today())) {
        Some(0) => common::moment_today(env.locale, &time),
        Some(1) => common::moment_tomorrow(env.locale, &time),
        _ => common::moment(env.locale, &short_date(env, on), &time),
    }
}

/// The time of day of an instant, where the programme is: `09:41`.
pub fn time(env: &Env, at: Instant) -> String {
    let (_, hour, minute) = local(env, at);
    let mut time = String::new();
    for part in [hour, minute] {
        if !time.is_empty() {
            time.push(':');
        }
        push_two(&mut time, part);
    }
    if env.clock.is_none() {
        // Without the server's clock nobody knows the programme's offset; UTC is then said, not passed off as local time.
        time.push_str(" UTC");
    }
    time
}

/// Minutes and seconds that are left: `14 分 59 秒`, `9 秒`. In words, since `14:59` is a time of day as well.
pub fn countdown(locale: Locale, seconds: i64) -> String {
    let seconds = seconds.max(0).unsigned_abs();
    match seconds / 60 {
        0 => common::seconds(locale, &digits(seconds)),
        minutes => common::minutes_seconds(locale, &digits(minutes), &digits(seconds % 60)),
    }
}

/// How long to wait, as roughly as one says it: `10 分钟`, in the last minute `45 秒`. Never less than it is.
pub fn wait(locale: Locale, seconds: i64) -> String {
    let seconds = seconds.max(0).unsigned_abs();
    match seconds {
        0..60 => common::seconds(locale, &digits(seconds)),
        _ => {
            let minutes = seconds.div_ceil(60);
            common::minutes(locale, i64::try_from(minutes).unwrap_or(i64::MAX), &digits(minutes))
        }
    }
}

fn local(env: &Env, at: Instant) -> (Date, u32, u32) {
    at.at_offset(env.clock.map_or(0, |clock| clock.utc_offset_minutes))
}

/// Two digits: `07`.
fn push_two(text: &mut String, number: u32) {
    if number < 10 {
        text.push('0');
    }
    text.push_str(&digits(number.into()));
}

/// The day of an instant, where the programme is: `11月1日`.
pub fn day_of(env: &Env, at: Instant) -> String {
    short_date(env, local(env, at).0)
}

/// How far off a date is: `还有 12 天`, `明天`, `今天`; `None` for the past, or while today is unknown.
pub fn days_left(env: &Env, on: Date) -> Option<String> {
    let days = on.days_since(env.clock?.today());
    match days {
        ..0 => None,
        0 => Some(common::today(env.locale).to_owned()),
        1 => Some(common::tomorrow(env.locale).to_owned()),
        _ => Some(common::in_days(env.locale, days, &number(days))),
    }
}

/// A card's number in groups of four: `8801 2231 0047`.
pub fn card_number(number: &str) -> String {
    let mut text = String::with_capacity(number.len() + number.len() / 4);
    for (index, digit) in number.chars().enumerate() {
        if index > 0 && index % 4 == 0 {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// A code that is read out, in groups of three: `K7Q 4MP 2XD`.
pub fn spoken_code(code: &str) -> String {
    let mut text = String::with_capacity(code.len() + code.len() / 3);
    for (index, character) in code.chars().enumerate() {
        if index > 0 && index % 3 == 0 {
            text.push(' ');
        }
        text.push(character);
    }
    text
}

/// How far away: `350 米`, `1.2 公里`, `84 公里`. In steps that a person would name, rounded to the nearest.
pub fn distance(locale: Locale, kilometres: f64) -> String {
    // Distances of the earth fit into 32 bits as metres; what does not (a defect of the server) is cut off by `as`.
    let metres = (kilometres * 1000.0).max(0.0) as u32;
    match metres {
        0..950 => common::metres(locale, &digits(u64::from(metres.div_ceil(50).max(1) * 50))),
        950..9950 => {
            let tenths = (metres + 50) / 100;
            let mut number = digits(u64::from(tenths / 10));
            if !tenths.is_multiple_of(10) {
                number.push('.');
                number.push_str(&digits(u64::from(tenths % 10)));
            }
            common::kilometres(locale, &number)
        }
        _ => common::kilometres(locale, &number(i64::from((metres + 500) / 1000))),
    }
}

/// Several things in one sentence: `干性、中性`.
pub fn list<'a>(locale: Locale, items: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for item in items {
        if !text.is_empty() {
            text.push_str(common::comma(locale));
        }
        text.push_str(item);
    }
    text
}

/// A mainland Chinese mobile number in its usual groups, whole or in the middle of being typed: `138 0000 0001`.
pub fn phone(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + 2);
    for (index, digit) in digits.chars().enumerate() {
        if index == 3 || index == 7 {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
#[path = "format_tests.rs"]
mod tests;
