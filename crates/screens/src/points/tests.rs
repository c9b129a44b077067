use catalogue::Locale::{self, En, ZhCn};
use contract::Code;
use proptest::prelude::*;

use super::*;
use crate::testing::{Shell, env, fixtures, reading, sign_in};

const BALANCES: &str = "GET /me/overview";
const LOTS: &str = "GET /me/points/expiring";
const LEDGER: &str = "GET /me/points?limit=50";
const SPENT: &str = "GET /me/points?limit=50&kind=spent";
const SECOND: &str = "GET /me/points?limit=50&cursor=abc";
const PROGRAMME: &str = "GET /programme";

fn full(locale: Locale, next: Option<&str>) -> Shell<Points> {
    let mut shell = Shell::<Points>::open((), env(locale));
    shell
        .answer(BALANCES, &fixtures::overview(locale))
        .answer(LOTS, &fixtures::lots())
        .answer(LEDGER, &fixtures::entries(next))
        .answer(PROGRAMME, &fixtures::programme(locale));
    shell
}

fn content<V>(body: Body<V>) -> V {
    match body {
        Body::Shown { content, .. } => content,
        Body::Loading(words) => panic!("{words}"),
        Body::Trouble(trouble) => panic!("{trouble:?}"),
    }
}

fn rows(shell: &Shell<Points>) -> Rows {
    content(shell.view().ledger.unwrap().body)
}

#[test]
fn balances_say_what_can_be_spent_and_what_not_yet() {
    let balances = content(full(ZhCn, None).view().balances);
    assert_eq!((balances.available.as_str(), balances.as_of.as_str()), ("1,240", "截至今天 09:41"));
    let others: Vec<_> = balances.others.iter().map(|row| (row.label.as_str(), row.value.as_str())).collect();
    assert_eq!(others, [("锁定", "300"), ("待入账", "86")]);
}

#[test]
fn every_date_has_its_lots_its_points_and_its_notice() {
    let timeline = content(full(ZhCn, None).view().timeline.unwrap());
    assert_eq!(timeline.next.text(), "220\u{a0}分将于12月31日到期，已于11月1日短信通知您。");
    assert_eq!(timeline.promise.unwrap(), "到期前至少 30 天会通知您，未通知不会到期。");
    let labels: Vec<_> = timeline.bars.iter().map(|bar| (bar.label.as_str(), bar.height, bar.next)).collect();
    assert_eq!(labels, [("12/31", 16, true), ("11月 2027", 100, false)]);
    let dates: Vec<_> = timeline
        .dates
        .iter()
        .map(|date| {
            (date.date.as_str(), date.left.as_deref(), date.points.as_str(), date.told.as_deref(), date.lots.len())
        })
        .collect();
    assert_eq!(
        dates,
        [
            ("2026年12月31日", Some("还有 39 天"), "220\u{a0}分", Some("已于11月1日短信通知您"), 2),
            ("2027年11月30日", Some("还有 373 天"), "1,320\u{a0}分", Some("到期前会提前通知您"), 1),
            ("长期有效", None, "7\u{a0}分", None, 1),
        ]
    );
    let lots: Vec<_> = timeline.dates[0]
        .lots
        .iter()
        .map(|lot| (lot.earned.as_str(), lot.points.as_str(), lot.held.as_deref()))
        .collect();
    assert_eq!(
        lots,
        [("2024年12月3日获得", "120\u{a0}分", None), ("2024年12月20日获得", "100\u{a0}分", Some("其中锁定 40"))]
    );
}

