//! The demo's programme is read as written; every way to get a file wrong is refused at its place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use loyalty::programme::{Programme, WindowKind};
use loyalty::{ProgrammeError, Texts};

const DEMO: &str = include_str!("../../../programme.toml");
const CALENDAR: (&str, &str) = ("kind = \"rolling\"\nmonths = 12", "kind = \"calendar-year\"");

fn with(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(DEMO.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "`{old}`");
        text.replace(old, new)
    })
}

/// Replaces `old`, which is there once, and expects the fault to be reported where `at` begins within what replaced it.
#[track_caller]
fn refused(old: &str, new: &str, at: &str, because: &str) {
    let text = with(&[(old, new)]);
    let replaced = DEMO.find(old).unwrap();
    let offset = replaced + text[replaced..].find(at).unwrap();
    let line_start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let error = Programme::parse(&text).expect_err(new);
    let ProgrammeError { line, column, message } = &error;
    assert!(message.contains(because), "{error}");
    let expected = (text[..offset].matches('\n').count() + 1, text[line_start..offset].chars().count() + 1);
    assert_eq!((*line, *column), expected, "{error}");
}

#[test]
fn the_demo_is_read_as_written() {
    let programme = Programme::parse(DEMO).unwrap();
    assert_eq!(programme.time_zone.name(), "Asia/Shanghai");
    assert_eq!(programme.currency.code(), "CNY");
    assert_eq!((programme.earn.points, programme.earn.per_minor, programme.earn.pending_days), (1, 100, 7));
    assert_eq!(programme.expiry.months, Some(24));
    assert!(programme.expiry.end_of_month);
    assert_eq!(programme.expiry.notice_days, 30);
    assert_eq!(programme.window.kind, WindowKind::Rolling { months: 12 });
    assert_eq!((programme.window.term_months, programme.window.grace_days), (12, 30));
    let reservation = &programme.reservation;
    assert_eq!((reservation.hold_days, reservation.hold_until.to_string().as_str()), (5, "20:00:00"));
    assert_eq!((reservation.ready_days, reservation.ready_by.to_string().as_str()), (1, "18:00:00"));
    assert_eq!((reservation.extend_days, reservation.extensions), (3, 1));
    assert_eq!((reservation.open_limit, reservation.exchange_minutes), (5, 15));
    let tiers: Vec<_> = programme
        .tiers
        .iter()
        .map(|tier| (tier.id.as_str(), tier.threshold_minor, tier.keep_minor, tier.multiplier_percent))
        .collect();
    assert_eq!(
        tiers,
        [
            ("pearl", 0, 0, 100),
            ("rose", 20_000, 15_000, 110),
            ("gold", 60_000, 45_000, 125),
            ("platinum", 150_000, 120_000, 150)
        ]
    );
    assert_eq!(programme.tiers[2].name, Texts { zh_cn: "金卡".to_owned(), en: "Gold".to_owned() });
    assert!(programme.tiers.iter().all(|tier| !tier.benefits.is_empty()));
    let clauses: Vec<_> = programme.clauses.iter().map(|clause| clause.id.as_str()).collect();
    assert_eq!(
        clauses,
        ["earning", "posting", "expiry", "notice", "tier-window", "tier-keep", "refund", "reservation"]
    );
    let refund = programme.clause("refund").unwrap();
    assert_eq!((refund.version, refund.since.to_string().as_str()), (2, "2026-11-25"));
    let mut others = programme.clauses.iter().filter(|clause| clause.id != "refund");
    assert!(others.all(|clause| clause.version == 1 && clause.since.to_string() == "2026-01-01"));
    let consents: Vec<_> = programme.consents.iter().map(|consent| (consent.id.as_str(), consent.required)).collect();
    assert_eq!(consents, [("terms", true), ("privacy", true), ("marketing-sms", false), ("marketing-wechat", false)]);
}

