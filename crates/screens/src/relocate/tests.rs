mod wish;

use catalogue::Locale::{self, En, ZhCn};
use contract::counter::Position;

use super::*;
use crate::picker::RowState;
use crate::testing::fixtures::gifts::{self as fixtures, GiftOf, READY, ReservationOf};
use crate::testing::fixtures::profile_of;
use crate::testing::{Shell, env, problem, reading, sign_in, versioned};
use crate::view::Body;

const ASK: &str = "GET /reservations/r1";
const GIFT: &str = "GET /gifts/g1";
const PROFILE: &str = "GET /me/profile";
const MOVE: &str = "POST /reservations/r1/move";
const RESERVE: &str = "POST /reservations";

fn open_in(reservation: &str, locale: Locale) -> Shell<Relocate> {
    let mut shell = Shell::<Relocate>::open("r1".to_owned(), env(locale));
    shell
        .reply(PROFILE, versioned(&profile_of("Lin", None), "\"1\""))
        .answer(ASK, reservation)
        .answer(GIFT, &fixtures::gift(locale));
    shell
}

fn open() -> Shell<Relocate> {
    open_in(&fixtures::reservation(ZhCn), ZhCn)
}

fn shown(shell: &Shell<Relocate>) -> Contents {
    match shell.view().body {
        Body::Shown { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

fn choose(shell: &mut Shell<Relocate>, counter: &str) {
    shell.send(Event::Counter(counter.to_owned()));
}

fn label(shell: &Shell<Relocate>) -> String {
    shown(shell).bar.submit.unwrap().label
}

#[test]
fn it_shows_who_has_the_variant_and_where_it_is_now() {
    let shell = open();
    let view = shown(&shell);
    assert_eq!((view.gift.as_str(), view.variant.label.as_str()), ("清润旅行套装", "清爽型"));
    assert_eq!(view.now.as_deref(), Some("现在约在久光专柜。"));
    let here = &view.counters.groups[0].rows[0];
    assert_eq!((here.note.as_deref(), &here.state), (Some("现在约在这里"), &RowState::Shut));
    assert_eq!(label(&shell), "选一家专柜");
}

#[test]
fn what_is_open_moves_once() {
    for of in [ReservationOf::default(), READY] {
        let mut shell = open_in(&fixtures::reservation_of(&of, ZhCn), ZhCn);
        shell.send(Event::Move);
        assert_eq!(shell.focused, [picker::COUNTERS]);
        choose(&mut shell, "k3");
        assert_eq!(label(&shell), "换到 · 美罗专柜");
        assert_eq!(
            shown(&shell).bar.terms,
            [
                "新专柜重新备货，为您留到11月30日 20:00。",
                "须在明天 18:00 前备妥，备妥之前还不要出发。",
                "原来那一份随即放回。"
            ]
        );
        for _ in 0..20 {
            shell.send(Event::Move);
        }
        shell.make_key("key-1").send(Event::Move);
        assert_eq!(shell.asked(), [MOVE]);
        assert_eq!(shell.request().body.as_deref(), Some(r#"{"counter_id":"k3"}"#));
        assert_eq!(label(&shell), "正在更换");
        shell.answer(MOVE, &fixtures::reservation(ZhCn));
        assert_eq!(shell.went, [Navigation::Instead("/reservations/r1".to_owned())]);
    }
}

#[test]
fn consent_is_asked_for_when_a_wish_begins_and_never_again_for_it() {
    for (body, ask) in [(fixtures::reservation(ZhCn), MOVE), (fixtures::ended("failed", ZhCn), RESERVE)] {
        let mut shell = open_in(&body, ZhCn);
        shell.send(Event::Move);
        assert_eq!(shell.consents, [], "no counter yet");
        choose(&mut shell, "k3");
        shell.send(Event::Move).send(Event::Move);
        assert_eq!(shell.consents, [Purpose::Reservation]);
        shell.make_key("key-1").lose(ask).send(Event::Move).lose(ask).send(Event::Seen(true));
        assert_eq!(shell.consents.len(), 1, "the same wish, whoever asks again");
    }
}

#[test]
fn a_move_does_not_shorten_what_she_had_extended() {
    let later = fixtures::reservation(ZhCn)
        .replace("\"hold_until\":\"2026-11-30T12:00:00Z\"", "\"hold_until\":\"2026-12-03T12:00:00Z\"");
    let mut shell = open_in(&later, ZhCn);
    choose(&mut shell, "k3");
    assert_eq!(shown(&shell).bar.terms[0], "新专柜重新备货，为您留到12月3日 20:00。");
}

#[test]
fn what_has_failed_or_run_out_is_reserved_anew() {
    for state in ["failed", "expired"] {
        let mut shell = open_in(&fixtures::ended(state, ZhCn), ZhCn);
        assert_eq!(shown(&shell).now, None);
        choose(&mut shell, "k2");
        assert_eq!(label(&shell), "预约 · 新世界专柜");
        assert!(shown(&shell).bar.terms[0].starts_with("锁定 300"));
        shell.send(Event::Move).make_key("key-1");
        assert_eq!(shell.request().body.as_deref(), Some(r#"{"variant_id":"v1","counter_id":"k2","points":300}"#));
        assert_eq!(label(&shell), "正在预约");
        shell.answer(RESERVE, &fixtures::reservation_of(&ReservationOf { id: "r2", ..ReservationOf::default() }, ZhCn));
        assert_eq!(shell.went, [Navigation::Instead("/reservations/r2".to_owned())]);
    }
}

#[test]
fn a_new_one_needs_the_points_and_moving_does_not() {
    let short =
        GiftOf { for_you: r#"{"available":0,"missing":300,"tier_reached":true,"left":null}"#, ..GiftOf::default() };
    for (reservation, barred) in [(fixtures::ended("failed", ZhCn), true), (fixtures::reservation(ZhCn), false)] {
        let mut shell = Shell::<Relocate>::open("r1".to_owned(), env(ZhCn));
        shell.lose(PROFILE).answer(ASK, &reservation).answer(GIFT, &fixtures::gift_of(&short, ZhCn));
        choose(&mut shell, "k3");
        assert_eq!(shown(&shell).bar.barred.is_some(), barred);
        shell.send(Event::Move);
        assert_eq!(shell.wants_key(), !barred);
    }
}

#[test]
fn what_can_not_move_any_more_leads_back() {
    let stuck = fixtures::reservation_of(&ReservationOf { actions: "", ..ReservationOf::default() }, ZhCn);
    for body in [fixtures::ended("collected", ZhCn), fixtures::ended("cancelled", ZhCn), stuck] {
        let mut shell = open_in(&body, ZhCn);
        let Body::Trouble(trouble) = shell.view().body else { panic!() };
        assert_eq!((trouble.retry, trouble.way_out.unwrap().path.as_str()), (None, "/reservations/r1"));
        shell.send(Event::Counter("k3".to_owned())).send(Event::Move);
        assert!(!shell.wants_key());
    }
}

#[test]
fn when_the_last_one_has_gone_the_nearest_are_one_tap_away() {
    let mut shell = open();
    choose(&mut shell, "k2");
    shell.send(Event::Move).make_key("key-1");
    shell.reply(MOVE, problem(Code::OutOfStock, &fixtures::nearest(&["k3"], ZhCn)));
    assert_eq!(shell.focused, [picker::GONE]);
    let view = shown(&shell).counters;
    assert_eq!((view.gone.is_some(), view.groups[0].rows[0].name.as_str()), (true, "美罗专柜"));
    choose(&mut shell, "k3");
    assert_eq!(label(&shell), "换到 · 美罗专柜");
    shell.send(Event::Move).make_key("key-2");
    assert_eq!(shell.asked(), [ASK, GIFT, MOVE]);
}

#[test]
fn a_lost_reply_is_asked_for_again_as_it_was_whatever_became_of_it() {
    let mut shell = open();
    choose(&mut shell, "k3");
    shell.send(Event::Move).make_key("key-1").lose(MOVE);
    assert_eq!(shown(&shell).bar.alert.unwrap().title, "还不知道换成没有");
    shell.send(Event::Seen(false)).send(Event::Seen(true));
    assert_eq!(shell.asked(), [MOVE, ASK, GIFT]);
    shell.answer(ASK, &fixtures::ended("expired", ZhCn)).lose(MOVE).send(Event::Move);
    assert_eq!(shell.asked(), [GIFT, MOVE], "still the move, and no new reservation under its name");
    shell.refuse(MOVE, Code::ReservationState);
    assert_eq!(shown(&shell).bar.alert.unwrap().title, "title of reservation-state");
}

#[test]
fn a_first_copy_that_is_still_running_is_looked_after() {
    let mut shell = open();
    choose(&mut shell, "k3");
    shell.send(Event::Move).make_key("key-1").refuse(MOVE, Code::IdempotencyInProgress);
    shell.wait();
    assert_eq!(shell.request().idempotency_key.as_deref(), Some("key-1"));
}

#[test]
fn the_nearest_come_first_when_she_says_where_she_is() {
    let mut shell = open();
    shell.send(Event::Near).locate(Located::Near(Position { lat: 31.0, lng: 121.0 }));
    assert_eq!(shell.asked(), ["GET /gifts/g1?near=31.00000,121.00000"]);
    let mut shell = open();
    shell.send(Event::Near).locate(Located::Forbidden);
    assert!(shown(&shell).counters.note.is_some());
}

#[test]
fn its_own_troubles_come_first() {
    let mut shell = Shell::<Relocate>::open("r1".to_owned(), env(ZhCn));
    shell.lose(ASK).lose(PROFILE);
    let Body::Trouble(trouble) = shell.view().body else { panic!() };
    assert_eq!(trouble.way_out.unwrap().path, "/reservations/r1");
    shell.send(Event::Retry).answer(ASK, &fixtures::reservation(ZhCn)).lose(GIFT);
    assert!(matches!(shell.view().body, Body::Trouble(_)));
    shell.send(Event::Retry).answer(ASK, &fixtures::reservation(ZhCn)).answer(GIFT, &fixtures::gift(ZhCn));
    assert_eq!(label(&shell), "选一家专柜");
    shell.send(Event::Retry).refuse(ASK, Code::SessionMissing);
    assert_eq!(shell.went, [sign_in("/reservations/r1/move", false)]);
}

#[test]
fn it_is_in_her_language() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        for body in
            [fixtures::reservation(locale), fixtures::ended("failed", locale), fixtures::ended("collected", locale)]
        {
            let mut shell = open_in(&body, locale);
            reading::shown("move", &shell.view(), chinese);
            choose(&mut shell, "k3");
            shell.send(Event::Move);
            if shell.wants_key() {
                shell.make_key("key-1");
                reading::shown("moving", &shell.view(), chinese);
            }
        }
        let mut shell = open_in(&fixtures::reservation(locale), locale);
        choose(&mut shell, "k3");
        shell.send(Event::Move).make_key("key-1").lose(MOVE);
        reading::shown("unsure", &shell.view(), chinese);
    }
}
