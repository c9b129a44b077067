use catalogue::Locale::{self, En, ZhCn};
use contract::Code;

use super::*;
use crate::staff::testing::{self, COUNTER, DESK, MANAGER};
use crate::testing::{Shell, env, ok, problem, reading};
use crate::view::Body;
use crate::{Env, Navigation, Reply};

const ASK: &str = "GET /staff/stock?counter=k1";
const COUNTERS: &str = "GET /counters?limit=100";
const COUNT: &str = "PUT /staff/stock/k1/v1";
const RECEIVE: &str = "POST /staff/stock/k1/v1/receipts";

fn open(role: &str, locale: Locale) -> Shell<Stock> {
    let counter = (role != COUNTER).then(|| "k1".to_owned());
    let mut shell = Shell::<Stock>::open(Params { on_duty: testing::on_duty(role, locale), counter }, env(locale));
    if role != COUNTER {
        shell.answer(COUNTERS, &testing::counters(locale));
    }
    shell.answer(ASK, &testing::stock((3, 1), (2, 2), locale));
    shell
}

fn here() -> Shell<Stock> {
    open(COUNTER, ZhCn)
}

fn shelf(shell: &Shell<Stock>) -> Shelf {
    match shell.view().body {
        Body::Shown { content: Contents::Shelf(shelf), .. } => shelf,
        other => panic!("{other:?}"),
    }
}

fn line(shell: &Shell<Stock>, id: &str) -> LineView {
    let lines = shelf(shell).gifts.into_iter().flat_map(|gift| gift.lines);
    lines.into_iter().find(|line| line.id == id).unwrap()
}

fn edit(shell: &Shell<Stock>) -> EditView {
    shelf(shell).edit.unwrap()
}

fn count(shell: &mut Shell<Stock>, number: &str) {
    shell.send(Event::Count("v1".to_owned())).send(Event::NumberTyped(number.to_owned()));
}

fn receive_some(shell: &mut Shell<Stock>, number: &str) {
    shell.send(Event::Receive("v1".to_owned())).send(Event::NumberTyped(number.to_owned()));
}

fn created(body: &str) -> Reply {
    Reply::Answered { status: 201, body: body.to_owned(), etag: None }
}

#[test]
fn each_variant_says_how_many_are_here_held_and_not_and_who_said_so() {
    let shell = here();
    let gifts = shelf(&shell).gifts;
    assert_eq!(
        gifts.iter().map(|gift| (gift.gift.as_str(), gift.lines.len())).collect::<Vec<_>>(),
        [("焕亮精华", 2), ("护手霜", 1)]
    );
    let light = line(&shell, "v1");
    let figures =
        [&light.on_hand, &light.held, &light.free].map(|figure| (figure.label.clone(), figure.number.clone()));
    assert_eq!(
        figures,
        [("柜上", "3"), ("已锁定", "1"), ("未锁定", "2")].map(|(label, number)| (label.to_owned(), number.to_owned()))
    );
    assert_eq!(light.counted, "11月21日 18:20 李敏更新");
    assert_eq!(line(&shell, "v9").counted, "还没有盘点过");
    assert_eq!(shelf(&shell).as_of, "截至今天 09:41，没有为任何人锁定");
}

#[test]
fn it_never_says_that_something_is_to_be_had_but_how_to_hold_it() {
    for (locale, words) in [(ZhCn, ["有货", "现货", "可取"]), (En, ["in stock", "available", "to be had"])] {
        let shell = open(COUNTER, locale);
        for (field, text) in reading::texts(&shell.view()) {
            assert!(!words.iter().any(|word| text.to_lowercase().contains(word)), "{field}: {text}");
        }
    }
    let hold = line(&here(), "v1").hold;
    assert_eq!((hold.label.as_str(), hold.path.as_str()), ("为会员留一件", "/staff/hold?counter=k1&variant=v1"));
    assert_eq!(line(&here(), "v2").hold.label, "帮会员找别的专柜");
}

