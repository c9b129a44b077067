use catalogue::Locale::{En, ZhCn};
use contract::{Date, Money};
use proptest::prelude::*;

use super::*;
use crate::testing::{env, instant};

fn on(text: &str) -> Date {
    text.parse().unwrap()
}

fn cny(amount: i64) -> Money {
    Money { amount, currency: "CNY".to_owned() }
}

#[test]
fn numbers_have_separators_and_a_real_minus() {
    for (value, text) in [
        (0, "0"),
        (7, "7"),
        (999, "999"),
        (1_000, "1,000"),
        (1_240, "1,240"),
        (-300, "−300"),
        (-1_234_567, "−1,234,567"),
        (i64::MAX, "9,223,372,036,854,775,807"),
        (i64::MIN, "−9,223,372,036,854,775,808"),
    ] {
        assert_eq!(number(value), text);
    }
    assert_eq!((signed(86), signed(-300), signed(0)), ("+86".to_owned(), "−300".to_owned(), "0".to_owned()));
}

#[test]
fn money_is_exact_and_drops_only_zeros() {
    for (amount, text) in [
        (124_000, "¥1,240"),
        (124_050, "¥1,240.50"),
        (124_005, "¥1,240.05"),
        (1, "¥0.01"),
        (0, "¥0"),
        (-300, "−¥3"),
        (99_999, "¥999.99"),
    ] {
        assert_eq!(money(&cny(amount)), text);
    }
    for (currency, amount, text) in
        [("JPY", 1_240, "JP¥1,240"), ("USD", 1_240, "US$12.40"), ("EUR", 100, "€1"), ("CHF", 1_250, "CHF\u{a0}12.50")]
    {
        assert_eq!(money(&Money { amount, currency: currency.to_owned() }), text);
    }
}

#[test]
fn dates_read_as_in_each_language() {
    let (zh, en) = (env(ZhCn), env(En));
    assert_eq!(date(ZhCn, on("2027-06-30")), "2027年6月30日");
    assert_eq!(date(En, on("2027-06-03")), "3 June 2027");
    assert_eq!(short_date(&zh, on("2026-12-31")), "12月31日");
    assert_eq!(short_date(&zh, on("2027-01-01")), "2027年1月1日");
    assert_eq!(short_date(&en, on("2026-12-31")), "31 December");
    assert_eq!(axis(&zh, on("2026-12-31")), "12/31");
    assert_eq!(axis(&zh, on("2027-06-30")), "6月 2027");
    assert_eq!(axis(&en, on("2026-12-31")), "31 Dec");
    assert_eq!(axis(&en, on("2027-06-30")), "Jun 2027");
}

#[test]
fn the_year_is_that_of_the_programme_and_not_of_utc() {
    let mut env = env(ZhCn);
    // 00:30 on New Year's Day in Shanghai, still the old year in UTC.
    env.clock.as_mut().unwrap().now = instant("2026-12-31T16:30:00Z");
    assert_eq!(short_date(&env, on("2027-06-30")), "6月30日");
    assert_eq!(as_of(&env, instant("2026-12-31T16:05:00Z")), "截至今天 00:05");
    assert_eq!(as_of(&env, instant("2026-12-31T15:59:00Z")), "截至2026年12月31日 23:59");
}

#[test]
fn as_of_says_today_only_of_today() {
    let (zh, en) = (env(ZhCn), env(En));
    assert_eq!(as_of(&zh, instant("2026-11-22T01:41:07Z")), "截至今天 09:41");
    assert_eq!(as_of(&en, instant("2026-11-22T01:41:07Z")), "As of today 09:41");
    assert_eq!(as_of(&zh, instant("2026-11-21T15:59:59Z")), "截至11月21日 23:59");
    assert_eq!(as_of(&en, instant("2026-11-20T15:59:59Z")), "As of 20 November, 23:59");
}

#[test]
fn without_the_servers_clock_nothing_is_called_today() {
    let mut env = env(ZhCn);
    env.clock = None;
    assert_eq!(as_of(&env, instant("2026-11-22T01:41:07Z")), "截至2026年11月22日 01:41 UTC");
    assert_eq!(short_date(&env, on("2026-11-22")), "2026年11月22日");
    assert_eq!(days_left(&env, on("2026-11-22")), None);
}

#[test]
fn days_left_are_counted_from_the_programmes_today() {
    let (zh, en) = (env(ZhCn), env(En));
    assert_eq!(days_left(&zh, on("2026-11-21")), None);
    assert_eq!(days_left(&zh, on("2026-11-22")).unwrap(), "今天");
    assert_eq!(days_left(&en, on("2026-11-23")).unwrap(), "Tomorrow");
    assert_eq!(days_left(&zh, on("2026-12-04")).unwrap(), "还有 12 天");
    assert_eq!(days_left(&en, on("2026-12-04")).unwrap(), "12 days left");
}

