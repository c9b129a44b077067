use catalogue::Locale::{self, En, ZhCn};
use contract::Code;

use super::*;
use crate::testing::{Shell, env, fixtures, problem, reading, sign_in, versioned};
use crate::view::Body;

const READ: &str = "GET /me/profile";
const SAVE: &str = "PUT /me/profile";
const COUNTERS: &str = "GET /counters?limit=100";

fn open_in(locale: Locale) -> Shell<Profile> {
    let mut shell = Shell::<Profile>::open((), env(locale));
    shell
        .reply(READ, versioned(&fixtures::profile_of("Lin", Some("lin@example.com")), "\"1\""))
        .answer(COUNTERS, &fixtures::counters(locale));
    shell
}

fn open() -> Shell<Profile> {
    open_in(ZhCn)
}

fn form(shell: &Shell<Profile>) -> FormView {
    match shell.view().body {
        Body::Shown { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

fn typed(field: FieldName, text: &str) -> Event {
    Event::Typed(field, text.to_owned())
}

#[test]
fn it_shows_what_is_saved() {
    let form = form(&open());
    assert_eq!((form.name.value.as_str(), form.email.value.as_str()), ("Lin", "lin@example.com"));
    assert_eq!((form.birthday.field.value.as_str(), form.address.value.as_str()), ("1990-02-03", ""));
    assert_eq!(form.phone.value, "+86 138****0001");
    let chosen: Vec<_> =
        form.skin_type.choices.iter().filter(|choice| choice.chosen).map(|choice| choice.value).collect();
    assert_eq!(chosen, [Some(SkinType::Oily)]);
    let counters: Vec<_> =
        form.home_counter.choices.iter().map(|choice| (choice.label.as_str(), choice.chosen)).collect();
    assert_eq!(counters, [("不指定", false), ("上海 · 久光专柜", true)]);
    assert!(!form.dirty && !form.submit.can_submit);
}

#[test]
fn a_birthday_can_be_taken_back() {
    let mut shell = open();
    let birthday = form(&shell).birthday;
    assert_eq!((birthday.clear.as_deref(), birthday.max.as_str()), (Some("清除"), "2026-11-22"));
    shell.send(typed(FieldName::Birthday, ""));
    assert_eq!(form(&shell).birthday.clear, None, "there is nothing to clear");
    shell.send(Event::Save);
    assert!(shell.request().body.as_ref().unwrap().contains(r#""birthday":null"#));
}

#[test]
fn what_she_changed_is_saved_against_the_version_she_saw() {
    let mut shell = open();
    shell.send(typed(FieldName::Name, " 林燕 ")).send(typed(FieldName::Email, " ")).send(Event::HomeCounter(None));
    shell.send(Event::SkinType(None));
    assert!(form(&shell).dirty && form(&shell).submit.can_submit);
    for _ in 0..20 {
        shell.send(Event::Save);
    }
    let request = shell.request().clone();
    assert_eq!(request.if_match.as_deref(), Some("\"1\""));
    assert_eq!(
        request.body.as_deref(),
        Some(
            r#"{"name":"林燕","phone":"+86 138****0001","email":null,"birthday":"1990-02-03","skin_type":null,"home_counter":null,"address":null}"#
        )
    );
    assert!(form(&shell).submit.busy);
    shell.reply(SAVE, versioned(&request.body.unwrap(), "\"2\""));
    let saved = form(&shell);
    assert_eq!((saved.saved.as_deref(), saved.dirty, saved.name.value.as_str()), (Some("已保存"), false, "林燕"));
    assert_eq!(shell.said, ["已保存"]);
    shell.send(typed(FieldName::Name, "林"));
    assert_eq!(form(&shell).saved, None);
    shell.send(Event::Save);
    assert_eq!(shell.request().if_match.as_deref(), Some("\"2\""));
}

#[test]
fn nothing_changed_is_nothing_to_save() {
    let mut shell = open();
    shell.send(Event::Save);
    assert_eq!(shell.asked(), Vec::<String>::new());
    shell.send(typed(FieldName::Name, "x")).send(typed(FieldName::Name, "Lin"));
    assert!(!form(&shell).dirty);
}

#[test]
fn what_can_not_be_right_is_not_sent() {
    let mut shell = open();
    shell
        .send(typed(FieldName::Name, " "))
        .send(typed(FieldName::Email, "lin@"))
        .send(typed(FieldName::Birthday, "2030-01-01"));
    shell.send(typed(FieldName::Address, &"字".repeat(201))).send(Event::Save);
    assert_eq!((shell.asked(), shell.focused.as_slice()), (Vec::new(), ["name"].as_slice()));
    let wrong = form(&shell);
    assert_eq!(wrong.name.error.unwrap().text, "请填写姓名。");
    assert_eq!(wrong.email.error.unwrap().text, "这不像一个邮箱地址。");
    assert!(wrong.birthday.field.error.is_some() && wrong.address.error.is_some());
    shell.send(typed(FieldName::Name, "林"));
    assert_eq!(form(&shell).name.error, None);
    assert!(form(&shell).email.error.is_some());
}

#[test]
fn real_mail_addresses_are_let_through() {
    for (email, good) in [
        ("", true),
        ("a@b.cn", true),
        ("o'neil+x@mail.example", true),
        ("a@b", false),
        ("@b.cn", false),
        ("a b@c.cn", false),
        ("a@b@c.cn", false),
        ("a@.cn", false),
        ("a@b.", false),
        ("a", false),
    ] {
        let mut shell = open();
        shell.send(typed(FieldName::Email, email)).send(Event::Save);
        assert_eq!(form(&shell).email.error.is_none(), good, "{email}");
    }
}

#[test]
fn a_failure_keeps_her_edits() {
    let mut shell = open();
    shell.send(typed(FieldName::Name, "林燕")).send(Event::Save).lose(SAVE);
    let kept = form(&shell);
    assert_eq!(
        (kept.name.value.as_str(), kept.dirty, kept.alert.unwrap().title.as_str()),
        ("林燕", true, "连不上网络")
    );
    shell.send(Event::Save);
    shell.reply(SAVE, problem(Code::InputInvalid, r#","errors":[{"field":"name","code":"x","detail":"no"}]"#));
    assert_eq!(form(&shell).name.error.unwrap().text, "no");
    shell.send(typed(FieldName::Name, "林"));
    assert_eq!((form(&shell).alert, form(&shell).name.error), (None, None));
}

#[test]
fn a_change_elsewhere_is_shown_beside_hers_and_nothing_is_lost() {
    let mut shell = open();
    shell.send(typed(FieldName::Name, "林燕")).send(Event::Save).refuse(SAVE, Code::VersionStale);
    assert!(form(&shell).submit.busy);
    shell.reply(READ, versioned(&fixtures::profile_of("Yan", None), "\"7\""));
    let both = form(&shell);
    assert_eq!(
        (both.name.value.as_str(), both.email.value.as_str()),
        ("林燕", ""),
        "hers, and theirs where she changed nothing"
    );
    assert_eq!(both.alert.unwrap().title, "这些资料刚在别处改过");
    let elsewhere: Vec<_> = both.elsewhere.iter().map(|row| (row.label.as_str(), row.value.as_str())).collect();
    assert_eq!(elsewhere, [("姓名", "Yan")]);
    assert!(both.submit.can_submit && both.dirty);
    shell.send(Event::Save);
    assert_eq!(shell.request().if_match.as_deref(), Some("\"7\""));
    assert!(shell.request().body.as_ref().unwrap().contains(r#""name":"林燕""#));
}

#[test]
fn every_kind_of_field_shows_what_it_is_elsewhere() {
    let mut shell = open();
    shell
        .send(typed(FieldName::Email, "x@y.cn"))
        .send(Event::SkinType(Some(SkinType::Dry)))
        .send(Event::HomeCounter(None));
    shell.send(Event::Save).refuse(SAVE, Code::VersionStale);
    let theirs = fixtures::profile_of("Lin", None).replace("oily", "normal").replace("k1", "k9");
    shell.reply(READ, versioned(&theirs, "\"7\""));
    let elsewhere: Vec<_> = form(&shell).elsewhere.into_iter().map(|row| (row.label, row.value)).collect();
    let expected = [("邮箱（选填）", "（空）"), ("肤质（选填）", "中性"), ("常去的专柜（选填）", "目前的专柜")];
    assert_eq!(elsewhere, expected.map(|(label, value)| (label.to_owned(), value.to_owned())));
}

#[test]
fn a_lost_reply_that_was_saved_after_all_is_found_out() {
    let mut shell = open();
    shell.send(typed(FieldName::Name, "Yan")).send(Event::Save).lose(SAVE);
    shell.send(Event::Save).refuse(SAVE, Code::VersionStale);
    shell.reply(READ, versioned(&fixtures::profile_of("Yan", Some("lin@example.com")), "\"2\""));
    let saved = form(&shell);
    assert_eq!((saved.saved.as_deref(), saved.dirty, saved.alert), (Some("已保存"), false, None));
}

#[test]
fn what_she_types_while_it_is_saved_stays() {
    let mut shell = open();
    shell.send(typed(FieldName::Name, "林")).send(Event::Save).send(typed(FieldName::Name, "林燕"));
    shell.reply(SAVE, versioned(&fixtures::profile_of("林", Some("lin@example.com")), "\"2\""));
    assert_eq!((form(&shell).name.value.as_str(), form(&shell).dirty), ("林燕", true));
    shell.send(Event::Save);
    assert_eq!(shell.request().if_match.as_deref(), Some("\"2\""));
}

#[test]
fn a_counter_that_is_not_listed_stays_hers() {
    let mut shell = Shell::<Profile>::open((), env(ZhCn));
    shell.answer(READ, &fixtures::profile_of("Lin", None)).lose(COUNTERS);
    let choices: Vec<_> = form(&shell)
        .home_counter
        .choices
        .into_iter()
        .map(|choice| (choice.label, choice.value, choice.chosen))
        .collect();
    assert_eq!(choices[1], ("目前的专柜".to_owned(), Some("k1".to_owned()), true));
    shell.send(typed(FieldName::Name, "林")).send(Event::Save);
    assert!(shell.request().body.as_ref().unwrap().contains(r#""home_counter":"k1""#));
}

#[test]
fn what_did_not_come_can_be_asked_for_again() {
    let mut shell = Shell::<Profile>::open((), env(ZhCn));
    shell.lose(READ).lose(COUNTERS);
    assert!(matches!(shell.view().body, Body::Trouble(_)));
    shell.send(Event::Save).send(Event::Retry).send(Event::Retry);
    assert_eq!(shell.asked(), [READ, COUNTERS]);
}

#[test]
fn a_session_that_has_ended_leads_to_signing_in_and_back() {
    let mut shell = open();
    shell.env.signed_in = true;
    shell.send(typed(FieldName::Name, "林")).send(Event::Save).refuse(SAVE, Code::SessionMissing);
    assert_eq!(shell.went, [sign_in("/me/profile", true)]);
}

#[test]
fn it_is_in_her_language() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let mut shell = open_in(locale);
        reading::shown("profile", &shell.view(), chinese);
        shell.send(typed(FieldName::Name, "")).send(typed(FieldName::Email, "x")).send(typed(FieldName::Birthday, "x"));
        shell.send(typed(FieldName::Address, &"x".repeat(201))).send(Event::Save);
        reading::shown("profile, mistakes", &shell.view(), chinese);
    }
}
