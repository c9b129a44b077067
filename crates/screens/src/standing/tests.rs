use catalogue::Locale::{En, ZhCn};
use contract::Money;
use contract::tier::{Tier, TierName, Window};
use proptest::prelude::*;

use super::*;
use crate::testing::env;
use crate::testing::fixtures::{GRACE, TIER, TOP, TOP_KEPT};

fn read(tier: &str) -> Tier {
    contract::json::decode(&format!("{{{}}}", tier.replace("$GOLD", "金卡").replace("$PLATINUM", "铂金卡"))).unwrap()
}

fn sentence(tier: &str) -> String {
    let standing = standing(&read(tier), &env(ZhCn));
    match standing.then {
        Some(then) => format!("{} {then}", standing.what.text()),
        None => standing.what.text(),
    }
}

#[test]
fn the_next_tier_has_its_price_and_its_day() {
    assert_eq!(sentence(TIER), "2027年3月31日前再消费 ¥570 升为铂金卡");
    assert_eq!(standing(&read(TIER), &env(ZhCn)).what.strong, "¥570");
    let english = standing(&read(TIER), &env(En));
    assert_eq!(english.what.text(), "Spend ¥570 more by 31 March 2027");
}

#[test]
fn at_the_top_it_says_what_keeps_it() {
    assert_eq!(sentence(TOP), "2027年6月30日前再消费 ¥120.50 铂金卡再保留一期");
    assert_eq!(sentence(TOP_KEPT), "本期消费已达标，铂金卡会自动延续。");
    let ring = standing(&read(TOP), &env(ZhCn)).ring;
    assert_eq!((ring.percent, ring.text.as_str()), (100, "最高"));
}

#[test]
fn in_grace_keeping_comes_first() {
    assert_eq!(sentence(GRACE), "宽限期内，11月30日前再消费 ¥120 金卡不会下降");
}

#[test]
fn a_programme_of_one_tier_has_nothing_to_reach_or_keep() {
    let one =
        TOP.replace(r#""to_keep":{"amount":12050,"currency":"CNY"},"to_keep_by":"2027-06-30","#, r#""to_keep":null,"#);
    assert_eq!(sentence(&one), "铂金卡长期有效。");
}

#[test]
fn the_ring_says_what_it_draws() {
    let ring = standing(&read(TIER), &env(ZhCn)).ring;
    assert_eq!((ring.percent, ring.text.as_str(), ring.dash.as_str()), (62, "62%", "62 100"));
    assert_eq!(ring.label, "距铂金卡已完成 62%");
}

proptest! {
    #[test]
    fn the_ring_is_full_only_when_the_threshold_is_reached(spent in any::<i64>(), threshold in 1i64..) {
        let money = |amount| Money { amount, currency: "CNY".to_owned() };
        let name = |id: &str| TierName { id: id.to_owned(), name: id.to_owned() };
        let day = "2026-11-22".parse().unwrap();
        let tier = Tier {
            current: name("gold"), valid_until: day, grace_until: None, spent: money(spent), next: Some(name("top")),
            threshold: Some(money(threshold)), to_next: Some(money(0)), to_next_by: Some(day), to_keep: None,
            to_keep_by: None, window: Window { from: day, to: day },
        };
        let ring = standing(&tier, &env(ZhCn)).ring;
        prop_assert!(ring.percent <= 100);
        prop_assert_eq!(ring.percent == 100, spent >= threshold);
        prop_assert_eq!(ring.dash, format!("{} 100", ring.percent));
    }
}
