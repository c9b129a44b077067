mod exchange;
mod give_up;

use catalogue::Locale::{self, En, ZhCn};
use contract::Code;

use super::*;
use crate::staff::testing::{self, COUNTER, LIGHT, MANAGER, RICH, Reserved, SECOND, STRANGE, VARIANT_RICH};
use crate::staff::work::{Event as Do, GiveUpView, MismatchView, Reason, Step, UnitStep};
use crate::testing::{Shell, env, problem, reading};
use crate::{Env, Navigation, Reply, Scanned, Signal};

const ASK: &str = "GET /staff/reservations/r1";
const READY: &str = "POST /staff/reservations/r1/ready";
const FAIL: &str = "POST /staff/reservations/r1/fail";
const OFFER: &str = "POST /staff/pickups/r1/exchange";

fn open(reserved: &Reserved, role: &str, locale: Locale) -> Shell<Reservation> {
    let params = Params { on_duty: testing::on_duty(role, locale), id: "r1".to_owned() };
    let mut shell = Shell::open(params, env(locale));
    shell.answer(ASK, &reserved.json(locale));
    shell
}

fn held() -> Shell<Reservation> {
    open(&Reserved::default(), COUNTER, ZhCn)
}

fn in_state(state: &'static str) -> Shell<Reservation> {
    open(&Reserved { state, ..Reserved::default() }, COUNTER, ZhCn)
}

fn act(shell: &mut Shell<Reservation>, event: Do) -> &mut Shell<Reservation> {
    shell.send(Event::Work(event))
}

/// Reads the barcode off a unit, up to the request.
fn read(shell: &mut Shell<Reservation>, barcode: &str, key: &str) {
    act(shell, Do::Scan).scan(Scanned::Read(barcode.to_owned())).make_key(key);
}

