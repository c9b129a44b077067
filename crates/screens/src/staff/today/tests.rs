use catalogue::Locale::{self, En, ZhCn};
use contract::Code;

use super::*;
use crate::staff::standing::Standing;
use crate::staff::testing::{self, COUNTER, MANAGER, Reserved, SECOND};
use crate::testing::{Shell, env, reading};
use crate::view::Body;
use crate::{Env, Navigation, Reply};

const HELD: &str = "GET /staff/reservations?limit=100&state=held";
const READY: &str = "GET /staff/reservations?limit=100&state=ready";
const OF_TODAY: &str = "GET /staff/reservations?limit=100&day=2026-11-22";

fn open(role: &str, locale: Locale) -> Shell<Today> {
    Shell::open(testing::on_duty(role, locale), env(locale))
}

fn with(shell: &mut Shell<Today>, held: &[Reserved], ready: &[Reserved], of_today: &[Reserved]) {
    let locale = shell.env.locale;
    let page =
        |all: &[Reserved]| testing::page(&all.iter().map(|reserved| reserved.json(locale)).collect::<Vec<_>>(), None);
    shell.answer(HELD, &page(held)).answer(READY, &page(ready)).answer(OF_TODAY, &page(of_today));
}

fn held(id: &'static str) -> Reserved {
    Reserved { id, ..Reserved::default() }
}

fn ready(id: &'static str) -> Reserved {
    Reserved { id, state: "ready", ..Reserved::default() }
}

fn ended(id: &'static str, state: &'static str) -> Reserved {
    Reserved { id, state, ..Reserved::default() }
}

