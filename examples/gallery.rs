//! Every page in every state as static files, for those who design a brand: `cargo run -p portal --example gallery --features ssr -- target/gallery`.
//!
//! The pages are the portal's own, drawn from its screens on answers that are made up here. `style.css` must be put beside
//! them (bundled from `style/index.css`), `brand/` is that of `public/`.

#[path = "gallery/gifts.rs"]
mod gifts;
#[path = "gallery/replies.rs"]
mod replies;
#[path = "gallery/reserving.rs"]
mod reserving;

use std::fs;
use std::path::Path;

use catalogue::Locale;
use portal::first::Drawing;
use screens::{
    Clock, Effect, Env, Reply, Route, Screen, card, chrome, home, join, me, not_found, points, preferences, profile,
    programme, sign_in, tier,
};

/// What is answered to a request of this path; `/pocket` stands for what is kept on the phone, `/where` for where she is.
type Answer<'a> = dyn Fn(&str) -> Option<Reply> + 'a;

/// Opens a screen and gives it the answers it asks for, but for those that `answer` has none for.
fn open<S: Screen>(params: S::Params, env: &Env, answer: &Answer<'_>) -> S {
    let (mut screen, effects) = S::open(params, env);
    run(&mut screen, effects, env, answer);
    screen
}

/// Tells a screen what happened.
fn tell<S: Screen>(screen: &mut S, event: S::Event, env: &Env, answer: &Answer<'_>) {
    let effects = screen.update(event, env);
    run(screen, effects, env, answer);
}

fn run<S: Screen>(screen: &mut S, effects: Vec<Effect<S::Event>>, env: &Env, answer: &Answer<'_>) {
    for effect in effects {
        let event = match effect {
            Effect::Http(request, arrived) => answer(&request.path).map(arrived),
            Effect::MakeKey(event) => Some(event(String::new())),
            Effect::Locate(event) => Some(event(reserving::located(answer))),
            Effect::ReadPass(event) => Some(event(match answer("/pocket") {
                Some(Reply::Answered { body, .. }) => Some(body),
                Some(Reply::Lost) | None => None,
            })),
            _ => None,
        };
        if let Some(event) = event {
            tell(screen, event, env, answer);
        }
    }
}

fn silent(_: &str) -> Option<Reply> {
    None
}

fn lost(_: &str) -> Option<Reply> {
    Some(Reply::Lost)
}

/// Every page in every state: its name, its route and what is on it.
fn pages(env: &Env) -> Vec<(&'static str, Route, Drawing)> {
    let good = |path: &str| replies::reply(env.locale, path);
    let mut pages = Vec::new();

    let home_route = Route::Home;
    let home = |answer: &Answer<'_>| Drawing::Home(open::<home::Home>((), env, answer).view(env));
    pages.push(("home", home_route.clone(), home(&good)));
    pages.push(("home-loading", home_route.clone(), home(&silent)));
    pages.push(("home-trouble", home_route.clone(), home(&lost)));
    for tier in ["pearl", "rose", "platinum", "new"] {
        let of_tier = |_: &str| Some(replies::overview(env.locale, tier));
        let name = match tier {
            "pearl" => "home-pearl",
            "rose" => "home-rose",
            "new" => "home-new",
            _ => "home-platinum",
        };
        pages.push((name, home_route.clone(), home(&of_tier)));
    }
    let mut stale = open::<home::Home>((), env, &good);
    tell(&mut stale, home::Event::CameBack, env, &lost);
    pages.push(("home-offline", home_route, Drawing::Home(stale.view(env))));

    let sign_in_route = Route::SignIn { back: "/points".to_owned(), ended: true };
    let at_sign_in = sign_in::Params { back: "/points".to_owned(), ended: true };
    let mut signing = open::<sign_in::SignIn>(at_sign_in, env, &good);
    pages.push(("sign-in", sign_in_route.clone(), Drawing::SignIn(signing.view(env))));
    tell(&mut signing, sign_in::Event::PhoneTyped("1380".to_owned()), env, &good);
    tell(&mut signing, sign_in::Event::Submit, env, &good);
    pages.push(("sign-in-mistyped", sign_in_route.clone(), Drawing::SignIn(signing.view(env))));
    tell(&mut signing, sign_in::Event::PhoneTyped("13800000001".to_owned()), env, &good);
    tell(&mut signing, sign_in::Event::Submit, env, &lost);
    pages.push(("sign-in-lost", sign_in_route.clone(), Drawing::SignIn(signing.view(env))));
    tell(&mut signing, sign_in::Event::Submit, env, &good);
    pages.push(("sign-in-code", sign_in_route.clone(), Drawing::SignIn(signing.view(env))));
    tell(&mut signing, sign_in::Event::CodeTyped("123456".to_owned()), env, &good);
    pages.push(("sign-in-wrong", sign_in_route, Drawing::SignIn(signing.view(env))));

    let join_route = Route::Join { back: String::new() };
    let mut joining = open::<join::Join>(join::Params::default(), env, &good);
    pages.push(("join", join_route.clone(), Drawing::Join(joining.view(env))));
    tell(&mut joining, join::Event::Continue, env, &good);
    pages.push(("join-form", join_route.clone(), Drawing::Join(joining.view(env))));
    tell(&mut joining, join::Event::Submit, env, &good);
    pages.push(("join-mistakes", join_route, Drawing::Join(joining.view(env))));

    pages.push(("card", Route::Card, Drawing::Card(open::<card::Card>((), env, &good).view(env))));
    pages.push(("card-loading", Route::Card, Drawing::Card(open::<card::Card>((), env, &silent).view(env))));
    pages.push(("points", Route::Points, Drawing::Points(open::<points::Points>((), env, &good).view(env))));
    pages.push(("points-loading", Route::Points, Drawing::Points(open::<points::Points>((), env, &silent).view(env))));
    pages.push(("points-trouble", Route::Points, Drawing::Points(open::<points::Points>((), env, &lost).view(env))));
    pages.push(("tier", Route::Tier, Drawing::Tier(open::<tier::Tier>((), env, &good).view(env))));
    let programme = open::<programme::Programme>((), env, &good).view(env);
    pages.push(("programme", Route::Programme, Drawing::Programme(programme)));

    let mut mine = open::<me::Me>((), env, &good);
    pages.push(("me", Route::Me, Drawing::Me(mine.view(env))));
    tell(&mut mine, me::Event::SignOut, env, &lost);
    pages.push(("me-still-in", Route::Me, Drawing::Me(mine.view(env))));

    let mut editing = open::<profile::Profile>((), env, &good);
    pages.push(("profile", Route::Profile, Drawing::Profile(editing.view(env))));
    tell(&mut editing, profile::Event::Typed(profile::FieldName::Name, String::new()), env, &good);
    tell(&mut editing, profile::Event::Save, env, &good);
    pages.push(("profile-mistake", Route::Profile, Drawing::Profile(editing.view(env))));

    let mut choosing = open::<preferences::Preferences>((), env, &good);
    pages.push(("preferences", Route::Preferences, Drawing::Preferences(choosing.view(env))));
    tell(&mut choosing, preferences::Event::Quiet(false), env, &good);
    tell(&mut choosing, preferences::Event::Save, env, &lost);
    pages.push(("preferences-lost", Route::Preferences, Drawing::Preferences(choosing.view(env))));

    pages.extend(reserving::pages(env));
    pages.push(("not-found", Route::NotFound, Drawing::NotFound(not_found::view(env))));
    pages
}

