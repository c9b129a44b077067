use catalogue::Locale::{self, En, ZhCn};
use contract::Code;

use super::*;
use crate::staff::standing::Standing;
use crate::staff::testing::{self, COUNTER, DESK, LIGHT, RICH, Reserved, VARIANT_RICH};
use crate::staff::work::{Event as Do, Step};
use crate::testing::{Shell, env, problem, reading};
use crate::{Env, Navigation};

const FIND: &str = "POST /staff/pickups/lookup";
const COLLECT: &str = "POST /staff/pickups/r1/collect";
const OFFER: &str = "POST /staff/pickups/r1/exchange";
const LOOK: &str = "GET /staff/reservations/r1";

const QR: &str = "SY1.K7M2QX9RT.aB-_9";

fn ready() -> Reserved {
    Reserved { state: "ready", ..Reserved::default() }
}

fn open(locale: Locale) -> Shell<Pickup> {
    Shell::open(testing::on_duty(COUNTER, locale), env(locale))
}

/// The pass was scanned, and this is whose it is.
fn found(reserved: &Reserved, locale: Locale) -> Shell<Pickup> {
    let mut shell = open(locale);
    shell.send(Event::Scan).scan(Scanned::Read(QR.to_owned())).answer(FIND, &reserved.json(locale));
    shell
}

fn act(shell: &mut Shell<Pickup>, event: Do) -> &mut Shell<Pickup> {
    shell.send(Event::Work(event))
}

fn asking(shell: &Shell<Pickup>) -> Asking {
    match shell.view() {
        View::Asking(asking) => asking,
        other => panic!("{other:?}"),
    }
}

fn found_view(shell: &Shell<Pickup>) -> Found {
    match shell.view() {
        View::Found(found) => found,
        other => panic!("{other:?}"),
    }
}

fn typed(shell: &mut Shell<Pickup>, text: &str) {
    shell.send(Event::Typed(text.to_owned()));
}

