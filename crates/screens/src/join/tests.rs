use catalogue::Locale::{self, En, ZhCn};
use contract::Code;

use super::*;
use crate::testing::{Shell, env, fixtures, problem, reading, sign_in};
use crate::view::Body;
use crate::{Reply, Request};

const PROGRAMME: &str = "GET /programme";
const WHO: &str = "GET /session";
const JOIN: &str = "POST /members";

fn open(locale: Locale) -> Shell<Join> {
    let mut shell = Shell::<Join>::open(Params { back: "/tier".to_owned() }, env(locale));
    shell.answer(WHO, &fixtures::session(false, locale)).answer(PROGRAMME, &fixtures::programme(locale));
    shell
}

/// At the form, filled in as far as it must be.
fn filled() -> Shell<Join> {
    let mut shell = open(ZhCn);
    shell.send(Event::Continue).send(Event::NameTyped(" 林女士 ".to_owned()));
    shell.send(Event::Consent("terms".to_owned(), true));
    shell
}

fn form(shell: &Shell<Join>) -> FormView {
    match shell.view().body {
        Body::Shown { content: Page::Form(form), .. } => form,
        other => panic!("{other:?}"),
    }
}

fn explanation(shell: &Shell<Join>) -> Explanation {
    match shell.view().body {
        Body::Shown { content: Page::Explanation(explanation), .. } => explanation,
        other => panic!("{other:?}"),
    }
}

fn created() -> Reply {
    Reply::Answered { status: 201, body: fixtures::member(ZhCn), etag: None }
}

#[test]
fn what_it_is_comes_before_what_is_asked() {
    let mut shell = open(ZhCn);
    let explanation = explanation(&shell);
    assert_eq!(explanation.tiers.len(), 2);
    let said: Vec<&str> =
        explanation.sections.iter().flat_map(|section| &section.sentences).map(String::as_str).collect();
    assert!(said.contains(&"到期前至少 30 天会通知您，未通知不会到期。"));
    assert_eq!(explanation.next, "明白了，填写资料");
    shell.send(Event::Submit);
    assert!(shell.asked().is_empty() && !shell.wants_key());
    shell.send(Event::Continue);
    form(&shell);
    assert_eq!(shell.focused, [NAME]);
}

#[test]
fn nothing_is_agreed_to_beforehand_and_every_text_is_there_in_full() {
    let mut shell = open(ZhCn);
    shell.send(Event::Continue);
    let consents = form(&shell).consents;
    assert!(consents.iter().all(|consent| !consent.checked));
    let said: Vec<_> =
        consents.iter().map(|consent| (consent.title.as_str(), consent.text.as_str(), consent.required)).collect();
    assert_eq!(
        said,
        [
            ("会员条款（必选）", "最近十二个月的消费计入。", true),
            ("会员条款（可不选）", "最近十二个月的消费计入。", false)
        ]
    );
    assert_eq!(consents[0].described_by, "consent-terms-text");
}

#[test]
fn a_birthday_can_be_taken_back() {
    let mut shell = open(ZhCn);
    shell.send(Event::Continue);
    let birthday = |shell: &Shell<Join>| form(shell).birthday;
    assert_eq!((birthday(&shell).clear, birthday(&shell).max.as_str()), (None, "2026-11-22"));
    shell.send(Event::BirthdayTyped("1990-02-03".to_owned()));
    assert_eq!(birthday(&shell).clear.as_deref(), Some("清除"));
    shell.send(Event::BirthdayTyped(String::new()));
    assert_eq!((birthday(&shell).clear, birthday(&shell).field.value.as_str()), (None, ""));
}

#[test]
fn what_is_missing_is_said_before_anything_is_sent() {
    let mut shell = open(ZhCn);
    shell.send(Event::Continue).send(Event::BirthdayTyped("2030-01-01".to_owned())).send(Event::Submit);
    let form = form(&shell);
    assert_eq!(form.name.error.unwrap().text, "请填写姓名。");
    assert!(form.birthday.field.error.is_some());
    assert_eq!(form.consents[0].error.as_deref(), Some("不同意这一项就无法加入。"));
    assert_eq!(form.consents[0].described_by, "consent-terms-text consent-terms-error");
    assert_eq!(form.consents[1].error, None, "what is optional may be left");
    assert_eq!(shell.focused.last(), Some(&NAME));
    assert!(shell.asked().is_empty() && !shell.wants_key());
}

