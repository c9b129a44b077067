use catalogue::Locale::{En, ZhCn};
use contract::Code;
use proptest::prelude::*;

use super::*;
use crate::testing::{Shell, env, fixtures, ok, problem};

const SEND: &str = "POST /auth/otp";
const TRY: &str = "POST /auth/otp/verify";

fn open(back: &str, ended: bool) -> Shell<SignIn> {
    Shell::open(Params { back: back.to_owned(), ended }, env(ZhCn))
}

/// At the second step, the code just sent.
fn at_code() -> Shell<SignIn> {
    let mut shell = open("", false);
    shell.send(Event::PhoneTyped("13800000001".to_owned())).send(Event::Submit).answer(SEND, fixtures::code_sent());
    shell
}

fn phone(shell: &Shell<SignIn>) -> (crate::view::Field, crate::view::Submit, Option<crate::view::Alert>) {
    match shell.view().step {
        Step::Phone { field, submit, alert } => (field, submit, alert),
        other => panic!("{other:?}"),
    }
}

struct CodeStep {
    field: crate::view::Field,
    submit: crate::view::Submit,
    resend: crate::view::Submit,
    alert: Option<crate::view::Alert>,
    sent_to: String,
}

fn code(shell: &Shell<SignIn>) -> CodeStep {
    match shell.view().step {
        Step::Code { field, submit, resend, alert, sent_to, .. } => CodeStep { field, submit, resend, alert, sent_to },
        other => panic!("{other:?}"),
    }
}

