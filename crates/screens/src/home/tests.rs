use catalogue::Locale::{self, En, ZhCn};
use contract::Code;

use super::*;
use crate::testing::fixtures::{self, EXPIRING, TIER};
use crate::testing::{Shell, env, ok, problem, reading, sign_in, versioned};
use crate::{Navigation, Reply};

const ASK: &str = "GET /me/overview";

fn shown(overview: &str, locale: Locale) -> Figures {
    let mut shell = Shell::<Home>::open((), env(locale));
    shell.answer(ASK, overview);
    figures_of(&shell)
}

fn figures_of(shell: &Shell<Home>) -> Figures {
    match shell.view().body {
        Body::Shown { content, .. } => content,
        other => panic!("{other:?}"),
    }
}

fn banner_of(shell: &Shell<Home>) -> Option<crate::view::Banner> {
    match shell.view().body {
        Body::Shown { banner, .. } => banner,
        other => panic!("{other:?}"),
    }
}

#[test]
fn line_one_says_until_when_she_is_a_member() {
    let status = shown(&fixtures::overview(ZhCn), ZhCn).status;
    assert_eq!(status.text(), "林女士，您的会员资格有效至2027年6月30日。");
    assert_eq!(status.strong, "2027年6月30日");
    let status = shown(&fixtures::overview(En), En).status;
    assert_eq!(status.text(), "Lin Yan, your membership is active until 30 June 2027.");
}

#[test]
fn the_word_expire_is_never_said_of_the_membership() {
    for (locale, word) in [(ZhCn, "到期"), (En, "expire")] {
        let figures = shown(&fixtures::overview(locale), locale);
        assert!(!figures.status.text().to_lowercase().contains(word));
        for (field, text) in reading::texts(&figures) {
            let says_it = text.to_lowercase().contains(word);
            let membership = text.contains("会员资格") || text.to_lowercase().contains("membership");
            assert!(!(says_it && membership), "{field}: {text}");
        }
    }
}

#[test]
fn the_card_shows_what_she_can_spend() {
    let card = shown(&fixtures::overview(ZhCn), ZhCn).card;
    assert_eq!((card.tier.as_str(), card.material.as_str()), ("金卡", "gold"));
    assert_eq!(card.number, "8801 2231 0047");
    assert_eq!(card.available, "1,240");
    assert_eq!((card.held.unwrap(), card.pending.unwrap()), ("锁定 300".to_owned(), "待入账 86".to_owned()));
}