#[test]
fn a_moment_is_a_day_and_a_time_where_the_programme_is() {
    let at = |text: &str| text.parse::<contract::Instant>().unwrap();
    let (zh, en) = (env(ZhCn), env(En));
    assert_eq!(moment(&zh, at("2026-11-22T10:00:00Z")), "今天 18:00");
    assert_eq!(moment(&zh, at("2026-11-22T16:05:00Z")), "明天 00:05");
    assert_eq!(moment(&zh, at("2026-11-26T12:00:00Z")), "11月26日 20:00");
    assert_eq!(moment(&zh, at("2026-11-21T12:00:00Z")), "11月21日 20:00");
    assert_eq!(moment(&zh, at("2027-01-02T12:00:00Z")), "2027年1月2日 20:00");
    assert_eq!(moment(&en, at("2026-11-22T10:00:00Z")), "18:00 today");
    assert_eq!(moment(&en, at("2026-11-26T12:00:00Z")), "20:00 on 26 November");
    let no_clock = crate::Env { clock: None, ..zh };
    assert_eq!(moment(&no_clock, at("2026-11-26T12:00:00Z")), "2026年11月26日 12:00 UTC");
}

#[test]
fn what_is_left_is_minutes_and_seconds() {
    let zh = [900, 899, 61, 9, 0, -3, 4500].map(|seconds| countdown(ZhCn, seconds));
    assert_eq!(zh, ["15 分 0 秒", "14 分 59 秒", "1 分 1 秒", "9 秒", "0 秒", "0 秒", "75 分 0 秒"]);
    assert_eq!(countdown(En, 899), "14 min 59 s");
    assert_eq!(
        [900, 899, 841, 60, 59, 0].map(|seconds| wait(ZhCn, seconds)),
        ["15 分钟", "15 分钟", "15 分钟", "1 分钟", "59 秒", "0 秒"]
    );
    assert_eq!([900, 60, 59].map(|seconds| wait(En, seconds)), ["15 minutes", "1 minute", "59 s"]);
}

#[test]
fn card_and_phone_numbers_are_grouped() {
    assert_eq!(card_number("880122310047"), "8801 2231 0047");
    assert_eq!(card_number("000000000001"), "0000 0000 0001");
    assert_eq!(phone("13800000001"), "138 0000 0001");
    assert_eq!(phone("138"), "138");
    assert_eq!(phone("1380"), "138 0");
}

#[test]
fn factors_have_no_trailing_zeros() {
    assert_eq!([100, 110, 125, 150, 105, 1000].map(hundredths), ["1", "1.1", "1.25", "1.5", "1.05", "10"]);
}

proptest! {
    #[test]
    fn a_number_survives_its_text(value: i64) {
        let text = number(value).replace(',', "").replace('−', "-");
        prop_assert_eq!(text.parse::<i64>().unwrap(), value);
        prop_assert_eq!(digits(value.unsigned_abs()), value.unsigned_abs().to_string());
    }

    #[test]
    fn no_fen_is_lost_and_none_is_made(amount: i64) {
        let text = money(&cny(amount)).replace([',', '¥'], "").replace('−', "-");
        let (yuan, fen) = text.split_once('.').unwrap_or((&text, "00"));
        prop_assert_eq!(fen.len(), 2);
        let (yuan, fen): (i128, i128) = (yuan.parse().unwrap(), fen.parse().unwrap());
        let sign = if text.starts_with('-') { -1 } else { 1 };
        prop_assert_eq!(yuan * 100 + sign * fen, i128::from(amount));
    }

    #[test]
    fn a_date_survives_its_text(days in 0u64..40_000) {
        let day = on("1990-01-01").plus_days(days);
        let text = date(ZhCn, day);
        let parts: Vec<i32> = text.split(['年', '月', '日']).filter_map(|part| part.parse().ok()).collect();
        prop_assert_eq!(parts, vec![day.year(), day.month() as i32, day.day() as i32]);
        let english = date(En, day);
        let words: Vec<&str> = english.split(' ').collect();
        prop_assert_eq!(words.len(), 3);
        prop_assert!(words[1].chars().all(char::is_alphabetic));
    }

    #[test]
    fn grouping_only_adds_spaces(number in "[0-9]{0,16}") {
        prop_assert_eq!(card_number(&number).replace(' ', ""), number.clone());
        prop_assert_eq!(phone(&number).replace(' ', ""), number);
    }
}

#[test]
fn a_distance_is_as_exact_as_a_person_would_name_it() {
    for (kilometres, zh, en) in [
        (0.0, "50\u{a0}米", "50\u{a0}m"),
        (0.349, "350\u{a0}米", "350\u{a0}m"),
        (0.96, "1\u{a0}公里", "1\u{a0}km"),
        (1.24, "1.2\u{a0}公里", "1.2\u{a0}km"),
        (9.94, "9.9\u{a0}公里", "9.9\u{a0}km"),
        (84.3, "84\u{a0}公里", "84\u{a0}km"),
        (1067.6, "1,068\u{a0}公里", "1,068\u{a0}km"),
        (-1.0, "50\u{a0}米", "50\u{a0}m"),
    ] {
        assert_eq!((distance(ZhCn, kilometres).as_str(), distance(En, kilometres).as_str()), (zh, en));
    }
}

#[test]
fn a_code_is_read_out_in_threes_and_things_are_listed() {
    assert_eq!(spoken_code("K7Q4MP2XD"), "K7Q 4MP 2XD");
    assert_eq!(spoken_code("K7"), "K7");
    assert_eq!(list(ZhCn, ["干性", "中性"].into_iter()), "干性、中性");
    assert_eq!(list(En, ["dry"].into_iter()), "dry");
}
