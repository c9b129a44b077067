mod wish;

use catalogue::Locale::{self, En, ZhCn};
use contract::counter::Position;

use super::*;
use crate::picker::RowState;
use crate::testing::fixtures::gifts::{self as fixtures, GiftOf};
use crate::testing::fixtures::profile_of;
use crate::testing::{Shell, env, problem, reading, sign_in, versioned};
use crate::view::Body;
use crate::{Reply, Request};

const GIFT: &str = "GET /gifts/g1";
const PROFILE: &str = "GET /me/profile";
const MINE: &str = "GET /reservations?limit=20";
const RESERVE: &str = "POST /reservations";

fn asked_for(counter: &str, variant: &str, gift: &str, locale: Locale) -> Shell<Gift> {
    let params = Params { id: "g1".to_owned(), counter: counter.to_owned(), variant: variant.to_owned() };
    let mut shell = Shell::<Gift>::open(params, env(locale));
    shell
        .answer(GIFT, gift)
        .reply(PROFILE, versioned(&profile_of("Lin", None), "\"1\""))
        .answer(MINE, &fixtures::nothing());
    shell
}

/// Her skin is oily, her counter `k1`.
fn open() -> Shell<Gift> {
    asked_for("", "", &fixtures::gift(ZhCn), ZhCn)
}