fn lists(shell: &Shell<Today>) -> Lists {
    match shell.view().body {
        Body::Shown { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

fn ids(shell: &Shell<Today>) -> Vec<(Standing, Vec<String>)> {
    let groups = lists(shell).groups;
    groups.into_iter().map(|group| (group.standing, group.rows.into_iter().map(|row| row.id).collect())).collect()
}

#[test]
fn what_presses_most_comes_first() {
    let mut shell = open(COUNTER, ZhCn);
    let early = Reserved { ready_by: "2026-11-22T04:00:00Z", ..held("early") };
    let overdue = Reserved { late: true, ready_by: "2026-11-21T10:00:00Z", ..held("overdue") };
    let soon = Reserved { hold_until: "2026-11-23T12:00:00Z", ..ready("soon") };
    let first = Reserved { hold_until: "2026-11-22T01:00:00Z", ..ended("first", "collected") };
    let last = Reserved { hold_until: "2026-11-22T01:30:00Z", ..ended("last", "cancelled") };
    with(&mut shell, &[held("late-one"), early, overdue], &[ready("later"), soon], &[first, last]);
    let of = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        ids(&shell),
        [
            (Standing::Late, of(&["overdue"])),
            (Standing::ToPutAside, of(&["early", "late-one"])),
            (Standing::Ready, of(&["soon", "later"])),
            (Standing::Ended, of(&["last", "first"])),
        ]
    );
    let row = &lists(&shell).groups[1].rows[0];
    assert_eq!(row.path, "/staff/reservations/early");
    let summary = &row.summary;
    assert_eq!(
        (summary.gift.as_str(), summary.member.as_str(), summary.phone.as_str()),
        ("焕亮精华", "林*", "+86 138****0001")
    );
    assert_eq!((summary.variant.label.as_str(), summary.variant.colour), ("清爽型", "blue"));
    assert_eq!(summary.state.deadline, "今天 12:00 前备好");
    assert_eq!(summary.counter, None, "she works there");
}

#[test]
fn those_of_today_are_there_for_what_has_ended_and_nobody_stands_in_two_lists() {
    let mut shell = open(COUNTER, ZhCn);
    with(&mut shell, &[held("a")], &[ready("a"), ready("b")], &[held("c"), ready("b"), ended("d", "expired")]);
    let all: Vec<String> = ids(&shell).into_iter().flat_map(|(_, ids)| ids).collect();
    assert_eq!(all, ["a", "b", "d"]);
}

#[test]
fn every_page_of_a_list_is_read() {
    let mut shell = open(COUNTER, ZhCn);
    shell.answer(HELD, &testing::page(&[held("a").json(ZhCn)], Some("next")));
    shell.answer(READY, &testing::page(&[], None)).answer(OF_TODAY, &testing::page(&[], None));
    assert!(matches!(shell.view().body, Body::Loading(_)));
    shell.answer(&format!("{HELD}&cursor=next"), &testing::page(&[held("b").json(ZhCn)], None));
    assert_eq!(ids(&shell), [(Standing::ToPutAside, vec!["a".to_owned(), "b".to_owned()])]);
}

#[test]
fn nothing_to_be_done_is_said() {
    let mut shell = open(COUNTER, ZhCn);
    with(&mut shell, &[], &[], &[]);
    let lists = lists(&shell);
    assert_eq!((lists.groups, lists.empty.unwrap()), (Vec::new(), "今天没有要办的预约。".to_owned()));
}

#[test]
fn it_looks_again_every_twenty_seconds_and_says_what_is_new() {
    let mut shell = open(COUNTER, ZhCn);
    with(&mut shell, &[held("a")], &[], &[]);
    assert!(shell.said.is_empty(), "at first nothing is news");
    assert_eq!(shell.wait(), 20_000);
    assert_eq!(shell.asked(), [HELD, READY, OF_TODAY]);
    with(&mut shell, &[held("a"), held("b")], &[], &[ended("c", "collected")]);
    assert_eq!(shell.said, ["新来 1 份预约"]);
    shell.wait();
    with(&mut shell, &[], &[ready("a"), ready("b")], &[]);
    assert_eq!(shell.said.len(), 1);
    assert!(shell.is_waiting());
}

#[test]
fn one_round_at_a_time_and_a_stale_one_counts_for_nothing() {
    let mut shell = open(COUNTER, ZhCn);
    shell.lose(HELD);
    assert!(matches!(shell.view().body, Body::Trouble(_)));
    shell.send(Event::Retry).send(Event::Retry).send(Event::CameBack);
    // Two of the first round are still on their way.
    assert_eq!(shell.asked(), [READY, OF_TODAY, HELD, READY, OF_TODAY]);
    shell.answer(READY, &testing::page(&[ready("stale").json(ZhCn)], None)).lose(OF_TODAY);
    assert!(matches!(shell.view().body, Body::Loading(_)));
    with(&mut shell, &[held("a")], &[], &[]);
    assert_eq!(ids(&shell), [(Standing::ToPutAside, vec!["a".to_owned()])]);
}

#[test]
fn old_lists_stay_and_say_how_old_they_are_and_it_goes_on_trying() {
    let mut shell = open(COUNTER, ZhCn);
    with(&mut shell, &[held("a")], &[], &[]);
    shell.wait();
    shell.answer(HELD, &testing::page(&[], None)).answer(OF_TODAY, &testing::page(&[], None)).lose(READY);
    assert_eq!(ids(&shell).len(), 1);
    let Body::Shown { banner, .. } = shell.view().body else { panic!() };
    assert_eq!(banner.unwrap().text, "连不上网络。截至今天 09:41");
    shell.wait();
    with(&mut shell, &[], &[ready("a")], &[]);
    let Body::Shown { banner, .. } = shell.view().body else { panic!() };
    assert_eq!(banner, None);
}

#[test]
fn before_the_first_answer_fails_it_tries_by_itself_too() {
    let mut shell = open(COUNTER, ZhCn);
    shell.lose(HELD).lose(READY).lose(OF_TODAY);
    shell.wait();
    assert_eq!(shell.asked(), [HELD, READY, OF_TODAY]);
}

#[test]
fn who_sees_every_counter_is_told_which_and_may_narrow_it_down() {
    let mut shell = open(MANAGER, ZhCn);
    let there = Reserved { counter: SECOND, ..held("there") };
    with(&mut shell, &[held("here"), there], &[], &[]);
    let row = &lists(&shell).groups[0].rows[0];
    assert_eq!(row.summary.counter.as_deref(), Some("上海 · 久光专柜"));
    let filter = lists(&shell).filter.unwrap();
    let labels = |choices: &[crate::view::Choice<Option<String>>]| {
        choices.iter().map(|choice| (choice.label.clone(), choice.chosen)).collect::<Vec<_>>()
    };
    let of = |label: &str, chosen| (label.to_owned(), chosen);
    assert_eq!(labels(&filter.city.choices), [of("全部城市", true), of("上海", false), of("杭州", false)]);
    shell.send(Event::City(Some("杭州".to_owned())));
    assert_eq!(ids(&shell), [(Standing::ToPutAside, vec!["there".to_owned()])]);
    assert_eq!(labels(&lists(&shell).filter.unwrap().counter.choices), [of("全部专柜", true), of("湖滨专柜", false)]);
    shell.send(Event::City(None)).send(Event::Counter(Some("k1".to_owned())));
    assert_eq!(ids(&shell), [(Standing::ToPutAside, vec!["here".to_owned()])]);
    let mut shell = open(MANAGER, ZhCn);
    with(&mut shell, &[held("here")], &[], &[]);
    assert_eq!(lists(&shell).filter, None, "one counter is no choice");
}

#[test]
fn a_session_that_ends_leads_to_signing_in() {
    let mut shell = Shell::<Today>::open(testing::on_duty(COUNTER, ZhCn), Env { signed_in: true, ..env(ZhCn) });
    shell.refuse(HELD, Code::StaffSessionMissing);
    assert_eq!(shell.went, [Navigation::AfterSessionChange("/staff/sign-in?ended=1".to_owned())]);
}

#[test]
fn without_a_clock_the_open_ones_are_shown() {
    let mut shell = Shell::<Today>::open(testing::on_duty(COUNTER, ZhCn), Env { clock: None, ..env(ZhCn) });
    assert_eq!(shell.asked(), [HELD, READY]);
    shell.answer(HELD, &testing::page(&[held("a").json(ZhCn)], None)).answer(READY, &testing::page(&[], None));
    assert_eq!(ids(&shell).len(), 1);
}

#[test]
fn no_code_is_ever_shown() {
    let mut shell = open(COUNTER, ZhCn);
    with(&mut shell, &[held("a")], &[ready("b")], &[ended("c", "collected")]);
    assert!(!format!("{:?}", shell.view()).contains("code"));
}

#[test]
fn it_is_in_both_languages_whatever_comes() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        for role in [COUNTER, MANAGER] {
            let mut shell = open(role, locale);
            reading::check("staff today, loading", &shell.view(), chinese);
            with(&mut shell, &[held("a"), Reserved { late: true, counter: SECOND, ..held("b") }], &[ready("c")], &[]);
            reading::check("staff today", &shell.view(), chinese);
            shell.wait();
            with(&mut shell, &[], &[], &[ended("d", "failed"), ended("e", "expired")]);
            reading::check("staff today, ended", &shell.view(), chinese);
            shell.wait();
            shell.reply(HELD, Reply::Lost);
            reading::check("staff today, stale", &shell.view(), chinese);
        }
    }
}