#[test]
fn what_is_zero_takes_no_line() {
    let overview = fixtures::overview_of(TIER, r#"{"available":0,"held":0,"pending":0}"#, "", ZhCn);
    let card = shown(&overview, ZhCn).card;
    assert_eq!((card.available.as_str(), card.held, card.pending), ("0", None, None));
}

#[test]
fn what_expires_next_is_said_with_number_date_and_notice() {
    let ExpiryPanel::Dates { bars, next, all, .. } = shown(&fixtures::overview(ZhCn), ZhCn).expiry else { panic!() };
    assert_eq!(next.text(), "220\u{a0}分将于12月31日到期，已于11月1日短信通知您。");
    assert_eq!(all.label, "全部 3 批");
    assert_eq!(all.path, "/points");
    let labels: Vec<&str> = bars.iter().map(|bar| bar.label.as_str()).collect();
    assert_eq!(labels, ["12/31", "3月 2027", "4月 2027"]);
    assert_eq!(bars.iter().map(|bar| bar.height).collect::<Vec<_>>(), [45, 100, 3]);
    assert_eq!(bars.iter().map(|bar| bar.next).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(bars[1].described, "2027年3月31日：480\u{a0}分");
    let ExpiryPanel::Dates { next, .. } = shown(&fixtures::overview(En), En).expiry else { panic!() };
    assert_eq!(next.text(), "220 points expire on 31 December. We told you by text on 1 November.");
}

#[test]
fn before_she_is_told_she_is_told_that_she_will_be() {
    let one = r#"{"points":1,"on":"2026-12-31","notified":null}"#;
    let overview = |locale| fixtures::overview_of(TIER, r#"{"available":1,"held":0,"pending":0}"#, one, locale);
    let ExpiryPanel::Dates { next, .. } = shown(&overview(ZhCn), ZhCn).expiry else { panic!() };
    assert_eq!(next.text(), "1\u{a0}分将于12月31日到期。到期前会提前通知您，未通知不会到期。");
    let ExpiryPanel::Dates { next, all, .. } = shown(&overview(En), En).expiry else { panic!() };
    assert_eq!(next.text(), "1 point expires on 31 December. We tell you beforehand; without notice nothing expires.");
    assert_eq!(all.label, "1 batch");
}

#[test]
fn every_channel_of_a_notice_has_its_words() {
    for (channel, words) in [("sms", "短信"), ("email", "邮件"), ("wechat", "微信"), ("portal", "在此"), ("x", "在此")]
    {
        let expiring = EXPIRING.replace("sms", channel);
        let overview = fixtures::overview_of(TIER, r#"{"available":1,"held":0,"pending":0}"#, &expiring, ZhCn);
        let ExpiryPanel::Dates { next, .. } = shown(&overview, ZhCn).expiry else { panic!() };
        assert!(next.after.contains(words), "{channel}: {}", next.after);
    }
}

#[test]
fn six_bars_at_most() {
    let dates: Vec<String> =
        (1..=9).map(|month| format!(r#"{{"points":{month},"on":"2027-0{month}-28","notified":null}}"#)).collect();
    let overview = fixtures::overview_of(TIER, r#"{"available":45,"held":0,"pending":0}"#, &dates.join(","), ZhCn);
    let ExpiryPanel::Dates { bars, all, .. } = shown(&overview, ZhCn).expiry else { panic!() };
    assert_eq!((bars.len(), all.label.as_str()), (6, "全部 9 批"));
}

#[test]
fn with_no_points_yet_she_learns_how_to_come_by_some() {
    let of = |points: &str, expiring: &str| shown(&fixtures::overview_of(TIER, points, expiring, ZhCn), ZhCn).expiry;
    let ExpiryPanel::Empty { text, link, .. } = of(r#"{"available":0,"held":0,"pending":0}"#, "") else { panic!() };
    assert!(text.contains("会员码"));
    assert_eq!(link.path, "/programme");
    let ExpiryPanel::Empty { text, .. } = of(r#"{"available":0,"held":0,"pending":86}"#, "") else { panic!() };
    assert!(text.starts_with("86"));
    let never = r#"{"points":5,"on":null,"notified":null}"#;
    assert!(matches!(of(r#"{"available":5,"held":0,"pending":0}"#, never), ExpiryPanel::Never { .. }));
}

#[test]
fn a_page_that_never_came_offers_a_retry_and_a_way_out() {
    for reply in [
        Reply::Lost,
        problem(Code::Internal, ""),
        ok("{}"),
        Reply::Answered { status: 502, body: String::new(), etag: None },
    ] {
        let mut shell = Shell::<Home>::open((), env(ZhCn));
        assert!(matches!(shell.view().body, Body::Loading(_)));
        shell.reply(ASK, reply);
        let Body::Trouble(trouble) = shell.view().body else { panic!() };
        assert!(trouble.retry.is_some());
        assert_eq!(trouble.way_out.unwrap().path, "/programme");
        shell.send(Event::Retry).send(Event::Retry).send(Event::CameBack);
        assert_eq!(shell.asked(), [ASK], "asked once, however often she taps");
        assert!(matches!(shell.view().body, Body::Loading(_)));
        shell.answer(ASK, &fixtures::overview(ZhCn));
        figures_of(&shell);
    }
}

#[test]
fn old_figures_stay_and_say_how_old_they_are() {
    let mut shell = Shell::<Home>::open((), env(ZhCn));
    shell.answer(ASK, &fixtures::overview(ZhCn));
    shell.pass(3 * 86_400);
    shell.send(Event::CameBack).send(Event::CameBack);
    assert_eq!(shell.asked(), [ASK]);
    assert_eq!(banner_of(&shell), None, "no alarm while it is on its way");
    shell.lose(ASK);
    assert_eq!(figures_of(&shell).card.available, "1,240");
    assert_eq!(figures_of(&shell).as_of, "截至11月22日 09:41");
    assert_eq!(banner_of(&shell).unwrap().text, "暂时连不上网络。截至11月22日 09:41。");
    shell.send(Event::Retry);
    assert!(banner_of(&shell).unwrap().busy);
    shell.refuse(ASK, Code::Unavailable);
    assert!(banner_of(&shell).unwrap().text.starts_with("title of unavailable"));
    shell.send(Event::Retry).reply(ASK, versioned(&fixtures::overview(ZhCn).replace("1240", "1241"), "\"2\""));
    assert_eq!((figures_of(&shell).card.available.as_str(), banner_of(&shell)), ("1,241", None));
}

#[test]
fn without_a_session_it_leads_to_signing_in_and_says_if_one_has_ended() {
    let mut shell = Shell::<Home>::open((), env(ZhCn));
    shell.refuse(ASK, Code::SessionMissing);
    assert_eq!(shell.went, [sign_in("", false)]);
    let mut shell = Shell::<Home>::open((), Env { signed_in: true, ..env(ZhCn) });
    shell.answer(ASK, &fixtures::overview(ZhCn)).send(Event::CameBack).refuse(ASK, Code::SessionMissing);
    assert_eq!(shell.went, [sign_in("", true)]);
}

#[test]
fn who_is_not_a_member_yet_is_led_to_joining() {
    let mut shell = Shell::<Home>::open((), env(ZhCn));
    shell.refuse(ASK, Code::NotEnrolled);
    assert_eq!(shell.went, [Navigation::Instead("/join".to_owned())]);
}

#[test]
fn the_server_renders_the_same_page_as_the_phone() {
    let overview: Overview = contract::json::decode(&fixtures::overview(ZhCn)).unwrap();
    let mut shell = Shell::<Home>::open((), env(ZhCn));
    shell.answer(ASK, &fixtures::overview(ZhCn));
    assert_eq!(Home::arrived(overview).view(&env(ZhCn)), shell.view());
}

#[test]
fn it_follows_the_language() {
    let mut shell = Shell::<Home>::open((), env(ZhCn));
    shell.answer(ASK, &fixtures::overview(En));
    shell.env = env(En);
    reading::shown("home", &shell.view(), false);
}

/// The overview with these open reservations and these gifts.
fn with_more(reservations: &str, gifts: &str, locale: Locale) -> String {
    let more = format!(r#""reservations":[{reservations}],"gifts":[{gifts}],"as_of":"#);
    fixtures::overview(locale).replace("\"as_of\":", &more)
}

fn one_open(id: &str, state: &str, late: bool) -> String {
    format!(
        r#"{{"id":"{id}","state":"{state}","late":{late},"gift":"X","counter":"Y","hold_until":"2026-11-30T12:00:00Z","ready_by":"2026-11-23T10:00:00Z"}}"#
    )
}

#[test]
fn two_open_reservations_are_there_and_the_green_one_comes_first() {
    let open = [one_open("r1", "held", false), one_open("r2", "held", true), one_open("r3", "ready", false)].join(",");
    let panels = shown(&with_more(&open, "", ZhCn), ZhCn).reservations;
    let seen: Vec<_> =
        panels.iter().map(|one| (one.tone, one.title.as_str(), one.text.as_str(), one.path.as_str())).collect();
    assert_eq!(
        seen,
        [
            (Tone::Good, "可放心前往", "Y，11月30日 20:00 前", "/reservations/r3/pass"),
            (Tone::Waiting, "还不要出发", "Y，须在明天 18:00 前备妥", "/reservations/r1"),
        ]
    );
    let late = shown(&with_more(&one_open("r2", "held", true), "", En), En).reservations;
    assert_eq!(
        (late[0].tone, late[0].title.as_str(), late[0].gift.as_str()),
        (Tone::Late, "Not confirmed in time", "X")
    );
    assert_eq!(late[0].path, "/reservations/r2");
    assert!(shown(&fixtures::overview(ZhCn), ZhCn).reservations.is_empty());
}

#[test]
fn three_gifts_that_she_can_have_now_are_there() {
    let gift = |id: &str| format!(r#"{{"id":"{id}","name":"X","points":1300,"picture":"/brand/gifts/x.svg"}}"#);
    let gifts: Vec<String> = ["g1", "g2", "g3", "g4"].map(gift).to_vec();
    let panel = shown(&with_more("", &gifts.join(","), ZhCn), ZhCn).gifts.unwrap();
    assert_eq!((panel.heading.as_str(), panel.all.path.as_str(), panel.gifts.len()), ("您现在可换", "/gifts", 3));
    assert_eq!((panel.gifts[0].path.as_str(), panel.gifts[0].points.as_str()), ("/gifts/g1", "1,300\u{a0}积分"));
    assert_eq!(shown(&fixtures::overview(ZhCn), ZhCn).gifts, None);
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let open =
            [one_open("r1", "held", false), one_open("r2", "held", true), one_open("r3", "ready", false)].join(",");
        reading::shown("home", &shown(&with_more(&open, &gifts.join(","), locale), locale), chinese);
    }
}
