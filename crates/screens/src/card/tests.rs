use catalogue::Locale::{En, ZhCn};
use contract::Code;

use super::*;
use crate::testing::{Shell, env, fixtures, instant, reading, sign_in};

const ASK: &str = "GET /me/card";
const NOW: &str = "2026-11-22T01:41:07Z";

fn open() -> Shell<Card> {
    let mut shell = Shell::<Card>::open((), env(ZhCn));
    shell.answer(ASK, &fixtures::card_token("880122310047123456", NOW));
    shell
}

fn face(shell: &Shell<Card>) -> Face {
    match shell.view().body {
        Body::Shown { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

fn countdown(shell: &Shell<Card>) -> String {
    match face(shell).code {
        CodeView::Valid { countdown, .. } => countdown,
        other => panic!("{other:?}"),
    }
}

#[test]
fn number_barcode_and_qr_code_are_there() {
    let face = face(&open());
    assert_eq!((face.number.as_str(), face.as_of.as_str()), ("8801 2231 0047", "截至今天 09:41"));
    let CodeView::Valid { barcode, qr, countdown } = face.code else { panic!() };
    assert_eq!(countdown, "60 秒后更新");
    assert_eq!((barcode.unwrap().label.as_str(), qr.unwrap().label.as_str()), ("会员条形码", "会员二维码"));
}

#[test]
fn the_number_is_copied_as_it_is_typed() {
    let mut shell = Shell::<Card>::open((), env(ZhCn));
    shell.send(Event::Copy);
    assert!(!shell.is_copying(), "not known yet");
    shell.answer(ASK, &fixtures::card_token("880122310047123456", NOW));
    shell.send(Event::Copy);
    assert_eq!((face(&shell).copy.as_str(), shell.said.len()), ("复制卡号", 0), "it is not there yet");
    assert_eq!(shell.copy(true), "880122310047");
    assert_eq!(shell.said, ["已复制"]);
    assert_eq!(face(&shell).copy, "已复制", "for those who hear nothing");
    shell.pass(3600);
    shell.send(Event::CameBack).send(Event::Copy);
    assert_eq!(shell.copy(true), "880122310047", "the number outlives the code");
    shell.answer(ASK, &fixtures::card_token("880122310047654321", "2026-11-22T02:41:07Z"));
    assert_eq!(face(&shell).copy, "复制卡号", "and can be copied again");
}

#[test]
fn what_was_not_copied_is_not_said_to_be() {
    let mut shell = Shell::<Card>::open((), env(ZhCn));
    shell.answer(ASK, &fixtures::card_token("880122310047123456", NOW)).send(Event::Copy);
    shell.copy(false);
    assert_eq!((face(&shell).copy.as_str(), shell.said.len()), ("复制卡号", 0));
}

#[test]
fn the_next_code_is_there_before_the_old_one_ends() {
    let mut shell = open();
    for left in (6..60).rev() {
        shell.wait();
        assert_eq!(countdown(&shell), format!("{left} 秒后更新"));
        assert_eq!(shell.asked(), Vec::<String>::new());
    }
    shell.wait();
    assert_eq!(shell.asked(), [ASK]);
    shell.wait();
    assert_eq!(shell.asked(), [ASK], "asked once");
    let before = face(&shell).code;
    shell.answer(ASK, &fixtures::card_token("880122310047654321", "2026-11-22T01:42:03Z"));
    assert_eq!(countdown(&shell), "60 秒后更新");
    assert_ne!(face(&shell).code, before);
    shell.wait();
    assert_eq!(countdown(&shell), "59 秒后更新", "one clock ticks, not two");
}

#[test]
fn an_expired_code_is_never_shown_as_valid() {
    let mut shell = open();
    for _ in 0..55 {
        shell.wait();
    }
    shell.lose(ASK);
    assert_eq!(countdown(&shell), "5 秒后更新", "what is good is shown to its end");
    for _ in 0..5 {
        shell.wait();
    }
    let CodeView::Covered(trouble) = face(&shell).code else { panic!() };
    assert_eq!((trouble.title.as_str(), trouble.retry.as_deref()), ("会员码已失效", Some("重试")));
    assert_eq!(face(&shell).number, "8801 2231 0047", "the number can still be read out");
}

#[test]
fn while_the_network_is_away_it_asks_again_by_itself() {
    let mut shell = open();
    for _ in 0..55 {
        shell.wait();
    }
    shell.lose(ASK);
    for _ in 0..BETWEEN_ATTEMPTS {
        shell.wait();
    }
    assert_eq!(shell.asked(), Vec::<String>::new());
    shell.wait();
    assert_eq!(shell.asked(), [ASK]);
    assert!(matches!(face(&shell).code, CodeView::Renewing(_)));
    shell.answer(ASK, &fixtures::card_token("880122310047654321", "2026-11-22T01:42:09Z"));
    assert!(matches!(face(&shell).code, CodeView::Valid { .. }));
}

#[test]
fn she_can_ask_again_herself_and_taps_count_once() {
    let mut shell = open();
    for _ in 0..55 {
        shell.wait();
    }
    shell.lose(ASK).send(Event::Retry).send(Event::Retry);
    assert_eq!(shell.asked(), [ASK]);
}

#[test]
fn a_phone_that_slept_wakes_up_to_a_covered_code() {
    let mut shell = open();
    shell.pass(3600);
    assert!(matches!(face(&shell).code, CodeView::Renewing(_)), "before any tick");
    shell.send(Event::CameBack);
    assert_eq!(shell.asked(), [ASK]);
}

#[test]
fn coming_back_to_a_good_code_asks_for_nothing() {
    let mut shell = open();
    shell.send(Event::CameBack).send(Event::Retry);
    assert_eq!(shell.asked(), Vec::<String>::new());
}

#[test]
fn an_answer_that_took_long_is_that_much_older() {
    let mut shell = Shell::<Card>::open((), env(ZhCn));
    shell.answer(ASK, &fixtures::card_token("880122310047123456", "2026-11-22T01:40:47Z"));
    assert_eq!(countdown(&shell), "40 秒后更新");
}

#[test]
fn without_a_clock_the_seconds_are_counted() {
    let mut shell = Shell::<Card>::open((), Env { clock: None, ..env(ZhCn) });
    shell.answer(ASK, &fixtures::card_token("880122310047123456", NOW));
    for _ in 0..60 {
        assert!(matches!(face(&shell).code, CodeView::Valid { .. }));
        shell.wait();
    }
    assert!(matches!(face(&shell).code, CodeView::Renewing(_)));
    assert_eq!(instant(NOW).to_string(), NOW);
}

#[test]
fn a_first_failure_offers_a_retry() {
    let mut shell = Shell::<Card>::open((), env(ZhCn));
    shell.lose(ASK);
    assert!(matches!(shell.view().body, Body::Trouble(_)));
    assert!(!shell.is_waiting());
    shell.send(Event::Retry).send(Event::Retry);
    assert_eq!(shell.asked(), [ASK]);
}

#[test]
fn a_session_that_has_ended_leads_to_signing_in_and_back() {
    let mut shell = open();
    for _ in 0..55 {
        shell.wait();
    }
    shell.env.signed_in = true;
    shell.refuse(ASK, Code::SessionMissing);
    assert_eq!(shell.went, [sign_in("/card", true)]);
}

#[test]
fn it_is_in_her_language() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let mut shell = Shell::<Card>::open((), env(locale));
        reading::shown("card, loading", &shell.view(), chinese);
        shell.answer(ASK, &fixtures::card_token("880122310047123456", NOW));
        reading::shown("card", &shell.view(), chinese);
        shell.pass(60);
        reading::shown("card, renewing", &shell.view(), chinese);
        shell.send(Event::CameBack).lose(ASK);
        reading::shown("card, covered", &shell.view(), chinese);
    }
}
