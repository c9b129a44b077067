use catalogue::Locale::{En, ZhCn};

use super::*;
use crate::testing::{env, reading};

const ALL: [&str; 17] = [
    "/",
    "/sign-in",
    "/join",
    "/card",
    "/points",
    "/tier",
    "/programme",
    "/me",
    "/me/profile",
    "/me/preferences",
    "/gifts",
    "/gifts/g1",
    "/reservations",
    "/reservations/r1",
    "/reservations/r1/pass",
    "/reservations/r1/move",
    "/nowhere",
];

#[test]
fn every_page_has_a_title_of_its_own() {
    for locale in [ZhCn, En] {
        let titles: Vec<String> = ALL.iter().map(|path| title(&Route::parse(path), &env(locale))).collect();
        let mut distinct = titles.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), ALL.len(), "{titles:?}");
    }
    assert_eq!(title(&Route::Points, &env(ZhCn)), "积分 · 晨露");
}

#[test]
fn one_tab_is_current_or_has_the_page_below_it() {
    for (path, icon, current) in [
        ("/", Icon::Home, Current::Page),
        ("/card", Icon::Home, Current::Below),
        ("/points", Icon::Home, Current::Below),
        ("/tier", Icon::Home, Current::Below),
        ("/gifts", Icon::Gifts, Current::Page),
        ("/reservations", Icon::Reservations, Current::Page),
        ("/reservations/r1", Icon::Reservations, Current::Below),
        ("/me", Icon::Me, Current::Page),
        ("/me/profile", Icon::Me, Current::Below),
        ("/me/preferences", Icon::Me, Current::Below),
        ("/programme", Icon::Me, Current::Below),
    ] {
        let view = view(&Route::parse(path), &Env { signed_in: true, ..env(ZhCn) });
        let marked: Vec<_> =
            view.tabs.iter().filter(|tab| tab.current != Current::No).map(|tab| (tab.icon, tab.current)).collect();
        assert_eq!(marked, [(icon, current)], "{path}");
        assert_eq!(
            view.tabs.iter().map(|tab| tab.label.as_str()).collect::<Vec<_>>(),
            ["首页", "礼遇", "预约", "我的"]
        );
    }
}

#[test]
fn a_tabs_own_page_is_known_as_one() {
    let tabs: Vec<_> = ALL.into_iter().filter(|path| is_tab(&Route::parse(path))).collect();
    assert_eq!(tabs, ["/", "/me", "/gifts", "/reservations"]);
}

#[test]
fn a_gift_is_shared_as_itself_without_what_she_has_in_mind() {
    let gift = Route::parse("/gifts/g1?counter=k1&variant=v1");
    let shared = share(&gift, Some("清润旅行套装"), &env(ZhCn));
    assert_eq!((shared.title.as_str(), shared.path.as_str()), ("晨露会员礼遇：清润旅行套装", "/gifts/g1"));
    assert_eq!(share(&gift, None, &env(ZhCn)).path, "/", "its name is not known yet");
}

#[test]
fn nothing_of_hers_is_ever_shared() {
    for path in ALL.into_iter().filter(|path| *path != "/gifts/g1") {
        for (route, gift) in [(Route::parse(path), None), (Route::parse(path), Some("清润旅行套装"))] {
            let shared = share(&route, gift, &Env { signed_in: true, ..env(ZhCn) });
            assert_eq!((shared.title.as_str(), shared.path.as_str()), ("晨露会员中心", "/"), "{path}");
        }
    }
}

#[test]
fn where_nobody_is_signed_in_there_are_no_tabs() {
    for path in ["/sign-in", "/join", "/programme", "/nowhere"] {
        assert_eq!(view(&Route::parse(path), &env(ZhCn)).tabs, [], "{path}");
    }
}

#[test]
fn where_one_thing_is_done_there_are_no_tabs() {
    for path in ["/gifts/g1", "/reservations/r1/pass", "/reservations/r1/move"] {
        let view = view(&Route::parse(path), &Env { signed_in: true, ..env(ZhCn) });
        assert_eq!((view.tabs, view.back.is_some()), (Vec::new(), true), "{path}");
    }
}

#[test]
fn a_page_below_a_tab_leads_back_up() {
    let back = |path: &str| view(&Route::parse(path), &env(ZhCn)).back.map(|link| (link.label, link.path));
    assert_eq!(back("/card"), Some(("返回首页".to_owned(), "/".to_owned())));
    assert_eq!(back("/me/profile"), Some(("返回我的".to_owned(), "/me".to_owned())));
    assert_eq!(back("/points"), Some(("返回首页".to_owned(), "/".to_owned())));
    assert_eq!(back("/gifts/g1"), Some(("返回礼遇".to_owned(), "/gifts".to_owned())));
    assert_eq!(back("/reservations/r1"), Some(("返回预约".to_owned(), "/reservations".to_owned())));
    assert_eq!(back("/reservations/r1/pass"), Some(("返回这份预约".to_owned(), "/reservations/r1".to_owned())));
    assert_eq!(back("/gifts"), None);
}

#[test]
fn what_surrounds_a_page_is_in_her_language() {
    for path in ALL {
        for (locale, chinese) in [(ZhCn, true), (En, false)] {
            let env = Env { signed_in: true, ..env(locale) };
            reading::shown(path, &view(&Route::parse(path), &env), chinese);
            reading::shown("shared", &share(&Route::parse(path), Some("3"), &env), chinese);
            reading::shown("crashed", &crashed(&env), chinese);
            reading::shown("not found", &crate::not_found::view(&env), chinese);
        }
    }
}
