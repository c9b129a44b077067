use super::*;

fn waiting_until(until: &'static str) -> String {
    Reserved { state: "ready", exchange: Some((VARIANT_RICH, until)), ..Reserved::default() }.json(ZhCn)
}

/// Asks the member for another variant; she has fifteen minutes.
fn asked(shell: &mut Shell<Reservation>) {
    act(shell, Do::OfferOther);
    act(shell, Do::Ask).make_key("k1").answer(OFFER, &waiting_until("2026-11-22T01:56:07Z"));
}

#[test]
fn another_variant_is_offered_only_where_there_is_something_to_exchange() {
    for (state, offered) in
        [("held", false), ("ready", true), ("collected", true), ("cancelled", false), ("expired", false)]
    {
        let shell = in_state(state);
        assert_eq!(contents(&shell).work.offer.is_some(), offered, "{state}");
    }
    assert_eq!(contents(&in_state("collected")).work.give_up, None);
}

#[test]
fn the_member_is_asked_and_counted_down_by_the_servers_clock() {
    let mut shell = in_state("ready");
    act(&mut shell, Do::OfferOther);
    let Step::Choosing(choosing) = contents(&shell).work.step else { panic!() };
    assert_eq!((choosing.now.label.as_str(), choosing.others.len()), ("清爽型", 1));
    assert!(choosing.others[0].chosen && choosing.submit.can_submit, "the only one is chosen");
    act(&mut shell, Do::Ask);
    act(&mut shell, Do::Ask).make_key("k1");
    assert_eq!(shell.request().body.as_deref(), Some(r#"{"variant_id":"v2"}"#));
    shell.answer(OFFER, &waiting_until("2026-11-22T01:56:07Z"));
    let waiting = |shell: &Shell<Reservation>| match contents(shell).work.step {
        Step::Waiting { waiting, .. } => waiting,
        other => panic!("{other:?}"),
    };
    let view = waiting(&shell);
    assert_eq!((view.countdown.as_str(), view.countdown_label.as_str()), ("15 分 0 秒", "09:56 前有效"));
    assert_eq!((view.from.label.as_str(), view.to.label.as_str()), ("清爽型", "滋润型"));
    assert_eq!(shell.wait(), 1000);
    assert_eq!(waiting(&shell).countdown, "14 分 59 秒");
    shell.wait();
    shell.wait();
    assert_eq!(shell.asked(), [ASK], "every three seconds it looks");
    shell.wait();
    shell.wait();
    shell.wait();
    assert_eq!(shell.asked(), [ASK], "one look at a time");
    shell.lose(ASK);
    let Step::Waiting { blind, .. } = contents(&shell).work.step else { panic!() };
    assert!(blind.is_some());
    let work = contents(&shell).work;
    assert_eq!((work.offer, work.give_up), (None, None), "one question at a time");
}

/// What she said, after `history`.
fn answered(state: &'static str, light: bool, history: &'static [&'static str]) -> Shell<Reservation> {
    let mut shell = in_state("ready");
    asked(&mut shell);
    for _ in 0..3 {
        shell.wait();
    }
    shell.answer(ASK, &Reserved { state, light, history, ..Reserved::default() }.json(ZhCn));
    shell
}

#[test]
fn her_word_is_heard() {
    let mut shell = answered(
        "ready",
        false,
        &[r#"{"at":"2026-11-22T01:42:00Z","what":"exchanged","by":"member","name":null,"note":"滋润型"}"#],
    );
    let work = contents(&shell).work;
    assert_eq!((work.told.unwrap().title.as_str(), work.good), ("会员同意换成滋润型", true));
    assert_eq!(shell.signals.last(), Some(&Signal::Good));
    shell.wait();
    assert!(!shell.is_waiting(), "nothing is waited for any more");
    let shell = answered(
        "ready",
        true,
        &[r#"{"at":"2026-11-22T01:42:00Z","what":"exchange_declined","by":"member","name":null,"note":null}"#],
    );
    let work = contents(&shell).work;
    assert_eq!((work.told.unwrap().text(ZhCn).as_str(), work.good), ("会员不换。没有任何变化，仍是清爽型。", false));
    assert_eq!(shell.signals.last(), Some(&Signal::Bad));
    let shell = answered("ready", true, &[]);
    assert_eq!(contents(&shell).work.told.unwrap().title, "会员没有在时限内答复");
}

#[test]
fn a_reservation_that_went_elsewhere_is_watched_no_longer() {
    let mut shell = in_state("ready");
    asked(&mut shell);
    for _ in 0..3 {
        shell.wait();
    }
    shell.refuse(ASK, Code::NotFound);
    let work = contents(&shell).work;
    assert_eq!((work.told.unwrap().title.as_str(), work.good), ("会员把这份预约换到了别的专柜", false));
    shell.wait();
    assert!(!shell.is_waiting() && shell.asked().is_empty());
}

#[test]
fn an_offer_that_waits_already_is_waited_for() {
    let params = Params { on_duty: testing::on_duty(COUNTER, ZhCn), id: "r1".to_owned() };
    let mut shell = Shell::<Reservation>::open(params, env(ZhCn));
    shell.answer(ASK, &waiting_until("2026-11-22T01:56:07Z"));
    assert!(shell.is_waiting() && matches!(contents(&shell).work.step, Step::Waiting { .. }));
}

#[test]
fn an_offer_that_is_refused_says_why_and_another_may_be_made() {
    let mut shell = in_state("ready");
    act(&mut shell, Do::OfferOther);
    act(&mut shell, Do::Ask).make_key("k1").refuse(OFFER, Code::OutOfStock);
    let Step::Choosing(choosing) = contents(&shell).work.step else { panic!() };
    assert_eq!(choosing.alert.unwrap().title, "title of out-of-stock");
    act(&mut shell, Do::Choose("nobody's".to_owned()));
    act(&mut shell, Do::Choose("v2".to_owned()));
    let Step::Choosing(choosing) = contents(&shell).work.step else { panic!() };
    assert_eq!(choosing.alert, None);
    act(&mut shell, Do::Ask).make_key("k2").lose(OFFER);
    act(&mut shell, Do::Leave);
    act(&mut shell, Do::Ask);
    assert_eq!(shell.request().idempotency_key.as_deref(), Some("k2"));
}
