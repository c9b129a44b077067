use catalogue::Locale::{self, En, ZhCn};
use contract::Code;

use super::*;
use crate::testing::{Shell, env, fixtures, reading};

const ASK: &str = "GET /programme";

fn shown(programme: &str, locale: Locale) -> Contents {
    let mut shell = Shell::<Programme>::open((), env(locale));
    shell.answer(ASK, programme);
    match shell.view().body {
        Body::Shown { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

fn sentences(contents: &Contents) -> Vec<&str> {
    contents.sections.iter().flat_map(|section| &section.sentences).map(String::as_str).collect()
}

#[test]
fn every_rule_is_said_in_plain_words() {
    let contents = shown(&fixtures::programme(ZhCn), ZhCn);
    assert_eq!(
        sentences(&contents),
        [
            "每消费 ¥1 得 1 分，再乘以等级的倍数，按每笔消费向下取整。",
            "消费 7 天后入账，入账前显示为待入账。",
            "每笔积分自消费之日起 24 个月有效，到期日顺延至当月最后一天。",
            "到期前至少 30 天会通知您，未通知不会到期。",
            "看最近 12 个月的消费，退款会扣除。",
            "升级或保级之后，等级至少保留 12 个月。",
            "期满后还有 30 天宽限期；仍未达到，只降一级。",
        ]
    );
    assert_eq!(contents.as_of, "截至今天 09:41");
    assert_eq!(contents.clauses[0].version, "第 3 版，自2026年1月1日起");
}

#[test]
fn tiers_say_how_they_are_reached_and_kept() {
    let tiers = shown(&fixtures::programme(ZhCn), ZhCn).tiers;
    let of =
        |index: usize| (tiers[index].reached.as_str(), tiers[index].kept.as_deref(), tiers[index].multiplier.as_str());
    assert_eq!(of(0), ("加入即是", None, "1 倍积分"));
    assert_eq!(of(1), ("近 12 个月消费满 ¥600", Some("消费满 ¥450 可再保留一期"), "1.25 倍积分"));
    assert_eq!(tiers[1].benefits.len(), 2);
}

#[test]
fn other_programmes_have_other_words() {
    let other = fixtures::programme(ZhCn)
        .replace("rolling", "calendar-year")
        .replace(r#""months":24"#, r#""months":null"#)
        .replace(r#""pending_days":7"#, r#""pending_days":0"#)
        .replace(r#""grace_days":30"#, r#""grace_days":0"#);
    let contents = shown(&other, ZhCn);
    assert_eq!(contents.tiers[1].reached, "当年消费满 ¥600");
    assert_eq!(
        sentences(&contents)[1..],
        [
            "消费后立即入账。",
            "积分长期有效，不会到期。",
            "看当年 1 月 1 日起的消费，退款会扣除。",
            "升级或保级之后，等级至少保留 12 个月。"
        ]
    );
    let mid_month = fixtures::programme(ZhCn).replace(r#""end_of_month":true"#, r#""end_of_month":false"#);
    assert!(sentences(&shown(&mid_month, ZhCn)).contains(&"每笔积分自消费之日起 24 个月有效。"));
}

#[test]
fn it_is_open_to_anyone_and_invites_those_who_are_not_in() {
    let mut shell = Shell::<Programme>::open((), env(ZhCn));
    shell.refuse(ASK, Code::SessionMissing);
    assert!(shell.went.is_empty(), "it never leads to the sign-in page");
    assert!(shell.view().join.is_some());
    shell.env.signed_in = true;
    assert_eq!(shell.view().join, None);
    shell.send(Event::Retry).send(Event::Retry);
    assert_eq!(shell.asked(), [ASK]);
}

#[test]
fn it_is_in_her_language() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let mut shell = Shell::<Programme>::open((), env(locale));
        shell.answer(ASK, &fixtures::programme(locale));
        reading::shown("programme", &shell.view(), chinese);
    }
}