#[test]
fn more_held_than_here_is_loud() {
    let mut shell = here();
    assert_eq!(line(&shell, "v1").short, None);
    shell.send(Event::CameBack).answer(ASK, &testing::stock((1, 3), (0, 0), ZhCn));
    let short = line(&shell, "v1").short.unwrap();
    assert_eq!((short.title.as_str(), &short.detail[..9]), ("缺 2 件", "已为会"));
    assert_eq!(line(&shell, "v2").short, None);
}

#[test]
fn a_count_is_saved_with_its_reason() {
    let mut shell = here();
    shell.send(Event::Count("v1".to_owned()));
    let view = edit(&shell);
    assert_eq!(
        (view.number.value.as_str(), view.of.as_str(), view.now.as_str()),
        ("3", "焕亮精华 · 清爽型", "账上 3 件，其中已锁定 1 件")
    );
    assert_eq!(shell.focused, [QUANTITY]);
    shell.send(Event::Step(-1)).send(Event::Reason(CountReason::Damaged)).send(Event::NoteTyped(" 碎了 ".to_owned()));
    assert_eq!(edit(&shell).warning, None);
    shell.send(Event::Save).send(Event::Save).send(Event::NumberTyped("9".to_owned())).send(Event::Leave);
    assert!(!shell.wants_key(), "what was counted is so, however often it is said");
    assert_eq!(shell.request().body.as_deref(), Some(r#"{"on_hand":2,"before":3,"reason":"damaged","note":"碎了"}"#));
    assert!(edit(&shell).submit.busy);
    shell.answer(COUNT, &testing::stock_line(2, 1, ZhCn));
    let after = line(&shell, "v1");
    assert_eq!((after.on_hand.number.as_str(), after.counted.as_str()), ("2", "今天 09:41 周宁更新"));
    assert_eq!(
        (shelf(&shell).edit, line(&shell, "v1").told.unwrap().text(ZhCn).as_str()),
        (None, "已保存。焕亮精华 · 清爽型，现在 2 件。")
    );
    assert_eq!(shell.signals, [Signal::Good]);
    assert_eq!(shell.said.len(), 1);
}

#[test]
fn fewer_than_are_held_is_said_before_it_is_saved_and_heard_after() {
    let mut shell = here();
    count(&mut shell, "0");
    assert_eq!(edit(&shell).warning.unwrap().title, "缺 1 件");
    shell.send(Event::Save).answer(COUNT, &testing::stock_line(0, 1, ZhCn));
    assert_eq!(shell.signals, [Signal::Bad]);
    assert!(line(&shell, "v1").short.is_some());
}

#[test]
fn a_lost_reply_of_a_count_is_tried_again() {
    let mut shell = here();
    count(&mut shell, "2");
    shell.send(Event::Save).lose(COUNT);
    assert_eq!(edit(&shell).alert.unwrap().title, "连不上网络");
    assert_eq!(shell.signals, [Signal::Bad]);
    shell.send(Event::Save).reply(COUNT, ok(&testing::stock_line(2, 1, ZhCn)));
    assert_eq!(shelf(&shell).edit, None);
}

#[test]
fn what_happened_between_counting_and_saving_is_not_counted_away() {
    let mut shell = here();
    count(&mut shell, "2");
    shell.send(Event::Save).refuse(COUNT, Code::VersionStale);
    assert_eq!((shell.signals.as_slice(), shell.asked()), ([Signal::Bad].as_slice(), vec![ASK.to_owned()]));
    shell.answer(ASK, &testing::stock((4, 1), (2, 2), ZhCn));
    let alert = edit(&shell).alert.unwrap();
    assert_eq!(
        (alert.title.as_str(), alert.detail.as_str()),
        ("账上刚刚变了", "现在是 4 件：有人取走或到了货。请再数一遍，再保存。")
    );
    shell.send(Event::Save);
    assert_eq!(shell.request().body.as_deref(), Some(r#"{"on_hand":2,"before":4,"reason":"counted","note":null}"#));
    shell.answer(COUNT, &testing::stock_line(2, 1, ZhCn));
    assert_eq!(shelf(&shell).edit, None);
}

#[test]
fn a_count_whose_answer_was_lost_was_saved_all_the_same() {
    let mut shell = here();
    count(&mut shell, "2");
    shell.send(Event::Save).lose(COUNT).send(Event::Save).refuse(COUNT, Code::VersionStale);
    shell.answer(ASK, &testing::stock((2, 1), (2, 2), ZhCn));
    assert_eq!((shelf(&shell).edit, line(&shell, "v1").told.is_some()), (None, true));
    assert_eq!(shell.signals.last(), Some(&Signal::Good));
}

#[test]
fn what_arrived_is_added_once_however_often_it_is_sent() {
    let mut shell = here();
    receive_some(&mut shell, "12");
    shell.send(Event::NoteTyped("D-77".to_owned()));
    shell.send(Event::Save).send(Event::Save).make_key("k1");
    shell.send(Event::Save);
    let first = shell.request().clone();
    assert_eq!(first.body.as_deref(), Some(r#"{"quantity":12,"note":"D-77"}"#));
    assert_eq!(first.idempotency_key.as_deref(), Some("k1"));
    shell.lose(RECEIVE);
    assert_eq!(edit(&shell).submit.label, "再试一次");
    shell.send(Event::Leave).send(Event::NumberTyped("1".to_owned())).send(Event::Count("v2".to_owned()));
    assert_eq!(edit(&shell).number.value, "12", "its outcome is open");
    shell.send(Event::Save);
    assert_eq!(shell.request(), &first);
    shell.refuse(RECEIVE, Code::IdempotencyInProgress);
    shell.send(Event::StillRunning);
    assert_eq!(shell.request().idempotency_key.as_deref(), Some("k1"));
    shell.reply(RECEIVE, created(&testing::stock_line(15, 1, ZhCn)));
    assert_eq!(line(&shell, "v1").on_hand.number, "15");
}

#[test]
fn a_refusal_is_said_and_the_next_try_is_another() {
    let mut shell = here();
    receive_some(&mut shell, "12");
    shell.send(Event::Save).make_key("k1").reply(RECEIVE, problem(Code::InputInvalid, ""));
    assert_eq!(edit(&shell).alert.unwrap().title, "title of input-invalid");
    shell.send(Event::NumberTyped("11".to_owned()));
    assert_eq!(edit(&shell).alert, None);
    shell.send(Event::Save).make_key("k2");
    assert_eq!(shell.request().idempotency_key.as_deref(), Some("k2"));
}

#[test]
fn numbers_are_whole_and_within_reason() {
    let mut shell = here();
    for (number, good) in [("", false), ("100001", false), ("100000", true)] {
        count(&mut shell, number);
        shell.send(Event::Save);
        assert_eq!(shell.asked().len(), usize::from(good), "{number}");
        assert_eq!(edit(&shell).number.error.is_some(), !good);
    }
    let mut shell = here();
    receive_some(&mut shell, "0");
    shell.send(Event::Save);
    assert_eq!(edit(&shell).number.error.unwrap().text, "请填 1 到 10,000 之间的数。");
    assert_eq!(shell.focused.last(), Some(&QUANTITY));
    shell.send(Event::NumberTyped("-１2 件".to_owned()));
    assert_eq!(edit(&shell).number.value, "12");
    for _ in 0..20 {
        shell.send(Event::Step(-1));
    }
    assert_eq!(edit(&shell).number.value, "1", "not below what makes sense");
    shell.send(Event::NoteTyped("字".repeat(201))).send(Event::Save);
    assert_eq!(edit(&shell).note.error.unwrap().text, "最多 200 个字。");
}

#[test]
fn it_keeps_itself_up_to_date_and_an_edit_survives_that() {
    let mut shell = here();
    count(&mut shell, "7");
    assert_eq!(shell.wait(), 20_000);
    shell.answer(ASK, &testing::stock((3, 2), (2, 2), ZhCn));
    let view = edit(&shell);
    assert_eq!((view.number.value.as_str(), view.now.as_str()), ("7", "账上 3 件，其中已锁定 2 件"));
    shell.send(Event::Leave);
    assert_eq!(shelf(&shell).edit, None);
    shell.wait();
    shell.lose(ASK);
    let Body::Shown { banner, .. } = shell.view().body else { panic!() };
    assert!(banner.is_some() && shell.is_waiting());
}

#[test]
fn who_works_at_no_counter_chooses_one() {
    let params = Params { on_duty: testing::on_duty(MANAGER, ZhCn), counter: None };
    let mut shell = Shell::<Stock>::open(params, env(ZhCn));
    assert_eq!(shell.asked(), [COUNTERS]);
    shell.lose(COUNTERS).send(Event::Retry).send(Event::Retry).answer(COUNTERS, &testing::counters(ZhCn));
    let Body::Shown { content: Contents::Choose { cities, .. }, .. } = shell.view().body else { panic!() };
    assert_eq!(cities.iter().map(|city| city.name.as_str()).collect::<Vec<_>>(), ["上海", "杭州"]);
    assert_eq!(cities[1].counters[0].path, "/staff/stock?counter=k2");
    let shelf = shelf(&open(MANAGER, ZhCn));
    assert_eq!(
        (shelf.counter.unwrap().as_str(), shelf.others.unwrap().path.as_str()),
        ("上海 · 久光专柜", "/staff/stock")
    );
}

#[test]
fn who_works_at_a_counter_sees_her_own_whatever_the_address_says() {
    let params = Params { on_duty: testing::on_duty(COUNTER, ZhCn), counter: Some("k2".to_owned()) };
    assert_eq!(Shell::<Stock>::open(params, env(ZhCn)).asked(), [ASK]);
}

#[test]
fn the_desk_looks_and_changes_nothing() {
    let mut shell = open(DESK, ZhCn);
    let light = line(&shell, "v1");
    assert_eq!((light.count, light.receive), (None, None));
    shell.send(Event::Count("v1".to_owned())).send(Event::Receive("v1".to_owned())).send(Event::Save);
    assert_eq!(shelf(&shell).edit, None);
    assert!(line(&open(MANAGER, ZhCn), "v1").count.is_some());
}

#[test]
fn a_session_that_ends_leads_to_signing_in() {
    let to = Navigation::AfterSessionChange("/staff/sign-in?back=/staff/stock&ended=1".to_owned());
    let params = Params { on_duty: testing::on_duty(COUNTER, ZhCn), counter: None };
    let mut shell = Shell::<Stock>::open(params, Env { signed_in: true, ..env(ZhCn) });
    shell.refuse(ASK, Code::StaffSessionMissing);
    assert_eq!(shell.went.as_slice(), core::slice::from_ref(&to));
    let mut shell = here();
    shell.env.signed_in = true;
    count(&mut shell, "2");
    shell.send(Event::Save).refuse(COUNT, Code::StaffSessionMissing);
    assert_eq!(shell.went, [to]);
}

#[test]
fn it_is_in_both_languages() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let check = |page: &str, shell: &Shell<Stock>| reading::check(page, &shell.view(), chinese);
        let params = Params { on_duty: testing::on_duty(DESK, locale), counter: None };
        let mut shell = Shell::<Stock>::open(params, env(locale));
        shell.answer(COUNTERS, &testing::counters(locale));
        check("choosing", &shell);
        check("to a manager", &open(MANAGER, locale));
        let mut shell = open(COUNTER, locale);
        shell.send(Event::CameBack).answer(ASK, &testing::stock((1, 3), (0, 0), locale));
        check("short", &shell);
        shell.send(Event::Count("v1".to_owned()));
        check("counting", &shell);
        shell.send(Event::NumberTyped(String::new())).send(Event::Save);
        check("mistaken", &shell);
        shell.send(Event::NumberTyped("2".to_owned())).send(Event::Save);
        check("saving", &shell);
        shell.refuse(COUNT, Code::VersionStale).answer(ASK, &testing::stock((1, 2), (0, 0), locale));
        check("stale", &shell);
        shell.send(Event::Save).answer(COUNT, &testing::stock_line(2, 3, locale));
        check("saved", &shell);
        receive_some(&mut shell, "2");
        shell.send(Event::NoteTyped("1".repeat(201))).send(Event::Save);
        check("receiving", &shell);
        shell.send(Event::NoteTyped(String::new())).send(Event::Save).make_key("k1").lose(RECEIVE);
        check("unsure", &shell);
    }
}
