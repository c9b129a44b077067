use catalogue::Locale::{En, ZhCn};
use contract::Code;

use super::*;
use crate::Reply;
use crate::staff::testing::{self, COUNTER};
use crate::testing::{Shell, env, problem, reading};

const IN: &str = "POST /staff/session";

fn open(back: &str, ended: bool) -> Shell<SignIn> {
    Shell::open(Params { back: back.to_owned(), ended }, env(ZhCn))
}

/// Everything but the code is filled in.
fn filled(back: &str) -> Shell<SignIn> {
    let mut shell = open(back, false);
    shell.send(Event::UserTyped(" li.min ".to_owned())).send(Event::PasswordTyped("secret words".to_owned()));
    shell
}

fn totp(shell: &mut Shell<SignIn>, text: &str) {
    shell.send(Event::TotpTyped(text.to_owned()));
}

#[test]
fn the_sixth_digit_signs_in_and_leads_to_the_page_that_was_wanted() {
    let mut shell = filled("/staff/pickup");
    totp(&mut shell, "12345");
    assert!(shell.asked().is_empty());
    totp(&mut shell, "１２３ 456");
    let body = shell.request().body.as_deref();
    assert_eq!(body, Some(r#"{"user":"li.min","password":"secret words","totp":"123456"}"#));
    assert!(shell.view().submit.busy);
    shell.answer(IN, &testing::session(COUNTER, ZhCn));
    assert_eq!(shell.went, [Navigation::AfterSessionChange("/staff/pickup".to_owned())]);
}

#[test]
fn without_a_page_that_was_wanted_it_is_today() {
    let mut shell = filled("");
    totp(&mut shell, "123456");
    shell.answer(IN, &testing::session(COUNTER, ZhCn));
    assert_eq!(shell.went, [Navigation::AfterSessionChange("/staff".to_owned())]);
}

#[test]
fn however_often_the_button_is_tapped_it_is_sent_once_and_not_edited() {
    let mut shell = filled("");
    totp(&mut shell, "123456");
    shell.send(Event::Submit).send(Event::Submit).send(Event::UserTyped("x".to_owned()));
    totp(&mut shell, "654321");
    assert_eq!(shell.asked(), [IN]);
    assert_eq!((shell.view().user.value.as_str(), shell.view().totp.value.as_str()), (" li.min ", "123456"));
}

#[test]
fn filled_in_from_the_bottom_up_the_code_is_not_lost() {
    let mut shell = open("", false);
    totp(&mut shell, "123456");
    assert!(shell.asked().is_empty());
    shell.send(Event::UserTyped("li.min".to_owned())).send(Event::PasswordTyped("x".to_owned())).send(Event::Submit);
    assert_eq!(shell.asked(), [IN]);
}

#[test]
fn what_is_missing_is_said_before_anything_is_sent() {
    let mut shell = open("", false);
    shell.send(Event::Submit);
    assert_eq!(shell.view().user.error.unwrap().text, "请填写用户名。");
    shell.send(Event::UserTyped("li.min".to_owned()));
    assert_eq!(shell.view().user.error, None);
    shell.send(Event::Submit);
    assert_eq!(shell.view().password.error.unwrap().text, "请填写密码。");
    shell.send(Event::PasswordTyped("x".to_owned())).send(Event::Submit);
    assert_eq!(shell.view().totp.error.unwrap().text, "请填写验证器上的 6 位数字。");
    assert_eq!(shell.focused, [USER, PASSWORD, TOTP]);
    assert!(shell.asked().is_empty());
}

#[test]
fn wrong_is_said_without_saying_which_and_the_code_is_gone() {
    let mut shell = filled("");
    totp(&mut shell, "123456");
    shell.refuse(IN, Code::CredentialsWrong);
    let view = shell.view();
    assert_eq!(view.alert.unwrap().title, "title of credentials-wrong");
    assert_eq!((view.user.error, view.password.error, view.totp.error), (None, None, None));
    assert_eq!((view.password.value.as_str(), view.totp.value.as_str()), ("secret words", ""));
    assert_eq!(shell.focused, [TOTP]);
    totp(&mut shell, "1");
    assert_eq!(shell.view().alert, None);
}

#[test]
fn a_lost_reply_may_have_used_the_code_up() {
    let mut shell = filled("");
    totp(&mut shell, "123456");
    shell.lose(IN);
    assert_eq!((shell.view().alert.unwrap().title.as_str(), shell.view().totp.value.as_str()), ("连不上网络", ""));
    totp(&mut shell, "123456");
    assert_eq!(shell.asked(), [IN], "the same digits again are another try");
}

#[test]
fn locked_it_says_until_when_and_opens_by_the_servers_clock() {
    let mut shell = filled("");
    totp(&mut shell, "123456");
    shell.reply(IN, problem(Code::SignInLocked, r#","retry_after":900"#));
    let view = shell.view();
    assert_eq!(view.alert.unwrap().detail, "已锁定到今天 09:56，之后再试。");
    assert_eq!((view.submit.label.as_str(), view.submit.can_submit), ("15 分钟后可重试", false));
    assert_eq!(shell.wait(), 1000);
    assert_eq!(shell.view().submit.label, "15 分钟后可重试");
    totp(&mut shell, "123456");
    shell.send(Event::Submit);
    assert!(shell.asked().is_empty());
    shell.pass(870);
    shell.wait();
    assert_eq!(shell.view().submit.label, "28 秒后可重试");
    shell.pass(3600);
    shell.wait();
    assert!(!shell.is_waiting() && shell.view().alert.is_none() && shell.view().submit.can_submit);
    shell.send(Event::Submit);
    assert_eq!(shell.asked(), [IN]);
}

#[test]
fn a_lock_without_a_time_or_a_clock_ends_too() {
    let mut shell = filled("");
    shell.env.clock = None;
    totp(&mut shell, "123456");
    shell.refuse(IN, Code::SignInLocked);
    assert_eq!(shell.view().alert.unwrap().detail, "detail of sign-in-locked");
    for _ in 0..60 {
        shell.wait();
    }
    assert!(!shell.is_waiting() && shell.view().submit.can_submit);
}

#[test]
fn it_says_why_somebody_is_here() {
    assert_eq!(open("", false).view().notice, None);
    assert_eq!(open("/staff/stock", false).view().notice.unwrap(), "请先登录，之后会打开「库存」。");
    assert_eq!(open("/staff/stock", true).view().notice.unwrap(), "登录已失效，请重新登录。");
}

#[test]
fn a_broken_answer_is_no_session() {
    let mut shell = filled("");
    totp(&mut shell, "123456");
    shell.reply(IN, Reply::Answered { status: 502, body: "<html>".to_owned(), etag: None });
    assert_eq!(shell.view().alert.unwrap().title, "系统出了问题");
    assert!(shell.went.is_empty());
}

#[test]
fn it_is_in_both_languages() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let mut shell = Shell::<SignIn>::open(Params { back: "/staff/stock".to_owned(), ended: false }, env(locale));
        reading::check("staff sign-in", &shell.view(), chinese);
        for _ in 0..3 {
            shell.send(Event::Submit);
            reading::check("staff sign-in, incomplete", &shell.view(), chinese);
            shell.send(Event::UserTyped("1".to_owned()));
        }
        shell.send(Event::PasswordTyped("1".to_owned()));
        totp(&mut shell, "123456");
        reading::check("staff sign-in, running", &shell.view(), chinese);
        shell.lose(IN);
        reading::check("staff sign-in, lost", &shell.view(), chinese);
    }
}

#[test]
fn whoever_can_t_read_the_page_chooses_another_language_first() {
    let mut shell = open("", false);
    shell.send(Event::Language(En));
    assert_eq!(shell.stored, [Setting::Locale(En)]);
}