fn shown(shell: &Shell<Gift>) -> GiftView {
    match shell.view().body {
        Body::Shown { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

fn label(shell: &Shell<Gift>) -> String {
    shown(shell).bar.submit.unwrap().label
}

fn choose(shell: &mut Shell<Gift>, counter: &str) {
    shell.send(Event::Counter(counter.to_owned()));
}

/// Every counter in the order shown: its group, its name, what is free, whether it is chosen or shut.
fn rows(shell: &Shell<Gift>) -> Vec<(String, String, String, char)> {
    let groups = shown(shell).counters.groups;
    groups
        .into_iter()
        .flat_map(|group| {
            let heading = group.heading.unwrap_or_default();
            group.rows.into_iter().map(move |row| {
                let state = match row.state {
                    RowState::Open => 'o',
                    RowState::Chosen(_) => 'c',
                    RowState::Shut => 'x',
                };
                (heading.clone(), row.name, row.free, state)
            })
        })
        .collect()
}

fn row(group: &str, name: &str, free: &str, state: char) -> (String, String, String, char) {
    (group.to_owned(), name.to_owned(), free.to_owned(), state)
}

fn key_of(request: &Request) -> &str {
    request.idempotency_key.as_deref().unwrap()
}

/// As far as a request on its way under the key `k`.
fn reserving(counter: &str) -> Shell<Gift> {
    let mut shell = open();
    choose(&mut shell, counter);
    shell.send(Event::Reserve).make_key("key-1");
    shell
}

#[test]
fn her_variant_is_chosen_and_her_counter_comes_first() {
    let shell = open();
    let view = shown(&shell);
    let cards: Vec<_> = view
        .variants
        .cards
        .iter()
        .map(|card| (card.words.label.as_str(), card.words.colour, card.hers.as_deref(), card.chosen))
        .collect();
    assert_eq!(cards, [("清爽型", "blue", Some("您的肤质"), true), ("滋润型", "amber", None, false)]);
    assert_eq!(view.variants.cards[0].words.fits, "适合油性、混合性");
    assert_eq!(view.variants.cards[0].words.mark, "蓝色标记");
    assert_eq!(
        rows(&shell),
        [
            row("上海", "久光专柜", "余 3\u{a0}份", 'o'),
            row("上海", "新世界专柜", "余 1\u{a0}份", 'o'),
            row("苏州", "美罗专柜", "余 2\u{a0}份", 'o')
        ]
    );
    assert_eq!(view.counters.groups[0].rows[0].note.as_deref(), Some("您常去的专柜"));
    assert_eq!(view.counters.groups[0].rows[0].detail, "10:00–22:00 · 静安区南京西路");
    assert_eq!((view.points.as_str(), view.have.as_str()), ("300\u{a0}积分", "您有 1,240"));
}

#[test]
fn every_stock_figure_says_since_when_and_that_nothing_is_held() {
    assert_eq!(shown(&open()).counters.as_of, "截至今天 09:41，未锁定");
    let english = asked_for("", "", &fixtures::gift(En), En);
    assert_eq!(shown(&english).counters.as_of, "As of today 09:41, not held for you");
}

#[test]
fn the_bar_says_what_is_locked_until_when_and_what_if_not() {
    let mut shell = open();
    assert_eq!(label(&shell), "选一家专柜");
    assert!(!shown(&shell).bar.submit.unwrap().can_submit);
    choose(&mut shell, "k1");
    let bar = shown(&shell).bar;
    assert_eq!(
        bar.terms,
        [
            "锁定 300\u{a0}积分与这一份，为您留到11月30日 20:00。",
            "专柜须在明天 18:00 前备妥。",
            "做不到会马上告诉您，积分随时可退。"
        ]
    );
    assert_eq!(bar.submit.unwrap().label, "预约 · 久光专柜");
}

#[test]
fn from_home_it_is_reserved_in_three_taps() {
    let mut shell = open(); // The first, on the gift.
    choose(&mut shell, "k1"); // The second.
    shell.send(Event::Reserve); // The third.
    shell.make_key("key-1");
    let request = shell.request().clone();
    assert_eq!(request.body.as_deref(), Some(r#"{"variant_id":"v1","counter_id":"k1","points":300}"#));
    assert_eq!(key_of(&request), "key-1");
    shell.reply(RESERVE, crate::testing::ok(&fixtures::reservation(ZhCn)));
    assert_eq!(shell.went, [Navigation::Instead("/reservations/r1".to_owned())]);
}

#[test]
fn another_variant_has_its_own_figures_and_drops_a_choice_it_is_not_to_be_had_at() {
    let mut shell = open();
    choose(&mut shell, "k2");
    shell.send(Event::Variant("v2".to_owned()));
    assert_eq!(rows(&shell)[1], row("上海", "新世界专柜", "暂无", 'x'));
    assert_eq!(label(&shell), "选一家专柜");
    choose(&mut shell, "k2");
    assert_eq!(label(&shell), "选一家专柜", "what is not there can't be chosen");
    choose(&mut shell, "k3");
    shell.send(Event::Variant("v1".to_owned()));
    assert_eq!(label(&shell), "预约 · 美罗专柜");
}

#[test]
fn a_tap_without_a_counter_leads_to_the_counters() {
    let mut shell = open();
    shell.send(Event::Reserve);
    assert_eq!(shell.focused, [picker::COUNTERS]);
    assert!(!shell.wants_key());
}

#[test]
fn without_her_skin_she_chooses_the_variant_first() {
    let mut shell = Shell::<Gift>::open(Params { id: "g1".to_owned(), ..Params::default() }, env(ZhCn));
    shell.answer(GIFT, &fixtures::gift(ZhCn));
    assert!(matches!(shell.view().body, Body::Loading(_)), "what is hers must not jump to the front later");
    shell.lose(PROFILE);
    assert!(matches!(shell.view().body, Body::Loading(_)), "what she has already must not push the rest down later");
    shell.lose(MINE);
    let view = shown(&shell);
    assert_eq!((view.counters.groups.len(), label(&shell).as_str()), (0, "选一种规格"));
    assert_eq!(view.counters.empty.as_deref(), Some("先选一种规格，再看哪家专柜有。"));
    shell.send(Event::Reserve);
    assert_eq!(shell.focused, [VARIANTS]);
    shell.send(Event::Variant("v2".to_owned()));
    assert_eq!(rows(&shell)[0], row("苏州", "美罗专柜", "余 4\u{a0}份", 'o'), "the server's order");
}

#[test]
fn the_only_variant_and_one_for_everyone_go_without_saying() {
    for variants in [&["v2"][..], &["v3"][..]] {
        let of = GiftOf { variants, free: [&[1], &[1], &[1]], ..GiftOf::default() };
        let shell = asked_for("", "", &fixtures::gift_of(&of, ZhCn), ZhCn);
        assert!(shown(&shell).variants.cards[0].chosen);
        assert_eq!(label(&shell), "选一家专柜");
    }
}

#[test]
fn between_shades_she_chooses_herself() {
    let of = GiftOf { variants: &["v3", "v4"], free: [&[1, 1], &[1, 1], &[1, 1]], ..GiftOf::default() };
    let shell = asked_for("", "", &fixtures::gift_of(&of, ZhCn).replacen("\"v3\"", "\"v4\"", 1), ZhCn);
    assert!(shown(&shell).variants.cards.iter().all(|card| !card.chosen));
    assert_eq!(label(&shell), "选一种规格");
}

#[test]
fn an_address_can_choose_to_begin_with() {
    let shell = asked_for("k3", "v2", &fixtures::gift(ZhCn), ZhCn);
    assert_eq!(label(&shell), "预约 · 美罗专柜");
    assert!(shown(&shell).variants.cards[1].chosen);
    let shell = asked_for("k2", "v2", &fixtures::gift(ZhCn), ZhCn);
    assert_eq!(label(&shell), "选一家专柜", "it is not to be had there");
    let shell = asked_for("nowhere", "nothing", &fixtures::gift(ZhCn), ZhCn);
    assert_eq!(label(&shell), "选一家专柜");
}

#[test]
fn the_nearest_come_first_when_she_asks_and_says_where_she_is() {
    let mut shell = open();
    assert!(!shell.is_locating());
    shell.send(Event::Near).send(Event::Near);
    let near = shown(&shell).counters.near.unwrap();
    assert_eq!((near.label.as_str(), near.busy), ("正在取得位置", true));
    shell.locate(Located::Near(Position { lat: 31.23, lng: 121.45 }));
    let ask = "GET /gifts/g1?near=31.23000,121.45000";
    let body = fixtures::gift(ZhCn).replace(r#""lng":121.4}}"#, r#""lng":121.4},"distance_km":3.8}"#);
    shell.answer(ask, &body);
    let view = shown(&shell).counters;
    assert_eq!((view.near, view.groups.len(), view.groups[0].heading.as_deref()), (None, 1, None));
    assert_eq!(view.groups[0].rows[0].detail, "约 4\u{a0}公里 · 苏州 · 10:00–22:00");
    shell.send(Event::Seen(true));
    assert_eq!(shell.asked(), [ask, MINE], "and stay first");
}

#[test]
fn not_saying_where_she_is_is_fine() {
    for located in [Located::Forbidden, Located::Unavailable] {
        let mut shell = open();
        shell.send(Event::Near).locate(located);
        let view = shown(&shell).counters;
        assert_eq!(view.note.as_deref(), Some("没有取得您的位置，仍按城市排列。"));
        assert!(view.near.unwrap().can_submit);
        assert_eq!((view.groups.len(), shell.asked().len()), (2, 0));
    }
}

#[test]
fn what_she_can_not_have_says_why_and_leads_on() {
    let short = r#"{"available":240,"missing":60,"tier_reached":true,"left":null}"#;
    let low = r#"{"available":1240,"missing":60,"tier_reached":false,"left":null}"#;
    let had = r#"{"available":1240,"missing":0,"tier_reached":true,"left":0}"#;
    let any = r#""min_tier":null,"limit":null"#;
    let gold = r#""min_tier":{"id":"gold","name":"$GOLD"},"limit":null"#;
    let two = r#""min_tier":null,"limit":2"#;
    for (for_you, more, title, path) in [
        (short, any, "还差 60\u{a0}积分", "/points"),
        (low, gold, "金卡及以上会员可换", "/tier"),
        (low, any, "您现在的等级还不能换", "/tier"),
        (had, two, "您已换满这件礼品", "/gifts"),
    ] {
        let of = GiftOf { for_you, more, ..GiftOf::default() };
        let mut shell = asked_for("k1", "", &fixtures::gift_of(&of, ZhCn), ZhCn);
        let bar = shown(&shell).bar;
        assert_eq!((bar.barred.unwrap().title.as_str(), bar.way_out.unwrap().path.as_str()), (title, path));
        assert_eq!((bar.submit, bar.alert), (None, None));
        shell.send(Event::Reserve);
        assert!(!shell.wants_key());
    }
    let of = GiftOf {
        for_you: r#"{"available":1240,"missing":0,"tier_reached":true,"left":1}"#,
        more: two,
        ..GiftOf::default()
    };
    let shell = asked_for("", "", &fixtures::gift_of(&of, ZhCn), ZhCn);
    assert_eq!(shown(&shell).rules, ["每位会员限 2\u{a0}份，您还可换 1\u{a0}份"]);
}

#[test]
fn after_a_reload_the_page_says_that_there_is_one_already() {
    let mut shell = Shell::<Gift>::open(Params { id: "g1".to_owned(), ..Params::default() }, env(ZhCn));
    let items = [
        fixtures::reservation(ZhCn),
        fixtures::ended("collected", ZhCn),
        fixtures::reservation(ZhCn).replace(r#""gift":{"id":"g1""#, r#""gift":{"id":"g9""#),
    ];
    shell.answer(GIFT, &fixtures::gift(ZhCn)).lose(PROFILE).answer(MINE, &fixtures::page_of(&items, None));
    let already = shown(&shell).already;
    assert_eq!(already.len(), 1);
    assert_eq!(already[0].text, "这件礼品您已约了一份：久光专柜，专柜备货中。");
    assert_eq!(already[0].link.path, "/reservations/r1");
}

#[test]
fn without_a_session_it_comes_back_to_what_was_chosen() {
    let mut shell = reserving("k1");
    shell.refuse(RESERVE, Code::SessionMissing);
    assert_eq!(shell.went, [sign_in("/gifts/g1?counter=k1&variant=v1", false)]);
    let mut shell = Shell::<Gift>::open(Params { id: "g1".to_owned(), ..Params::default() }, env(ZhCn));
    shell.refuse(GIFT, Code::SessionMissing);
    assert_eq!(shell.went, [sign_in("/gifts/g1", false)]);
}

#[test]
fn what_did_not_come_is_asked_for_again_and_older_figures_stay() {
    let mut shell = open();
    shell.send(Event::Seen(true)).lose(GIFT);
    let Body::Shown { banner, .. } = shell.view().body else { panic!() };
    assert_eq!(banner.unwrap().text, "暂时连不上网络。截至今天 09:41。");
    shell.send(Event::Retry);
    assert_eq!(shell.asked(), [MINE, GIFT]);
}

#[test]
fn it_is_in_her_language_in_every_state() {
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let mut shell = asked_for("", "", &fixtures::gift(locale), locale);
        reading::shown("gift", &shell.view(), chinese);
        choose(&mut shell, "k2");
        reading::shown("gift chosen", &shell.view(), chinese);
        shell.send(Event::Reserve).make_key("key-1");
        reading::shown("gift reserving", &shell.view(), chinese);
        shell.lose(RESERVE);
        reading::shown("gift unsure", &shell.view(), chinese);
        shell.send(Event::Reserve);
        shell.reply(RESERVE, problem(Code::OutOfStock, &fixtures::nearest(&["k1", "k3"], locale)));
        reading::shown("gift gone", &shell.view(), chinese);
        for code in [Code::TierTooLow, Code::GiftLimitReached, Code::TooManyReservations] {
            choose(&mut shell, "k1");
            shell.send(Event::Reserve).make_key("key-2");
            shell.refuse(RESERVE, code);
            reading::shown("gift refused", &shell.view(), chinese);
        }
        shell.send(Event::Near).locate(Located::Forbidden);
        reading::shown("gift not located", &shell.view(), chinese);
    }
}

/// The page after a reload, in the same tab, `seconds` later; nothing has been answered yet.
fn reloaded(before: &Shell<Gift>, gift: &str, seconds: i64) -> Shell<Gift> {
    let mut env = env(ZhCn);
    env.clock = env.clock.map(|clock| clock.after(seconds));
    let params = Params { id: gift.to_owned(), ..Params::default() };
    Shell::reloaded(params, env, before.remembered.clone())
}