#[test]
fn mistakes_are_forgiven_one_by_one() {
    let mut shell = open(ZhCn);
    shell.send(Event::Continue).send(Event::NameTyped("字".repeat(41))).send(Event::Submit);
    assert_eq!(form(&shell).name.error.unwrap().text, "最多 40 个字。");
    shell.send(Event::NameTyped("林".to_owned()));
    assert_eq!(form(&shell).name.error, None);
    assert!(form(&shell).consents[0].error.is_some());
    shell.send(Event::Submit);
    assert_eq!(shell.focused.last(), Some(&"consents"));
}

#[test]
fn she_joins_with_one_key_however_often_she_taps() {
    let mut shell = filled();
    shell.send(Event::SkinType(Some(SkinType::Oily))).send(Event::BirthdayTyped("1990-02-03".to_owned()));
    for _ in 0..20 {
        shell.send(Event::Submit);
    }
    shell.make_key("k1");
    shell.send(Event::Submit);
    let Request { body, idempotency_key, .. } = shell.request().clone();
    assert_eq!(idempotency_key.as_deref(), Some("k1"));
    assert_eq!(
        body.as_deref(),
        Some(
            r#"{"name":"林女士","birthday":"1990-02-03","skin_type":"oily","consents":[{"id":"terms","version":"2","granted":true},{"id":"marketing-sms","version":"1","granted":false}]}"#
        )
    );
    assert!(form(&shell).submit.busy);
    shell.reply(JOIN, created());
    assert_eq!(shell.went, [Navigation::Instead("/tier".to_owned())]);
}

#[test]
fn a_retry_of_the_same_words_keeps_its_key() {
    let mut shell = filled();
    shell.send(Event::Submit).make_key("k1");
    let first = shell.request().clone();
    shell.lose(JOIN);
    assert_eq!(form(&shell).alert.unwrap().title, "连不上网络");
    shell.send(Event::Submit);
    assert!(!shell.wants_key());
    assert_eq!(shell.request(), &first);
    shell.refuse(JOIN, Code::Internal).send(Event::Submit);
    assert_eq!(shell.request(), &first);
    shell.reply(JOIN, created());
    assert_eq!(shell.went.len(), 1);
}

#[test]
fn other_words_are_another_intent() {
    let mut shell = filled();
    shell.send(Event::Submit).make_key("k1").lose(JOIN);
    shell.send(Event::NameTyped("林".to_owned())).send(Event::Submit).make_key("k2");
    assert_eq!(shell.request().idempotency_key.as_deref(), Some("k2"));
}

#[test]
fn what_is_on_its_way_is_not_edited() {
    let mut shell = filled();
    shell.send(Event::Submit).send(Event::NameTyped("x".to_owned())).make_key("k1");
    shell.send(Event::NameTyped("x".to_owned())).send(Event::Explain);
    assert_eq!(form(&shell).name.value, " 林女士 ");
}

#[test]
fn a_copy_that_is_still_running_is_looked_after() {
    let mut shell = filled();
    shell.send(Event::Submit).make_key("k1");
    for _ in 0..PATIENCE {
        shell.refuse(JOIN, Code::IdempotencyInProgress);
        assert!(form(&shell).submit.busy);
        assert_eq!(shell.wait(), 1000);
        assert_eq!(shell.request().idempotency_key.as_deref(), Some("k1"));
    }
    shell.refuse(JOIN, Code::IdempotencyInProgress);
    assert_eq!(form(&shell).alert.unwrap().title, "title of idempotency-in-progress");
}

#[test]
fn the_servers_words_stand_beside_their_fields() {
    let mut shell = filled();
    shell.send(Event::Submit).make_key("k1");
    let errors = r#","errors":[{"field":"name","code":"x","detail":"no such name"},{"field":"birthday","code":"x","detail":"no such day"},{"field":"consents.terms","code":"x","detail":"read it again"}]"#;
    shell.reply(JOIN, problem(Code::InputInvalid, errors));
    let form_view = form(&shell);
    assert_eq!(form_view.name.error.unwrap().text, "no such name");
    assert_eq!(form_view.birthday.field.error.unwrap().text, "no such day");
    assert_eq!(form_view.consents[0].error.as_deref(), Some("read it again"));
    assert_eq!((form_view.alert, shell.focused.last()), (None, Some(&NAME)));
    shell.send(Event::NameTyped("林".to_owned())).send(Event::Submit);
    assert!(shell.wants_key(), "the rest is hers to send again");
}

