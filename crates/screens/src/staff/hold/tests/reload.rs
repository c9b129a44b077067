use super::*;

/// The page was lost while a hold was on its way, and opens again in the same tab.
fn reloaded(number: &str) -> Shell<Hold> {
    let mut before = at_confirm(ZhCn);
    before.send(Event::Confirm).make_key("k1");
    let remembered = before.remembered.clone();
    let text = remembered.as_deref().unwrap();
    assert!(!text.contains("138"), "nothing personal is kept: {text}");
    let params = Params { on_duty: testing::on_duty(COUNTER, ZhCn), counter: None, variant: Some("v1".to_owned()) };
    let mut shell = Shell::<Hold>::reloaded(params, env(ZhCn), remembered);
    shell.answer(SHELF, &shelf(ZhCn)).send(Event::PhoneTyped(number.to_owned())).send(Event::Continue);
    shell
}

#[test]
fn a_reload_in_the_middle_does_not_make_it_two() {
    let mut shell = reloaded("13800000001");
    shell.send(Event::Confirm);
    assert_eq!((shell.wants_key(), shell.request().idempotency_key.as_deref()), (false, Some("k1")));
    shell.reply(HOLD, created(ZhCn));
    made(&shell);
    assert_eq!(shell.remembered, None);
}

#[test]
fn another_caller_after_a_reload_gets_a_hold_of_her_own() {
    let mut shell = reloaded("13800000002");
    shell.send(Event::Confirm).refuse(HOLD, Code::IdempotencyKeyReused);
    shell.make_key("k2");
    assert_eq!(shell.request().idempotency_key.as_deref(), Some("k2"));
    shell.reply(HOLD, created(ZhCn));
    made(&shell);
}

#[test]
fn what_is_remembered_grows_old_and_is_of_one_unit_only() {
    let mut shell = reloaded("13800000001");
    shell.pass(601);
    shell.send(Event::Confirm);
    assert!(shell.wants_key());
    let mut shell = reloaded("13800000001");
    shell.send(Event::Change(Part::Variant)).send(Event::Variant("v2".to_owned())).send(Event::Confirm);
    assert!(shell.wants_key());
}

#[test]
fn a_known_outcome_is_forgotten() {
    let mut shell = at_confirm(ZhCn);
    shell.send(Event::Confirm).make_key("k1").lose(HOLD);
    assert!(shell.remembered.is_some());
    shell.send(Event::Confirm).refuse(HOLD, Code::TierTooLow);
    assert_eq!(shell.remembered, None);
}
