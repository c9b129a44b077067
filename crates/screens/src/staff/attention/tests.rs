use catalogue::Locale::{self, En, ZhCn};
use contract::Code;

use super::*;
use crate::staff::testing::{self, COUNTER, DESK, MANAGER, Reserved, SECOND};
use crate::testing::{Shell, env, reading};
use crate::view::Body;
use crate::{Env, Navigation};

const LATE: &str = "GET /staff/reservations?limit=100&late=true";
const ALERTS: &str = "GET /staff/audit?limit=50&alert=true";
const OLDER: &str = "GET /staff/audit?limit=50&alert=true&cursor=next";

fn open(role: &str, locale: Locale) -> Shell<Attention> {
    Shell::open(testing::on_duty(role, locale), env(locale))
}

fn late(id: &'static str, ready_by: &'static str) -> Reserved {
    Reserved { id, late: true, ready_by, ..Reserved::default() }
}

fn of_late(all: &[Reserved], locale: Locale) -> String {
    testing::page(&all.iter().map(|reserved| reserved.json(locale)).collect::<Vec<_>>(), None)
}

/// One entry of each kind.
fn record(locale: Locale) -> Vec<String> {
    [
        ("a1", "pickup-locked", None),
        ("a2", "stock-counted", Some("v1")),
        ("a3", "late", Some("r1")),
        ("a4", "sign-in-locked", None),
        ("a5", "of-a-later-version", None),
    ]
    .map(|(id, action, about)| testing::audit(id, action, about, locale))
    .to_vec()
}

fn here(shell: &Shell<Attention>) -> (Body<Late>, Option<Alerts>) {
    match shell.view().contents {
        Contents::Here { late, alerts, .. } => (late, alerts),
        other => panic!("{other:?}"),
    }
}