#[test]
fn from_number_to_code_to_the_page_she_wanted() {
    let mut shell = open("/points", true);
    assert_eq!(shell.view().notice.unwrap(), "您已退出登录，可能是在别处退出的。登录后会回到「积分」。");
    shell.send(Event::PhoneTyped("138".to_owned())).send(Event::PhoneTyped("1380".to_owned()));
    assert_eq!(phone(&shell).0.value, "138 0");
    shell.send(Event::PhoneTyped("138 00000001".to_owned())).send(Event::Submit);
    assert_eq!(shell.request().body.as_deref(), Some(r#"{"phone":"13800000001"}"#));
    shell.answer(SEND, fixtures::code_sent());
    assert_eq!(code(&shell).sent_to, "验证码已发送至 138 0000 0001");
    assert_eq!(
        (shell.focused.as_slice(), shell.said.as_slice()),
        ([CODE].as_slice(), ["验证码已发送".to_owned()].as_slice())
    );
    shell.send(Event::CodeTyped("123456".to_owned()));
    assert_eq!(shell.request().body.as_deref(), Some(r#"{"challenge_id":"c1","code":"123456"}"#));
    shell.answer(TRY, &fixtures::session(true, ZhCn));
    assert_eq!(shell.went, [Navigation::AfterSessionChange("/points".to_owned())]);
    assert_eq!(shell.kept, [None, None], "what was kept may be somebody else's");
}

#[test]
fn who_is_not_a_member_yet_goes_on_to_join() {
    let mut shell = open("/tier", false);
    shell.send(Event::PhoneTyped("13800000001".to_owned())).send(Event::Submit).answer(SEND, fixtures::code_sent());
    shell.send(Event::CodeTyped("123456".to_owned())).answer(TRY, &fixtures::session(false, ZhCn));
    assert_eq!(shell.went, [Navigation::AfterSessionChange("/join?back=/tier".to_owned())]);
}

#[test]
fn the_notice_says_why_she_is_here() {
    assert_eq!(open("", false).view().notice, None);
    assert_eq!(open("/card", false).view().notice.unwrap(), "请先登录，之后会打开「会员码」。");
    assert!(open("", true).view().notice.unwrap().contains("「首页」"));
}

#[test]
fn what_is_no_phone_number_is_not_sent() {
    for (typed, words) in [
        ("", "请输入手机号。"),
        ("1380000000", "这不像"),
        ("23800000001", "这不像"),
        ("abc", "这不像"),
        ("+12", "这不像"),
    ] {
        let mut shell = open("", false);
        shell.send(Event::PhoneTyped(typed.to_owned())).send(Event::Submit);
        let (field, ..) = phone(&shell);
        assert!(field.error.as_ref().unwrap().text.starts_with(words), "{typed}");
        assert_eq!(field.described_by.as_deref(), Some("phone-hint phone-error"));
        assert_eq!((shell.asked(), shell.focused.as_slice()), (Vec::new(), [PHONE].as_slice()));
        shell.send(Event::PhoneTyped("1".to_owned()));
        assert_eq!(phone(&shell).0.error, None, "forgiven while she corrects it");
    }
}

#[test]
fn twenty_taps_send_once() {
    let mut shell = open("", false);
    shell.send(Event::PhoneTyped("13800000001".to_owned()));
    for _ in 0..20 {
        shell.send(Event::Submit);
    }
    assert_eq!(shell.asked(), [SEND]);
    let (_, submit, _) = phone(&shell);
    assert!(submit.busy && !submit.can_submit);
    shell.answer(SEND, fixtures::code_sent());
    for _ in 0..20 {
        shell.send(Event::CodeTyped("123456".to_owned())).send(Event::Submit);
    }
    assert_eq!(shell.asked(), [TRY]);
}

#[test]
fn a_lost_reply_keeps_what_she_typed() {
    let mut shell = open("", false);
    shell.send(Event::PhoneTyped("13800000001".to_owned())).send(Event::Submit).lose(SEND);
    let (field, submit, alert) = phone(&shell);
    assert_eq!(
        (field.value.as_str(), submit.can_submit, alert.unwrap().title.as_str()),
        ("138 0000 0001", true, "连不上网络")
    );
    shell.send(Event::Submit).answer(SEND, fixtures::code_sent());
    shell.send(Event::CodeTyped("123456".to_owned())).lose(TRY);
    let step = code(&shell);
    assert_eq!((step.field.value.as_str(), step.submit.can_submit), ("123456", true));
    assert_eq!(step.alert.unwrap().title, "连不上网络");
    shell.send(Event::Submit);
    assert_eq!(shell.asked(), [TRY]);
}

#[test]
fn a_wrong_code_is_cleared_and_can_be_typed_again() {
    let mut shell = at_code();
    shell.focused.clear();
    shell.send(Event::CodeTyped("111111".to_owned())).refuse(TRY, Code::CodeWrong);
    let step = code(&shell);
    assert_eq!(step.field.value, "");
    assert_eq!(step.field.error.unwrap().text, "title of code-wrong。detail of code-wrong");
    assert_eq!((step.alert, shell.focused.as_slice()), (None, [CODE].as_slice()));
    shell.send(Event::CodeTyped("1".to_owned()));
    assert_eq!(code(&shell).field.error, None);
    shell.send(Event::CodeTyped("111111".to_owned()));
    assert_eq!(shell.asked(), [TRY], "the same digits again are tried again");
}

#[test]
fn an_expired_code_offers_a_new_one() {
    let mut shell = at_code();
    shell.pass(300);
    shell.wait();
    shell.send(Event::CodeTyped("123456".to_owned())).refuse(TRY, Code::CodeExpired);
    let step = code(&shell);
    assert_eq!((step.field.value.as_str(), step.alert.unwrap().title.as_str()), ("", "title of code-expired"));
    assert!(step.resend.can_submit);
    shell.send(Event::Resend).send(Event::Resend);
    assert_eq!(shell.asked(), [SEND]);
    shell.answer(SEND, fixtures::code_sent());
    assert_eq!(code(&shell).alert, None);
}

#[test]
fn another_code_can_be_asked_for_after_the_countdown() {
    let mut shell = at_code();
    assert_eq!(code(&shell).resend.label, "60 秒后可重新发送");
    shell.send(Event::Resend);
    assert_eq!(shell.asked(), Vec::<String>::new());
    for left in (1..60).rev() {
        assert_eq!(shell.wait(), 1000);
        assert_eq!(code(&shell).resend.label, format!("{left} 秒后可重新发送"));
    }
    shell.wait();
    assert!(!shell.is_waiting(), "the clock stops when nobody waits for it");
    assert_eq!((code(&shell).resend.label.as_str(), code(&shell).resend.can_submit), ("重新发送", true));
}

#[test]
fn a_phone_that_slept_has_waited_too() {
    let mut shell = at_code();
    shell.pass(45);
    shell.wait();
    assert_eq!(code(&shell).resend.label, "14 秒后可重新发送");
}

#[test]
fn without_a_clock_the_seconds_are_counted() {
    let mut shell = open("", false);
    shell.env.clock = None;
    shell.send(Event::PhoneTyped("13800000001".to_owned())).send(Event::Submit).answer(SEND, fixtures::code_sent());
    shell.wait();
    assert_eq!(code(&shell).resend.label, "59 秒后可重新发送");
}

#[test]
fn too_many_requests_say_when_again() {
    let mut shell = open("", false);
    shell.send(Event::PhoneTyped("13800000001".to_owned())).send(Event::Submit);
    shell.reply(SEND, problem(Code::TooManyRequests, r#","retry_after":2"#));
    let (_, submit, alert) = phone(&shell);
    assert_eq!((submit.label.as_str(), submit.can_submit), ("2 秒后可重试", false));
    assert_eq!(alert.unwrap().title, "title of too-many-requests");
    shell.send(Event::Submit);
    assert_eq!(shell.asked(), Vec::<String>::new());
    shell.wait();
    shell.wait();
    assert!(phone(&shell).1.can_submit);
    shell.send(Event::Submit);
    assert_eq!(shell.asked(), [SEND]);
}

#[test]
fn too_many_tries_block_the_code_too() {
    let mut shell = at_code();
    shell.send(Event::CodeTyped("123456".to_owned()));
    shell.reply(TRY, problem(Code::TooManyRequests, r#","retry_after":30"#));
    assert!(!code(&shell).submit.can_submit);
    shell.send(Event::Submit).send(Event::CodeTyped("654321".to_owned())).send(Event::Resend);
    assert_eq!(shell.asked(), Vec::<String>::new());
}

#[test]
fn the_servers_word_on_a_field_stands_beside_it() {
    let mut shell = open("", false);
    shell.send(Event::PhoneTyped("+4412345678".to_owned())).send(Event::Submit);
    shell.reply(
        SEND,
        problem(Code::InputInvalid, r#","errors":[{"field":"phone","code":"x","detail":"no such number"}]"#),
    );
    let (field, _, alert) = phone(&shell);
    assert_eq!((field.error.unwrap().text.as_str(), alert), ("no such number", None));
}

#[test]
fn answers_to_questions_of_before_change_nothing() {
    let mut shell = at_code();
    shell.send(Event::CodeTyped("123456".to_owned())).send(Event::ChangePhone);
    assert_eq!(phone(&shell).0.value, "138 0000 0001", "the number is still there to correct");
    shell.refuse(TRY, Code::CodeWrong);
    assert_eq!(phone(&shell).0.error, None);
    shell.send(Event::Submit).send(Event::ChangePhone).reply(SEND, ok(fixtures::code_sent()));
    phone(&shell);
}

#[test]
fn a_whole_message_can_be_pasted() {
    for (text, code) in [
        ("【晨露】验证码 123456，5 分钟内有效。请勿告诉他人。", "123456"),
        ("Morning Dew: your code is 123456. It is valid for 5 minutes.", "123456"),
        ("Call 13800000001 or use 654321", "654321"),
        ("１２３４５６", "123456"),
        ("123 456", "123456"),
        ("123-45", "12345"),
        ("12345678", "123456"),
        ("abc", ""),
    ] {
        assert_eq!(input::code_typed(text), code, "{text}");
    }
}

#[test]
fn a_number_is_sent_in_one_form_however_it_is_typed() {
    for (text, sent) in [
        ("138 0000 0001", Some("13800000001")),
        ("１３８０００００００１", Some("13800000001")),
        ("138-0000-0001", Some("13800000001")),
        ("+86 138 0000 0001", Some("+8613800000001")),
        ("＋8613800000001", Some("+8613800000001")),
        ("+44 7911 123456", Some("+447911123456")),
        ("+86 238 0000 0001", None),
        ("+0123456789", None),
        ("++8613800000001", None),
        ("138000000011", None),
        ("12800000001", None),
        ("13800000001x", None),
    ] {
        assert_eq!(input::phone_to_send(text).as_deref(), sent, "{text}");
    }
}

#[test]
fn groups_are_put_in_only_where_the_caret_is_at_the_end() {
    assert_eq!(input::phone_typed("138", "1380"), "138 0");
    assert_eq!(input::phone_typed("", "13800000001"), "138 0000 0001");
    assert_eq!(input::phone_typed("138 0000 0001", "18 0000 0001"), "18 0000 0001", "a digit deleted in the middle");
    assert_eq!(input::phone_typed("138 0", "138 "), "138 ", "deleted at the end");
    assert_eq!(input::phone_typed("+86 138", "+86 1380"), "+86 138 0");
    assert_eq!(input::phone_typed("+44 79", "+44 791"), "+44 791");
    assert_eq!(input::phone_grouped("18 0000 0001"), "180 0000 001");
}

#[test]
fn both_steps_are_in_her_language() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let mut shell = Shell::<SignIn>::open(Params { back: "/points".to_owned(), ended: true }, env(locale));
        crate::testing::reading::shown("phone", &shell.view(), chinese);
        shell.send(Event::Submit);
        crate::testing::reading::shown("phone, empty", &shell.view(), chinese);
        shell.send(Event::PhoneTyped("13800000001".to_owned())).send(Event::Submit).lose(SEND);
        crate::testing::reading::shown("phone, offline", &shell.view(), chinese);
        shell.send(Event::Submit).answer(SEND, fixtures::code_sent());
        crate::testing::reading::shown("code", &shell.view(), chinese);
        shell.send(Event::Submit);
        crate::testing::reading::shown("code, empty", &shell.view(), chinese);
        shell.send(Event::CodeTyped("123456".to_owned()));
        crate::testing::reading::shown("code, checking", &shell.view(), chinese);
    }
}

proptest! {
    #[test]
    fn typing_loses_no_digit(typed in "[0-9+ ]{0,20}", before in "[0-9+ ]{0,10}") {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        prop_assert_eq!(digits(&input::phone_typed(&before, &typed)), digits(&typed));
        let once = input::phone_grouped(&typed);
        prop_assert_eq!(input::phone_grouped(&once), once);
    }

    #[test]
    fn any_text_reads_as_at_most_six_digits(text: String) {
        let code = input::code_typed(&text);
        prop_assert!(code.len() <= input::CODE_LENGTH && code.bytes().all(|b| b.is_ascii_digit()));
    }

    #[test]
    fn what_is_sent_is_a_number(text: String) {
        if let Some(sent) = input::phone_to_send(&text) {
            let digits = sent.strip_prefix('+').unwrap_or(&sent);
            prop_assert!(digits.bytes().all(|b| b.is_ascii_digit()) && (8..=15).contains(&digits.len()));
        }
    }
}

#[test]
fn a_session_that_ended_leaves_no_pass_on_the_phone() {
    assert_eq!(open("/points", true).kept, [None]);
    assert_eq!(open("/points", false).kept, []);
}