fn contents(shell: &Shell<Reservation>) -> Contents {
    match shell.view().body {
        Body::Shown { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

fn unit(shell: &Shell<Reservation>) -> UnitStep {
    match contents(shell).work.step {
        Step::Unit(step) => step,
        other => panic!("{other:?}"),
    }
}

fn mismatch(shell: &Shell<Reservation>) -> MismatchView {
    match contents(shell).work.step {
        Step::Mismatch(mismatch) => mismatch,
        other => panic!("{other:?}"),
    }
}

fn give_up(shell: &Shell<Reservation>) -> GiveUpView {
    match contents(shell).work.step {
        Step::GivingUp(give_up) => give_up,
        other => panic!("{other:?}"),
    }
}

fn now_ready(locale: Locale) -> String {
    Reserved { state: "ready", ..Reserved::default() }.json(locale)
}

#[test]
fn it_says_what_to_put_aside_for_whom_and_by_when() {
    let shell = held();
    let contents = contents(&shell);
    let summary = &contents.summary;
    assert_eq!((summary.member.as_str(), summary.phone.as_str()), ("林*", "+86 138****0001"));
    assert_eq!((summary.state.label.as_str(), summary.state.deadline.as_str()), ("待备货", "今天 18:00 前备好"));
    assert_eq!((summary.counter.as_ref(), contents.pickup.as_ref()), (None, None));
    assert_eq!(contents.made, "300\u{a0}积分，11月21日 16:20 预约");
    assert_eq!(contents.history.len(), 1);
    assert_eq!(
        (summary.gift.as_str(), summary.variant.label.as_str(), summary.variant.colour),
        ("焕亮精华", "清爽型", "blue")
    );
    assert!(!format!("{:?}", shell.view()).contains("67892"), "its barcode is read off the box, not off the screen");
}

#[test]
fn the_right_unit_turns_the_pass_green() {
    let mut shell = held();
    act(&mut shell, Do::Scan);
    assert!(!unit(&shell).unit.scan.can_submit, "the camera is open");
    shell.scan(Scanned::Read(LIGHT.to_owned()));
    assert!(unit(&shell).unit.submit.busy);
    shell.make_key("k1");
    let request = shell.request();
    assert_eq!(request.body.as_deref(), Some(r#"{"barcode":"6901234567892"}"#));
    assert_eq!(request.idempotency_key.as_deref(), Some("k1"));
    shell.answer(READY, &now_ready(ZhCn));
    let contents = contents(&shell);
    assert_eq!((contents.work.told.unwrap().title.as_str(), contents.work.good), ("已备好", true));
    assert_eq!((contents.summary.state.standing, contents.work.step), (Standing::Ready, Step::Nothing));
    assert_eq!(contents.pickup.unwrap().path, "/staff/pickup");
    assert_eq!(
        (shell.signals.as_slice(), shell.focused.as_slice()),
        ([Signal::Good].as_slice(), [work::TOLD].as_slice())
    );
    assert!(shell.said[0].starts_with("已备好"));
}

#[test]
fn a_scanner_that_types_does_as_well() {
    let mut shell = held();
    act(&mut shell, Do::SubmitUnit);
    assert_eq!(unit(&shell).unit.field.error.unwrap().text, "请扫码，或输入条码下的 13 位数字。");
    act(&mut shell, Do::UnitTyped(LIGHT.to_owned()));
    act(&mut shell, Do::SubmitUnit).make_key("k1").answer(READY, &now_ready(ZhCn));
    assert_eq!(shell.signals, [Signal::Good]);
}

#[test]
fn however_often_it_is_scanned_it_is_sent_once() {
    let mut shell = held();
    act(&mut shell, Do::Scan);
    act(&mut shell, Do::Scan).scan(Scanned::Read(LIGHT.to_owned()));
    act(&mut shell, Do::Scan);
    act(&mut shell, Do::SubmitUnit).make_key("k1");
    act(&mut shell, Do::UnitTyped(RICH.to_owned()));
    act(&mut shell, Do::SubmitUnit);
    assert_eq!((shell.asked(), shell.is_scanning(), shell.wants_key()), (vec![READY.to_owned()], false, false));
}

#[test]
fn the_wrong_unit_changes_nothing_and_is_unmistakable() {
    let mut shell = held();
    read(&mut shell, RICH, "k1");
    shell.reply(READY, testing::mismatch(RICH, ZhCn));
    let wrong = mismatch(&shell);
    assert_eq!(wrong.heading, "不是这一件");
    assert!(wrong.text.contains("没有任何变化"));
    assert_eq!((wrong.expected.variant.label.as_str(), wrong.expected.variant.colour), ("清爽型", "blue"));
    let scanned = wrong.scanned.unwrap();
    assert_eq!((scanned.variant.label.as_str(), scanned.variant.colour), ("滋润型", "amber"));
    assert_eq!((scanned.barcode.as_deref(), wrong.expected.barcode), (Some("6 901234 567908"), None));
    assert_eq!(shell.focused, [work::MISMATCH]);
    assert_eq!((wrong.unknown, wrong.offer), (None, None));
    assert_eq!(
        (shell.signals.as_slice(), shell.said.as_slice()),
        ([Signal::Bad].as_slice(), ["不是这一件".to_owned()].as_slice())
    );
    assert_eq!(contents(&shell).summary.state.standing, Standing::ToPutAside);
    act(&mut shell, Do::Again);
    assert_eq!(unit(&shell).unit.field.value, "", "nothing of the wrong one is left");
    read(&mut shell, LIGHT, "k2");
    assert_eq!(shell.request().idempotency_key.as_deref(), Some("k2"));
    shell.answer(READY, &now_ready(ZhCn));
    assert_eq!(shell.signals, [Signal::Bad, Signal::Good]);
}

#[test]
fn a_barcode_of_no_gift_is_the_wrong_unit_too() {
    let mut shell = held();
    read(&mut shell, STRANGE, "k1");
    shell.reply(READY, testing::mismatch(STRANGE, ZhCn));
    let wrong = mismatch(&shell);
    assert_eq!((wrong.scanned, wrong.unknown.unwrap().as_str()), (None, "没有礼品用这个条码：4 006381 333931"));
}

#[test]
fn the_same_wrong_unit_again_is_another_scan() {
    let mut shell = held();
    for key in ["k1", "k2"] {
        read(&mut shell, RICH, key);
        assert_eq!(shell.request().idempotency_key.as_deref(), Some(key));
        shell.reply(READY, testing::mismatch(RICH, ZhCn));
        act(&mut shell, Do::Again);
    }
}

#[test]
fn a_pass_is_no_unit() {
    let mut shell = held();
    act(&mut shell, Do::Scan).scan(Scanned::Read("SY1.K7M2QX9RT.abc".to_owned()));
    assert_eq!(unit(&shell).unit.alert.unwrap().title, "这不是商品条码");
    assert_eq!((shell.signals.as_slice(), shell.asked().len()), ([Signal::Bad].as_slice(), 0));
}

#[test]
fn a_lost_reply_is_asked_for_again_under_the_same_key() {
    let mut shell = held();
    read(&mut shell, LIGHT, "k1");
    let first = shell.request().clone();
    for reply in
        [Reply::Lost, Reply::Answered { status: 502, body: String::new(), etag: None }, problem(Code::Internal, "")]
    {
        shell.reply(READY, reply);
        let step = unit(&shell);
        assert_eq!(step.alert.unwrap().title, "还不知道办成没有");
        assert_eq!((step.unit.submit.label.as_str(), step.unit.scan.can_submit), ("再试一次", false));
        act(&mut shell, Do::Scan);
        act(&mut shell, Do::UnitTyped(RICH.to_owned()));
        act(&mut shell, Do::SubmitUnit);
        assert_eq!(shell.request(), &first);
    }
    shell.answer(READY, &now_ready(ZhCn));
    assert_eq!(contents(&shell).summary.state.standing, Standing::Ready);
}

#[test]
fn a_first_copy_that_is_still_running_is_looked_after() {
    let mut shell = held();
    read(&mut shell, LIGHT, "k1");
    shell.refuse(READY, Code::IdempotencyInProgress);
    assert!(unit(&shell).unit.submit.busy);
    assert_eq!(shell.wait(), 1000);
    assert_eq!(shell.request().idempotency_key.as_deref(), Some("k1"));
    shell.answer(READY, &now_ready(ZhCn));
}

#[test]
fn what_has_changed_meanwhile_is_looked_at_and_said() {
    let mut shell = held();
    read(&mut shell, LIGHT, "k1");
    shell.refuse(READY, Code::ReservationState);
    assert_eq!(shell.signals, [Signal::Bad]);
    shell.answer(ASK, &Reserved { state: "cancelled", ..Reserved::default() }.json(ZhCn));
    let contents = contents(&shell);
    assert_eq!(contents.work.told.unwrap().title, "这份预约刚刚变了");
    assert_eq!((contents.summary.state.standing, contents.work.step), (Standing::Ended, Step::Nothing));
}

#[test]
fn another_refusal_is_said_where_it_happened_and_forgotten_with_the_next_try() {
    let mut shell = held();
    read(&mut shell, LIGHT, "k1");
    shell.refuse(READY, Code::RoleMissing);
    assert_eq!(unit(&shell).alert.unwrap().title, "title of role-missing");
    act(&mut shell, Do::UnitTyped("6".to_owned()));
    assert_eq!(unit(&shell).alert, None);
}

#[test]
fn a_hold_that_has_run_out_is_over_by_the_servers_clock() {
    let mut shell = held();
    shell.pass(5 * 86_400);
    let contents = contents(&shell);
    assert_eq!((contents.summary.state.label.as_str(), contents.work.step), ("保留期已过", Step::Nothing));
    assert_eq!((contents.work.offer, contents.work.give_up), (None, None));
    act(&mut shell, Do::Scan);
    act(&mut shell, Do::GiveUp);
    assert!(!shell.is_scanning());
}

#[test]
fn looking_again_keeps_what_is_being_typed() {
    let mut shell = held();
    act(&mut shell, Do::UnitTyped("690".to_owned()));
    shell.send(Event::CameBack).send(Event::Retry);
    assert_eq!(shell.asked(), [ASK]);
    shell.answer(ASK, &Reserved::default().json(ZhCn));
    assert_eq!(unit(&shell).unit.field.value, "690");
    shell.send(Event::CameBack).lose(ASK);
    let Body::Shown { banner, .. } = shell.view().body else { panic!() };
    assert!(banner.is_some());
}

#[test]
fn who_sees_every_counter_is_told_which_and_hands_nothing_over() {
    let shell = open(&Reserved { state: "ready", counter: SECOND, ..Reserved::default() }, MANAGER, ZhCn);
    let contents = contents(&shell);
    assert_eq!((contents.summary.counter.as_deref(), contents.pickup), (Some("杭州 · 湖滨专柜"), None));
    assert_eq!((contents.work.step, contents.work.offer), (Step::Nothing, None), "there is no unit in hand");
    assert!(contents.work.give_up.is_some(), "somebody may have phoned to say so");
    let mut shell = open(&Reserved::default(), MANAGER, ZhCn);
    act(&mut shell, Do::Scan);
    act(&mut shell, Do::OfferOther);
    assert!(!shell.is_scanning());
}

#[test]
fn a_session_that_ends_leads_to_signing_in_from_wherever_it_ends() {
    let to = Navigation::AfterSessionChange("/staff/sign-in?back=/staff/reservations/r1&ended=1".to_owned());
    let params = Params { on_duty: testing::on_duty(COUNTER, ZhCn), id: "r1".to_owned() };
    let mut shell = Shell::<Reservation>::open(params, Env { signed_in: true, ..env(ZhCn) });
    shell.refuse(ASK, Code::StaffSessionMissing);
    assert_eq!(shell.went.as_slice(), core::slice::from_ref(&to));
    let mut shell = held();
    shell.env.signed_in = true;
    read(&mut shell, LIGHT, "k1");
    shell.refuse(READY, Code::StaffSessionMissing);
    assert_eq!(shell.went, [to]);
}

#[test]
fn what_is_not_this_counters_is_not_there() {
    let params = Params { on_duty: testing::on_duty(COUNTER, ZhCn), id: "r1".to_owned() };
    let mut shell = Shell::<Reservation>::open(params, env(ZhCn));
    shell.refuse(ASK, Code::NotFound);
    let Body::Trouble(trouble) = shell.view().body else { panic!() };
    assert_eq!((trouble.title.as_str(), trouble.way_out.unwrap().path.as_str()), ("title of not-found", "/staff"));
    act(&mut shell, Do::Scan);
    assert!(!shell.is_scanning());
}

#[test]
fn every_step_is_in_both_languages() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let check = |page: &str, shell: &Shell<Reservation>| reading::check(page, &shell.view(), chinese);
        check("held, to a manager", &open(&Reserved::default(), MANAGER, locale));
        let mut shell = open(&Reserved::default(), COUNTER, locale);
        check("held", &shell);
        act(&mut shell, Do::SubmitUnit);
        check("no unit", &shell);
        read(&mut shell, RICH, "k1");
        check("sending", &shell);
        shell.reply(READY, testing::mismatch(RICH, locale));
        check("mismatch", &shell);
        act(&mut shell, Do::Again);
        read(&mut shell, STRANGE, "k2");
        shell.reply(READY, testing::mismatch(STRANGE, locale));
        check("mismatch, unknown", &shell);
        act(&mut shell, Do::GiveUp);
        act(&mut shell, Do::ConfirmGiveUp);
        check("giving up", &shell);
        act(&mut shell, Do::Reason(Reason::Other));
        act(&mut shell, Do::ConfirmGiveUp);
        check("giving up, other", &shell);
        act(&mut shell, Do::Leave);
        read(&mut shell, LIGHT, "k3");
        shell.lose(READY);
        check("unsure", &shell);
        act(&mut shell, Do::SubmitUnit);
        shell.answer(READY, &now_ready(locale));
        check("put aside", &shell);
        act(&mut shell, Do::OfferOther);
        check("choosing", &shell);
        act(&mut shell, Do::Ask).make_key("k4");
        let waits =
            Reserved { state: "ready", exchange: Some((VARIANT_RICH, "2026-11-22T01:56:07Z")), ..Reserved::default() };
        shell.answer(OFFER, &waits.json(locale));
        check("waiting", &shell);
        for _ in 0..3 {
            shell.wait();
        }
        shell.lose(ASK);
        check("waiting, blind", &shell);
        for _ in 0..3 {
            shell.wait();
        }
        shell.answer(ASK, &Reserved { state: "ready", light: false, ..Reserved::default() }.json(locale));
        check("exchanged", &shell);
        let mut shell = open(&Reserved::default(), COUNTER, locale);
        act(&mut shell, Do::GiveUp);
        act(&mut shell, Do::Reason(Reason::Missing));
        act(&mut shell, Do::ConfirmGiveUp).make_key("k5");
        shell.answer(FAIL, &Reserved { state: "failed", ..Reserved::default() }.json(locale));
        check("given up", &shell);
    }
}