#[test]
fn errors_of_fields_that_are_not_shown_are_said_above_the_form() {
    let mut shell = filled();
    shell.send(Event::Submit).make_key("k1");
    shell.reply(JOIN, problem(Code::InputInvalid, r#","errors":[{"field":"referral_code","code":"x","detail":"?"}]"#));
    assert_eq!(form(&shell).alert.unwrap().title, "title of input-invalid");
}

#[test]
fn a_refused_consent_is_found_by_its_place_too() {
    let mut shell = filled();
    shell.send(Event::Submit).make_key("k1");
    shell.reply(JOIN, problem(Code::InputInvalid, r#","errors":[{"field":"consents.1","code":"x","detail":"no"}]"#));
    assert_eq!(form(&shell).consents[1].error.as_deref(), Some("no"));
}

#[test]
fn who_is_a_member_already_goes_on() {
    let mut shell = filled();
    shell.send(Event::Submit).make_key("k1").refuse(JOIN, Code::AlreadyMember);
    assert_eq!(shell.went, [Navigation::Instead("/tier".to_owned())]);
    let mut shell = Shell::<Join>::open(Params::default(), env(ZhCn));
    shell.answer(WHO, &fixtures::session(true, ZhCn));
    assert_eq!(shell.went, [Navigation::Instead("/".to_owned())]);
}

#[test]
fn who_is_not_signed_in_may_read_and_signs_in_before_the_form() {
    let mut shell = Shell::<Join>::open(Params { back: "/tier".to_owned() }, env(ZhCn));
    shell.refuse(WHO, Code::SessionMissing).answer(PROGRAMME, &fixtures::programme(ZhCn));
    assert_eq!(explanation(&shell).next, "明白了，先登录");
    shell.send(Event::Continue);
    assert_eq!(shell.went, [Navigation::To("/sign-in?back=/tier".to_owned())]);
}

#[test]
fn a_session_that_ends_over_the_form_leads_to_signing_in() {
    let mut shell = filled();
    shell.env.signed_in = true;
    shell.send(Event::Submit).make_key("k1").refuse(JOIN, Code::SessionMissing);
    assert_eq!(shell.went, [sign_in("/tier", true)]);
}

#[test]
fn not_knowing_who_she_is_does_not_stop_her() {
    let mut shell = Shell::<Join>::open(Params::default(), env(ZhCn));
    shell.lose(WHO).lose(PROGRAMME);
    assert!(matches!(shell.view().body, Body::Trouble(_)));
    shell.send(Event::Continue).send(Event::Retry).send(Event::Retry);
    assert_eq!(shell.asked(), [PROGRAMME]);
    shell.answer(PROGRAMME, &fixtures::programme(ZhCn)).send(Event::Continue);
    form(&shell);
}

#[test]
fn a_look_back_at_the_explanation_keeps_the_form() {
    let mut shell = filled();
    shell.send(Event::Explain);
    explanation(&shell);
    shell.send(Event::Continue);
    assert_eq!((form(&shell).name.value.as_str(), form(&shell).consents[0].checked), (" 林女士 ", true));
}

#[test]
fn birthdays_are_real_days_of_the_past() {
    let today = Some("2026-11-22".parse().unwrap());
    for (text, good) in [
        ("", true),
        ("1990-02-03", true),
        ("1900-01-01", true),
        ("2026-11-21", true),
        ("2026-11-22", false),
        ("1899-12-31", false),
        ("1990-02-30", false),
        ("x", false),
    ] {
        assert_eq!(parse_birthday(text, today).is_ok(), good, "{text}");
    }
    assert!(parse_birthday("2999-01-01", None).is_ok(), "without a clock the server decides");
}

#[test]
fn both_pages_are_in_her_language() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let mut shell = open(locale);
        reading::shown("join, explanation", &shell.view(), chinese);
        shell.send(Event::Continue).send(Event::BirthdayTyped("x".to_owned())).send(Event::Submit);
        reading::shown("join, mistakes", &shell.view(), chinese);
    }
}