fn env(locale: Locale) -> Env {
    let brand = match locale {
        Locale::ZhCn => "晨露",
        Locale::En => "Dewlight",
    };
    Env {
        locale,
        brand: brand.to_owned(),
        clock: Clock::parse("2026-11-22T09:41:00+08:00"),
        appearance: screens::env::Appearance::default(),
        signed_in: true,
        can_scan: false,
    }
}

/// A folder with everything below it.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for file in fs::read_dir(from)? {
        let file = file?;
        let target = to.join(file.file_name());
        if file.file_type()?.is_dir() {
            copy(&file.path(), &target)?;
        } else {
            fs::copy(file.path(), target)?;
        }
    }
    Ok(())
}

fn main() -> std::io::Result<()> {
    let to = std::env::args().nth(1).unwrap_or_else(|| "target/gallery".to_owned());
    let to = Path::new(&to);
    fs::create_dir_all(to)?;
    let theme = fs::read_to_string("public/brand/theme.css")?.replace("/brand/", "brand/");
    copy(Path::new("public/brand"), &to.join("brand"))?;
    let mut list = String::from("<!doctype html><meta charset=\"utf-8\"><title>Gallery</title>");
    for locale in Locale::ALL {
        let env = env(locale);
        for (name, route, page) in pages(&env) {
            let chrome = chrome::view(&route, &env);
            let file = [name, ".", locale.tag(), ".html"].concat();
            let html = [
                "<!doctype html><html lang=\"",
                locale.tag(),
                "\"><head><meta charset=\"utf-8\"><title>",
                &chrome.title.clone(),
                "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"stylesheet\" href=\"style.css\"><style>",
                &theme,
                "</style></head><body><div id=\"app\">",
                &page.html(chrome).replace("src=\"/brand/", "src=\"brand/"),
                "</div></body></html>",
            ]
            .concat();
            fs::write(to.join(&file), html)?;
            list.push_str(&["<p><a href=\"", &file, "\">", &file, "</a></p>"].concat());
        }
    }
    fs::write(to.join("index.html"), list)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every page in every state and language must hold what `hold` says.
    fn check(hold: impl Fn(&str) -> Result<(), String>) {
        for locale in Locale::ALL {
            let env = env(locale);
            for (name, route, page) in pages(&env) {
                let html = page.html(chrome::view(&route, &env));
                if let Err(problem) = hold(&html) {
                    panic!("{name} in {}: {problem}\n{html}", locale.tag());
                }
            }
        }
    }

    fn expect(holds: bool, problem: &str) -> Result<(), String> {
        if holds { Ok(()) } else { Err(problem.to_owned()) }
    }

    /// The values of an attribute, in the order of the page.
    fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
        let start = [" ", attribute, "=\""].concat();
        html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn a_page_has_one_heading_of_the_first_order_and_it_can_take_the_focus() {
        check(|html| {
            let headings: Vec<_> = html.split("<h1").skip(1).filter_map(|rest| rest.split('>').next()).collect();
            expect(headings.len() == 1, "not one h1")?;
            expect(headings[0].contains("tabindex=\"-1\""), "an h1 that can't take the focus")
        });
    }

    #[test]
    fn no_style_stands_in_the_markup() {
        check(|html| expect(!html.contains(" style=") && !html.contains("<style"), "style in the markup"));
    }

    #[test]
    fn what_is_referred_to_is_there_once() {
        check(|html| {
            let ids = values(html, "id");
            for id in &ids {
                expect(ids.iter().filter(|other| *other == id).count() == 1, &["twice: ", id].concat())?;
            }
            let labels = values(html, "for").into_iter();
            let described = values(html, "aria-describedby").into_iter().flat_map(str::split_whitespace);
            for id in labels.chain(described) {
                expect(ids.contains(&id), &["nowhere: ", id].concat())?;
            }
            Ok(())
        });
    }
}
