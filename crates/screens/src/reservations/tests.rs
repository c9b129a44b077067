use catalogue::Locale::{En, ZhCn};
use contract::Code;

use super::*;
use crate::testing::fixtures::gifts::{self as fixtures, READY, ReservationOf};
use crate::testing::{Shell, env, reading, sign_in};
use crate::view::Trouble;

const ASK: &str = "GET /reservations?limit=20";

fn open(body: &str) -> Shell<Reservations> {
    let mut shell = Shell::<Reservations>::open((), env(ZhCn));
    shell.answer(ASK, body);
    shell
}

fn shown(shell: &Shell<Reservations>) -> Contents {
    match shell.view().body {
        Body::Shown { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

fn every_kind(locale: catalogue::Locale) -> Vec<String> {
    let late = ReservationOf { late: true, ..ReservationOf::default() };
    let mut all = vec![
        fixtures::reservation_of(&READY, locale),
        fixtures::reservation_of(&late, locale),
        fixtures::reservation(locale),
    ];
    all.extend(["collected", "cancelled", "expired", "failed"].map(|state| fixtures::ended(state, locale)));
    all
}

#[test]
fn open_ones_come_first_each_with_its_state_and_its_next_deadline() {
    let shell = open(&fixtures::page_of(&every_kind(ZhCn), None));
    let groups = shown(&shell).groups;
    let cards: Vec<_> = groups
        .iter()
        .flat_map(|group| {
            group.cards.iter().map(|card| (group.heading.as_str(), card.state.as_str(), card.tone, card.when.as_str()))
        })
        .collect();
    assert_eq!(
        cards,
        [
            ("进行中", "可放心前往", Tone::Good, "为您留到11月30日 20:00"),
            ("进行中", "逾期未确认", Tone::Late, "专柜应在明天 18:00 前备妥"),
            ("进行中", "专柜备货中", Tone::Waiting, "专柜须在明天 18:00 前备妥"),
            ("已结束", "已取走", Tone::Over, "11月22日"),
            ("已结束", "已取消", Tone::Over, "11月22日，积分已退回"),
            ("已结束", "保留期已过", Tone::Over, "11月22日，积分已退回"),
            ("已结束", "专柜没能备妥", Tone::Late, "11月22日，积分已退回"),
        ]
    );
    let first = &groups[0].cards[0];
    assert_eq!(
        (first.name.as_str(), first.counter.as_str(), first.path.as_str()),
        ("清润旅行套装 · 清爽型", "久光专柜", "/reservations/r1")
    );
}

#[test]
fn who_has_none_is_led_to_the_gifts() {
    let shown = shown(&open(&fixtures::nothing()));
    assert_eq!(shown.none.unwrap().link.path, "/gifts");
    assert!(shown.groups.is_empty() && shown.more.is_none());
}

#[test]
fn there_is_more_page_by_page() {
    let mut shell = open(&fixtures::page_of(&[fixtures::reservation(ZhCn)], Some("c1")));
    assert_eq!(shown(&shell).more.unwrap().label, "更早的预约");
    shell.send(Event::More).send(Event::More);
    let more = "GET /reservations?limit=20&cursor=c1";
    assert_eq!(shell.asked(), [more]);
    assert!(shown(&shell).more.unwrap().busy);
    shell.lose(more);
    assert_eq!(shown(&shell).alert.unwrap().title, "连不上网络");
    shell.send(Event::More).answer(more, &fixtures::page_of(&[fixtures::ended("cancelled", ZhCn)], None));
    assert_eq!((shown(&shell).groups.len(), shown(&shell).more, shown(&shell).alert), (2, None, None));
    assert_eq!(shell.said, ["又加载了 1 份"]);
}

#[test]
fn a_late_page_after_the_first_came_anew_is_dropped() {
    let mut shell = open(&fixtures::page_of(&[fixtures::reservation(ZhCn)], Some("c1")));
    shell.send(Event::More).send(Event::CameBack);
    shell.answer(ASK, &fixtures::page_of(&[fixtures::reservation_of(&READY, ZhCn)], Some("c2")));
    shell.answer("GET /reservations?limit=20&cursor=c1", &fixtures::page_of(&[fixtures::ended("failed", ZhCn)], None));
    assert_eq!(shown(&shell).groups.len(), 1);
}

#[test]
fn what_did_not_come_is_asked_for_again() {
    let mut shell = Shell::<Reservations>::open((), env(ZhCn));
    shell.lose(ASK).find_pass(None).send(Event::Retry).answer(ASK, &fixtures::nothing()).send(Event::CameBack);
    assert_eq!(shell.asked(), [ASK]);
    shell.refuse(ASK, Code::SessionMissing);
    assert_eq!(shell.went, [sign_in("/reservations", false)]);
}

fn way_out(shell: &Shell<Reservations>) -> (String, String) {
    match shell.view().body {
        Body::Trouble(Trouble { way_out: Some(link), .. }) => (link.label, link.path),
        other => panic!("{other:?}"),
    }
}

#[test]
fn without_a_network_a_pass_that_is_kept_is_one_tap_away() {
    let mut shell = Shell::<Reservations>::open((), env(ZhCn));
    shell.lose(ASK);
    assert!(matches!(shell.view().body, Body::Loading(_)), "what is under her thumb must not change");
    shell.find_pass(Some(&fixtures::pass(ZhCn)));
    let pass = ("打开存在手机上的提货凭证".to_owned(), "/reservations/r1/pass".to_owned());
    assert_eq!(way_out(&shell), pass);
    shell.send(Event::Retry);
    assert!(matches!(shell.view().body, Body::Loading(_)));
    shell.lose(ASK);
    assert_eq!(way_out(&shell), pass, "it was found before");
    // It may have been wiped since.
    shell.find_pass(None);
    assert_eq!(way_out(&shell).1, "/");
    shell.send(Event::Retry).answer(ASK, &fixtures::page_of(&[fixtures::reservation(ZhCn)], None));
    shell.send(Event::CameBack).lose(ASK);
    assert_eq!(shown(&shell).groups.len(), 1, "what is there stays, older than it should be");
}

#[test]
fn a_pass_whose_time_is_over_is_offered_nowhere_and_wiped() {
    let pass = |until| fixtures::pass_of("r1", "v1", until, ZhCn);
    let mut shell = Shell::<Reservations>::open((), env(ZhCn));
    shell.lose(ASK).find_pass(Some(&pass("2026-11-22T01:41:07Z")));
    assert_eq!((way_out(&shell).1.as_str(), shell.kept.as_slice()), ("/", [None].as_slice()));
    // A cold start without signal: nobody knows what time it is.
    let mut shell = Shell::<Reservations>::open((), env(ZhCn));
    let clock = shell.env.clock.take();
    shell.lose(ASK).find_pass(Some(&pass("2026-11-22T01:41:07Z")));
    assert_eq!((way_out(&shell).1.as_str(), shell.kept.len()), ("/reservations/r1/pass", 0));
    shell.env.clock = clock;
    assert_eq!(way_out(&shell).1, "/");
    let mut shell = Shell::<Reservations>::open((), env(ZhCn));
    shell.lose(ASK).find_pass(Some("{}"));
    assert_eq!(way_out(&shell).1, "/");
}

#[test]
fn it_is_in_her_language_and_never_expires() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let mut shell = Shell::<Reservations>::open((), env(locale));
        shell.answer(ASK, &fixtures::page_of(&every_kind(locale), Some("c1")));
        reading::shown("reservations", &shell.view(), chinese);
        // That word is for points alone.
        for (field, text) in reading::texts(&shell.view()) {
            assert!(!text.contains("到期") && !text.to_lowercase().contains("expire"), "{field}: {text}");
        }
        let mut shell = Shell::<Reservations>::open((), env(locale));
        shell.answer(ASK, &fixtures::nothing());
        reading::shown("no reservations", &shell.view(), chinese);
        let mut shell = Shell::<Reservations>::open((), env(locale));
        shell.lose(ASK).find_pass(Some(&fixtures::pass(locale)));
        reading::shown("reservations without a network", &shell.view(), chinese);
    }
}

#[test]
fn a_kept_pass_of_one_that_has_ended_is_wiped_here_too() {
    let of = |id: &str| fixtures::pass_of(id, "v1", "2026-11-30T12:00:00Z", ZhCn);
    let mut shell = open(&fixtures::page_of(&[fixtures::ended("collected", ZhCn)], None));
    shell.find_pass(Some(&of("r1")));
    assert_eq!(shell.kept, [None]);
    let mut shell = open(&fixtures::page_of(&[fixtures::ended("collected", ZhCn)], None));
    shell.find_pass(Some(&of("another")));
    assert_eq!(shell.kept, []);
    let mut shell = open(&fixtures::page_of(&[fixtures::ended("collected", ZhCn)], None));
    shell.find_pass(None);
    assert_eq!(shell.kept, []);
}
