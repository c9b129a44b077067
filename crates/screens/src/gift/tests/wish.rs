//! What she asks for, however often, and what comes of it.

use super::*;

#[test]
fn twenty_taps_are_one_request() {
    let mut shell = open();
    choose(&mut shell, "k1");
    for _ in 0..20 {
        shell.send(Event::Reserve);
    }
    shell.make_key("key-1");
    for _ in 0..20 {
        shell.send(Event::Reserve);
    }
    assert_eq!(shell.asked(), [RESERVE]);
    assert!(!shell.wants_key());
    let submit = shown(&shell).bar.submit.unwrap();
    assert_eq!((submit.label.as_str(), submit.busy, submit.can_submit), ("正在预约", true, false));
}

#[test]
fn consent_is_asked_for_when_a_wish_begins_and_never_again_for_it() {
    let mut shell = open();
    shell.send(Event::Reserve);
    assert_eq!(shell.consents, [], "no counter yet");
    choose(&mut shell, "k1");
    shell.send(Event::Reserve);
    assert_eq!(shell.consents, [Purpose::Reservation], "in this very tap");
    assert!(shell.wants_key());
    shell.send(Event::Reserve).make_key("key-1").send(Event::Reserve);
    shell.refuse(RESERVE, Code::IdempotencyInProgress).wait();
    shell.lose(RESERVE).send(Event::Seen(false)).send(Event::Seen(true)).lose(RESERVE).send(Event::Reserve);
    assert_eq!(shell.consents.len(), 1, "the same wish, whoever asks again");
    shell.refuse(RESERVE, Code::OutOfStock);
    choose(&mut shell, "k3");
    shell.send(Event::Reserve);
    assert_eq!(shell.consents.len(), 2, "another wish");
    let mut after = reloaded(&reserving("k2"), "g1", 20);
    after.answer(GIFT, &fixtures::gift(ZhCn)).reply(PROFILE, versioned(&profile_of("Lin", None), "\"1\""));
    after.answer(MINE, &fixtures::nothing()).lose(RESERVE).send(Event::Reserve);
    assert_eq!(after.consents, [], "a wish of before the reload");
}

#[test]
fn while_it_is_on_its_way_nothing_else_can_be_chosen() {
    let mut shell = reserving("k1");
    choose(&mut shell, "k2");
    shell.send(Event::Variant("v2".to_owned()));
    let view = shown(&shell);
    assert!(view.counters.locked && view.variants.locked);
    assert!(view.variants.cards[0].chosen);
    assert_eq!(rows(&shell)[0].3, 'c');
}

#[test]
fn a_lost_reply_is_asked_for_again_under_the_same_key() {
    let mut shell = reserving("k1");
    shell.lose(RESERVE);
    let bar = shown(&shell).bar;
    assert_eq!(bar.alert.unwrap().title, "还不知道约上没有");
    assert_eq!(bar.way_out.unwrap().path, "/reservations");
    assert_eq!(bar.submit.unwrap().label, "再问一次");
    choose(&mut shell, "k2");
    assert_eq!(rows(&shell)[0].3, 'c', "first the outcome of this one");
    shell.send(Event::Reserve);
    assert_eq!(key_of(shell.request()), "key-1");
    shell.reply(RESERVE, Reply::Answered { status: 502, body: "<html>".to_owned(), etag: None });
    shell.send(Event::Reserve);
    assert_eq!(key_of(shell.request()), "key-1");
    shell.answer(RESERVE, &fixtures::reservation(ZhCn));
    assert_eq!(shell.went.len(), 1);
}

#[test]
fn when_she_looks_again_it_asks_by_itself_once() {
    let mut shell = reserving("k1");
    shell.lose(RESERVE).send(Event::Seen(false));
    assert_eq!(shell.asked(), Vec::<String>::new());
    shell.send(Event::Seen(true));
    assert_eq!(shell.asked(), [RESERVE, GIFT, MINE]);
    shell.send(Event::Seen(false)).send(Event::Seen(true));
    assert_eq!(shell.asked(), [RESERVE, GIFT, MINE]);
}

