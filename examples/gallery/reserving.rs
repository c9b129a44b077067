//! The pages of gifts, reservations and the pass, in every state.

use portal::first::Drawing;
use screens::reservation::Cancel;
use screens::{Env, Located, Reply, Route, Screen as _, gift, gifts, pass, relocate, reservation, reservations};

use super::{Answer, gifts as made_up, lost, open, replies, silent, tell};

type Pages = Vec<(&'static str, Route, Drawing)>;

/// The good answers, but for those that `other` has another for.
fn but<'a>(env: &'a Env, other: impl Fn(&str) -> Option<Reply> + 'a) -> impl Fn(&str) -> Option<Reply> + 'a {
    move |path| other(path).or_else(|| replies::reply(env.locale, path))
}

/// Every page of gifts, reservations and the pass.
pub fn pages(env: &Env) -> Pages {
    let mut pages = Vec::new();
    gifts_pages(env, &mut pages);
    gift_pages(env, &mut pages);
    reservation_pages(env, &mut pages);
    move_pages(env, &mut pages);
    pass_pages(env, &mut pages);
    pages
}

fn gifts_pages(env: &Env, pages: &mut Pages) {
    let good = |path: &str| replies::reply(env.locale, path);
    let nothing = |path: &str| path.starts_with("/gifts").then(|| replies::answered(200, NOTHING.to_owned()));
    let page = |answer: &Answer<'_>| Drawing::Gifts(open::<gifts::Gifts>((), env, answer).view(env));
    pages.push(("gifts", Route::Gifts, page(&good)));
    pages.push(("gifts-loading", Route::Gifts, page(&silent)));
    pages.push(("gifts-trouble", Route::Gifts, page(&lost)));
    pages.push(("gifts-none", Route::Gifts, page(&but(env, nothing))));
    let mut all = open::<gifts::Gifts>((), env, &good);
    tell(&mut all, gifts::Event::ForSkin(false), env, &good);
    pages.push(("gifts-all", Route::Gifts, Drawing::Gifts(all.view(env))));
    tell(&mut all, gifts::Event::At("counter:k1".to_owned()), env, &but(env, nothing));
    pages.push(("gifts-no-match", Route::Gifts, Drawing::Gifts(all.view(env))));
    let untold = |path: &str| {
        (path == "/me/profile").then(|| replies::answered(200, replies::PROFILE.replace("\"dry\"", "null")))
    };
    pages.push(("gifts-skin-untold", Route::Gifts, page(&but(env, untold))));
}

const NOTHING: &str = r#"{"items":[],"next":null}"#;

fn gift_pages(env: &Env, pages: &mut Pages) {
    let locale = env.locale;
    let route = |id: &str| Route::gift(id);
    let start = |id: &str, answer: &Answer<'_>| {
        let params = gift::Params { id: id.to_owned(), ..gift::Params::default() };
        open::<gift::Gift>(params, env, answer)
    };
    // Nothing is reserved yet, and a reservation is never answered unless a page says how.
    let good = but(env, |path| match path {
        "/reservations" => None,
        path if path.starts_with("/reservations?") => Some(replies::answered(200, NOTHING.to_owned())),
        _ => None,
    });
    let reserving = |id: &str, counter: &str, reply: &dyn Fn() -> Option<Reply>| {
        let mut screen = start(id, &good);
        tell(&mut screen, gift::Event::Counter(counter.to_owned()), env, &good);
        tell(&mut screen, gift::Event::Reserve, env, &|path| match path {
            "/reservations" => reply(),
            // The figures are asked for again, and are on their way.
            _ => None,
        });
        Drawing::Gift(screen.view(env))
    };
    let duo = || route("travel-duo");
    pages.push(("gift", duo(), Drawing::Gift(start("travel-duo", &good).view(env))));
    pages.push(("gift-loading", duo(), Drawing::Gift(start("travel-duo", &silent).view(env))));
    pages.push(("gift-trouble", duo(), Drawing::Gift(start("travel-duo", &lost).view(env))));
    let mut chosen = start("travel-duo", &good);
    tell(&mut chosen, gift::Event::Counter("k1".to_owned()), env, &good);
    pages.push(("gift-chosen", duo(), Drawing::Gift(chosen.view(env))));
    pages.push(("gift-reserving", duo(), reserving("travel-duo", "k1", &|| None)));
    pages.push(("gift-unsure", duo(), reserving("travel-duo", "k1", &|| Some(Reply::Lost))));
    pages.push(("gift-gone", duo(), reserving("travel-duo", "k1", &|| Some(made_up::out_of_stock(locale)))));
    let missing = || Some(made_up::refused(locale, "insufficient-points", 409, r#","missing":60"#));
    pages.push(("gift-refused-points", duo(), reserving("travel-duo", "k1", &missing)));
    let full = || Some(made_up::refused(locale, "too-many-reservations", 409, ""));
    pages.push(("gift-refused-open", duo(), reserving("travel-duo", "k1", &full)));
    let mut near = start("travel-duo", &good);
    tell(
        &mut near,
        gift::Event::Near,
        env,
        &but(env, |path| (path == "/where").then(|| replies::answered(200, String::new()))),
    );
    pages.push(("gift-near", duo(), Drawing::Gift(near.view(env))));
    let mut unknown = start("travel-duo", &good);
    tell(&mut unknown, gift::Event::Near, env, &good);
    pages.push(("gift-not-located", duo(), Drawing::Gift(unknown.view(env))));
    pages.push(("gift-too-dear", route("face-cream"), Drawing::Gift(start("face-cream", &good).view(env))));
    pages.push(("gift-shades", route("lip-balm"), Drawing::Gift(start("lip-balm", &good).view(env))));
    let already = start("travel-duo", &|path: &str| replies::reply(locale, path));
    pages.push(("gift-already", duo(), Drawing::Gift(already.view(env))));
}

fn reservation_pages(env: &Env, pages: &mut Pages) {
    let good = |path: &str| replies::reply(env.locale, path);
    let list =
        |answer: &Answer<'_>| Drawing::Reservations(open::<reservations::Reservations>((), env, answer).view(env));
    let none = but(env, |path| path.starts_with("/reservations").then(|| replies::answered(200, NOTHING.to_owned())));
    pages.push(("reservations", Route::Reservations, list(&good)));
    pages.push(("reservations-loading", Route::Reservations, list(&silent)));
    pages.push(("reservations-trouble", Route::Reservations, list(&lost)));
    pages.push(("reservations-offline", Route::Reservations, list(&pocket_of(env))));
    pages.push(("reservations-none", Route::Reservations, list(&none)));
    let start = |id: &str, answer: &Answer<'_>| open::<reservation::Reservation>(id.to_owned(), env, answer);
    for (name, id) in [
        ("reservation-held", "held"),
        ("reservation-late", "late"),
        ("reservation-ready", "ready"),
        ("reservation-offered", "offered"),
        ("reservation-collected", "collected"),
        ("reservation-cancelled", "cancelled"),
        ("reservation-expired", "expired"),
        ("reservation-failed", "failed"),
    ] {
        pages.push((name, Route::reservation(id), Drawing::Reservation(start(id, &good).view(env))));
    }
    let route = || Route::reservation("late");
    pages.push(("reservation-loading", route(), Drawing::Reservation(start("late", &silent).view(env))));
    pages.push(("reservation-trouble", route(), Drawing::Reservation(start("late", &lost).view(env))));
    let mut sure = start("late", &good);
    tell(&mut sure, reservation::Event::Think(Cancel::Only), env, &good);
    pages.push(("reservation-sure", route(), Drawing::Reservation(sure.view(env))));
    tell(&mut sure, reservation::Event::Cancel, env, &silent);
    pages.push(("reservation-cancelling", route(), Drawing::Reservation(sure.view(env))));
    let mut unsure = start("late", &good);
    tell(&mut unsure, reservation::Event::Extend, env, &lost);
    pages.push(("reservation-unsure", route(), Drawing::Reservation(unsure.view(env))));
    let mut refused = start("late", &good);
    tell(&mut refused, reservation::Event::Extend, env, &|path: &str| match path.ends_with("/extend") {
        true => Some(made_up::refused(env.locale, "extensions-spent", 409, "")),
        false => replies::reply(env.locale, path),
    });
    pages.push(("reservation-refused", route(), Drawing::Reservation(refused.view(env))));
    let mut old = start("ready", &good);
    tell(&mut old, reservation::Event::Retry, env, &lost);
    pages.push(("reservation-offline", Route::reservation("ready"), Drawing::Reservation(old.view(env))));
}

fn move_pages(env: &Env, pages: &mut Pages) {
    let good = |path: &str| replies::reply(env.locale, path);
    let route = |id: &str| Route::Move { id: id.to_owned() };
    let start = |id: &str, answer: &Answer<'_>| open::<relocate::Relocate>(id.to_owned(), env, answer);
    pages.push(("move", route("late"), Drawing::Move(start("late", &good).view(env))));
    pages.push(("move-loading", route("late"), Drawing::Move(start("late", &silent).view(env))));
    pages.push(("move-trouble", route("late"), Drawing::Move(start("late", &lost).view(env))));
    pages.push(("move-too-late", route("collected"), Drawing::Move(start("collected", &good).view(env))));
    for (name, id) in [("move-chosen", "late"), ("move-anew", "failed")] {
        let mut chosen = start(id, &good);
        tell(&mut chosen, relocate::Event::Counter("k4".to_owned()), env, &good);
        pages.push((name, route(id), Drawing::Move(chosen.view(env))));
    }
}

/// No network, and a pass that is kept on the phone.
fn pocket_of(env: &Env) -> impl Fn(&str) -> Option<Reply> {
    let locale = env.locale;
    move |path| match path {
        "/pocket" => Some(replies::answered(200, made_up::pass(locale))),
        _ => Some(Reply::Lost),
    }
}

fn pass_pages(env: &Env, pages: &mut Pages) {
    let good = |path: &str| replies::reply(env.locale, path);
    let route = || Route::Pass { id: "ready".to_owned() };
    let start = |answer: &Answer<'_>| open::<pass::Pass>("ready".to_owned(), env, answer);
    pages.push(("pass", route(), Drawing::Pass(start(&good).view(env))));
    let mut kept = start(&good);
    tell(&mut kept, pass::Event::Keep(true), env, &good);
    pages.push(("pass-kept", route(), Drawing::Pass(kept.view(env))));
    pages.push(("pass-offline", route(), Drawing::Pass(start(&pocket_of(env)).view(env))));
    pages.push(("pass-loading", route(), Drawing::Pass(start(&silent).view(env))));
    pages.push(("pass-trouble", route(), Drawing::Pass(start(&lost).view(env))));
    for (name, told) in
        [("pass-collected", &made_up::COLLECTED), ("pass-not-ready", &made_up::HELD), ("pass-failed", &made_up::FAILED)]
    {
        let gone = start(&|path: &str| match path {
            "/pocket" => None,
            path if path.ends_with("/pass") => Some(made_up::refused(env.locale, "pass-not-ready", 409, "")),
            _ => Some(replies::answered(200, made_up::reservation(env.locale, told))),
        });
        pages.push((name, route(), Drawing::Pass(gone.view(env))));
    }
}

/// Where she is, for pages that ask; `None` if she does not say.
pub fn located(answer: &Answer<'_>) -> Located {
    match answer("/where") {
        Some(_) => Located::Near(contract::counter::Position { lat: 31.22, lng: 121.54 }),
        None => Located::Forbidden,
    }
}
