mod wish;

use catalogue::Locale::{self, En, ZhCn};
use contract::Code;

use super::*;
use crate::progress::Tone;
use crate::testing::fixtures::gifts::{self as fixtures, MADE, READY, ReservationOf};
use crate::testing::{Shell, env, problem, reading, sign_in};
use crate::view::Body;

const ASK: &str = "GET /reservations/r1";
const CANCEL: &str = "DELETE /reservations/r1";
const EXTEND: &str = "POST /reservations/r1/extend";
const CONFIRM: &str = "POST /reservations/r1/exchange/confirm";
const DECLINE: &str = "POST /reservations/r1/exchange/decline";

const LATE: ReservationOf<'static> = ReservationOf {
    id: "r1",
    state: "held",
    late: true,
    variant: "v1",
    counter: "k1",
    held: 300,
    exchange: "null",
    history: MADE,
    actions: r#""cancel","extend","move""#,
};

fn open_in(body: &str, locale: Locale) -> Shell<Reservation> {
    let mut shell = Shell::<Reservation>::open("r1".to_owned(), env(locale));
    shell.answer(ASK, body);
    shell
}

fn open(of: &ReservationOf<'_>) -> Shell<Reservation> {
    open_in(&fixtures::reservation_of(of, ZhCn), ZhCn)
}