#[test]
fn from_pass_to_unit_to_collected_to_the_next() {
    let mut shell = open(ZhCn);
    shell.send(Event::Scan).send(Event::Scan);
    assert!(!asking(&shell).scan.can_submit);
    shell.scan(Scanned::Read(QR.to_owned()));
    assert_eq!(shell.request().body.as_deref(), Some(r#"{"code":"SY1.K7M2QX9RT.aB-_9"}"#));
    assert!(asking(&shell).submit.busy);
    shell.answer(FIND, &ready().json(ZhCn));
    let view = found_view(&shell);
    assert_eq!((view.summary.gift.as_str(), view.summary.member.as_str()), ("焕亮精华", "林*"));
    assert_eq!((view.summary.variant.label.as_str(), view.summary.variant.mark.as_str()), ("清爽型", "蓝色标记"));
    assert_eq!(view.summary.state.deadline, "为会员留到11月26日 20:00");
    assert_eq!((view.done, view.next.label.as_str()), (false, "换一张凭证"));
    assert_eq!(shell.said, ["已找到预约"]);
    act(&mut shell, Do::Scan).scan(Scanned::Read(LIGHT.to_owned())).make_key("k1");
    assert_eq!(shell.request().idempotency_key.as_deref(), Some("k1"));
    assert!(!found_view(&shell).next.can_submit);
    shell.send(Event::Next);
    shell.answer(COLLECT, &Reserved { state: "collected", ..ready() }.json(ZhCn));
    let view = found_view(&shell);
    assert_eq!((view.done, view.next.label.as_str(), view.refusal), (true, "下一位", None));
    assert_eq!(view.work.told.unwrap().title, "已交付");
    assert_eq!(shell.signals, [Signal::Good]);
    shell.send(Event::Next);
    assert_eq!((asking(&shell).field.value.as_str(), shell.focused.last()), ("", Some(&CODE)));
}

#[test]
fn a_code_is_typed_in_groups_and_sent_plainly() {
    let mut shell = open(ZhCn);
    typed(&mut shell, "k7m2");
    assert_eq!(asking(&shell).field.value, "K7M 2");
    typed(&mut shell, "K7M 2qx9rt");
    shell.send(Event::Submit).send(Event::Submit);
    assert_eq!(shell.request().body.as_deref(), Some(r#"{"code":"K7M2QX9RT"}"#));
    typed(&mut shell, "x");
    assert_eq!(asking(&shell).field.value, "K7M 2QX 9RT", "what is on its way is not edited");
}

#[test]
fn a_slip_of_the_finger_does_not_cost_a_try() {
    let mut shell = open(ZhCn);
    for (text, error) in [
        ("", "请扫凭证，或输入取货码。"),
        ("K7M2", "取货码一共 9 位，请再对一遍。"),
        ("K7M2QX9RO", "取货码里没有 0、1、I、L、O、U，请再对一遍。"),
    ] {
        typed(&mut shell, text);
        shell.send(Event::Submit);
        assert_eq!(asking(&shell).field.error.unwrap().text, error);
    }
    assert!(shell.asked().is_empty());
    typed(&mut shell, "K");
    assert_eq!(asking(&shell).field.error, None);
}

#[test]
fn whatever_hinders_the_camera_the_code_can_be_typed() {
    for (scanned, title) in [
        (Scanned::Read(LIGHT.to_owned()), "这不是提货凭证"),
        (Scanned::Forbidden, "没有使用相机的许可"),
        (Scanned::Unavailable, "这台设备没有可用的相机"),
    ] {
        let mut shell = open(ZhCn);
        shell.send(Event::Scan).scan(scanned);
        assert_eq!(asking(&shell).alert.unwrap().title, title);
        assert!(shell.asked().is_empty());
    }
    let mut shell = open(ZhCn);
    shell.send(Event::Scan).scan(Scanned::Closed);
    assert_eq!((asking(&shell).alert, asking(&shell).scan.can_submit), (None, true));
}

#[test]
fn a_wrong_code_says_how_to_go_on() {
    let mut shell = open(ZhCn);
    typed(&mut shell, "K7M2QX9RT");
    shell.send(Event::Submit).refuse(FIND, Code::PickupCodeWrong);
    let view = asking(&shell);
    assert_eq!((view.alert.unwrap().title.as_str(), view.ways.len()), ("title of pickup-code-wrong", 3));
    assert_eq!(view.field.value, "K7M 2QX 9RT", "to be compared with what she reads out");
    assert_eq!((shell.signals.as_slice(), shell.focused.as_slice()), ([Signal::Bad].as_slice(), [CODE].as_slice()));
    typed(&mut shell, "K7M 2QX 9R");
    assert_eq!((asking(&shell).alert, asking(&shell).ways), (None, Vec::new()));
}

#[test]
fn a_pass_whose_time_is_over_is_no_wrong_code() {
    let mut shell = open(ZhCn);
    shell.send(Event::Scan).scan(Scanned::Read(QR.to_owned())).refuse(FIND, Code::ReservationState);
    assert_eq!((asking(&shell).alert.unwrap().title.as_str(), asking(&shell).ways), ("这张凭证已经结束", Vec::new()));
}

#[test]
fn locked_it_says_until_when_and_opens_by_itself() {
    let mut shell = open(ZhCn);
    typed(&mut shell, "K7M2QX9RT");
    shell.send(Event::Submit).reply(FIND, problem(Code::PickupLocked, r#","retry_after":600"#));
    let view = asking(&shell);
    assert_eq!(view.alert.unwrap().detail, "输错太多，查询锁定到今天 09:51。");
    assert_eq!(
        (view.submit.label.as_str(), view.submit.can_submit, view.scan.can_submit),
        ("还需 10 分钟", false, false)
    );
    assert_eq!(view.ways.len(), 2);
    shell.send(Event::Submit).send(Event::Scan);
    typed(&mut shell, "K7M2QX9R");
    assert!(shell.asked().is_empty() && !shell.is_scanning());
    assert!(asking(&shell).alert.is_some(), "typing opens no lock");
    shell.pass(560);
    shell.wait();
    assert_eq!(asking(&shell).submit.label, "还需 39 秒");
    shell.pass(600);
    shell.wait();
    assert!(asking(&shell).submit.can_submit && !shell.is_waiting());
}

#[test]
fn a_lost_look_up_is_simply_tried_again() {
    let mut shell = open(ZhCn);
    typed(&mut shell, "K7M2QX9RT");
    shell.send(Event::Submit).lose(FIND);
    assert_eq!(asking(&shell).alert.unwrap().title, "连不上网络");
    shell.send(Event::Submit).answer(FIND, &ready().json(ZhCn));
    found_view(&shell);
}

#[test]
fn the_wrong_unit_is_not_handed_over_and_may_be_what_she_wants() {
    let mut shell = found(&ready(), ZhCn);
    act(&mut shell, Do::Scan).scan(Scanned::Read(RICH.to_owned())).make_key("k1");
    shell.reply(COLLECT, testing::mismatch(RICH, ZhCn));
    let view = found_view(&shell);
    let Step::Mismatch(wrong) = view.work.step else { panic!() };
    assert_eq!((view.done, wrong.offer.as_deref()), (false, Some("会员想换成这一种")));
    assert_eq!((view.work.offer, view.work.give_up), (None, None), "nothing else on the page");
    act(&mut shell, Do::OfferOther);
    let Step::Choosing(choosing) = found_view(&shell).work.step else { panic!() };
    assert!(choosing.others[0].chosen);
    act(&mut shell, Do::Ask).make_key("k2");
    let waits = Reserved { exchange: Some((VARIANT_RICH, "2026-11-22T01:56:07Z")), ..ready() };
    shell.answer(OFFER, &waits.json(ZhCn));
    assert!(matches!(found_view(&shell).work.step, Step::Waiting { .. }));
    act(&mut shell, Do::Scan);
    assert!(!shell.is_scanning(), "nothing is handed over while she is asked");
    for _ in 0..3 {
        shell.wait();
    }
    let exchanged = Reserved {
        light: false,
        history: &[r#"{"at":"2026-11-22T01:42:00Z","what":"exchanged","by":"member","name":null,"note":null}"#],
        ..ready()
    };
    shell.answer(LOOK, &exchanged.json(ZhCn));
    let view = found_view(&shell);
    assert_eq!(view.work.told.unwrap().title, "会员同意换成滋润型");
    assert!(matches!(view.work.step, Step::Unit(_)));
    assert_eq!(view.summary.variant.label, "滋润型", "now that one is to be scanned");
    act(&mut shell, Do::Scan).scan(Scanned::Read(RICH.to_owned())).make_key("k3");
    shell.answer(COLLECT, &Reserved { state: "collected", light: false, ..ready() }.json(ZhCn));
    assert!(found_view(&shell).done);
}

#[test]
fn a_lost_reply_of_handing_over_is_asked_for_again_under_the_same_key() {
    let mut shell = found(&ready(), ZhCn);
    act(&mut shell, Do::Scan).scan(Scanned::Read(LIGHT.to_owned())).make_key("k1");
    let first = shell.request().clone();
    shell.lose(COLLECT);
    assert!(found_view(&shell).next.can_submit, "whoever can't wait finds it under today");
    act(&mut shell, Do::SubmitUnit);
    assert_eq!(shell.request(), &first);
    shell.answer(COLLECT, &Reserved { state: "collected", ..ready() }.json(ZhCn));
    assert!(found_view(&shell).done);
}

#[test]
fn what_ended_meanwhile_is_not_handed_over() {
    let mut shell = found(&ready(), ZhCn);
    act(&mut shell, Do::Scan)
        .scan(Scanned::Read(LIGHT.to_owned()))
        .make_key("k1")
        .refuse(COLLECT, Code::ReservationState);
    shell.answer(LOOK, &Reserved { state: "cancelled", ..ready() }.json(ZhCn));
    let view = found_view(&shell);
    assert_eq!(view.refusal.unwrap().text(ZhCn), "现在不能交付。这份预约的状态是：已取消。");
    assert_eq!((view.summary.state.standing, view.work.step), (Standing::Ended, Step::Nothing));
    let mut shell = found(&ready(), ZhCn);
    shell.pass(5 * 86_400);
    assert!(found_view(&shell).refusal.is_some());
}

#[test]
fn a_pass_that_was_looked_up_long_ago_is_asked_for_again() {
    let mut shell = found(&ready(), ZhCn);
    act(&mut shell, Do::Scan).scan(Scanned::Read(LIGHT.to_owned())).make_key("k1").refuse(COLLECT, Code::PassNotShown);
    assert_eq!(asking(&shell).alert.unwrap().title, "title of pass-not-shown");
    assert_eq!((shell.signals.last(), shell.focused.last()), (Some(&Signal::Bad), Some(&CODE)));
    shell.send(Event::Scan).scan(Scanned::Read(QR.to_owned())).answer(FIND, &ready().json(ZhCn));
    act(&mut shell, Do::Scan).scan(Scanned::Read(LIGHT.to_owned())).make_key("k2");
    assert_eq!(shell.request().idempotency_key.as_deref(), Some("k2"));
}

#[test]
fn who_works_at_no_counter_is_told_where_it_is_done() {
    let shell = Shell::<Pickup>::open(testing::on_duty(DESK, ZhCn), env(ZhCn));
    let View::Nowhere { trouble, .. } = shell.view() else { panic!() };
    assert_eq!((trouble.title.as_str(), trouble.retry), ("取货在专柜办理", None));
}

#[test]
fn a_session_that_ends_leads_to_signing_in() {
    let mut shell = Shell::<Pickup>::open(testing::on_duty(COUNTER, ZhCn), Env { signed_in: true, ..env(ZhCn) });
    typed(&mut shell, "K7M2QX9RT");
    shell.send(Event::Submit).refuse(FIND, Code::StaffSessionMissing);
    assert_eq!(shell.went, [Navigation::AfterSessionChange("/staff/sign-in?back=/staff/pickup&ended=1".to_owned())]);
}

#[test]
fn events_of_another_step_do_nothing() {
    let mut shell = open(ZhCn);
    act(&mut shell, Do::Scan);
    shell.send(Event::Next).send(Event::Tick);
    assert!(!shell.is_scanning());
    let mut shell = found(&ready(), ZhCn);
    shell.send(Event::Scan).send(Event::Submit);
    typed(&mut shell, "x");
    assert!(!shell.is_scanning() && shell.asked().is_empty());
}

#[test]
fn every_step_is_in_both_languages() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let check = |page: &str, shell: &Shell<Pickup>| reading::check(page, &shell.view(), chinese);
        check("nowhere", &Shell::open(testing::on_duty(DESK, locale), env(locale)));
        let mut shell = open(locale);
        check("asking", &shell);
        shell.send(Event::Submit);
        check("empty", &shell);
        typed(&mut shell, "234567892");
        shell.send(Event::Submit);
        check("looking", &shell);
        shell.lose(FIND);
        check("lost", &shell);
        shell.send(Event::Scan).scan(Scanned::Forbidden);
        check("no camera", &shell);
        shell.send(Event::Scan).scan(Scanned::Read("x".to_owned()));
        check("no pass", &shell);
        shell.send(Event::Submit).refuse(FIND, Code::ReservationState);
        check("over", &shell);
        let shell = found(&Reserved { state: "collected", ..ready() }, locale);
        check("collected", &shell);
        check("cancelled", &found(&Reserved { state: "cancelled", ..ready() }, locale));
        let mut shell = found(&ready(), locale);
        check("found", &shell);
        act(&mut shell, Do::Scan).scan(Scanned::Read(RICH.to_owned())).make_key("k1");
        shell.reply(COLLECT, testing::mismatch(RICH, locale));
        check("mismatch", &shell);
        act(&mut shell, Do::Again);
        act(&mut shell, Do::Scan).scan(Scanned::Read(LIGHT.to_owned())).make_key("k2");
        shell.answer(COLLECT, &Reserved { state: "collected", ..ready() }.json(locale));
        check("done", &shell);
    }
}
