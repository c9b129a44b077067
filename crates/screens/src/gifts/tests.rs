mod scan;

use catalogue::Locale::{self, En, ZhCn};
use contract::Code;

use super::*;
use crate::testing::fixtures::{self as plain, gifts as fixtures};
use crate::testing::{Shell, env, reading, sign_in, versioned};
use crate::view::Body;

const GIFTS: &str = "GET /gifts?limit=100";
const PROFILE: &str = "GET /me/profile";
const COUNTERS: &str = "GET /counters?limit=100";

/// Her skin is oily.
fn open_in(locale: Locale) -> Shell<Gifts> {
    let mut shell = Shell::<Gifts>::open((), env(locale));
    shell
        .answer(GIFTS, &fixtures::gifts(locale))
        .reply(PROFILE, versioned(&plain::profile_of("Lin", None), "\"1\""))
        .answer(COUNTERS, &plain::counters(locale));
    shell
}

fn open() -> Shell<Gifts> {
    open_in(ZhCn)
}

fn shown(shell: &Shell<Gifts>) -> Contents {
    match shell.view().body {
        Body::Shown { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

fn paths(shell: &Shell<Gifts>) -> Vec<String> {
    shown(shell).gifts.into_iter().map(|gift| gift.path).collect()
}

fn filter(shell: &Shell<Gifts>) -> FilterView {
    shell.view().filter.unwrap()
}

#[test]
fn what_is_for_her_skin_comes_first_and_alone() {
    let mut shell = open();
    let switch = filter(&shell).for_skin.unwrap();
    assert_eq!((switch.label.as_str(), switch.on), ("适合油性肤质", true));
    assert_eq!(paths(&shell), ["/gifts/g1", "/gifts/g3", "/gifts/g2"], "hers, then everyone's; none for dry skin");
    assert_eq!(shown(&shell).gifts[0].hers.as_deref(), Some("您的肤质"));
    shell.send(Event::ForSkin(false));
    assert_eq!(paths(&shell), ["/gifts/g1", "/gifts/g3", "/gifts/g4", "/gifts/g2"]);
    assert!(!filter(&shell).for_skin.unwrap().on);
}

#[test]
fn a_gift_says_what_it_costs_where_it_is_and_why_she_can_not_have_it() {
    let gifts = shown(&open()).gifts;
    let duo = &gifts[0];
    assert_eq!(
        (duo.name.as_str(), duo.points.as_str(), duo.stock.as_str()),
        ("清润旅行套装", "300\u{a0}积分", "8 家专柜有货")
    );
    assert_eq!(
        duo.dots.iter().map(|dot| (dot.colour, dot.label.as_str())).collect::<Vec<_>>(),
        [("blue", "清爽型"), ("amber", "滋润型")]
    );
    assert!(duo.notes.is_empty() && duo.in_stock);
    assert_eq!((gifts[1].stock.as_str(), gifts[1].in_stock), ("暂时无货", false));
    assert_eq!(gifts[2].notes, ["铂金卡及以上", "您还可换 1\u{a0}份", "还差 560\u{a0}分"]);
}

#[test]
fn the_stock_says_since_when_and_that_nothing_is_held() {
    let shown = shown(&open());
    assert_eq!(shown.stock.as_deref(), Some("存货截至今天 09:41，未为您锁定；预约之后才是您的。"));
    assert_eq!(shown.have.as_deref(), Some("您有 1,240\u{a0}分可用。"));
}

#[test]
fn what_her_points_are_not_enough_for_can_be_left_out() {
    let mut shell = open();
    shell.send(Event::Enough(true));
    assert_eq!(paths(&shell), ["/gifts/g1", "/gifts/g3"]);
    assert!(filter(&shell).enough.on);
    assert_eq!(shell.asked(), Vec::<String>::new(), "known here");
}

#[test]
fn a_place_is_asked_of_the_server_and_goes_along_to_the_gift() {
    let mut shell = open();
    let places = filter(&shell).places;
    let labels: Vec<_> = places
        .iter()
        .flat_map(|group| group.choices.iter().map(|choice| (choice.label.as_str(), choice.value.as_str())))
        .collect();
    assert_eq!(labels, [("不限专柜", ""), ("上海，任一专柜", "city:上海"), ("久光专柜", "counter:k1")]);
    assert_eq!(places[1].heading.as_deref(), Some("上海"));
    shell.send(Event::At("city:上海".to_owned()));
    assert!(matches!(shell.view().body, Body::Loading(_)));
    let city = "GET /gifts?limit=100&city=%E4%B8%8A%E6%B5%B7";
    shell.send(Event::At("counter:k1".to_owned())).send(Event::At("counter:k1".to_owned()));
    let counter = "GET /gifts?limit=100&counter=k1";
    assert_eq!(shell.asked(), [city, counter]);
    shell.answer(counter, &fixtures::gifts(ZhCn));
    assert_eq!(
        (paths(&shell)[0].as_str(), shown(&shell).gifts[0].stock.as_str()),
        ("/gifts/g1?counter=k1", "这家专柜有货")
    );
    shell.answer(city, &fixtures::nothing());
    assert_eq!(shown(&shell).gifts.len(), 3, "nobody asks for that any more");
    assert!(filter(&shell).places[1].choices[1].chosen);
}

#[test]
fn places_are_there_without_groups_too() {
    let mut shell = open();
    let row = filter(&shell).row;
    let values: Vec<_> = row.choices.iter().map(|choice| choice.value.as_str()).collect();
    assert_eq!(values, ["", "city:上海", "counter:k1"]);
    assert_eq!((row.index, row.label.as_deref()), (0, Some("不限专柜")));
    shell.send(Event::At("counter:k1".to_owned()));
    let row = filter(&shell).row;
    assert_eq!((row.index, row.label.as_deref()), (2, Some("久光专柜")));
}

#[test]
fn where_the_filters_leave_nothing_they_can_be_lifted() {
    let mut shell = open();
    shell.send(Event::Enough(true)).send(Event::At("counter:k1".to_owned()));
    shell.answer("GET /gifts?limit=100&counter=k1", &fixtures::nothing());
    let none = shown(&shell).none.unwrap();
    assert_eq!((none.heading.as_str(), none.show_all.as_deref()), ("没有符合的礼品", Some("看全部礼品")));
    shell.send(Event::All).answer(GIFTS, &fixtures::gifts(ZhCn));
    assert_eq!(paths(&shell).len(), 4);
    assert_eq!(shown(&shell).none, None);
}

#[test]
fn an_empty_shelf_says_so() {
    let mut shell = Shell::<Gifts>::open((), env(ZhCn));
    shell.answer(GIFTS, &fixtures::nothing()).lose(PROFILE).lose(COUNTERS);
    let shown = shown(&shell);
    assert_eq!((shown.have, shown.stock), (None, None));
    let none = shown.none.unwrap();
    assert_eq!((none.heading.as_str(), none.link.unwrap().path.as_str()), ("还没有礼品", "/programme"));
}

#[test]
fn nothing_jumps_to_the_front_later() {
    let mut shell = Shell::<Gifts>::open((), env(ZhCn));
    shell.answer(GIFTS, &fixtures::gifts(ZhCn));
    assert!(matches!(shell.view().body, Body::Loading(_)));
    assert_eq!(shell.view().filter, None);
    shell.lose(PROFILE);
    assert_eq!(shell.view().filter, None, "a field for the place would push the list down");
    shell.lose(COUNTERS);
    assert_eq!(paths(&shell), ["/gifts/g3", "/gifts/g4", "/gifts/g1", "/gifts/g2"], "the server's order");
    let filter = filter(&shell);
    assert_eq!((filter.for_skin, filter.tell_skin, filter.places.len()), (None, None, 0));
    assert_eq!((filter.row.choices.len(), filter.row.label), (0, None), "no list of nothing");
}

#[test]
fn who_has_not_told_her_skin_is_asked_to() {
    let mut shell = Shell::<Gifts>::open((), env(ZhCn));
    let untold = plain::profile_of("Lin", None).replace("\"oily\"", "null");
    shell.answer(GIFTS, &fixtures::gifts(ZhCn)).answer(PROFILE, &untold).lose(COUNTERS);
    assert_eq!(filter(&shell).tell_skin.unwrap().path, "/me/profile");
    assert_eq!(paths(&shell).len(), 4);
}

#[test]
fn what_did_not_come_is_asked_for_again() {
    let mut shell = Shell::<Gifts>::open((), env(ZhCn));
    shell.lose(GIFTS).lose(PROFILE).lose(COUNTERS);
    assert!(matches!(shell.view().body, Body::Trouble(_)));
    shell.send(Event::Retry);
    assert_eq!(shell.asked(), [GIFTS, PROFILE, COUNTERS]);
    let mut shell = open();
    shell.send(Event::CameBack);
    assert_eq!(shell.asked(), [GIFTS]);
    shell.lose(GIFTS);
    assert_eq!(paths(&shell).len(), 3);
}

#[test]
fn without_a_session_it_leads_to_signing_in() {
    let mut shell = Shell::<Gifts>::open((), env(ZhCn));
    shell.refuse(GIFTS, Code::SessionMissing);
    assert_eq!(shell.went, [sign_in("/gifts", false)]);
}

#[test]
fn it_is_in_her_language() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let mut shell = open_in(locale);
        reading::shown("gifts", &shell.view(), chinese);
        shell.send(Event::At("counter:k1".to_owned())).answer("GET /gifts?limit=100&counter=k1", &fixtures::nothing());
        reading::shown("no such gifts", &shell.view(), chinese);
        let mut shell = Shell::<Gifts>::open((), env(locale));
        let untold = plain::profile_of("Lin", None).replace("\"oily\"", "null");
        shell.answer(GIFTS, &fixtures::nothing()).answer(PROFILE, &untold).lose(COUNTERS);
        reading::shown("no gifts", &shell.view(), chinese);
    }
}
