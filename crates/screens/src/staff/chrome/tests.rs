use catalogue::Locale::{self, En, ZhCn};
use contract::Code;

use super::*;
use crate::chrome::Current;
use crate::staff::testing::{self, COUNTER, DESK, MANAGER};
use crate::testing::{Shell, env, reading};

const WHO: &str = "GET /staff/session";
const OUT: &str = "DELETE /staff/session";

fn at(path: &str, locale: Locale) -> Shell<Chrome> {
    Shell::open(Route::parse(path), env(locale))
}

fn known(path: &str, role: &str) -> Shell<Chrome> {
    let mut shell = at(path, ZhCn);
    shell.answer(WHO, &testing::session(role, ZhCn));
    shell
}

const ALL: [&str; 8] = [
    "/staff",
    "/staff/sign-in",
    "/staff/reservations/r1",
    "/staff/pickup",
    "/staff/stock",
    "/staff/hold",
    "/staff/attention",
    "/staff/nowhere",
];

#[test]
fn no_page_opens_before_it_is_known_who_asks() {
    let mut shell = at("/staff/stock", ZhCn);
    assert!(matches!(shell.view().page, Page::Loading(_)));
    assert_eq!((shell.view().tabs, shell.view().person), (Vec::new(), None));
    shell.answer(WHO, &testing::session(COUNTER, ZhCn));
    let Page::For(on_duty) = shell.view().page else { panic!() };
    assert_eq!((on_duty.role, on_duty.counter_id().map(String::as_str)), (Role::Counter, Some("k1")));
    let person = shell.view().person.unwrap();
    assert_eq!((person.name.as_str(), person.place.as_str()), ("李敏", "久光专柜"));
}

#[test]
fn each_role_has_its_tabs() {
    for (role, labels) in [
        (COUNTER, ["今日", "取货", "库存", "电话预约"]),
        (DESK, ["今日", "库存", "电话预约", "待处理"]),
        (MANAGER, ["今日", "库存", "电话预约", "待处理"]),
    ] {
        let tabs = known("/staff", role).view().tabs;
        assert_eq!(tabs.iter().map(|tab| tab.label.as_str()).collect::<Vec<_>>(), labels, "{role}");
    }
    let place = |role| known("/staff", role).view().person.unwrap().place;
    assert_eq!((place(DESK).as_str(), place(MANAGER).as_str()), ("客服台", "经理"));
}

#[test]
fn one_tab_is_current_or_has_the_page_below_it() {
    for (path, icon, current) in [
        ("/staff", Icon::Today, Current::Page),
        ("/staff/reservations/r1", Icon::Today, Current::Below),
        ("/staff/pickup", Icon::Pickup, Current::Page),
        ("/staff/stock?counter=k1", Icon::Stock, Current::Page),
        ("/staff/hold?variant=v1", Icon::Hold, Current::Page),
    ] {
        let view = known(path, COUNTER).view();
        let marked: Vec<_> =
            view.tabs.iter().filter(|tab| tab.current != Current::No).map(|tab| (tab.icon, tab.current)).collect();
        assert_eq!(marked, [(icon, current)], "{path}");
    }
    let back = known("/staff/reservations/r1", COUNTER).view().back.unwrap();
    assert_eq!((back.label.as_str(), back.path.as_str()), ("返回今日", "/staff"));
}

#[test]
fn from_page_to_page_it_asks_once() {
    let mut shell = known("/staff", COUNTER);
    shell.send(Event::At(Route::Pickup)).send(Event::At(Route::Today));
    assert!(shell.asked().is_empty());
    assert!(matches!(shell.view().page, Page::For(_)));
}

#[test]
fn without_a_session_it_leads_to_signing_in_and_back() {
    for (path, leads_to) in [
        ("/staff", "/staff/sign-in"),
        ("/staff/pickup", "/staff/sign-in?back=/staff/pickup"),
        ("/staff/hold?counter=k1&variant=v1", "/staff/sign-in?back=/staff/hold"),
    ] {
        let mut shell = at(path, ZhCn);
        shell.refuse(WHO, Code::StaffSessionMissing);
        assert_eq!(shell.went, [Navigation::AfterSessionChange(leads_to.to_owned())], "{path}");
        assert!(matches!(shell.view().page, Page::Loading(_)), "{path}");
    }
}

#[test]
fn who_comes_out_of_the_sign_in_page_is_asked_anew() {
    let mut shell = known("/staff", COUNTER);
    shell.send(Event::At(Route::parse("/staff/sign-in")));
    assert_eq!((shell.view().page, shell.view().person), (Page::Open, None));
    assert!(shell.asked().is_empty());
    shell.send(Event::At(Route::Today)).answer(WHO, &testing::session(MANAGER, ZhCn));
    assert_eq!(shell.view().person.unwrap().place, "经理");
}

#[test]
fn an_answer_that_comes_too_late_is_nobodys() {
    let mut shell = at("/staff", ZhCn);
    shell.send(Event::At(Route::parse("/staff/sign-in"))).answer(WHO, &testing::session(COUNTER, ZhCn));
    assert_eq!(shell.view().person, None);
}

#[test]
fn not_knowing_is_said_and_asked_again() {
    let mut shell = at("/staff", ZhCn);
    shell.lose(WHO);
    let Page::Trouble(trouble) = shell.view().page else { panic!() };
    assert!(trouble.retry.is_some());
    shell.send(Event::Retry).send(Event::Retry);
    assert_eq!(shell.asked(), [WHO]);
    shell.answer(WHO, &testing::session(COUNTER, ZhCn)).send(Event::Retry);
    assert!(matches!(shell.view().page, Page::For(_)) && shell.asked().is_empty());
}

#[test]
fn signing_out_is_one_request_and_says_if_it_failed() {
    let mut shell = known("/staff", COUNTER);
    shell.send(Event::SignOut).send(Event::SignOut);
    assert_eq!(shell.asked(), [OUT]);
    assert!(shell.view().person.unwrap().sign_out.busy);
    shell.lose(OUT);
    assert_eq!(shell.view().alert.unwrap().title, "还没有退出");
    shell.send(Event::SignOut).refuse(OUT, Code::Unavailable);
    assert_eq!(shell.view().alert.unwrap().title, "title of unavailable");
    shell.send(Event::SignOut).reply(OUT, crate::Reply::Answered { status: 204, body: String::new(), etag: None });
    assert_eq!(shell.went, [Navigation::AfterSessionChange("/staff/sign-in".to_owned())]);
}

#[test]
fn a_session_that_is_gone_already_is_out_too() {
    let mut shell = known("/staff", COUNTER);
    shell.send(Event::SignOut).refuse(OUT, Code::StaffSessionMissing);
    assert_eq!(shell.went.len(), 1);
}

#[test]
fn settings_are_remembered_on_the_device() {
    let mut shell = known("/staff", COUNTER);
    shell.send(Event::Language(En)).send(Event::Theme(Theme::Dark));
    assert_eq!(shell.stored, [Setting::Locale(En), Setting::Theme(Theme::Dark)]);
}

#[test]
fn every_page_has_a_title_of_its_own_in_the_persons_language() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let mut titles = Vec::new();
        for path in ALL {
            for role in [COUNTER, DESK, MANAGER] {
                let mut shell = at(path, locale);
                if path != "/staff/sign-in" {
                    shell.answer(WHO, &testing::session(role, locale));
                }
                reading::check(path, &shell.view(), chinese);
            }
            titles.push(at(path, locale).view().title);
        }
        titles.sort();
        titles.dedup();
        assert_eq!(titles.len(), ALL.len());
    }
}