#[test]
fn what_was_wanted_on_another_page_of_the_gift_is_taken_over_when_she_is_back_on_this_one() {
    let mut below = open();
    let mut above = reserving("k2");
    above.lose(RESERVE);
    below.send(Event::Seen(false));
    below.remembered = above.remembered;
    below.send(Event::Seen(true));
    assert_eq!(below.asked(), [GIFT, MINE], "as after a reload: first how things stand");
    assert_eq!(label(&below), "再问一次");
    below.answer(GIFT, &fixtures::gift(ZhCn)).answer(MINE, &fixtures::nothing());
    assert_eq!(key_of(below.request()), "key-1");
    below.answer(RESERVE, &fixtures::reservation(ZhCn));
    assert_eq!((below.went.len(), below.remembered), (1, None));
}

#[test]
fn a_wish_of_its_own_stays_what_it_is_when_she_looks_again() {
    let mut shell = reserving("k1");
    let other = reserving("k2").remembered.map(|text| text.replace("key-1", "key-9"));
    shell.remembered = other;
    shell.send(Event::Seen(true)).lose(RESERVE).send(Event::Reserve);
    assert!(shell.asked().contains(&RESERVE.to_owned()));
    shell.answer(GIFT, &fixtures::gift(ZhCn)).answer(MINE, &fixtures::nothing());
    assert_eq!(key_of(shell.request()), "key-1");
}

#[test]
fn what_she_reserved_on_another_page_is_said_when_she_is_back() {
    let mut shell = open();
    shell.send(Event::Seen(true)).answer(GIFT, &fixtures::gift(ZhCn));
    shell.answer(MINE, &fixtures::page_of(&[fixtures::reservation(ZhCn)], None));
    assert_eq!(shown(&shell).already.len(), 1);
    shell.send(Event::Seen(true)).answer(GIFT, &fixtures::gift(ZhCn)).lose(MINE);
    assert_eq!(shown(&shell).already.len(), 1, "and stays said when that can't be renewed");
}

#[test]
fn once_it_is_done_the_page_says_so_and_a_late_tap_wants_nothing() {
    let mut shell = reserving("k1");
    shell.answer(RESERVE, &fixtures::reservation(ZhCn)).send(Event::Reserve);
    let view = shown(&shell);
    let submit = view.bar.submit.unwrap();
    assert_eq!((submit.label.as_str(), submit.busy, submit.can_submit), ("选一家专柜", false, false));
    assert_eq!((view.already.len(), view.already[0].link.path.as_str()), (1, "/reservations/r1"));
    assert!(!shell.wants_key(), "the page may still be there while the next one is being opened");
    let mut again = open();
    again.send(Event::Seen(true)).answer(GIFT, &fixtures::gift(ZhCn));
    again.answer(MINE, &fixtures::page_of(&[fixtures::reservation(ZhCn)], None));
    choose(&mut again, "k1");
    again.send(Event::Reserve).make_key("key-2").answer(RESERVE, &fixtures::reservation(ZhCn));
    assert_eq!(shown(&again).already.len(), 1, "the same one is said once");
}