fn offered(state: &'static str) -> ReservationOf<'static> {
    ReservationOf {
        state,
        exchange: r#"{"variant":{"id":"v2","label":"$RICH","skin_types":["dry"],"barcode":"6901234567908","colour":"amber"},"by":"$CLERK","until":"2026-11-22T01:56:07Z"}"#,
        actions: r#""answer_exchange""#,
        ..READY
    }
}

fn shown(shell: &Shell<Reservation>) -> Contents {
    match shell.view().body {
        Body::Shown { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

fn says(shell: &Shell<Reservation>) -> (String, Option<String>, Tone, String) {
    let view = shell.view();
    let outlook = view.outlook.unwrap();
    (view.heading, outlook.label, outlook.tone, outlook.text)
}

/// What each action is called and where it leads, or that it acts.
fn actions(shell: &Shell<Reservation>) -> Vec<(String, String)> {
    let actions = shown(shell).actions.map(|actions| actions.actions).unwrap_or_default();
    actions
        .into_iter()
        .map(|action| match action.open {
            Open::Page(link) => (link.label, link.path),
            Open::Act(act, submit) => (submit.label, format!("{act:?}")),
        })
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(label, to)| ((*label).to_owned(), (*to).to_owned())).collect()
}

#[test]
fn held_says_not_to_set_out_and_by_when_it_will_be_known() {
    let shell = open(&ReservationOf::default());
    let (heading, label, tone, text) = says(&shell);
    assert_eq!((heading.as_str(), label.as_deref(), tone), ("还不要出发", Some("专柜备货中"), Tone::Waiting));
    assert_eq!(text, "专柜正在备货，须在明天 18:00 前扫码备妥。备妥后这一页会变绿，我们也会发消息给您。");
    assert_eq!(
        actions(&shell),
        pairs(&[("多留几天", "Extend"), ("换一家专柜", "/reservations/r1/move"), ("取消预约", "Cancel(Only)")])
    );
    let facts: Vec<_> = shown(&shell).facts.into_iter().map(|row| (row.label, row.value)).collect();
    assert_eq!(
        facts,
        pairs(&[
            ("专柜备妥时限", "明天 18:00"),
            ("为您留到", "11月30日 20:00"),
            ("锁定的积分", "300"),
            ("预约时间", "今天 09:40")
        ])
    );
    assert_eq!((shown(&shell).pass, shown(&shell).actions.unwrap().urgent), (None, false));
}

#[test]
fn ready_is_green_and_leads_to_the_pass() {
    let shell = open(&READY);
    let (heading, label, tone, text) = says(&shell);
    assert_eq!((heading.as_str(), label, tone), ("可放心前往", None, Tone::Good));
    assert_eq!(text, "专柜已于今天 10:12 扫码备妥，为您留到11月30日 20:00。");
    assert_eq!(shown(&shell).pass.unwrap().path, "/reservations/r1/pass");
    let bare = ReservationOf { history: MADE, ..READY };
    assert_eq!(says(&open(&bare)).3, "专柜已扫码备妥，为您留到11月30日 20:00。");
}

#[test]
fn late_is_said_at_once_with_four_ways_out() {
    let shell = open(&LATE);
    let (heading, label, tone, _) = says(&shell);
    assert_eq!((heading.as_str(), label.as_deref(), tone), ("先不要出发", Some("逾期未确认"), Tone::Late));
    let ways_out = shown(&shell).actions.unwrap();
    assert_eq!((ways_out.heading.as_str(), ways_out.urgent), ("接下来怎么办", true));
    assert_eq!(
        actions(&shell),
        pairs(&[
            ("多留几天", "Extend"),
            ("换一家专柜", "/reservations/r1/move"),
            ("换一件礼品", "Cancel(ForAnother)"),
            ("取消预约", "Cancel(Only)")
        ])
    );
}

/// Shells that know a view as JSON alone send what it says.
#[test]
fn what_she_can_do_is_written_down_as_what_a_tap_sends() {
    let sent = |act: Act, text: &str| {
        assert_eq!(json::encode(&act).unwrap(), text);
        json::decode::<Event>(text).unwrap()
    };
    assert!(matches!(sent(Act::Extend, r#"{"on":"extend"}"#), Event::Extend));
    let think = sent(Act::Cancel(Cancel::ForAnother), r#"{"on":"think","value":"for_another"}"#);
    assert!(matches!(think, Event::Think(Cancel::ForAnother)));
    assert!(matches!(sent(Act::Exchange(false), r#"{"on":"exchange","value":false}"#), Event::Exchange(false)));
}

#[test]
fn what_has_ended_says_where_the_points_are_and_what_next() {
    for (state, heading, text, next) in [
        ("collected", "已经是您的了", "今天 10:12 取走，用去 300\u{a0}积分。", vec![]),
        (
            "cancelled",
            "已经取消",
            "300\u{a0}积分已全数退回。",
            vec![("再约一次", "/gifts/g1"), ("看别的礼品", "/gifts")],
        ),
        (
            "expired",
            "积分已退回",
            "保留到11月30日 20:00，没有取走。",
            vec![("换一家专柜再约", "/reservations/r1/move"), ("看别的礼品", "/gifts")],
        ),
        (
            "failed",
            "积分已退回",
            "抱歉，专柜没能备妥这一份。",
            vec![("换一家专柜再约", "/reservations/r1/move"), ("看别的礼品", "/gifts")],
        ),
    ] {
        let shell = open_in(&fixtures::ended(state, ZhCn), ZhCn);
        let (title, _, _, says) = says(&shell);
        assert_eq!(title, heading);
        assert!(says.starts_with(text), "{says}");
        assert_eq!(actions(&shell), pairs(&next), "{state}");
        assert_eq!((shown(&shell).pass, shown(&shell).sure), (None, None));
    }
}

#[test]
fn where_it_is_and_what_happened() {
    let shown = shown(&open(&READY));
    assert_eq!((shown.venue.name.as_str(), shown.venue.hours.as_str()), ("久光专柜", "10:00–22:00"));
    assert!(shown.venue.way.path.starts_with("https://uri.amap.com/marker?position=121.40000,31.20000"));
    assert_eq!((shown.gift.path.as_str(), shown.variant.mark.as_str()), ("/gifts/g1", "蓝色标记"));
    let history: Vec<_> = shown.history.into_iter().map(|row| (row.what, row.when)).collect();
    assert_eq!(history, pairs(&[("李娜扫码备妥", "今天 10:12"), ("您预约了", "今天 09:40")]));
}

#[test]
fn every_event_says_who_did_what() {
    let event = |what: &str, by: &str, name: &str, note: &str| {
        format!(r#"{{"at":"2026-11-22T01:40:00Z","what":"{what}","by":"{by}","name":{name},"note":{note}}}"#)
    };
    for (what, by, name, note, words) in [
        ("held", "member", "null", "null", "您预约了"),
        ("held", "staff", "\"李娜\"", "null", "李娜替您预约"),
        ("late", "clock", "null", "null", "专柜没有按时确认，我们告诉了您"),
        ("ready", "staff", "null", "null", "店员扫码备妥"),
        ("collected", "staff", "\"李娜\"", "null", "您取走了，李娜经手"),
        ("cancelled", "member", "null", "null", "您取消了，积分退回"),
        ("cancelled", "staff", "\"李娜\"", "null", "李娜取消了，积分退回"),
        ("expired", "clock", "null", "null", "保留期满，积分退回"),
        ("failed", "staff", "\"李娜\"", "\"破损\"", "李娜告知无法备妥，积分退回"),
        ("extended", "member", "null", "null", "保留延长"),
        ("moved", "member", "null", "\"美罗专柜\"", "换到美罗专柜"),
        ("exchange_offered", "staff", "\"李娜\"", "\"滋润型\"", "李娜提出换成滋润型"),
        ("exchanged", "member", "null", "\"滋润型\"", "您同意换成滋润型"),
        ("exchange_declined", "member", "null", "null", "您没有换"),
    ] {
        let history = event(what, by, name, note);
        let row = shown(&open(&ReservationOf { history: &history, ..ReservationOf::default() })).history.remove(0);
        assert_eq!(row.what, words);
        assert_eq!(row.reason.is_some(), what == "failed");
    }
}

#[test]
fn another_variant_is_taken_or_declined_by_her_word_alone() {
    for state in ["ready", "collected"] {
        let mut shell = open(&offered(state));
        let offer = shown(&shell).offer.unwrap();
        assert_eq!((offer.now.label.as_str(), offer.then.label.as_str()), ("清爽型", "滋润型"));
        assert_eq!(offer.text, "李娜提出，今天 09:56 前有效。您不点头，什么都不会变。");
        shell.send(Event::Exchange(true)).send(Event::Exchange(false)).make_key("key-1");
        assert_eq!(shell.asked(), [CONFIRM]);
        assert_eq!(shell.request().body.as_deref(), Some(r#"{"variant_id":"v2"}"#), "the one she was shown");
        let offer = shown(&shell).offer.unwrap();
        assert_eq!((offer.take.label.as_str(), offer.take.busy, offer.decline.busy), ("正在答复", true, false));
        shell.answer(CONFIRM, &fixtures::reservation_of(&ReservationOf { variant: "v2", ..READY }, ZhCn));
        assert_eq!((shown(&shell).offer, shown(&shell).variant.label.as_str()), (None, "滋润型"));
    }
    let mut shell = open(&offered("ready"));
    shell.send(Event::Exchange(false)).make_key("key-1").refuse(DECLINE, Code::NoExchange);
    assert!(shown(&shell).alert.is_some());
    let over = ReservationOf { actions: "", ..offered("ready") };
    assert_eq!(shown(&open(&over)).offer, None, "the server no longer takes her word");
    let mut shell = open(&offered("ready"));
    shell.pass(15 * 60);
    assert_eq!(shown(&shell).offer, None, "it has ended, though the server was not asked again yet");
}

#[test]
fn her_word_on_one_offer_is_never_given_to_another() {
    let mut shell = open(&offered("collected"));
    shell.send(Event::Exchange(true)).make_key("key-1").lose(CONFIRM);
    // The first offer has lapsed, and the counter offers another variant.
    let second = ReservationOf {
        exchange: r#"{"variant":{"id":"v3","label":"$RICH","skin_types":[],"barcode":"6901234567915","colour":"green"},"by":"$CLERK","until":"2026-11-22T02:56:07Z"}"#,
        ..offered("collected")
    };
    shell.send(Event::Retry).answer(ASK, &fixtures::reservation_of(&second, ZhCn));
    shell.send(Event::Again);
    let body = shell.request().body.as_deref();
    assert_eq!(body, Some(r#"{"variant_id":"v2"}"#), "what she said yes to");
    assert_eq!(shell.request().idempotency_key.as_deref(), Some("key-1"));
}

#[test]
fn it_turns_green_by_itself_while_she_looks() {
    let mut shell = open(&ReservationOf::default());
    assert_eq!(shell.wait(), 20_000);
    shell.answer(ASK, &fixtures::reservation_of(&READY, ZhCn));
    assert_eq!((says(&shell).0.as_str(), shell.said.as_slice()), ("可放心前往", ["可放心前往".to_owned()].as_slice()));
    shell.wait();
    shell.lose(ASK);
    assert_eq!(says(&shell).0, "可放心前往");
    shell.wait();
    assert_eq!(shell.asked(), [ASK], "and goes on after a failure");
}

#[test]
fn it_rests_while_she_looks_away_and_asks_at_once_when_she_is_back() {
    let mut shell = open(&ReservationOf::default());
    shell.send(Event::Seen(false));
    shell.wait();
    assert_eq!(shell.asked(), Vec::<String>::new());
    assert!(!shell.is_waiting());
    shell.send(Event::Seen(true));
    assert_eq!(shell.asked(), [ASK]);
    shell.answer(ASK, &fixtures::reservation(ZhCn));
    assert!(shell.is_waiting());
}

#[test]
fn after_the_end_nothing_is_asked_any_more_but_an_exchange_may_follow_what_was_collected() {
    for (state, lives) in [("cancelled", false), ("expired", false), ("failed", false), ("collected", true)] {
        assert_eq!(open_in(&fixtures::ended(state, ZhCn), ZhCn).is_waiting(), lives, "{state}");
    }
}

#[test]
fn an_answer_to_a_question_of_before_changes_nothing() {
    let mut shell = open(&LATE);
    shell.wait();
    shell.send(Event::Extend).make_key("key-1").answer(EXTEND, &fixtures::reservation(ZhCn));
    shell.answer(ASK, &fixtures::reservation_of(&LATE, ZhCn));
    assert_eq!(says(&shell).0, "还不要出发");
    assert!(shell.is_waiting());
}

#[test]
fn a_kept_pass_does_not_outlive_it() {
    let mut shell = open_in(&fixtures::ended("collected", ZhCn), ZhCn);
    shell.find_pass(Some(&fixtures::pass(ZhCn)));
    assert_eq!(shell.kept, [None]);
    let mut shell = open_in(&fixtures::ended("collected", ZhCn), ZhCn);
    shell.find_pass(Some(&fixtures::pass_of("r2", "v1", "2026-11-30T12:00:00Z", ZhCn)));
    assert_eq!(shell.kept, [], "that of another one is not its business");
}

#[test]
fn what_did_not_come_has_a_way_out_and_a_session_that_ended_leads_back() {
    let mut shell = Shell::<Reservation>::open("r1".to_owned(), env(ZhCn));
    shell.refuse(ASK, Code::NotFound);
    let Body::Trouble(trouble) = shell.view().body else { panic!() };
    assert_eq!(trouble.way_out.unwrap().path, "/reservations");
    shell.send(Event::Retry).refuse(ASK, Code::SessionMissing);
    assert_eq!(shell.went, [sign_in("/reservations/r1", false)]);
}

#[test]
fn it_is_in_her_language_in_every_state_and_the_word_for_points_is_not_used() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let mut bodies = vec![fixtures::reservation(locale)];
        bodies.extend([READY, LATE, offered("ready")].iter().map(|of| fixtures::reservation_of(of, locale)));
        bodies.extend(["collected", "cancelled", "expired", "failed"].map(|state| fixtures::ended(state, locale)));
        for body in &bodies {
            let mut shell = open_in(body, locale);
            reading::shown("reservation", &shell.view(), chinese);
            for (field, text) in reading::texts(&shell.view()) {
                assert!(!text.contains("到期") && !text.to_lowercase().contains("expire"), "{field}: {text}");
            }
            for why in [Cancel::Only, Cancel::ForAnother] {
                shell.send(Event::Think(why));
                reading::shown("sure", &shell.view(), chinese);
            }
        }
        let mut shell = open_in(&bodies[0], locale);
        shell.send(Event::Extend).make_key("key-1").lose(EXTEND);
        reading::shown("unsure", &shell.view(), chinese);
    }
}

#[test]
fn problems_that_can_not_be_named_keep_what_is_there() {
    let mut shell = open(&LATE);
    shell.wait();
    shell.reply(ASK, problem(Code::Unavailable, ""));
    let Body::Shown { banner, .. } = shell.view().body else { panic!() };
    assert!(banner.is_some());
}