fn rows(shell: &Shell<Attention>) -> Vec<AlertRow> {
    match here(shell).1.unwrap().body {
        Body::Shown { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

fn ids(shell: &Shell<Attention>) -> Vec<String> {
    rows(shell).into_iter().map(|row| row.id).collect()
}

#[test]
fn the_longest_overdue_comes_first_with_its_counter() {
    let mut shell = open(DESK, ZhCn);
    assert_eq!(shell.asked(), [LATE], "the record is the managers'");
    let there = Reserved { counter: SECOND, ..late("there", "2026-11-20T10:00:00Z") };
    shell.answer(LATE, &of_late(&[late("here", "2026-11-21T10:00:00Z"), there], ZhCn));
    let (Body::Shown { content, .. }, None) = here(&shell) else { panic!() };
    assert_eq!(content.rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["there", "here"]);
    let row = &content.rows[0];
    assert_eq!(
        (row.path.as_str(), row.summary.counter.as_deref()),
        ("/staff/reservations/there", Some("杭州 · 湖滨专柜"))
    );
    assert_eq!(row.summary.state.deadline, "应在11月20日 18:00 前备好");
}

#[test]
fn alerts_are_told_in_words_with_a_way_to_what_they_are_about() {
    let mut shell = open(MANAGER, ZhCn);
    shell.answer(LATE, &of_late(&[], ZhCn)).answer(ALERTS, &testing::page(&record(ZhCn), None));
    let rows = rows(&shell);
    let told: Vec<_> =
        rows.iter().map(|row| (row.what.as_str(), row.link.as_ref().map(|link| link.path.as_str()))).collect();
    assert_eq!(
        told,
        [
            ("取货码连续输错，查询已锁定", None),
            ("柜上比已锁定的少", Some("/staff/stock?counter=k1")),
            ("预约到时没有备好", Some("/staff/reservations/r1")),
            ("登录连续出错，账号已锁定", None),
            ("有一条需要留意的记录", None),
        ]
    );
    assert_eq!(rows[0].when_where_who, "今天 09:20 · 上海 · 久光专柜");
    let (Body::Shown { content, .. }, Some(alerts)) = here(&shell) else { panic!() };
    assert_eq!((content.empty.as_deref(), alerts.empty, alerts.more), (Some("没有逾期的预约。"), None, None));
}

#[test]
fn the_reason_of_a_count_is_said_in_words() {
    let mut shell = open(MANAGER, ZhCn);
    let entry = testing::audit("a1", "stock-counted", None, ZhCn)
        .replace("一小时内连续输错五次", "4 → 1 · damaged · 碎了 < 3")
        .replace(r#""user":null"#, r#""user":"li.min""#);
    shell.answer(LATE, &of_late(&[], ZhCn)).answer(ALERTS, &testing::page(&[entry], None));
    let row = &rows(&shell)[0];
    assert_eq!(row.detail.as_deref(), Some("4 → 1 · 破损 · 碎了 < 3"));
    assert_eq!(row.when_where_who, "今天 09:20 · 上海 · 久光专柜 · li.min");
}

#[test]
fn nothing_out_of_the_ordinary_is_said() {
    let mut shell = open(MANAGER, ZhCn);
    shell.answer(ALERTS, &testing::page(&[], None)).answer(LATE, &of_late(&[], ZhCn));
    assert_eq!(here(&shell).1.unwrap().empty.unwrap(), "没有需要留意的事。");
}

#[test]
fn older_entries_come_when_asked_for_once() {
    let mut shell = open(MANAGER, ZhCn);
    shell.answer(LATE, &of_late(&[], ZhCn)).answer(ALERTS, &testing::page(&record(ZhCn)[..2], Some("next")));
    shell.send(Event::More).send(Event::More);
    assert_eq!(shell.asked(), [OLDER]);
    assert!(here(&shell).1.unwrap().more.unwrap().busy);
    shell.lose(OLDER);
    assert_eq!(here(&shell).1.unwrap().more_failed.unwrap(), "连不上网络");
    shell.send(Event::More).answer(OLDER, &testing::page(&record(ZhCn)[1..4], None));
    assert_eq!(ids(&shell), ["a1", "a2", "a3", "a4"]);
    assert_eq!(here(&shell).1.unwrap().more, None);
    shell.send(Event::More);
    assert!(shell.asked().is_empty());
}

#[test]
fn it_looks_again_by_itself_and_older_entries_stay() {
    let mut shell = open(MANAGER, ZhCn);
    let all = record(ZhCn);
    shell.answer(LATE, &of_late(&[], ZhCn)).answer(ALERTS, &testing::page(&all[1..2], Some("next")));
    shell.send(Event::More).answer(OLDER, &testing::page(&all[2..3], None));
    assert_eq!(shell.wait(), 20_000);
    assert_eq!(shell.asked(), [LATE, ALERTS]);
    shell.answer(ALERTS, &testing::page(&all[0..2], Some("next"))).lose(LATE);
    assert_eq!(ids(&shell), ["a1", "a2", "a3"]);
    assert!(matches!(here(&shell).0, Body::Shown { banner: Some(_), .. }));
    shell.wait();
    shell.answer(LATE, &of_late(&[], ZhCn)).answer(ALERTS, &testing::page(&all[3..5], Some("next")));
    assert_eq!(ids(&shell), ["a4", "a5"], "so much is new that the rest does not follow on");
}

#[test]
fn each_part_fails_by_itself_and_is_asked_for_again() {
    let mut shell = open(MANAGER, ZhCn);
    shell.lose(ALERTS).answer(LATE, &of_late(&[], ZhCn));
    assert!(matches!(here(&shell).1.unwrap().body, Body::Trouble(_)));
    shell.send(Event::Retry).send(Event::Retry);
    assert_eq!(shell.asked(), [LATE, ALERTS]);
    shell.answer(ALERTS, &testing::page(&record(ZhCn), None));
    assert_eq!(rows(&shell).len(), 5);
}

#[test]
fn a_counter_finds_its_own_under_today() {
    let mut shell = open(COUNTER, ZhCn);
    assert!(shell.asked().is_empty() && !shell.is_waiting());
    let Contents::Elsewhere(trouble) = shell.view().contents else { panic!() };
    assert_eq!(trouble.way_out.unwrap().path, "/staff");
    shell.send(Event::CameBack).send(Event::More);
    assert!(shell.asked().is_empty());
}

#[test]
fn a_session_that_ends_leads_to_signing_in() {
    for asked in [LATE, ALERTS] {
        let mut shell = Shell::<Attention>::open(testing::on_duty(MANAGER, ZhCn), Env { signed_in: true, ..env(ZhCn) });
        shell.refuse(asked, Code::StaffSessionMissing);
        let to = "/staff/sign-in?back=/staff/attention&ended=1".to_owned();
        assert_eq!(shell.went, [Navigation::AfterSessionChange(to)]);
    }
}

#[test]
fn it_is_in_both_languages() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        for role in [COUNTER, DESK, MANAGER] {
            let mut shell = open(role, locale);
            reading::check("attention, loading", &shell.view(), chinese);
            if role == COUNTER {
                continue;
            }
            shell.answer(LATE, &of_late(&[late("a", "2026-11-21T10:00:00Z")], locale));
            if role == MANAGER {
                shell.answer(ALERTS, &testing::page(&record(locale), Some("next")));
                shell.send(Event::More).lose(OLDER);
            }
            reading::check("attention", &shell.view(), chinese);
            shell.wait();
            shell.lose(LATE);
            reading::check("attention, stale", &shell.view(), chinese);
        }
    }
}