#[test]
fn a_date_counts_as_told_only_if_she_was_told_of_all_of_it() {
    let half = fixtures::lots().replacen(r#"{"at":"2026-11-01T02:00:00Z","channel":"sms"}"#, "null", 1);
    let mut shell = full(ZhCn, None);
    shell.send(Event::CameBack).answer(LOTS, &half);
    let timeline = content(shell.view().timeline.unwrap());
    assert_eq!(timeline.dates[0].told.as_deref(), Some("到期前会提前通知您"));
}

#[test]
fn without_the_programme_the_promise_has_no_number_and_is_left_to_the_sentence() {
    let mut shell = Shell::<Points>::open((), env(ZhCn));
    shell.answer(LOTS, &fixtures::lots()).lose(PROGRAMME);
    assert_eq!(content(shell.view().timeline.unwrap()).promise, None);
    assert!(shell.went.is_empty());
}

#[test]
fn with_no_points_it_says_so() {
    let mut shell = Shell::<Points>::open((), env(ZhCn));
    shell.answer(LOTS, r#"{"items":[],"next":null,"as_of":"2026-11-22T01:41:07Z"}"#);
    shell.answer(LEDGER, r#"{"items":[],"next":null}"#);
    let timeline = content(shell.view().timeline.unwrap());
    assert_eq!((timeline.next.text().as_str(), timeline.bars.len(), timeline.promise), ("还没有积分。", 0, None));
    assert_eq!(rows(&shell).empty.unwrap(), "还没有明细。");
    shell.send(Event::Filter(Some(EntryKind::Spent))).answer(SPENT, r#"{"items":[],"next":null}"#);
    assert_eq!(rows(&shell).empty.unwrap(), "没有这一类明细。");
}

#[test]
fn every_entry_says_what_caused_it_and_what_was_left() {
    let rows = rows(&full(ZhCn, None));
    let said: Vec<_> = rows
        .entries
        .iter()
        .map(|entry| {
            let pending = entry.pending.as_deref();
            (
                entry.cause.as_str(),
                entry.date.as_str(),
                entry.points.as_str(),
                entry.sign,
                entry.balance.as_deref(),
                pending,
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("消费 · 小票 0047", "11月20日", "+86", Sign::In, None, Some("待入账，11月27日入账")),
            ("兑换 · 001", "11月18日", "−300", Sign::Out, Some("余额 1,540"), None),
            ("到期", "1月1日", "−10", Sign::Out, Some("余额 1,840"), None),
        ]
    );
    assert_eq!((rows.more, rows.empty), (None, None));
}

#[test]
fn more_is_loaded_once_and_added_at_the_end() {
    let mut shell = full(ZhCn, Some("abc"));
    assert_eq!(rows(&shell).more.unwrap().label, "更多明细");
    shell.send(Event::More).send(Event::More);
    assert_eq!(shell.asked(), [SECOND]);
    assert!(rows(&shell).more.unwrap().busy);
    shell.lose(SECOND);
    assert_eq!(rows(&shell).alert.unwrap().title, "连不上网络");
    assert_eq!(rows(&shell).entries.len(), 3);
    shell.send(Event::More).answer(SECOND, &fixtures::more_entries());
    let rows = rows(&shell);
    assert_eq!(rows.entries.iter().map(|entry| entry.id.as_str()).collect::<Vec<_>>(), ["e3", "e2", "e1", "e0"]);
    assert_eq!((rows.more, rows.alert, shell.said.as_slice()), (None, None, ["又加载了 1 条".to_owned()].as_slice()));
    shell.send(Event::More);
    assert_eq!(shell.asked(), Vec::<String>::new());
}

#[test]
fn answers_for_another_filter_are_dropped() {
    let mut shell = full(ZhCn, Some("abc"));
    shell.send(Event::More).send(Event::Filter(Some(EntryKind::Spent))).send(Event::Filter(Some(EntryKind::Spent)));
    assert_eq!(shell.asked(), [SECOND, SPENT]);
    shell.answer(SECOND, &fixtures::more_entries());
    assert!(matches!(shell.view().ledger.unwrap().body, Body::Loading(_)));
    shell.send(Event::Filter(None));
    shell.answer(SPENT, &fixtures::more_entries());
    assert!(matches!(shell.view().ledger.unwrap().body, Body::Loading(_)));
    shell.answer(LEDGER, &fixtures::entries(None));
    assert_eq!(rows(&shell).entries.len(), 3);
    let chosen: Vec<_> = shell
        .view()
        .ledger
        .unwrap()
        .filters
        .choices
        .into_iter()
        .filter(|choice| choice.chosen)
        .map(|choice| choice.value)
        .collect();
    assert_eq!(chosen, [None]);
}

#[test]
fn a_retry_asks_for_what_did_not_come_and_only_for_that() {
    let mut shell = Shell::<Points>::open((), env(ZhCn));
    shell.lose(BALANCES).answer(LOTS, &fixtures::lots()).lose(LEDGER).lose(PROGRAMME);
    shell.send(Event::Retry).send(Event::Retry);
    assert_eq!(shell.asked(), [BALANCES, LEDGER]);
    assert!(matches!(shell.view().timeline, Some(Body::Shown { banner: None, .. })));
}

#[test]
fn coming_back_renews_all_and_keeps_what_is_there() {
    let mut shell = full(ZhCn, Some("abc"));
    shell.send(Event::More).answer(SECOND, &fixtures::more_entries());
    shell.send(Event::CameBack).send(Event::CameBack);
    assert_eq!(shell.asked(), [BALANCES, LOTS, LEDGER]);
    shell.lose(BALANCES).lose(LOTS).lose(LEDGER);
    assert!(matches!(shell.view().balances, Body::Shown { banner: Some(_), .. }));
    assert_eq!(rows(&shell).entries.len(), 4);
    let banner = |shell: &Shell<Points>| matches!(shell.view().timeline, Some(Body::Shown { banner: Some(_), .. }));
    assert!(!banner(&shell), "one network away is one trouble");
    shell.send(Event::Retry).answer(BALANCES, &fixtures::overview(ZhCn)).lose(LOTS);
    assert!(banner(&shell), "but what is old says so");
}

#[test]
fn one_network_away_is_one_trouble() {
    let mut shell = Shell::<Points>::open((), env(ZhCn));
    shell.lose(BALANCES).lose(LOTS);
    let view = shell.view();
    assert!(view.balances.is_trouble() && view.timeline.is_none());
    assert!(matches!(view.ledger.unwrap().body, Body::Loading(_)), "what may still come keeps its place");
    shell.answer(LEDGER, &fixtures::entries(None));
    assert_eq!(rows(&shell).entries.len(), 3);
    shell.send(Event::Retry).answer(BALANCES, &fixtures::overview(ZhCn)).lose(LOTS);
    assert!(shell.view().timeline.unwrap().is_trouble());
}

#[test]
fn a_session_that_has_ended_leads_to_signing_in_and_back() {
    for asked in [BALANCES, LOTS, LEDGER] {
        let mut shell = Shell::<Points>::open((), Env { signed_in: true, ..env(ZhCn) });
        shell.refuse(asked, Code::SessionMissing);
        assert_eq!(shell.went, [sign_in("/points", true)]);
    }
}

#[test]
fn it_is_in_her_language() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let mut shell = full(locale, Some("abc"));
        reading::shown("points", &shell.view(), chinese);
        for kind in EntryKind::ALL {
            for cause in ["purchase", "refund", "reservation", "expiry", "adjustment"] {
                let entry = format!(
                    r#"{{"items":[{{"id":"e","kind":"{}","points":1,"state":"posted","at":"2026-11-18T03:00:00Z","on":"2026-11-18","balance_after":1,"cause":{{"kind":"{cause}","id":"r","label":"7"}}}}],"next":null}}"#,
                    kind.as_str()
                );
                shell.send(Event::CameBack).answer(LEDGER, &entry).lose(BALANCES).lose(LOTS);
                reading::shown("points, each cause", &shell.view(), chinese);
            }
        }
    }
}

proptest! {
    #[test]
    fn the_dates_hold_every_point_once(lots in prop::collection::vec((1i64..10_000, prop::option::of(0u64..900)), 0..30)) {
        let today: contract::Date = "2026-11-22".parse().unwrap();
        let items: Vec<Lot> = lots
            .iter()
            .map(|(points, days)| Lot {
                points: *points, on: days.map(|days| today.plus_days(days)), earned_on: today, notified: None, held: 0,
            })
            .collect();
        let timeline = dates::timeline(&items, env(ZhCn).clock.unwrap().now, Some(30), &env(ZhCn));
        let number = |text: &str| text.split('\u{a0}').next().unwrap().replace(',', "").parse::<i64>().unwrap();
        let shown: i64 = timeline.dates.iter().map(|date| number(&date.points)).sum();
        prop_assert_eq!(shown, lots.iter().map(|(points, _)| points).sum::<i64>());
        prop_assert_eq!(timeline.dates.iter().map(|date| date.lots.len()).sum::<usize>(), lots.len());
        prop_assert!(timeline.bars.iter().all(|bar| (1..=100).contains(&bar.height)));
        prop_assert_eq!(timeline.bars.iter().filter(|bar| bar.next).count(), usize::from(!timeline.bars.is_empty()));
        prop_assert_eq!(timeline.bars.len(), timeline.dates.iter().filter(|date| date.told.is_some()).count());
    }
}

#[test]
fn what_is_on_hold_leads_to_what_holds_it() {
    let holds = |held: &str| {
        let overview = fixtures::overview(ZhCn).replace("\"held\":300", held);
        let mut shell = Shell::<Points>::open((), env(ZhCn));
        shell.answer("GET /me/overview", &overview);
        match shell.view().balances {
            Body::Shown { content, .. } => content.holds.map(|link| link.path),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(holds("\"held\":300").as_deref(), Some("/reservations"));
    assert_eq!(holds("\"held\":0"), None);
}
