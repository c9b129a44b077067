//! What is reserved anew from here is one wish, whichever page asks for it.

use super::*;

/// As far as a request on its way: what has failed is reserved anew.
fn reserving_anew() -> Shell<Relocate> {
    let mut shell = open_in(&fixtures::ended("failed", ZhCn), ZhCn);
    choose(&mut shell, "k2");
    shell.send(Event::Move).make_key("key-1");
    shell
}

/// What that remembers.
fn remembered() -> Option<String> {
    let text = reserving_anew().remembered;
    assert!(text.is_some());
    text
}

fn key_of(shell: &Shell<Relocate>) -> &str {
    shell.request().idempotency_key.as_deref().unwrap()
}

#[test]
fn a_reload_in_the_middle_asks_for_the_same_thing_under_the_same_key() {
    let mut after = Shell::<Relocate>::reloaded("r1".to_owned(), env(ZhCn), remembered());
    after.reply(PROFILE, versioned(&profile_of("Lin", None), "\"1\"")).answer(ASK, &fixtures::ended("failed", ZhCn));
    after.answer(GIFT, &fixtures::gift(ZhCn));
    assert_eq!(key_of(&after), "key-1");
    assert_eq!(after.request().body.as_deref(), Some(r#"{"variant_id":"v1","counter_id":"k2","points":300}"#));
    after.answer(RESERVE, &fixtures::reservation_of(&ReservationOf { id: "r2", ..ReservationOf::default() }, ZhCn));
    assert_eq!((after.went.len(), after.remembered), (1, None));
}

#[test]
fn what_was_wanted_on_another_page_is_taken_over_when_she_is_back_on_this_one() {
    let mut below = open_in(&fixtures::ended("failed", ZhCn), ZhCn);
    below.remembered = remembered();
    below.pass(3600);
    below.send(Event::Seen(true)).answer(ASK, &fixtures::ended("failed", ZhCn)).answer(GIFT, &fixtures::gift(ZhCn));
    assert_eq!((label(&below).as_str(), below.asked().len()), ("再问一次", 0), "an hour ago: she asks, or nobody");
    below.send(Event::Move);
    assert_eq!(key_of(&below), "key-1");
    assert!(below.consents.is_empty());
}

#[test]
fn a_wish_for_something_else_is_not_this_pages() {
    let other = |from: &str, to: &str| {
        remembered().map(|text| {
            assert!(text.contains(from), "{text}");
            text.replace(from, to)
        })
    };
    for text in [other("\"v1\"", "\"v2\""), other("\"g1\"", "\"g2\""), Some("{}".to_owned())] {
        let mut shell = open_in(&fixtures::ended("failed", ZhCn), ZhCn);
        shell.remembered.clone_from(&text);
        shell.send(Event::Seen(true));
        assert!(!shell.screen.wish.is_open());
        assert_eq!(shell.remembered, text);
    }
    // What is open moves, and that is no new reservation.
    let mut shell = open();
    shell.remembered = remembered();
    shell.send(Event::Seen(true)).lose(ASK).lose(GIFT);
    assert!(!shell.screen.wish.is_open());
    choose(&mut shell, "k3");
    shell.send(Event::Move).make_key("key-2").answer(MOVE, &fixtures::reservation(ZhCn));
    assert_eq!(shell.remembered, remembered(), "what came of that is still not known");
}

#[test]
fn what_was_refused_or_is_a_day_old_is_remembered_no_longer() {
    let mut shell = reserving_anew();
    shell.refuse(RESERVE, Code::TooManyReservations);
    assert_eq!(shell.remembered, None);

    let mut shell = reserving_anew();
    shell.lose(RESERVE).pass(24 * 3600 + 1);
    shell.send(Event::Move);
    assert_eq!((shell.wants_key(), shell.remembered.as_deref()), (false, None), "to ask again is no new wish");
    assert_eq!(shell.asked(), [ASK, GIFT]);

    let mut old = open_in(&fixtures::ended("failed", ZhCn), ZhCn);
    old.remembered = remembered();
    old.pass(24 * 3600 + 1);
    old.send(Event::Seen(true));
    assert_eq!((old.screen.wish.is_open(), old.remembered.as_deref()), (false, None));
}

#[test]
fn once_it_is_done_a_late_tap_wants_nothing() {
    let moved = fixtures::reservation_of(&ReservationOf { counter: "k3", ..ReservationOf::default() }, ZhCn);
    let mut shell = open();
    choose(&mut shell, "k3");
    shell.send(Event::Move).make_key("key-1").answer(MOVE, &moved).send(Event::Move);
    assert_eq!((label(&shell).as_str(), shell.wants_key()), ("选一家专柜", false));
    assert_eq!(shown(&shell).now.as_deref(), Some("现在约在美罗专柜。"));
    let mut shell = reserving_anew();
    shell.answer(RESERVE, &fixtures::reservation_of(&ReservationOf { id: "r2", ..ReservationOf::default() }, ZhCn));
    shell.send(Event::Move);
    assert_eq!((label(&shell).as_str(), shell.wants_key()), ("选一家专柜", false));
}
