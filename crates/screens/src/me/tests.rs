use catalogue::Locale::{En, ZhCn};
use contract::Code;

use super::*;
use crate::testing::{Shell, env, fixtures, reading, sign_in};

const ASK: &str = "GET /session";
const OUT: &str = "DELETE /session";

fn open() -> Shell<Me> {
    let mut shell = Shell::<Me>::open((), env(ZhCn));
    shell.answer(ASK, &fixtures::session(true, ZhCn));
    shell
}

#[test]
fn she_sees_who_she_is() {
    let Body::Shown { content: Summary::Member { name, phone, since, card }, .. } = open().view().summary else {
        panic!()
    };
    assert_eq!(name, "林女士");
    assert_eq!(phone, "+86 138****0001");
    assert_eq!((since.as_str(), card.as_str()), ("2025年6月8日加入", "卡号 8801 2231 0047"));
}

#[test]
fn who_has_not_joined_is_led_to_it() {
    let mut shell = Shell::<Me>::open((), env(ZhCn));
    shell.answer(ASK, &fixtures::session(false, ZhCn));
    let Body::Shown { content: Summary::NotEnrolled { join, .. }, .. } = shell.view().summary else { panic!() };
    assert_eq!(join.path, "/join");
}

#[test]
fn settings_are_remembered_on_the_device() {
    let mut shell = open();
    shell.send(Event::Language(En)).send(Event::Theme(Theme::Dark)).send(Event::LargeText(true));
    assert_eq!(shell.stored, [Setting::Locale(En), Setting::Theme(Theme::Dark), Setting::LargeText(true)]);
    shell.env.locale = En;
    shell.env.appearance = crate::env::Appearance { theme: Theme::Dark, large_text: true };
    let view = shell.view();
    let chosen: Vec<&str> =
        view.language.choices.iter().filter(|choice| choice.chosen).map(|choice| choice.label.as_str()).collect();
    assert_eq!(chosen, ["English"]);
    assert_eq!(view.theme.choices.iter().map(|choice| choice.chosen).collect::<Vec<_>>(), [false, false, true]);
    assert!(view.large_text.on);
}

#[test]
fn settings_and_signing_out_work_without_the_summary() {
    let mut shell = Shell::<Me>::open((), env(ZhCn));
    shell.lose(ASK).send(Event::Language(En)).send(Event::SignOut);
    assert!(matches!(shell.view().summary, Body::Trouble(_)));
    assert_eq!(shell.asked(), [OUT]);
    shell.send(Event::Retry).send(Event::Retry);
    assert_eq!(shell.asked(), [OUT, ASK]);
}

#[test]
fn signing_out_is_asked_for_once_and_leads_to_the_sign_in_page() {
    let mut shell = open();
    for _ in 0..20 {
        shell.send(Event::SignOut);
    }
    assert_eq!(shell.asked(), [OUT]);
    assert!(shell.view().sign_out.busy);
    shell.reply(OUT, crate::Reply::Answered { status: 204, body: String::new(), etag: None });
    assert_eq!(shell.went, [sign_in("", false)]);
    assert_eq!(shell.kept, [None], "nothing of hers stays on this phone");
}

#[test]
fn a_session_that_was_gone_already_is_signed_out_of_too() {
    let mut shell = open();
    shell.send(Event::SignOut).refuse(OUT, Code::SessionMissing);
    assert_eq!(shell.went, [sign_in("", false)]);
}

#[test]
fn without_a_connection_she_is_told_that_she_is_still_in() {
    let mut shell = open();
    shell.send(Event::SignOut).lose(OUT);
    assert_eq!(shell.view().alert.unwrap().title, "还没有退出");
    assert!(shell.went.is_empty());
    shell.send(Event::SignOut);
    assert_eq!((shell.view().alert, shell.asked()), (None, vec![OUT.to_owned()]));
    shell.refuse(OUT, Code::Internal);
    assert_eq!(shell.view().alert.unwrap().title, "title of internal");
}

#[test]
fn a_session_that_has_ended_leads_to_signing_in_and_back() {
    let mut shell = Shell::<Me>::open((), Env { signed_in: true, ..env(ZhCn) });
    shell.refuse(ASK, Code::SessionMissing);
    assert_eq!(shell.went, [sign_in("/me", true)]);
}

#[test]
fn it_is_in_her_language() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        for enrolled in [true, false] {
            let mut shell = Shell::<Me>::open((), env(locale));
            reading::shown("me, loading", &shell.view(), chinese);
            shell.answer(ASK, &fixtures::session(enrolled, locale)).send(Event::SignOut).lose(OUT);
            reading::shown("me", &shell.view(), chinese);
        }
    }
}
