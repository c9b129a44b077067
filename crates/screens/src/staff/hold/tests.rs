mod reload;

use catalogue::Locale::{self, En, ZhCn};
use contract::Code;

use super::*;
use crate::staff::testing::{self, COUNTER, DESK, Reserved, SECOND};
use crate::testing::{Shell, env, problem, reading};
use crate::view::{Alert, Body, Field};
use crate::{Env, Navigation, Reply, Signal};

const COUNTERS: &str = "GET /counters?limit=100";
const SHELF: &str = "GET /staff/stock?counter=k1";
const SHELF_THERE: &str = "GET /staff/stock?counter=k2";
const HOLD: &str = "POST /staff/holds";

fn open_at(role: &str, counter: Option<&str>, variant: Option<&str>, locale: Locale) -> Shell<Hold> {
    let params = Params {
        on_duty: testing::on_duty(role, locale),
        counter: counter.map(str::to_owned),
        variant: variant.map(str::to_owned),
    };
    Shell::open(params, env(locale))
}

fn shelf(locale: Locale) -> String {
    testing::stock((3, 1), (2, 2), locale)
}

fn phoned(shell: &mut Shell<Hold>) -> &mut Shell<Hold> {
    shell.send(Event::PhoneTyped("13800000001".to_owned())).send(Event::Continue)
}

/// A clerk, all parts said.
fn at_confirm(locale: Locale) -> Shell<Hold> {
    let mut shell = open_at(COUNTER, None, Some("v1"), locale);
    shell.answer(SHELF, &shelf(locale));
    phoned(&mut shell);
    confirming(&shell);
    shell
}

fn phone(shell: &Shell<Hold>) -> Field {
    match shell.view().step {
        StepView::Phone { field, .. } => field,
        other => panic!("{other:?}"),
    }
}

