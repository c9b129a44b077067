use catalogue::Locale::{self, En, ZhCn};

use super::*;
use crate::testing::fixtures::gifts as fixtures;
use crate::testing::{Shell, env, reading, sign_in};
use crate::view::Body;

const ASK: &str = "GET /reservations/r1/pass";
const BECAME: &str = "GET /reservations/r1";

fn open_in(locale: Locale) -> Shell<Pass> {
    Shell::<Pass>::open("r1".to_owned(), env(locale))
}

fn live() -> Shell<Pass> {
    let mut shell = open_in(ZhCn);
    shell.find_pass(None).answer(ASK, &fixtures::pass(ZhCn));
    shell
}

/// Kept on this phone, and no network.
fn kept() -> Shell<Pass> {
    let mut shell = open_in(ZhCn);
    shell.find_pass(Some(&fixtures::pass(ZhCn))).lose(ASK);
    shell
}

fn good(shell: &Shell<Pass>) -> PassView {
    match shell.view().body {
        Body::Shown { content: Face::Good(pass), .. } => pass,
        other => panic!("{other:?}"),
    }
}

fn ended(shell: &Shell<Pass>) -> (String, Ended) {
    let view = shell.view();
    match view.body {
        Body::Shown { content: Face::Ended(ended), banner: None } => (view.heading, ended),
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_is_safe_to_travel_and_everything_for_the_counter_is_there() {
    let shell = live();
    assert_eq!(shell.view().heading, "可放心前往");
    let pass = good(&shell);
    assert_eq!(pass.good, "专柜已于今天 10:12 扫码备妥，为您留到11月30日 20:00");
    assert_eq!(pass.code, "K7Q 4MP 2XD");
    assert_eq!(pass.qr.unwrap().label, "取货二维码");
    assert_eq!((pass.variant.label.as_str(), pass.variant.colour), ("清爽型", "blue"));
    assert_eq!(pass.gift, "清润旅行套装\u{a0}×\u{a0}1");
    assert_eq!((pass.venue.name.as_str(), pass.venue.hours.as_str()), ("久光专柜", "10:00–22:00"));
    assert_eq!(pass.check, "取货时请与店员核对规格。取走之后，没有人可以收回。");
    assert_eq!((pass.kept, pass.keep.on), (None, false));
}

#[test]
fn it_is_kept_only_when_she_says_so() {
    let mut shell = live();
    assert_eq!(shell.kept, []);
    shell.send(Event::Keep(true));
    let text = shell.kept[0].clone().unwrap();
    assert_eq!(json::decode::<Known>(&text).unwrap().code, "K7Q4MP2XD");
    assert_eq!((good(&shell).kept.as_deref(), good(&shell).keep.on), (Some("离线可用"), true));
    shell.send(Event::Keep(false));
    assert_eq!((shell.kept[1].clone(), good(&shell).keep.on), (None, false));
}

#[test]
fn what_the_phone_does_not_keep_is_not_said_to_be_kept() {
    let mut shell = live();
    shell.send(Event::Keep(true)).find_pass(None);
    assert_eq!((good(&shell).kept, good(&shell).keep.on), (None, false));
    shell.send(Event::Keep(true));
    let text = shell.kept[1].clone();
    shell.find_pass(text.as_deref());
    assert_eq!((good(&shell).kept.as_deref(), good(&shell).keep.on), (Some("离线可用"), true));
    // Switched off again before the phone has answered.
    shell.send(Event::Keep(true)).send(Event::Keep(false)).find_pass(text.as_deref());
    assert!(!good(&shell).keep.on);
}

#[test]
fn what_is_kept_opens_without_a_network_and_says_since_when_it_is_true() {
    let shell = kept();
    let Body::Shown { banner, .. } = shell.view().body else { panic!() };
    assert_eq!(banner.unwrap().text, "没有网络，这是存在手机上的凭证。截至今天 09:41");
    let pass = good(&shell);
    assert_eq!((pass.code.as_str(), pass.keep.on), ("K7Q 4MP 2XD", true));
    assert!(shell.is_waiting(), "and asks again");
}

#[test]
fn it_is_shown_before_the_server_answers_and_renewed_when_it_does() {
    let mut shell = open_in(ZhCn);
    shell.find_pass(Some(&fixtures::pass(ZhCn)));
    assert_eq!(good(&shell).variant.label, "清爽型");
    shell.answer(ASK, &fixtures::pass_of("r1", "v2", "2026-11-30T12:00:00Z", ZhCn));
    assert_eq!(good(&shell).variant.label, "滋润型");
    assert_eq!(shell.kept.len(), 1, "what is kept is renewed, too");
    assert!(shell.kept[0].as_ref().unwrap().contains("\"v2\""));
    // In the other order.
    let mut shell = open_in(ZhCn);
    shell.answer(ASK, &fixtures::pass_of("r1", "v2", "2026-11-30T12:00:00Z", ZhCn));
    shell.find_pass(Some(&fixtures::pass(ZhCn)));
    assert_eq!((good(&shell).variant.label.as_str(), good(&shell).keep.on), ("滋润型", true));
    assert!(shell.kept[0].as_ref().unwrap().contains("\"v2\""));
}

#[test]
fn that_of_another_reservation_is_left_alone_and_said_to_be_there() {
    let mut shell = open_in(ZhCn);
    shell
        .find_pass(Some(&fixtures::pass_of("r2", "v1", "2026-11-30T12:00:00Z", ZhCn)))
        .answer(ASK, &fixtures::pass(ZhCn));
    assert!(good(&shell).keep.hint.unwrap().starts_with("这台手机上存着另一份预约的凭证"));
    assert_eq!(shell.kept, []);
    shell.send(Event::Keep(true));
    assert!(good(&shell).keep.hint.unwrap().starts_with("凭证会存在这台手机上"));
    let mut shell = open_in(ZhCn);
    shell.find_pass(Some(&fixtures::pass_of("r2", "v1", "2026-11-30T12:00:00Z", ZhCn))).lose(ASK);
    assert!(matches!(shell.view().body, Body::Trouble(_)), "it is not shown as this one's");
}

#[test]
fn what_is_kept_too_long_or_can_not_be_read_is_wiped() {
    for text in [fixtures::pass_of("r1", "v1", "2026-11-22T01:41:07Z", ZhCn), "{}".to_owned()] {
        let mut shell = open_in(ZhCn);
        shell.find_pass(Some(&text)).lose(ASK);
        assert_eq!(shell.kept, [None]);
        assert!(matches!(shell.view().body, Body::Trouble(_)));
    }
    // Before the server has said what time it is nobody knows: better a pass that the counter turns down than none.
    let mut shell = open_in(ZhCn);
    shell.env.clock = None;
    shell.find_pass(Some(&fixtures::pass_of("r1", "v1", "2020-01-01T00:00:00Z", ZhCn)));
    assert_eq!(good(&shell).code, "K7Q 4MP 2XD");
}

#[test]
fn once_collected_it_is_no_pass_any_more_and_wiped() {
    let mut shell = live();
    shell.send(Event::Keep(true));
    assert_eq!(shell.wait(), 20_000);
    shell.refuse(ASK, Code::PassNotReady);
    assert_eq!(shell.kept[1], None);
    assert_eq!(ended(&shell).0, "凭证已失效");
    shell.answer(BECAME, &fixtures::ended("collected", ZhCn));
    let (heading, face) = ended(&shell);
    assert_eq!((heading.as_str(), face.link.path.as_str()), ("已取走", "/reservations/r1"));
    assert_eq!(shell.said, ["已取走"]);
    shell.send(Event::Seen(false)).send(Event::Seen(true)).send(Event::Retry);
    assert_eq!(shell.asked(), Vec::<String>::new());
    assert!(!shell.is_waiting());
}

#[test]
fn what_became_of_it_is_said() {
    let moved = fixtures::reservation(ZhCn);
    for (body, heading) in [
        (fixtures::ended("cancelled", ZhCn), "已取消"),
        (fixtures::ended("expired", ZhCn), "保留期已过"),
        (fixtures::ended("failed", ZhCn), "专柜没能备妥"),
        (moved, "还没有凭证"),
    ] {
        let mut shell = open_in(ZhCn);
        shell.find_pass(None).refuse(ASK, Code::PassNotReady).answer(BECAME, &body);
        assert_eq!(ended(&shell).0, heading);
    }
    let mut shell = open_in(ZhCn);
    shell.find_pass(None).refuse(ASK, Code::NotFound).refuse(BECAME, Code::NotFound);
    assert_eq!(ended(&shell).0, "凭证已失效");
}

#[test]
fn it_is_green_while_it_is_good_and_where_she_has_the_gift() {
    assert!(live().view().green && kept().view().green);
    let mut over = kept();
    over.pass(9 * 24 * 3600);
    assert!(!over.view().green);
    let mut shell = open_in(ZhCn);
    assert!(!shell.view().green, "nobody knows yet");
    shell.find_pass(None).lose(ASK);
    assert!(!shell.view().green);
    for state in ["collected", "cancelled", "expired", "failed"] {
        let mut gone = live();
        gone.wait();
        gone.refuse(ASK, Code::PassNotReady);
        assert!(!gone.view().green);
        gone.answer(BECAME, &fixtures::ended(state, ZhCn));
        assert_eq!(gone.view().green, state == "collected", "{state}");
    }
}

#[test]
fn what_is_found_after_it_has_gone_is_wiped() {
    let mut shell = open_in(ZhCn);
    shell.refuse(ASK, Code::PassNotReady).find_pass(Some(&fixtures::pass(ZhCn)));
    assert_eq!(shell.kept, [None]);
    shell.lose(BECAME);
    assert_eq!(ended(&shell).0, "凭证已失效");
}

#[test]
fn that_there_is_none_yet_is_not_first_called_an_end() {
    let mut shell = open_in(ZhCn);
    shell.find_pass(None).refuse(ASK, Code::PassNotReady);
    assert!(matches!(shell.view().body, Body::Loading(_)));
    let mut shell = live();
    shell.wait();
    shell.refuse(ASK, Code::PassNotReady);
    assert_eq!(ended(&shell).0, "凭证已失效", "what was shown is not trusted a moment longer");
}

#[test]
fn its_time_runs_out_without_the_server_too() {
    let mut shell = kept();
    shell.env.clock = shell.env.clock.map(|clock| clock.after(9 * 24 * 3600));
    assert_eq!(ended(&shell).0, "凭证已失效");
}

#[test]
fn a_failure_keeps_it_and_asking_goes_on() {
    let mut shell = live();
    shell.wait();
    shell.lose(ASK);
    let Body::Shown { banner, .. } = shell.view().body else { panic!() };
    assert_eq!(banner.unwrap().text, "暂时连不上网络。截至今天 09:41。");
    assert_eq!(good(&shell).code, "K7Q 4MP 2XD");
    shell.send(Event::Retry);
    assert_eq!(shell.asked(), [ASK]);
}

#[test]
fn it_rests_while_she_looks_away() {
    let mut shell = live();
    shell.send(Event::Seen(false));
    shell.wait();
    assert_eq!(shell.asked(), Vec::<String>::new());
    shell.send(Event::Seen(true));
    assert_eq!(shell.asked(), [ASK]);
}

#[test]
fn without_anything_kept_no_network_is_trouble_with_a_way_out() {
    let mut shell = open_in(ZhCn);
    shell.lose(ASK);
    assert!(matches!(shell.view().body, Body::Loading(_)), "the pocket may still have it");
    shell.find_pass(None);
    let Body::Trouble(trouble) = shell.view().body else { panic!() };
    assert_eq!(trouble.way_out.unwrap().path, "/reservations/r1");
    shell.send(Event::Retry);
    assert!(matches!(shell.view().body, Body::Loading(_)));
    shell.answer(ASK, &fixtures::pass(ZhCn));
    assert_eq!(good(&shell).code, "K7Q 4MP 2XD");
}

#[test]
fn who_is_signed_out_keeps_nothing() {
    let mut shell = open_in(ZhCn);
    shell.find_pass(Some(&fixtures::pass(ZhCn))).refuse(ASK, Code::SessionMissing);
    assert_eq!(shell.kept, [None]);
    assert_eq!(shell.went, [sign_in("/reservations/r1/pass", false)]);
}

#[test]
fn it_is_in_her_language() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let mut shell = open_in(locale);
        shell.find_pass(Some(&fixtures::pass(locale))).lose(ASK);
        reading::shown("kept pass", &shell.view(), chinese);
        shell.send(Event::Retry).answer(ASK, &fixtures::pass(locale));
        reading::shown("pass", &shell.view(), chinese);
        for state in ["collected", "cancelled", "expired", "failed"] {
            let mut shell = open_in(locale);
            shell.find_pass(None).refuse(ASK, Code::PassNotReady);
            reading::shown("pass gone", &shell.view(), chinese);
            shell.answer(BECAME, &fixtures::ended(state, locale));
            reading::shown(state, &shell.view(), chinese);
        }
        let mut shell = open_in(locale);
        shell.find_pass(None).refuse(ASK, Code::PassNotReady).answer(BECAME, &fixtures::reservation(locale));
        reading::shown("not ready", &shell.view(), chinese);
    }
}
