use proptest::prelude::*;

use super::*;
use crate::staff::testing::{LIGHT, RICH, STRANGE};
use crate::testing::{env, reading};
use catalogue::Locale::{En, ZhCn};

#[test]
fn a_barcode_is_thirteen_digits_that_check() {
    for good in [LIGHT, RICH, STRANGE] {
        assert_eq!(barcode(good).as_deref(), Some(good));
    }
    assert_eq!(barcode(" 690-1234 567892\n").as_deref(), Some(LIGHT));
    assert_eq!(barcode("６９０１２３４５６７８９２").as_deref(), Some(LIGHT));
    assert_eq!(barcode("]E06901234567892").as_deref(), Some(LIGHT));
    assert_eq!(barcode("036000291452").as_deref(), Some("0036000291452"), "leading zeros count");
    for bad in ["", "690123456789", "6901234567893", "69012345678922", "SY1.K7M2QX9RT.x", "690123456789O", "-"] {
        assert_eq!(barcode(bad), None, "{bad}");
    }
}

#[test]
fn the_camera_opens_once_and_may_be_closed() {
    let mut unit = Unit::default();
    assert!(unit.scan());
    assert!(!unit.scan());
    assert!(!unit.view("x", false, &env(ZhCn)).scan.can_submit);
    assert_eq!(unit.scanned(&Scanned::Closed), None);
    assert_eq!(unit.view("x", false, &env(ZhCn)).alert, None);
    assert!(unit.scan());
    assert_eq!(unit.scanned(&Scanned::Read(LIGHT.to_owned())).as_deref(), Some(LIGHT));
    assert_eq!(unit.view("x", false, &env(ZhCn)).field.value, LIGHT);
}

#[test]
fn whatever_hinders_the_camera_it_can_be_typed() {
    for (scanned, title) in [
        (Scanned::Read("SY1.K7M2QX9RT.x".to_owned()), "这不是商品条码"),
        (Scanned::Forbidden, "没有使用相机的许可"),
        (Scanned::Unavailable, "这台设备没有可用的相机"),
    ] {
        let mut unit = Unit::default();
        unit.scan();
        assert_eq!(unit.scanned(&scanned), None);
        for (locale, chinese) in [(ZhCn, true), (En, false)] {
            reading::check("unit", &unit.view(if chinese { "好" } else { "OK" }, false, &env(locale)), chinese);
        }
        let view = unit.view("x", false, &env(ZhCn));
        assert_eq!(view.alert.unwrap().title, title);
        assert!(view.scan.can_submit && view.submit.can_submit);
        unit.typed("6".to_owned());
        assert_eq!(unit.view("x", false, &env(ZhCn)).alert, None);
    }
}

#[test]
fn what_is_typed_is_looked_at_before_it_is_sent() {
    let mut unit = Unit::default();
    assert_eq!(unit.submit(), None);
    assert_eq!(unit.view("x", false, &env(ZhCn)).field.error.unwrap().text, "请扫码，或输入条码下的 13 位数字。");
    unit.typed("6901234567893".to_owned());
    assert_eq!(unit.submit(), None);
    assert_eq!(
        unit.view("x", false, &env(ZhCn)).field.error.unwrap().text,
        "这串数字不是完整的条码，请对照条码下的 13 位数字。"
    );
    unit.typed(LIGHT.to_owned());
    assert_eq!(unit.submit().as_deref(), Some(LIGHT));
}

proptest! {
    #[test]
    fn one_wrong_digit_is_noticed(head in "[0-9]{12}", place in 0usize..13, by in 1u8..10) {
        let check = (0..10).map(|digit| format!("{head}{digit}")).find(|text| is_ean_13(text)).unwrap();
        let mut wrong = check.clone().into_bytes();
        wrong[place] = b'0' + (wrong[place] - b'0' + by) % 10;
        prop_assert!(!is_ean_13(core::str::from_utf8(&wrong).unwrap()));
        prop_assert_eq!(barcode(&check), Some(check.clone()));
    }

    #[test]
    fn no_text_breaks_it(text in ".*") {
        if let Some(barcode) = barcode(&text) {
            prop_assert_eq!(barcode.len(), LENGTH);
        }
    }
}