#[test]
fn variations_are_read_too() {
    let yearly = Programme::parse(&with(&[CALENDAR])).unwrap();
    assert_eq!(yearly.window.kind, WindowKind::CalendarYear);
    assert_eq!((yearly.window.kind.as_str(), yearly.window.kind.months()), ("calendar-year", 12));
    let lasting = Programme::parse(&with(&[("months = 24\n", "")])).unwrap();
    assert_eq!(lasting.expiry.months, None);
    let table = DEMO.find("[reservation]").unwrap();
    let after = table + DEMO[table..].find("\n\n").unwrap();
    let plain = Programme::parse(&[&DEMO[..table], &DEMO[after..]].concat()).unwrap();
    assert_eq!(plain.reservation, Programme::parse(DEMO).unwrap().reservation, "the demo writes the defaults out");
    let same_day = with(&[("ready_days = 1", "ready_days = 5")]);
    assert_eq!(Programme::parse(&same_day).unwrap().reservation.ready_days, 5);
}

#[test]
fn what_is_no_toml_is_refused_at_its_place() {
    refused("pending_days = 7", "pending_days = = 7", "= 7", "");
    refused("[expiry]", "[expiry", "\nmonths", "");
    let error = Programme::parse("").unwrap_err();
    assert_eq!((error.line, error.column), (1, 1));
    assert!(error.message.contains("time_zone"), "{error}");
}

#[test]
fn unknown_missing_and_mistyped_keys_are_refused() {
    refused("grace_days = 30", "grace_days = 30\ngrace_day = 30", "grace_day = 30", "unknown field `grace_day`");
    refused("[summary]", "[sumary]", "sumary", "unknown field `sumary`");
    refused(
        "name = { zh-CN = \"金卡\", en = \"Gold\" }",
        "name = { zh-CN = \"金卡\" }",
        "{ zh-CN",
        "missing field `en`",
    );
    refused(
        "[earning]\npoints = 1\nper = \"1.00\"\npending_days = 7",
        "[earning]\npoints = 1\nper = \"1.00\"",
        "[earning]",
        "missing field `pending_days`",
    );
    refused("end_of_month = true", "end_of_month = 1", "1", "invalid type");
    refused("notice_days = 30", "notice_days = \"30\"", "\"30\"", "invalid type");
    refused("threshold = \"600.00\"", "threshold = 600.00", "600.00", "invalid type");
    refused("points = 1\n", "points = 1\npoints = 2\n", "points = 2", "duplicate key");
}

#[test]
fn place_and_currency_must_exist() {
    refused("\"Asia/Shanghai\"", "\"Asia/Shangai\"", "\"Asia", "`Asia/Shangai` is no time zone");
    refused("\"CNY\"", "\"RMB¥\"", "\"RMB", "three capital letters");
    // A currency without decimals makes the next amount in the file the fault.
    refused("\"CNY\"", "\"JPY\"", "\"1.00\"\npending", "more decimals than the currency's 0");
}

#[test]
fn figures_must_be_possible() {
    refused("points = 1\n", "points = 0\n", "0", "from 1 to");
    refused("points = 1\n", "points = -1\n", "-1", "from 1 to");
    refused("per = \"1.00\"", "per = \"0.00\"", "\"0.00\"", "per zero");
    refused("per = \"1.00\"", "per = \"1.005\"", "\"1.005\"", "more decimals");
    refused("pending_days = 7", "pending_days = 400", "400", "from 0 to 366");
    refused("months = 24", "months = 0", "0", "from 1 to");
    refused("notice_days = 30", "notice_days = 0", "0", "from 1 to");
    refused("term_months = 12", "term_months = 0", "0", "from 1 to");
    refused("multiplier_percent = 125", "multiplier_percent = 0", "0", "from 1 to");
    refused("threshold = \"600.00\"", "threshold = \"1,600\"", "\"1,600\"", "not an amount");
    refused("threshold = \"600.00\"", "threshold = \"-600\"", "\"-600\"", "negative");
}

#[test]
fn the_window_must_make_sense() {
    refused("kind = \"rolling\"\nmonths = 12", "kind = \"yearly\"\nmonths = 12", "\"yearly\"", "no window");
    refused("kind = \"rolling\"\nmonths = 12", "kind = \"rolling\"", "\"rolling\"", "needs `months`");
    refused("kind = \"rolling\"\nmonths = 12", "kind = \"calendar-year\"\nmonths = 12", "12", "leave `months` out");
    refused("kind = \"rolling\"\nmonths = 12", "kind = \"rolling\"\nmonths = 0", "0", "from 1 to");
    refused("grace_days = 30", "grace_days = 336", "336", "shorter than a term");
}

