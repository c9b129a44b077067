use catalogue::Locale::{En, ZhCn};
use contract::Code;
use proptest::prelude::*;

use super::*;
use crate::testing::{Shell, env, fixtures, reading, sign_in, versioned};
use crate::view::Body;

const READ: &str = "GET /me/preferences";
const SAVE: &str = "PUT /me/preferences";

fn open() -> Shell<Preferences> {
    let mut shell = Shell::<Preferences>::open((), env(ZhCn));
    shell.reply(READ, versioned(&fixtures::preferences_of("zh-CN", true), "\"1\""));
    shell
}

fn form(shell: &Shell<Preferences>) -> FormView {
    match shell.view().body {
        Body::Shown { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

fn on(toggles: &[Toggle]) -> Vec<ToggleName> {
    toggles.iter().filter(|toggle| toggle.switch.on).map(|toggle| toggle.name).collect()
}

#[test]
fn it_shows_what_is_saved() {
    let form = form(&open());
    assert_eq!(on(&form.channels), [ToggleName::Sms, ToggleName::Wechat]);
    assert_eq!(on(&form.topics), [ToggleName::Gifts, ToggleName::Surveys]);
    let (from, to) = form.quiet_hours.unwrap();
    assert_eq!((from.value.as_str(), to.value.as_str(), form.quiet.on), ("22:00", "08:00", true));
    assert!(!form.dirty && !form.submit.can_submit);
    assert!(form.language.choices[0].chosen);
}

#[test]
fn each_switch_changes_its_own_and_no_other() {
    for name in [
        ToggleName::Sms,
        ToggleName::Email,
        ToggleName::Wechat,
        ToggleName::Gifts,
        ToggleName::Campaigns,
        ToggleName::Surveys,
    ] {
        let mut shell = open();
        let all = |form: FormView| [form.channels, form.topics].concat();
        let before = all(form(&shell));
        let was = before.iter().find(|toggle| toggle.name == name).unwrap().switch.on;
        shell.send(Event::Toggle(name, !was));
        for (before, after) in before.iter().zip(all(form(&shell))) {
            assert_eq!(before.switch.on != after.switch.on, before.name == name, "{name:?}");
        }
        shell.send(Event::Toggle(name, was));
        assert!(!form(&shell).dirty);
    }
}

#[test]
fn it_is_saved_once_against_its_version() {
    let mut shell = open();
    shell.send(Event::Toggle(ToggleName::Sms, false)).send(Event::Language(En)).send(Event::Quiet(false));
    for _ in 0..20 {
        shell.send(Event::Save);
    }
    let request = shell.request().clone();
    assert_eq!(request.if_match.as_deref(), Some("\"1\""));
    let body = request.body.unwrap();
    assert!(
        body.contains(r#""language":"en""#)
            && body.contains(r#""sms":false"#)
            && body.contains(r#""quiet_hours":null"#)
    );
    shell.reply(SAVE, versioned(&body, "\"2\""));
    assert_eq!((form(&shell).saved.as_deref(), form(&shell).quiet_hours), (Some("已保存"), None));
    assert_eq!(shell.said, ["已保存"]);
}

#[test]
fn quiet_hours_begin_with_the_night_and_hold_only_times() {
    let mut shell = open();
    shell.send(Event::Quiet(false)).send(Event::Quiet(true));
    assert!(!form(&shell).dirty);
    shell.send(Event::QuietTo("25:00".to_owned())).send(Event::Save);
    assert_eq!((shell.asked(), shell.focused.as_slice()), (Vec::new(), ["quiet-to"].as_slice()));
    assert_eq!(form(&shell).quiet_hours.unwrap().1.error.unwrap().text, "请填写时间，例如 22:00。");
    shell.send(Event::QuietTo("07:30".to_owned())).send(Event::QuietFrom(String::new())).send(Event::Save);
    assert_eq!(shell.focused.last(), Some(&"quiet-from"));
    shell.send(Event::QuietFrom("23:59".to_owned())).send(Event::Save);
    assert!(shell.request().body.as_ref().unwrap().contains(r#"{"from":"23:59","to":"07:30"}"#));
}

#[test]
fn a_change_elsewhere_is_taken_over_where_she_changed_nothing() {
    let mut shell = open();
    shell.send(Event::Toggle(ToggleName::Email, true)).send(Event::Save).refuse(SAVE, Code::VersionStale);
    shell.reply(READ, versioned(&fixtures::preferences_of("zh-CN", false), "\"7\""));
    assert_eq!(on(&form(&shell).channels), [ToggleName::Email, ToggleName::Wechat]);
    assert_eq!(form(&shell).alert.unwrap().title, "这些资料刚在别处改过");
    shell.send(Event::Save);
    assert_eq!(shell.request().if_match.as_deref(), Some("\"7\""));
}

#[test]
fn failures_keep_her_edits() {
    let mut shell = open();
    shell.send(Event::Toggle(ToggleName::Email, true)).send(Event::Save).lose(SAVE);
    assert_eq!(form(&shell).alert.unwrap().title, "连不上网络");
    assert!(form(&shell).dirty);
    shell.env.signed_in = true;
    shell.send(Event::Save).refuse(SAVE, Code::SessionMissing);
    assert_eq!(shell.went, [sign_in("/me/preferences", true)]);
}

#[test]
fn what_did_not_come_can_be_asked_for_again() {
    let mut shell = Shell::<Preferences>::open((), env(ZhCn));
    shell.lose(READ).send(Event::Save).send(Event::Retry).send(Event::Retry);
    assert_eq!(shell.asked(), [READ]);
}

#[test]
fn it_is_in_her_language() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let mut shell = open();
        shell.env = env(locale);
        shell.send(Event::QuietTo("x".to_owned()));
        reading::shown("preferences", &shell.view(), chinese);
    }
}

proptest! {
    #[test]
    fn a_time_is_a_time(hour in 0u32..100, minute in 0u32..100) {
        let mut shell = open();
        shell.send(Event::QuietFrom(format!("{hour:02}:{minute:02}"))).send(Event::Save);
        prop_assert_eq!(!shell.asked().is_empty(), hour < 24 && minute < 60 && (hour, minute) != (22, 0));
    }

    #[test]
    fn no_text_that_is_no_time_is_sent(text in "[0-9:x]{0,6}") {
        let mut shell = open();
        shell.send(Event::QuietFrom(text.clone())).send(Event::Save);
        let time = text.len() == 5 && text.split_once(':').is_some_and(|(hour, minute)| {
            hour.len() == 2 && hour.parse().is_ok_and(|hour: u8| hour < 24) && minute.parse().is_ok_and(|minute: u8| minute < 60)
        });
        prop_assert!(shell.asked().is_empty() || time);
    }
}
