//! The barcode of a box at the counter, and where it leads.

use super::*;
use crate::testing::problem;
use crate::view::Alert;
use crate::{Env, Navigation, Scanned};

/// Where a camera reads codes.
fn with_camera(locale: Locale) -> Shell<Gifts> {
    let mut shell = open_in(locale);
    shell.env.can_scan = true;
    shell
}

fn read(shell: &mut Shell<Gifts>, code: &str) {
    shell.send(Event::Scan).scan(Scanned::Read(code.to_owned()));
}

fn title(shell: &Shell<Gifts>) -> Option<String> {
    shell.view().alert.map(|alert| alert.title)
}

fn to(path: &str) -> Navigation {
    Navigation::To(path.to_owned())
}

#[test]
fn without_a_camera_nothing_is_offered() {
    let mut shell = open();
    shell.send(Event::Scan);
    assert!(!shell.is_scanning());
    assert_eq!((shell.view().scan, shell.view().alert), (None, None));
}

#[test]
fn a_box_leads_to_its_gift_with_its_variant_chosen() {
    for code in ["6901234567892", " 690 1234 56789 2", "]E06901234567892", "06901234567892"] {
        let mut shell = with_camera(ZhCn);
        assert_eq!(shell.view().scan.as_deref(), Some("扫礼品盒上的条码"));
        read(&mut shell, code);
        assert_eq!(shell.went, [to("/gifts/g1?variant=v1")], "{code}");
        assert_eq!((title(&shell), shell.asked()), (None, Vec::new()));
    }
}

#[test]
fn zeros_in_front_may_be_left_out_by_the_reader() {
    let mut shell = Shell::<Gifts>::open((), Env { can_scan: true, ..env(ZhCn) });
    shell.answer(GIFTS, &fixtures::gifts(ZhCn).replace("6901234567892", "0012345678905"));
    read(&mut shell, "012345678905");
    assert_eq!(shell.went, [to("/gifts/g1?variant=v1")]);
}

#[test]
fn what_the_filters_hide_is_found_all_the_same() {
    let mut shell = with_camera(ZhCn);
    assert!(!paths(&shell).contains(&"/gifts/g4".to_owned()), "not for her skin");
    read(&mut shell, "6901234567908");
    assert_eq!(shell.went, [to("/gifts/g4?variant=v2")]);
}

#[test]
fn the_camera_is_opened_once() {
    let mut shell = with_camera(ZhCn);
    shell.send(Event::Scan).send(Event::Scan).scan(Scanned::Closed);
    assert!(!shell.is_scanning());
    assert_eq!((title(&shell), shell.went.len()), (None, 0));
    shell.send(Event::Scan);
    assert!(shell.is_scanning());
}

#[test]
fn where_only_a_place_was_asked_about_all_gifts_are_asked_for() {
    let mut shell = with_camera(ZhCn);
    shell.send(Event::At("counter:k1".to_owned()));
    shell.answer("GET /gifts?limit=100&counter=k1", &fixtures::nothing());
    read(&mut shell, "6901234567892");
    assert_eq!((shell.asked(), shell.view().scan.as_deref()), (vec![GIFTS.to_owned()], Some("正在查找这件礼品")));
    shell.answer(GIFTS, &fixtures::gifts(ZhCn));
    assert_eq!(shell.went, [to("/gifts/g1?counter=k1&variant=v1")]);
    assert_eq!(shell.view().scan.as_deref(), Some("扫礼品盒上的条码"));
    assert!(shown(&shell).gifts.is_empty(), "the list stays what she asked for");
}

#[test]
fn before_the_list_is_there_it_can_be_scanned_already() {
    let mut shell = Shell::<Gifts>::open((), Env { can_scan: true, ..env(ZhCn) });
    read(&mut shell, "6901234567892");
    shell.answer(GIFTS, &fixtures::gifts(ZhCn));
    assert_eq!(shell.went, [], "that was the list");
    shell.answer(GIFTS, &fixtures::gifts(ZhCn));
    assert_eq!(shell.went, [to("/gifts/g1?variant=v1")]);
}

#[test]
fn what_leads_nowhere_says_why_and_what_to_do() {
    for (scanned, expected) in [
        (Scanned::Read("6901234567922".to_owned()), "这件不是可兑换的礼品"),
        (Scanned::Read("SYS.K".to_owned()), "这件不是可兑换的礼品"),
        (Scanned::Read("000".to_owned()), "这件不是可兑换的礼品"),
        (Scanned::Forbidden, "没有使用相机的许可"),
        (Scanned::Unavailable, "这台设备没有可用的相机"),
    ] {
        let mut shell = with_camera(ZhCn);
        shell.send(Event::Scan).scan(scanned);
        let Alert { title, detail } = shell.view().alert.unwrap();
        assert_eq!((title.as_str(), detail.is_empty(), shell.went.len()), (expected, false, 0));
        shell.send(Event::CameBack);
        assert!(shell.view().alert.is_some(), "looking away for the camera's sake takes nothing back");
        shell.send(Event::Scan);
        assert_eq!(shell.view().alert, None, "she tries again");
    }
}

#[test]
fn gifts_that_did_not_come_are_no_answer() {
    let at_a_counter = || {
        let mut shell = with_camera(ZhCn);
        shell.send(Event::At("counter:k1".to_owned()));
        shell.answer("GET /gifts?limit=100&counter=k1", &fixtures::nothing());
        read(&mut shell, "6901234567892");
        shell
    };
    let mut shell = at_a_counter();
    shell.lose(GIFTS);
    assert_eq!(title(&shell).as_deref(), Some("连不上网络"));
    shell.send(Event::Enough(true));
    assert_eq!(title(&shell), None, "she turns to something else");
    let mut shell = at_a_counter();
    shell.reply(GIFTS, problem(Code::SessionMissing, ""));
    assert_eq!(shell.went, [sign_in("/gifts", false)]);
}

#[test]
fn what_is_found_late_takes_her_nowhere() {
    let mut shell = with_camera(ZhCn);
    shell.send(Event::At("city:上海".to_owned()));
    read(&mut shell, "6901234567892");
    shell.send(Event::Enough(true)).answer(GIFTS, &fixtures::gifts(ZhCn));
    read(&mut shell, "6901234567892");
    read(&mut shell, "6901234567908");
    shell.answer(GIFTS, &fixtures::gifts(ZhCn));
    assert_eq!(shell.went, [], "she holds another box by now");
    shell.answer(GIFTS, &fixtures::gifts(ZhCn));
    assert_eq!(shell.went, [to("/gifts/g4?variant=v2")]);
}

#[test]
fn it_is_in_her_language() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        for scanned in [Scanned::Read("1".to_owned()), Scanned::Forbidden, Scanned::Unavailable] {
            let mut shell = with_camera(locale);
            shell.send(Event::Scan).scan(scanned);
            reading::shown("gifts, scanned", &shell.view(), chinese);
        }
        let mut shell = with_camera(locale);
        shell.send(Event::At("counter:k1".to_owned()));
        read(&mut shell, "6901234567892");
        reading::shown("gifts, seeking", &shell.view(), chinese);
    }
}
