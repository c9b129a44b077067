use super::*;

#[test]
fn giving_up_wants_a_reason_and_says_what_follows() {
    let mut shell = held();
    assert_eq!(contents(&shell).work.give_up.unwrap(), "无法保留");
    act(&mut shell, Do::GiveUp);
    let view = give_up(&shell);
    assert_eq!(view.consequence, "300\u{a0}积分马上退回会员，她会收到消息和其他选择。不能撤销。");
    assert!(view.reasons.choices.iter().all(|choice| !choice.chosen));
    act(&mut shell, Do::ConfirmGiveUp);
    assert_eq!(give_up(&shell).reasons_error.unwrap(), "请选一个原因。");
    assert!(!shell.wants_key());
    act(&mut shell, Do::Reason(Reason::Damaged));
    assert_eq!(give_up(&shell).reasons_error, None);
    act(&mut shell, Do::ConfirmGiveUp);
    act(&mut shell, Do::ConfirmGiveUp).make_key("k1");
    act(&mut shell, Do::ConfirmGiveUp);
    let request = shell.request();
    assert_eq!(request.body.as_deref(), Some(r#"{"reason":"这一件有破损"}"#));
    assert_eq!(request.idempotency_key.as_deref(), Some("k1"));
    shell.answer(FAIL, &Reserved { state: "failed", ..Reserved::default() }.json(ZhCn));
    let contents = contents(&shell);
    assert_eq!((contents.work.told.unwrap().title.as_str(), contents.work.good), ("已退回会员", false));
    assert_eq!(contents.work.step, Step::Nothing);
}

#[test]
fn a_reason_in_words_of_ones_own_is_neither_empty_nor_endless() {
    let mut shell = held();
    act(&mut shell, Do::GiveUp);
    act(&mut shell, Do::Reason(Reason::Other));
    assert_eq!(shell.focused, [work::STEP, work::REASON]);
    for (typed, error) in [("  ", "请写明原因。"), (&"字".repeat(201), "最多 200 个字。")] {
        act(&mut shell, Do::ReasonTyped((*typed).to_owned()));
        act(&mut shell, Do::ConfirmGiveUp);
        assert_eq!(give_up(&shell).field.unwrap().error.unwrap().text, error);
    }
    act(&mut shell, Do::ReasonTyped(" 水渍 ".to_owned()));
    assert_eq!(give_up(&shell).field.unwrap().error, None);
    act(&mut shell, Do::ConfirmGiveUp).make_key("k1");
    assert_eq!(shell.request().body.as_deref(), Some(r#"{"reason":"水渍"}"#));
}

#[test]
fn giving_up_may_be_left_but_not_while_its_outcome_is_open() {
    let mut shell = held();
    act(&mut shell, Do::GiveUp);
    act(&mut shell, Do::Leave);
    unit(&shell);
    act(&mut shell, Do::GiveUp);
    act(&mut shell, Do::Reason(Reason::Missing));
    act(&mut shell, Do::ConfirmGiveUp).make_key("k1");
    act(&mut shell, Do::Leave);
    act(&mut shell, Do::Reason(Reason::Damaged));
    shell.lose(FAIL);
    act(&mut shell, Do::Leave);
    assert_eq!(give_up(&shell).submit.label, "再试一次");
    act(&mut shell, Do::ConfirmGiveUp);
    assert_eq!(shell.request().idempotency_key.as_deref(), Some("k1"));
    shell.refuse(FAIL, Code::ReservationState);
    assert_eq!(give_up(&shell).alert.unwrap().title, "title of reservation-state");
    act(&mut shell, Do::Leave);
    unit(&shell);
}
