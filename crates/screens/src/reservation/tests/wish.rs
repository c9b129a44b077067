//! What she asks for, however often, and what comes of it.

use super::*;

#[test]
fn cancelling_asks_first_and_happens_once() {
    let mut shell = open(&ReservationOf::default());
    shell.send(Event::Cancel);
    assert!(!shell.wants_key(), "she was not asked");
    shell.send(Event::Think(Cancel::Only));
    assert_eq!(shell.focused, [SURE]);
    let sure = shown(&shell).sure.unwrap();
    assert_eq!(sure.text, "取消之后，300\u{a0}积分马上退回，这一份礼品不再为您保留。");
    shell.send(Event::Keep);
    assert_eq!((shown(&shell).sure, shell.focused.last()), (None, Some(&ACTIONS)));
    shell.send(Event::Think(Cancel::Only));
    for _ in 0..20 {
        shell.send(Event::Cancel);
    }
    shell.make_key("key-1").send(Event::Cancel).send(Event::Think(Cancel::ForAnother));
    assert_eq!(shell.asked(), [CANCEL]);
    let sure = shown(&shell).sure.unwrap();
    assert_eq!((sure.yes.label.as_str(), sure.yes.busy, sure.no.can_submit), ("正在取消", true, false));
    shell.answer(CANCEL, &fixtures::ended("cancelled", ZhCn));
    assert_eq!((says(&shell).0.as_str(), shown(&shell).sure), ("已经取消", None));
    assert_eq!((shell.said.as_slice(), shell.focused.last()), (["已取消".to_owned()].as_slice(), Some(&HEADING)));
    shell.find_pass(None);
    assert_eq!(shell.kept, []);
}

#[test]
fn another_gift_gives_this_one_up_and_goes_to_the_gifts() {
    let mut shell = open(&LATE);
    shell.send(Event::Think(Cancel::ForAnother));
    assert_eq!(shown(&shell).sure.unwrap().yes.label, "取消并去挑选");
    shell.send(Event::Cancel).make_key("key-1").answer(CANCEL, &fixtures::ended("cancelled", ZhCn));
    assert_eq!(shell.went, [Navigation::To("/gifts".to_owned())]);
}

#[test]
fn extending_is_one_request_and_what_comes_back_is_shown() {
    let mut shell = open(&LATE);
    shell.send(Event::Extend).send(Event::Extend).make_key("key-1").send(Event::Extend);
    assert_eq!(shell.asked(), [EXTEND]);
    assert_eq!(actions(&shell)[0].0, "正在延长");
    let later = fixtures::reservation(ZhCn).replace("2026-11-30T12", "2026-12-03T12");
    shell.answer(EXTEND, &later);
    assert_eq!(says(&shell).0, "还不要出发");
    assert_eq!(shown(&shell).facts[1].value, "12月3日 20:00");
}

#[test]
fn consent_is_asked_for_where_something_is_still_to_come() {
    let mut shell = open(&LATE);
    shell.send(Event::Extend).send(Event::Extend);
    assert_eq!(shell.consents, [Purpose::Reservation], "in this very tap");
    shell
        .make_key("key-1")
        .lose(EXTEND)
        .send(Event::Again)
        .lose(EXTEND)
        .send(Event::Seen(false))
        .send(Event::Seen(true));
    assert_eq!(shell.consents.len(), 1, "the same wish, whoever asks again");
    for (take, consents) in [(true, [Purpose::Reservation].as_slice()), (false, [].as_slice())] {
        let mut shell = open(&offered("ready"));
        shell.send(Event::Exchange(take));
        assert_eq!((shell.consents.as_slice(), shell.wants_key()), (consents, true));
    }
    let mut shell = open(&LATE);
    shell.send(Event::Think(Cancel::Only)).send(Event::Cancel);
    assert_eq!((shell.consents.as_slice(), shell.wants_key()), ([].as_slice(), true), "it is over");
}

#[test]
fn what_the_server_does_not_offer_is_not_sent() {
    let none = ReservationOf { actions: "", ..ReservationOf::default() };
    let mut shell = open(&none);
    shell.send(Event::Extend).send(Event::Exchange(true)).send(Event::Think(Cancel::Only)).send(Event::Cancel);
    assert!(!shell.wants_key());
    assert_eq!((shell.consents.as_slice(), shown(&shell).actions), ([].as_slice(), None));
}

#[test]
fn a_lost_reply_is_asked_for_again_under_the_same_key() {
    let mut shell = open(&LATE);
    shell.send(Event::Extend).make_key("key-1").lose(EXTEND);
    assert_eq!(shown(&shell).alert.unwrap().title, "还不知道办成没有");
    shell.send(Event::Extend).send(Event::Think(Cancel::Only));
    assert_eq!(shown(&shell).sure, None, "first the outcome of this one");
    shell.send(Event::Again);
    assert_eq!(shell.request().idempotency_key.as_deref(), Some("key-1"));
    shell.lose(EXTEND).send(Event::Seen(false)).send(Event::Seen(true));
    assert_eq!(shell.asked(), [EXTEND, ASK]);
    shell.answer(EXTEND, &fixtures::reservation(ZhCn));
    assert_eq!((shown(&shell).alert, shown(&shell).again), (None, None));
}

#[test]
fn a_lost_reply_is_cleared_up_by_how_it_stands() {
    let mut shell = open(&ReservationOf::default());
    shell.send(Event::Think(Cancel::Only)).send(Event::Cancel).make_key("key-1").lose(CANCEL);
    shell.send(Event::Retry).answer(ASK, &fixtures::ended("cancelled", ZhCn));
    assert_eq!((shown(&shell).alert, shown(&shell).sure, says(&shell).0.as_str()), (None, None, "已经取消"));
}

#[test]
fn a_refusal_is_said_and_how_it_stands_is_asked_for_again() {
    for code in [Code::ExtensionsSpent, Code::ReservationState, Code::NoExchange] {
        let mut shell = open(&LATE);
        shell.send(Event::Extend).make_key("key-1").refuse(EXTEND, code);
        assert_eq!(shown(&shell).alert.unwrap().title, format!("title of {}", code.as_str()));
        assert_eq!(shell.asked(), [ASK]);
        shell.send(Event::Extend).make_key("key-2");
        assert_eq!(shown(&shell).alert, None);
    }
    let mut shell = open(&LATE);
    shell.send(Event::Extend).make_key("key-1").refuse(EXTEND, Code::IdempotencyInProgress);
    assert_eq!(shell.asked(), Vec::<String>::new());
    assert!(shell.is_waiting());
}

#[test]
fn to_ask_again_after_a_day_is_no_new_wish() {
    let mut shell = open(&LATE);
    shell.send(Event::Extend).make_key("key-1").lose(EXTEND).pass(24 * 3600 + 1);
    shell.send(Event::Again);
    assert_eq!(shell.asked(), [ASK], "she is shown what there is");
    assert!(!shell.screen.wish.is_open());
}