#[test]
fn figures_that_count_her_own_unit_do_not_take_her_choice_away() {
    let mut shell = reserving("k2");
    shell.lose(RESERVE).send(Event::Seen(true));
    let none_left = GiftOf { free: [&[2, 4], &[0, 0], &[3, 1]], ..GiftOf::default() };
    shell.answer(GIFT, &fixtures::gift_of(&none_left, ZhCn)).lose(MINE);
    shell.lose(RESERVE).send(Event::Reserve);
    assert_eq!(shell.request().body.as_deref(), Some(r#"{"variant_id":"v1","counter_id":"k2","points":300}"#));
    assert_eq!(key_of(shell.request()), "key-1");
}

#[test]
fn a_first_copy_that_is_still_running_is_looked_after() {
    let mut shell = reserving("k1");
    shell.refuse(RESERVE, Code::IdempotencyInProgress);
    assert_eq!(shell.wait(), 1000);
    assert_eq!(key_of(shell.request()), "key-1");
    shell.answer(RESERVE, &fixtures::reservation(ZhCn));
    assert_eq!(shell.went.len(), 1);
}

#[test]
fn when_the_last_one_has_just_gone_the_nearest_that_have_it_are_one_tap_away() {
    let mut shell = reserving("k2");
    shell.reply(RESERVE, problem(Code::OutOfStock, &fixtures::nearest(&["k1", "k3"], ZhCn)));
    assert_eq!(shell.focused, [picker::GONE]);
    assert_eq!(shell.asked(), [GIFT], "the figures are out of date");
    let view = shown(&shell);
    let gone = view.counters.gone.unwrap();
    assert_eq!(gone.title, "最后一份刚刚被预约走了");
    assert!(gone.detail.starts_with("新世界专柜的这一份没有约上，积分没有动。"));
    assert_eq!(
        rows(&shell),
        [
            row("离新世界专柜最近、还有货的", "久光专柜", "余 2\u{a0}份", 'o'),
            row("离新世界专柜最近、还有货的", "美罗专柜", "余 2\u{a0}份", 'o'),
            row("其他专柜", "新世界专柜", "暂无", 'x')
        ]
    );
    assert_eq!(view.counters.groups[0].rows[0].detail, "相距 1.2\u{a0}公里 · 上海 · 10:00–22:00");
    assert_eq!((view.bar.alert, label(&shell).as_str()), (None, "选一家专柜"));
    choose(&mut shell, "k1");
    assert_eq!(label(&shell), "预约 · 久光专柜");
    let none_left = GiftOf { free: [&[2, 4], &[0, 0], &[3, 1]], ..GiftOf::default() };
    shell.answer(GIFT, &fixtures::gift_of(&none_left, ZhCn));
    assert_eq!(rows(&shell)[0], row("离新世界专柜最近、还有货的", "久光专柜", "余 3\u{a0}份", 'c'));
    shell.send(Event::Reserve).make_key("key-2");
    assert_eq!(key_of(shell.request()), "key-2", "another counter is another wish");
}

#[test]
fn what_is_gone_everywhere_is_said_to_be() {
    let mut shell = reserving("k2");
    shell.reply(RESERVE, problem(Code::OutOfStock, r#","nearest":[]"#));
    let gone = shown(&shell).counters.gone.unwrap();
    assert!(gone.detail.ends_with("其他专柜现在也没有了。"));
    // A server that names no counters is no reason to name none gone.
    let mut shell = reserving("k2");
    shell.refuse(RESERVE, Code::OutOfStock);
    assert!(shown(&shell).counters.gone.is_some());
    assert_eq!(rows(&shell)[1].3, 'x');
}

#[test]
fn each_refusal_has_words_and_a_way_out_and_her_figures_are_asked_for_again() {
    let missing = r#","missing":60"#;
    for (code, more, title, path) in [
        (Code::InsufficientPoints, missing, "还差 60\u{a0}积分", Some("/points")),
        (Code::InsufficientPoints, "", "title of insufficient-points", None),
        (Code::TierTooLow, "", "您现在的等级还不能换", Some("/tier")),
        (Code::GiftLimitReached, "", "您已换满这件礼品", Some("/gifts")),
        (Code::TooManyReservations, "", "同时进行的预约已满", Some("/reservations")),
        (Code::TooManyRequests, "", "title of too-many-requests", None),
    ] {
        let mut shell = reserving("k1");
        shell.reply(RESERVE, problem(code, more));
        let bar = shown(&shell).bar;
        assert_eq!(bar.alert.unwrap().title, title);
        assert_eq!(bar.way_out.map(|link| link.path).as_deref(), path);
        assert!(bar.submit.unwrap().can_submit);
        assert_eq!(shell.asked(), [GIFT]);
        choose(&mut shell, "k3");
        assert_eq!(shown(&shell).bar.alert, None, "she turns to something else");
        shell.send(Event::Reserve).make_key("key-2");
        assert_eq!(shell.asked(), [GIFT, RESERVE]);
    }
}

#[test]
fn a_reload_in_the_middle_asks_for_the_same_thing_under_the_same_key() {
    let mut after = reloaded(&reserving("k2"), "g1", 20);
    assert_eq!(after.asked(), [GIFT, PROFILE, MINE], "not before it is known how long ago that was");
    after.answer(GIFT, &fixtures::gift(ZhCn));
    assert_eq!(after.asked(), [PROFILE, MINE, RESERVE]);
    after.reply(PROFILE, versioned(&profile_of("Lin", None), "\"1\"")).answer(MINE, &fixtures::nothing());
    after.send(Event::Reserve).send(Event::Counter("k1".to_owned()));
    assert_eq!(after.request().body.as_deref(), Some(r#"{"variant_id":"v1","counter_id":"k2","points":300}"#));
    assert_eq!(key_of(after.request()), "key-1");
    after.answer(RESERVE, &fixtures::reservation(ZhCn));
    assert_eq!((after.went.len(), after.remembered), (1, None), "and is forgotten once it is known");
}

#[test]
fn what_was_wanted_long_before_a_reload_waits_for_her_and_of_another_gift_is_not_asked_for() {
    let mut after = reloaded(&reserving("k2"), "g1", 3600);
    after.answer(GIFT, &fixtures::gift(ZhCn)).reply(PROFILE, versioned(&profile_of("Lin", None), "\"1\""));
    assert_eq!(after.asked(), [MINE]);
    after.answer(MINE, &fixtures::nothing());
    assert_eq!(label(&after), "再问一次");
    after.send(Event::Reserve);
    assert_eq!(key_of(after.request()), "key-1");
    let other = reloaded(&reserving("k2"), "g2", 20);
    assert!(!other.screen.wish.is_open());
    for text in ["", "{}", "null", "[1]"] {
        let mut before = open();
        before.remembered = Some(text.to_owned());
        assert!(!reloaded(&before, "g1", 20).screen.wish.is_open(), "{text}");
    }
}

#[test]
fn what_was_wanted_a_day_ago_is_forgotten_for_the_server_may_not_know_it_any_more() {
    let day = 24 * 3600;
    let mut after = reloaded(&reserving("k2"), "g1", day);
    assert!(after.remembered.is_some() && after.screen.wish.is_unsure());
    after.pass(1);
    after.answer(GIFT, &fixtures::gift(ZhCn)).reply(PROFILE, versioned(&profile_of("Lin", None), "\"1\""));
    after.answer(MINE, &fixtures::nothing());
    assert_eq!((after.remembered.as_deref(), label(&after).as_str()), (None, "预约 · 新世界专柜"));

    // The clock is not known before the first answer of a cold start.
    let mut after = reloaded(&reserving("k2"), "g1", day + 1);
    let clock = after.env.clock.take();
    let mut late = Shell::<Gift>::reloaded(
        Params { id: "g1".to_owned(), ..Params::default() },
        after.env.clone(),
        reserving("k2").remembered,
    );
    assert!(late.screen.wish.is_unsure() && late.remembered.is_some());
    late.env.clock = clock;
    late.lose(MINE);
    assert!(!late.screen.wish.is_open() && late.remembered.is_none());

    let mut timeless = reserving("k2");
    let since = r#","since":"2026-11-22T01:41:07Z""#;
    timeless.remembered = timeless.remembered.map(|text| {
        assert!(text.contains(since), "{text}");
        text.replace(since, "")
    });
    let timeless = reloaded(&timeless, "g1", 20);
    assert!(!timeless.screen.wish.is_open() && timeless.remembered.is_none());
}

#[test]
fn to_ask_again_after_a_day_is_no_new_wish() {
    let mut shell = reserving("k1");
    shell.lose(RESERVE).pass(24 * 3600 + 1);
    shell.send(Event::Reserve);
    assert_eq!((shell.wants_key(), shell.remembered.as_deref()), (false, None));
    assert_eq!(shell.asked(), [GIFT, MINE], "she is shown what there is");
}

#[test]
fn a_refusal_is_remembered_no_longer() {
    let mut shell = reserving("k1");
    assert!(shell.remembered.is_some());
    shell.refuse(RESERVE, Code::TooManyReservations);
    assert_eq!(shell.remembered, None);
}