#[test]
fn holds_must_make_sense() {
    refused("hold_days = 5", "hold_days = 0", "0", "from 1 to 60");
    refused("hold_days = 5", "hold_days = 61", "61", "from 1 to 60");
    refused("ready_days = 1", "ready_days = 0", "0", "from 1 to 60");
    refused("ready_days = 1", "ready_days = 6", "6", "before the hold ends");
    refused(
        "hold_days = 5\nhold_until = \"20:00\"\nready_days = 1",
        "hold_days = 1\nhold_until = \"18:00\"\nready_days = 1",
        "1\nready_by",
        "before the hold ends",
    );
    refused("hold_until = \"20:00\"", "hold_until = \"24:00\"", "\"24:00\"", "no time of day");
    refused("hold_until = \"20:00\"", "hold_until = \"8:00\"", "\"8:00\"", "no time of day");
    refused("ready_by = \"18:00\"", "ready_by = \"18.00\"", "\"18.00\"", "no time of day");
    refused("extend_days = 3", "extend_days = 0", "0", "from 1 to 60");
    refused("extensions = 1", "extensions = 11", "11", "from 0 to 10");
    refused("open_limit = 5", "open_limit = 0", "0", "from 1 to 100");
    refused("exchange_minutes = 15", "exchange_minutes = 0", "0", "from 1 to 240");
    refused("[reservation]\nhold_days = 5", "[reservation]", "[reservation]", "missing field `hold_days`");
}

#[test]
fn tiers_must_climb_from_zero() {
    refused("threshold = \"0\"", "threshold = \"10\"", "\"10\"", "begins at zero");
    refused("keep = \"0\"", "keep = \"1\"", "\"1\"", "to keep a tier");
    refused("threshold = \"600.00\"", "threshold = \"200.00\"", "\"200.00\"", "`gold` must begin above `rose`");
    refused("keep = \"450.00\"", "keep = \"600.01\"", "\"600.01\"", "to keep a tier");
    refused("id = \"gold\"", "id = \"rose\"", "\"rose\"", "`rose` is there twice");
    refused("id = \"gold\"", "id = \"Gold\"", "\"Gold\"", "no id");
    refused("id = \"gold\"", "id = \"\"", "\"\"", "no id");
}

#[test]
fn texts_must_say_something() {
    refused("zh-CN = \"金卡\"", "zh-CN = \" \"", "\" \"", "empty");
    refused("en = \"How you earn points\"", "en = \"\"", "\"\"", "empty");
    refused("zh-CN = \"限量系列优先预订\"", "zh-CN = \"\"", "\"\"", "empty");
}

#[test]
fn clauses_and_consents_must_be_complete() {
    refused("id = \"notice\"", "id = \"expiry\"", "\"expiry\"", "there twice");
    refused("id = \"privacy\"", "id = \"terms\"", "\"terms\"", "there twice");
    refused(
        "id = \"earning\"\nversion = 1\nsince = 2026-01-01",
        "id = \"earning\"\nversion = 0\nsince = 2026-01-01",
        "0",
        "from 1 to",
    );
    refused(
        "id = \"earning\"\nversion = 1\nsince = 2026-01-01",
        "id = \"earning\"\nversion = 1\nsince = 2026-02-30",
        "2026-02-30",
        "",
    );
    refused(
        "id = \"earning\"\nversion = 1\nsince = 2026-01-01",
        "id = \"earning\"\nversion = 1\nsince = 2026-01-01T00:00:00Z",
        "2026-01-01T",
        "date without a time",
    );
}

/// The fault is that something is not there: the place is the end of the file.
#[track_caller]
fn lacks(text: &str, because: &str) {
    let error = Programme::parse(text).unwrap_err();
    assert!(error.message.contains(because), "{error}");
    assert_eq!(error.line, text.trim_end().lines().count(), "{error}");
}

#[test]
fn what_every_programme_needs_must_be_there() {
    lacks(&with(&[("id = \"tier-window\"", "id = \"window\"")]), "no [[clause]] `tier-window`");
    lacks(&DEMO.replace("required = true", "required = false"), "no [[consent]] with");
    let first = DEMO.find("[[tier]]").unwrap();
    let after = DEMO.find("# The rules in words").unwrap();
    lacks(&[&DEMO[..first], &DEMO[after..]].concat(), "no [[tier]]");
}
