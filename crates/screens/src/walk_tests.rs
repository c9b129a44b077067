//! Every screen before its answers, without them, and with each kind of failure, in both languages.

use catalogue::Locale::{self, En, ZhCn};
use contract::Code;

use crate::testing::{Shell, env, ok, problem, reading};
use crate::view::{Body, Trouble};
use crate::{Reply, Screen};

/// What all screens do alike.
fn walk<S: Screen>(page: &str, params: impl Fn() -> S::Params, troubles: impl Fn(&S::View) -> Vec<Trouble>)
where
    S::View: core::fmt::Debug + serde::Serialize,
{
    for (locale, chinese) in [(ZhCn, true), (En, false)] {
        let open = || Shell::<S>::open(params(), env(locale));
        reading::shown(page, &open().view(), chinese);
        for reply in [Reply::Lost, ok("no JSON"), ok("{}"), broken(), refused(locale)] {
            let mut shell = open();
            let asked = shell.asked();
            for request in &asked {
                shell.reply(request, reply.clone());
            }
            if shell.is_searching() {
                shell.find_pass(None);
            }
            let view = shell.view();
            reading::shown(page, &view, chinese);
            for trouble in troubles(&view) {
                assert!(trouble.retry.is_some() && trouble.way_out.is_some(), "{page}: a way out");
            }
            assert!(shell.went.is_empty(), "{page} stays where it is");
        }
        let mut shell = open();
        shell.env.clock = None;
        reading::shown(page, &shell.view(), chinese);
    }
}

/// A proxy's page in place of an answer.
fn broken() -> Reply {
    Reply::Answered { status: 502, body: "<html>".to_owned(), etag: None }
}

/// The server's words are in her language; here they are in both.
fn refused(locale: Locale) -> Reply {
    let Reply::Answered { status, body, etag } = problem(Code::Unavailable, "") else { return Reply::Lost };
    let body = match locale {
        ZhCn => body.replace("title of unavailable", "稍后再试").replace("detail of unavailable", "正在维护。"),
        En => body,
    };
    Reply::Answered { status, body, etag }
}

fn trouble<V: Clone>(body: &Body<V>) -> Vec<Trouble> {
    match body {
        Body::Trouble(trouble) => vec![trouble.clone()],
        Body::Loading(_) => panic!("still loading"),
        Body::Shown { .. } => panic!("shown without an answer"),
    }
}

#[test]
fn every_screen_is_whole_in_both_languages_whatever_happens() {
    walk::<crate::home::Home>("home", || (), |view| trouble(&view.body));
    walk::<crate::card::Card>("card", || (), |view| trouble(&view.body));
    walk::<crate::tier::Tier>("tier", || (), |view| trouble(&view.body));
    walk::<crate::programme::Programme>("programme", || (), |view| trouble(&view.body));
    walk::<crate::me::Me>("me", || (), |view| trouble(&view.summary));
    walk::<crate::profile::Profile>("profile", || (), |view| trouble(&view.body));
    walk::<crate::preferences::Preferences>("preferences", || (), |view| trouble(&view.body));
    walk::<crate::join::Join>("join", crate::join::Params::default, |view| trouble(&view.body));
    walk::<crate::sign_in::SignIn>("sign in", crate::sign_in::Params::default, |_| Vec::new());
    let id = || "r1".to_owned();
    walk::<crate::gifts::Gifts>("gifts", || (), |view| trouble(&view.body));
    walk::<crate::gift::Gift>(
        "gift",
        || crate::gift::Params { id: id(), ..Default::default() },
        |view| trouble(&view.body),
    );
    walk::<crate::reservations::Reservations>("reservations", || (), |view| trouble(&view.body));
    walk::<crate::reservation::Reservation>("reservation", id, |view| trouble(&view.body));
    walk::<crate::relocate::Relocate>("move", id, |view| trouble(&view.body));
    walk::<crate::pass::Pass>("pass", id, |view| trouble(&view.body));
    walk::<crate::points::Points>("points", || (), |view| trouble(&view.balances));
}