fn shown<T>(body: Body<T>) -> T
where
    T: core::fmt::Debug,
{
    match body {
        Body::Shown { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

fn gifts(shell: &Shell<Hold>) -> Vec<GiftChoice> {
    match shell.view().step {
        StepView::Gift { body, .. } => shown(body),
        other => panic!("{other:?}"),
    }
}

fn variants(shell: &Shell<Hold>) -> Vec<VariantChoice> {
    match shell.view().step {
        StepView::Variant { body, .. } => shown(body),
        other => panic!("{other:?}"),
    }
}

fn confirming(shell: &Shell<Hold>) -> Confirming {
    match shell.view().step {
        StepView::Confirm(confirming) => confirming,
        other => panic!("{other:?}"),
    }
}

fn elsewhere(shell: &Shell<Hold>) -> Elsewhere {
    match shell.view().step {
        StepView::Elsewhere(elsewhere) => elsewhere,
        other => panic!("{other:?}"),
    }
}

fn made(shell: &Shell<Hold>) -> Made {
    match shell.view().step {
        StepView::Made(made) => made,
        other => panic!("{other:?}"),
    }
}

fn chosen(shell: &Shell<Hold>) -> Vec<(String, bool)> {
    shell.view().chosen.into_iter().map(|chosen| (chosen.value, chosen.change.is_some())).collect()
}

fn created(locale: Locale) -> Reply {
    Reply::Answered { status: 201, body: Reserved::default().json(locale), etag: None }
}

#[test]
fn a_clerk_goes_from_number_to_gift_to_variant_to_what_she_reads_out() {
    let mut shell = open_at(COUNTER, None, None, ZhCn);
    assert_eq!(shell.asked(), [SHELF]);
    shell.answer(SHELF, &shelf(ZhCn));
    assert_eq!(shell.view().lead.unwrap(), "没有留下之前，什么都不要答应。");
    shell.send(Event::PhoneTyped("138".to_owned())).send(Event::PhoneTyped("13800000001".to_owned()));
    assert_eq!(phone(&shell).value, "138 0000 0001");
    shell.send(Event::Continue);
    let of = |value: &str, change| (value.to_owned(), change);
    assert_eq!(chosen(&shell), [of("138 0000 0001", true), of("上海 · 久光专柜", false)], "her own counter is fixed");
    assert_eq!(
        gifts(&shell).iter().map(|gift| (gift.name.as_str(), gift.note.is_some())).collect::<Vec<_>>(),
        [("焕亮精华", false), ("护手霜", false)]
    );
    shell.send(Event::Gift("g1".to_owned()));
    assert_eq!(
        variants(&shell)
            .iter()
            .map(|choice| (choice.variant.label.as_str(), choice.note.is_some()))
            .collect::<Vec<_>>(),
        [("清爽型", false), ("滋润型", true)]
    );
    shell.send(Event::Variant("v1".to_owned())).send(Event::Confirm).send(Event::Confirm).make_key("key");
    shell.send(Event::Confirm);
    assert!(confirming(&shell).submit.busy);
    let request = shell.request();
    assert_eq!(request.body.as_deref(), Some(r#"{"phone":"13800000001","variant_id":"v1","counter_id":"k1"}"#));
    assert_eq!(request.idempotency_key.as_deref(), Some("key"));
    shell.reply(HOLD, created(ZhCn));
    let held = made(&shell);
    assert_eq!(
        held.read_out,
        "已为您在久光专柜留下一件焕亮精华，清爽型，锁定 300\u{a0}积分。我们会在今天 18:00 前备好，手机上的凭证变绿之后再出发。为您留到11月26日 20:00。"
    );
    assert_eq!((held.whose.as_str(), held.details.path.as_str()), ("林* · +86 138****0001", "/staff/reservations/r1"));
    assert_eq!((shell.view().lead, shell.view().chosen), (None, Vec::new()));
    assert_eq!(
        (shell.signals.as_slice(), shell.said.as_slice()),
        ([Signal::Good].as_slice(), [held.read_out].as_slice())
    );
    shell.send(Event::Another);
    assert_eq!((phone(&shell).value.as_str(), shell.asked()), ("", vec![SHELF.to_owned()]));
    assert_eq!(shell.focused.last(), Some(&PHONE));
}

#[test]
fn a_gift_of_one_variant_asks_for_none() {
    let mut shell = open_at(COUNTER, None, None, ZhCn);
    shell.answer(SHELF, &shelf(ZhCn));
    phoned(&mut shell).send(Event::Gift("g2".to_owned()));
    assert_eq!(confirming(&shell).variant.unwrap().label, "无香");
}

#[test]
fn from_the_shelf_only_the_number_is_missing() {
    let shell = at_confirm(ZhCn);
    assert_eq!(chosen(&shell).len(), 4);
    // She may be quicker than the network.
    let mut shell = open_at(COUNTER, None, Some("v2"), ZhCn);
    phoned(&mut shell);
    assert!(matches!(shell.view().step, StepView::Gift { body: Body::Loading(_), .. }));
    shell.answer(SHELF, &shelf(ZhCn));
    confirming(&shell);
    // What is not on the shelf is asked for.
    let mut shell = open_at(COUNTER, None, Some("gone"), ZhCn);
    shell.answer(SHELF, &shelf(ZhCn));
    phoned(&mut shell);
    gifts(&shell);
}

#[test]
fn the_desk_is_asked_where_first() {
    let mut shell = open_at(DESK, None, None, ZhCn);
    assert_eq!(shell.asked(), [COUNTERS]);
    shell.answer(COUNTERS, &testing::counters(ZhCn));
    phoned(&mut shell);
    let StepView::Counter { body, .. } = shell.view().step else { panic!() };
    let cities = shown(body);
    assert_eq!(
        cities.iter().map(|city| (city.name.as_str(), city.counters.len())).collect::<Vec<_>>(),
        [("上海", 1), ("杭州", 1)]
    );
    shell.send(Event::Counter("k2".to_owned())).send(Event::Counter("nowhere".to_owned()));
    assert_eq!(shell.asked(), [SHELF_THERE]);
    shell.answer(SHELF_THERE, &shelf(ZhCn)).send(Event::Gift("g1".to_owned())).send(Event::Variant("v1".to_owned()));
    shell.send(Event::Change(Part::Counter)).send(Event::Counter("k1".to_owned()));
    confirming(&shell);
    shell.send(Event::Confirm).make_key("key");
    assert!(shell.asked().contains(&HOLD.to_owned()) && shell.asked().contains(&SHELF.to_owned()));
}

#[test]
fn the_desk_comes_from_a_counters_shelf_too() {
    let mut shell = open_at(DESK, Some("k2"), Some("v1"), ZhCn);
    phoned(&mut shell);
    assert!(matches!(shell.view().step, StepView::Counter { body: Body::Loading(_), .. }));
    shell.lose(COUNTERS).send(Event::Retry).send(Event::Retry).answer(COUNTERS, &testing::counters(ZhCn));
    shell.answer(SHELF_THERE, &shelf(ZhCn));
    confirming(&shell);
}

#[test]
fn a_shelf_of_a_counter_that_is_no_longer_meant_is_ignored() {
    let mut shell = open_at(DESK, None, None, ZhCn);
    shell.answer(COUNTERS, &testing::counters(ZhCn));
    phoned(&mut shell).send(Event::Counter("k2".to_owned())).send(Event::Change(Part::Counter));
    shell.send(Event::Counter("k1".to_owned())).answer(SHELF_THERE, &shelf(ZhCn));
    assert!(matches!(shell.view().step, StepView::Gift { body: Body::Loading(_), .. }));
    shell.lose(SHELF);
    assert!(matches!(shell.view().step, StepView::Gift { body: Body::Trouble(_), .. }));
    shell.send(Event::Retry).answer(SHELF, &shelf(ZhCn));
    gifts(&shell);
}

#[test]
fn a_number_is_looked_at_before_anything_else() {
    let mut shell = open_at(COUNTER, None, None, ZhCn);
    shell.send(Event::Continue);
    assert_eq!(phone(&shell).error.unwrap().text, "请填写会员的手机号。");
    shell.send(Event::PhoneTyped("1380".to_owned())).send(Event::PhoneLeft).send(Event::Continue);
    assert_eq!(phone(&shell).error.unwrap().text, "这不像一个手机号，请与她再对一遍。");
    assert_eq!(shell.focused, [PHONE, PHONE]);
    shell.send(Event::PhoneTyped("13800000001".to_owned())).send(Event::Continue);
    assert_eq!(shell.focused.last(), Some(&STEP));
}

#[test]
fn a_number_that_is_nobodys_is_asked_for_again_and_the_rest_stays() {
    let mut shell = at_confirm(ZhCn);
    shell.send(Event::Confirm).make_key("k1");
    let errors = r#","errors":[{"field":"phone","code":"member-unknown","detail":"no member has it"}]"#;
    shell.reply(HOLD, problem(Code::InputInvalid, errors));
    assert_eq!(phone(&shell).error.unwrap().text, "no member has it");
    assert_eq!((shell.signals.as_slice(), shell.focused.last()), ([Signal::Bad].as_slice(), Some(&PHONE)));
    shell.send(Event::PhoneTyped("13800000002".to_owned())).send(Event::Continue);
    confirming(&shell);
    shell.send(Event::Confirm).make_key("k2");
    assert_eq!(shell.request().idempotency_key.as_deref(), Some("k2"), "another number is another hold");
}

#[test]
fn what_stands_against_it_is_said_and_nothing_is_held() {
    let mut shell = at_confirm(ZhCn);
    shell.send(Event::Confirm).make_key("k1").reply(HOLD, problem(Code::InsufficientPoints, r#","missing":120"#));
    let alert: Alert = confirming(&shell).alert.unwrap();
    assert_eq!(alert.text(ZhCn), "她的积分还差 120\u{a0}分。没有留下，也没有锁定任何积分。可以换一件礼品。");
    for code in [Code::TierTooLow, Code::GiftLimitReached, Code::TooManyReservations, Code::NotFound, Code::RoleMissing]
    {
        shell.send(Event::Confirm).make_key("again").refuse(HOLD, code);
        assert_eq!(confirming(&shell).alert.unwrap().title, format!("title of {}", code.as_str()));
    }
    shell.send(Event::Change(Part::Gift));
    gifts(&shell);
    shell.send(Event::Gift("g2".to_owned()));
    assert_eq!(confirming(&shell).alert, None);
}

#[test]
fn the_last_unit_taken_names_the_nearest() {
    let mut shell = at_confirm(ZhCn);
    shell.send(Event::Confirm).make_key("k1").reply(HOLD, testing::out_of_stock(true, ZhCn));
    let view = elsewhere(&shell);
    assert_eq!(
        (view.places.len(), view.places[0].name.as_str(), view.places[0].detail.as_str()),
        (1, "杭州 · 湖滨专柜", "相距 162\u{a0}公里")
    );
    assert_eq!(view.choose, None, "she holds at her own counter alone");
    assert!(view.text.contains("只有约上才算数"));
    shell.send(Event::Counter("k2".to_owned()));
    elsewhere(&shell);
    shell.send(Event::Change(Part::Gift));
    gifts(&shell);
}

#[test]
fn the_desk_holds_it_there() {
    let mut shell = open_at(DESK, Some("k1"), Some("v1"), ZhCn);
    shell.answer(COUNTERS, &testing::counters(ZhCn)).answer(SHELF, &shelf(ZhCn));
    phoned(&mut shell).send(Event::Confirm).make_key("k1").reply(HOLD, testing::out_of_stock(true, ZhCn));
    assert_eq!(elsewhere(&shell).choose.unwrap(), "改到这里留");
    shell.send(Event::Counter("k2".to_owned()));
    assert_eq!(chosen(&shell)[1].0, "杭州 · 湖滨专柜");
    shell.send(Event::Confirm).make_key("k2").answer(SHELF_THERE, &shelf(ZhCn));
    let request = shell.request();
    assert!(request.body.as_ref().unwrap().contains(r#""counter_id":"k2""#));
    shell.reply(
        HOLD,
        Reply::Answered {
            status: 201,
            body: Reserved { counter: SECOND, ..Reserved::default() }.json(ZhCn),
            etag: None,
        },
    );
    assert!(made(&shell).read_out.starts_with("已为您在湖滨专柜留下"));
}

#[test]
fn nowhere_is_said_too() {
    let mut shell = at_confirm(ZhCn);
    shell.send(Event::Confirm).make_key("k1").reply(HOLD, testing::out_of_stock(false, ZhCn));
    assert!(elsewhere(&shell).places.is_empty() && elsewhere(&shell).text.contains("其他专柜也没有"));
}

#[test]
fn a_lost_reply_is_asked_for_again_under_the_same_key_and_nothing_else_is_begun() {
    let mut shell = at_confirm(ZhCn);
    shell.send(Event::Confirm).make_key("k1");
    let first = shell.request().clone();
    shell.lose(HOLD);
    assert_eq!(
        (confirming(&shell).submit.label.as_str(), confirming(&shell).alert.unwrap().title.as_str()),
        ("再试一次", "还不知道办成没有")
    );
    shell.send(Event::Change(Part::Gift)).send(Event::Change(Part::Phone));
    assert!(chosen(&shell).iter().all(|(_, may_change)| !may_change));
    shell.send(Event::Confirm);
    assert_eq!(shell.request(), &first);
    shell.refuse(HOLD, Code::IdempotencyInProgress);
    assert_eq!(shell.wait(), 1000);
    assert_eq!(shell.request(), &first);
    shell.reply(HOLD, created(ZhCn));
    made(&shell);
    shell.send(Event::Confirm).send(Event::Change(Part::Phone));
    assert!(shell.asked().is_empty());
}

#[test]
fn a_session_that_ends_leads_to_signing_in() {
    let to = Navigation::AfterSessionChange("/staff/sign-in?back=/staff/hold&ended=1".to_owned());
    let mut shell = open_at(COUNTER, None, Some("v1"), ZhCn);
    shell.env = Env { signed_in: true, ..env(ZhCn) };
    shell.refuse(SHELF, Code::StaffSessionMissing);
    assert_eq!(shell.went.as_slice(), core::slice::from_ref(&to));
    let mut shell = at_confirm(ZhCn);
    shell.env.signed_in = true;
    shell.send(Event::Confirm).make_key("k1").refuse(HOLD, Code::StaffSessionMissing);
    assert_eq!(shell.went, [to]);
}

#[test]
fn every_step_is_in_both_languages() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let check = |page: &str, shell: &Shell<Hold>| reading::check(page, &shell.view(), chinese);
        let mut shell = open_at(DESK, None, None, locale);
        shell.send(Event::Continue);
        check("no number", &shell);
        phoned(&mut shell);
        check("where, loading", &shell);
        shell.answer(COUNTERS, &testing::counters(locale));
        check("where", &shell);
        shell.send(Event::Counter("k1".to_owned())).answer(SHELF, &shelf(locale));
        check("gift", &shell);
        shell.send(Event::Gift("g1".to_owned()));
        check("variant", &shell);
        shell.send(Event::Variant("v2".to_owned()));
        check("confirm", &shell);
        shell.send(Event::Confirm).make_key("k1");
        check("holding", &shell);
        shell.lose(HOLD);
        check("unsure", &shell);
        shell.send(Event::Confirm).reply(HOLD, problem(Code::InsufficientPoints, r#","missing":1"#));
        check("points", &shell);
        for nearest in [true, false] {
            let mut shell = at_confirm(locale);
            shell.send(Event::Confirm).make_key("k2").reply(HOLD, testing::out_of_stock(nearest, locale));
            check("elsewhere", &shell);
        }
        let mut shell = at_confirm(locale);
        shell.send(Event::Confirm).make_key("k3").reply(HOLD, created(locale));
        check("made", &shell);
    }
}
