use catalogue::Locale::{self, En, ZhCn};
use contract::Code;

use super::*;
use crate::testing::fixtures::{GRACE, TIER, TOP, TOP_KEPT, trace_of};
use crate::testing::{Shell, env, reading, sign_in};
use crate::view::Body;

const ASK: &str = "GET /me/tier";

fn shown(tier: &str, locale: Locale) -> Contents {
    let mut shell = Shell::<Tier>::open((), env(locale));
    shell.answer(ASK, &trace_of(tier, locale));
    match shell.view().body {
        Body::Shown { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_tier_says_until_when_it_is_hers_and_what_keeps_it() {
    let contents = shown(TIER, ZhCn);
    assert_eq!((contents.name.as_str(), contents.material.as_str()), ("金卡", "gold"));
    assert_eq!(contents.valid.text(), "金卡有效至2027年6月30日。");
    assert_eq!(contents.keep.unwrap().text(), "2027年6月30日前再消费 ¥120.50，金卡再保留一期。");
    assert_eq!(contents.as_of, "截至今天 09:41");
    assert_eq!(shown(TOP_KEPT, ZhCn).keep.unwrap().text(), "已达到保级消费，2027年6月30日之后铂金卡自动再保留一期。");
    let nobody_loses_it = TIER.replace(r#""to_keep":{"amount":12050,"currency":"CNY"}"#, r#""to_keep":null"#);
    assert_eq!(shown(&nobody_loses_it, ZhCn).keep, None);
}

#[test]
fn in_grace_it_says_until_when() {
    assert_eq!(shown(GRACE, ZhCn).valid.text(), "金卡的一期已于2026年10月31日结束，宽限至2026年11月30日。");
}

#[test]
fn the_trace_shows_each_purchase_and_until_when_it_counts() {
    let trace = shown(TIER, ZhCn).trace;
    assert_eq!(trace.window, "2025年11月23日至2026年11月22日的消费计入。");
    let rows: Vec<_> = trace
        .rows
        .iter()
        .map(|row| {
            (row.date.as_str(), row.receipt.as_str(), row.counted.as_str(), row.reduced.as_deref(), row.until.as_str())
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("11月20日", "小票 0047", "¥600.50", Some("实付 ¥630，扣除退款后计入"), "计入至2027年11月19日"),
            ("4月1日", "小票 0046", "¥329.50", None, "计入至2027年3月31日"),
        ]
    );
    assert_eq!(trace.sum, "¥930");
    assert_eq!(trace.empty, None);
}

#[test]
fn what_to_spend_by_when_and_what_follows() {
    let rows = shown(TIER, ZhCn).what_if;
    let said: Vec<_> = rows.iter().map(|row| (row.what.text(), row.then.as_str(), row.what.strong.as_str())).collect();
    assert_eq!(
        said,
        [
            ("2027年3月31日前再消费 ¥570".to_owned(), "升为铂金卡", "¥570"),
            ("2027年6月30日前再消费 ¥120.50".to_owned(), "金卡再保留一期", "¥120.50"),
        ]
    );
}

#[test]
fn the_history_says_why() {
    let history = shown(TIER, ZhCn).history;
    let said: Vec<_> = history.iter().map(|row| (row.what.as_str(), row.spent.as_deref())).collect();
    assert_eq!(
        said,
        [
            ("升为金卡", Some("当时累计 ¥930")),
            ("降为珍珠卡", Some("当时累计 ¥1")),
            ("玫瑰卡再保留一期", Some("当时累计 ¥150")),
            ("退款后调整为玫瑰卡", Some("当时累计 ¥250")),
            ("加入，珍珠卡", None),
        ]
    );
}

#[test]
fn the_rule_has_its_version_and_date() {
    let clause = shown(TIER, ZhCn).clause;
    assert_eq!((clause.id.as_str(), clause.version.as_str()), ("tier-window", "第 3 版，自2026年1月1日起"));
}

#[test]
fn failures_keep_what_is_there() {
    let mut shell = Shell::<Tier>::open((), env(ZhCn));
    shell.lose(ASK).send(Event::Retry).send(Event::Retry);
    assert_eq!(shell.asked(), [ASK]);
    shell.answer(ASK, &trace_of(TIER, ZhCn)).send(Event::CameBack).lose(ASK);
    let Body::Shown { content, banner } = shell.view().body else { panic!() };
    assert_eq!((content.name.as_str(), banner.unwrap().text.as_str()), ("金卡", "暂时连不上网络。截至今天 09:41。"));
    shell.env.signed_in = true;
    shell.send(Event::Retry).refuse(ASK, Code::SessionMissing);
    assert_eq!(shell.went, [sign_in("/tier", true)]);
}

#[test]
fn it_is_in_her_language() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        for tier in [TIER, TOP, TOP_KEPT, GRACE] {
            reading::shown("tier", &shown(tier, locale), chinese);
        }
        let empty = trace_of(TIER, locale).replace("\"purchases\":[", "\"purchases\":[],\"unused\":[");
        let mut shell = Shell::<Tier>::open((), env(locale));
        shell.answer(ASK, &empty);
        let Body::Shown { content, .. } = shell.view().body else { panic!() };
        assert!(content.trace.empty.is_some());
        reading::shown("tier, nothing counted", &content, chinese);
    }
}
