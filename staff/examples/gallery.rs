//! Every page of the counter's application in every state as static files: `cargo run -p staff --example gallery --features ssr --
//! target/staff-gallery`.
//!
//! The pages are the application's own, drawn from its screens on answers that are made up here. `staff.css` must be put
//! beside them (bundled from `style/staff.css`), `brand/` is that of `public/`.

#[path = "gallery/replies.rs"]
mod replies;

use std::fs;
use std::path::Path;

use catalogue::Locale;
use replies::Reserved;
use screens::staff::chrome::{self, Chrome};
use screens::staff::{OnDuty, Route, attention, hold, not_found, pickup, reservation, sign_in, stock, today, work};
use screens::{Clock, Effect, Env, Reply, Scanned, Screen};
use staff::paper::Drawing;

/// What is answered to a request of this path.
type Answer<'a> = dyn Fn(&str) -> Option<Reply> + 'a;

/// A screen that is open, and what it is told.
struct Stage<'a, S: Screen> {
    screen: S,
    env: &'a Env,
}

impl<'a, S: Screen> Stage<'a, S> {
    fn open(params: S::Params, env: &'a Env, answer: &Answer<'_>) -> Self {
        let (screen, effects) = S::open(params, env);
        let mut stage = Self { screen, env };
        stage.run(effects, answer);
        stage
    }

    /// Tells it what happened; requests that follow are answered by `answer`.
    fn tell(&mut self, event: S::Event, answer: &Answer<'_>) -> &mut Self {
        let effects = self.screen.update(event, self.env);
        self.run(effects, answer);
        self
    }

    /// Tells it what happened; whatever it asks for stays without an answer.
    fn say(&mut self, event: S::Event) -> &mut Self {
        self.tell(event, &silent)
    }

    fn run(&mut self, effects: Vec<Effect<S::Event>>, answer: &Answer<'_>) {
        for effect in effects {
            let event = match effect {
                Effect::Http(request, arrived) => answer(&request.path).map(arrived),
                Effect::MakeKey(event) => Some(event("key".to_owned())),
                _ => None,
            };
            if let Some(event) = event {
                self.tell(event, answer);
            }
        }
    }

    fn view(&self) -> S::View {
        self.screen.view(self.env)
    }
}

fn silent(_: &str) -> Option<Reply> {
    None
}

fn lost(_: &str) -> Option<Reply> {
    Some(Reply::Lost)
}

/// Pages as they come to be: each with its name, its address, who is signed in, and what is on it.
#[derive(Default)]
struct Pages(Vec<(&'static str, Route, &'static str, Drawing)>);

impl Pages {
    fn add(&mut self, name: &'static str, route: &Route, role: &'static str, page: Drawing) {
        self.0.push((name, route.clone(), role, page));
    }
}

/// Who is signed in, as a page is told.
fn on_duty(role: &str, env: &Env) -> Option<OnDuty> {
    let answer = |_: &str| Some(replies::session(role, env.locale));
    match Stage::<Chrome>::open(Route::Today, env, &answer).view().page {
        chrome::Page::For(on_duty) => Some(on_duty),
        chrome::Page::Open | chrome::Page::Loading(_) | chrome::Page::Trouble(_) => None,
    }
}

/// What surrounds the page at `route`.
fn surroundings(route: &Route, role: &str, env: &Env) -> chrome::View {
    let answer = |_: &str| Some(replies::session(role, env.locale));
    Stage::<Chrome>::open(route.clone(), env, &answer).view()
}

/// Every page in every state.
fn pages(env: &Env) -> Pages {
    let mut pages = Pages::default();
    entrance(env, &mut pages);
    if let (Some(clerk), Some(manager)) = (on_duty("counter", env), on_duty("manager", env)) {
        lists(env, &clerk, &manager, &mut pages);
        one(env, &clerk, &mut pages);
        pick_up(env, &clerk, &manager, &mut pages);
        shelf(env, &clerk, &manager, &mut pages);
        telephone(env, &clerk, &manager, &mut pages);
    }
    pages.add("not-found", &Route::NotFound, "counter", Drawing::NotFound(not_found::view(env)));
    pages
}

fn entrance(env: &Env, pages: &mut Pages) {
    let locale = env.locale;
    let route = Route::SignIn { back: "/staff/pickup".to_owned(), ended: true };
    let params = sign_in::Params { back: "/staff/pickup".to_owned(), ended: true };
    let mut stage = Stage::<sign_in::SignIn>::open(params, env, &silent);
    pages.add("sign-in", &route, "", Drawing::SignIn(stage.view()));
    stage.say(sign_in::Event::Submit);
    pages.add("sign-in-missing", &route, "", Drawing::SignIn(stage.view()));
    let six = || sign_in::Event::TotpTyped("123456".to_owned());
    stage.say(sign_in::Event::UserTyped("qixia.shen".to_owned()));
    stage.say(sign_in::Event::PasswordTyped("secret".to_owned()));
    stage.tell(six(), &|_| Some(replies::problem("credentials-wrong", 422, "", locale)));
    pages.add("sign-in-wrong", &route, "", Drawing::SignIn(stage.view()));
    stage.tell(six(), &|_| Some(replies::problem("sign-in-locked", 429, r#","retry_after":840"#, locale)));
    pages.add("sign-in-locked", &route, "", Drawing::SignIn(stage.view()));
}

fn lists(env: &Env, clerk: &OnDuty, manager: &OnDuty, pages: &mut Pages) {
    let locale = env.locale;
    let good = |path: &str| match path {
        path if path.starts_with("/staff/audit") => Some(replies::record(locale)),
        path => replies::today(path, locale),
    };
    let nothing = |_: &str| Some(replies::nothing(locale));
    let list = |on_duty: &OnDuty, answer: &Answer<'_>| {
        Drawing::Today(Stage::<today::Today>::open(on_duty.clone(), env, answer).view())
    };
    pages.add("today", &Route::Today, "counter", list(clerk, &good));
    pages.add("today-all", &Route::Today, "manager", list(manager, &good));
    pages.add("today-empty", &Route::Today, "counter", list(clerk, &nothing));
    pages.add("today-loading", &Route::Today, "counter", list(clerk, &silent));
    pages.add("today-trouble", &Route::Today, "counter", list(clerk, &lost));
    let attention = |on_duty: &OnDuty, answer: &Answer<'_>| {
        Drawing::Attention(Stage::<attention::Attention>::open(on_duty.clone(), env, answer).view())
    };
    pages.add("attention", &Route::Attention, "manager", attention(manager, &good));
    pages.add("attention-empty", &Route::Attention, "manager", attention(manager, &nothing));
    pages.add("attention-elsewhere", &Route::Attention, "counter", attention(clerk, &good));
}

fn one(env: &Env, clerk: &OnDuty, pages: &mut Pages) {
    use reservation::{Event, Params, Reservation};
    use work::Event as Do;
    let locale = env.locale;
    let route = Route::Reservation("r1".to_owned());
    let of = |reserved: Reserved| {
        let params = Params { on_duty: clerk.clone(), id: "r1".to_owned() };
        Stage::<Reservation>::open(params, env, &move |_| Some(reserved.reply(locale)))
    };
    let read = |text: &str| Event::Work(Do::Scanned(Scanned::Read(text.to_owned())));
    let mut stage = of(Reserved::HELD);
    let mut add = |name, stage: &Stage<'_, Reservation>| {
        pages.add(name, &route, "counter", Drawing::Reservation(stage.view()));
    };
    add("reservation", &stage);
    stage.tell(read("2107370891615"), &|_| Some(replies::mismatch(true, locale)));
    add("reservation-mismatch", &stage);
    stage.say(Event::Work(Do::Again));
    stage.tell(read("4006381333931"), &|_| Some(replies::mismatch(false, locale)));
    add("reservation-unknown", &stage);
    stage.say(Event::Work(Do::Again)).say(Event::Work(Do::Scan));
    stage.say(Event::Work(Do::Scanned(Scanned::Unavailable))).say(Event::Work(Do::SubmitUnit));
    add("reservation-no-camera", &stage);
    stage.tell(read("2107370472319"), &lost);
    add("reservation-unsure", &stage);
    stage.tell(Event::Work(Do::SubmitUnit), &|_| Some(Reserved::READY.reply(locale)));
    add("reservation-ready", &stage);
    stage.say(Event::Work(Do::OfferOther));
    add("reservation-exchange", &stage);
    stage.say(Event::Work(Do::Choose("v2".to_owned())));
    let waiting = |_: &str| Some(Reserved { exchange: true, ..Reserved::READY }.reply(locale));
    stage.tell(Event::Work(Do::Ask), &waiting);
    add("reservation-waiting", &stage);
    stage.say(Event::CameBack);
    let mut stage = of(Reserved { late: true, ready_by: "2026-11-21T10:00:00Z", ..Reserved::HELD });
    stage.say(Event::Work(Do::GiveUp)).say(Event::Work(Do::ConfirmGiveUp));
    add("reservation-give-up", &stage);
    stage.say(Event::Work(Do::Reason(work::Reason::Other))).say(Event::Work(Do::ConfirmGiveUp));
    add("reservation-give-up-other", &stage);
    stage.say(Event::Work(Do::Reason(work::Reason::Damaged)));
    stage.tell(Event::Work(Do::ConfirmGiveUp), &|_| Some(Reserved { state: "failed", ..Reserved::HELD }.reply(locale)));
    add("reservation-given-up", &stage);
    add("reservation-collected", &of(Reserved { state: "collected", ..Reserved::HELD }));
}

fn pick_up(env: &Env, clerk: &OnDuty, manager: &OnDuty, pages: &mut Pages) {
    use pickup::{Event, Pickup};
    use work::Event as Do;
    let locale = env.locale;
    let mut add = |name, role, stage: &Stage<'_, Pickup>| {
        pages.add(name, &Route::Pickup, role, Drawing::Pickup(stage.view()));
    };
    add("pickup-nowhere", "manager", &Stage::open(manager.clone(), env, &silent));
    let mut stage = Stage::<Pickup>::open(clerk.clone(), env, &silent);
    add("pickup", "counter", &stage);
    stage.say(Event::Typed("k7m2qx9rt".to_owned()));
    stage.tell(Event::Submit, &|_| Some(replies::problem("pickup-code-wrong", 422, "", locale)));
    add("pickup-wrong", "counter", &stage);
    stage.tell(Event::Submit, &|_| Some(replies::problem("pickup-locked", 429, r#","retry_after":600"#, locale)));
    add("pickup-locked", "counter", &stage);
    let mut stage = Stage::<Pickup>::open(clerk.clone(), env, &silent);
    stage.say(Event::Typed("k7m2qx9rt".to_owned()));
    stage.tell(Event::Submit, &|_| Some(Reserved::READY.reply(locale)));
    add("pickup-found", "counter", &stage);
    let read = |text: &str| Event::Work(Do::Scanned(Scanned::Read(text.to_owned())));
    stage.tell(read("2107370891615"), &|_| Some(replies::mismatch(true, locale)));
    add("pickup-mismatch", "counter", &stage);
    stage.say(Event::Work(Do::Again));
    stage.tell(read("2107370472319"), &|_| Some(Reserved { state: "collected", ..Reserved::HELD }.reply(locale)));
    add("pickup-done", "counter", &stage);
}

fn shelf(env: &Env, clerk: &OnDuty, manager: &OnDuty, pages: &mut Pages) {
    use stock::{Event, Params, Stock};
    let locale = env.locale;
    let good = |path: &str| match path {
        path if path.starts_with("/counters") => Some(replies::counters(locale)),
        _ => Some(replies::stock(locale)),
    };
    let route = Route::Stock { counter: None };
    let mut add = |name, role, stage: &Stage<'_, Stock>| {
        pages.add(name, &route, role, Drawing::Stock(stage.view()));
    };
    let of = |on_duty: &OnDuty, counter: Option<&str>| {
        let params = Params { on_duty: on_duty.clone(), counter: counter.map(str::to_owned) };
        Stage::<Stock>::open(params, env, &good)
    };
    add("stock-choose", "manager", &of(manager, None));
    add("stock-of", "manager", &of(manager, Some("k1")));
    let mut stage = of(clerk, None);
    add("stock", "counter", &stage);
    stage.say(Event::Count("v2".to_owned())).say(Event::NumberTyped("1".to_owned()));
    add("stock-count", "counter", &stage);
    stage.say(Event::Leave).say(Event::Receive("v4".to_owned())).say(Event::Save);
    add("stock-receive", "counter", &stage);
}

fn telephone(env: &Env, clerk: &OnDuty, manager: &OnDuty, pages: &mut Pages) {
    use hold::{Event, Hold, Params, Part};
    let locale = env.locale;
    let route = Route::Hold { counter: None, variant: None };
    let good = |path: &str| match path {
        path if path.starts_with("/counters") => Some(replies::counters(locale)),
        _ => Some(replies::stock(locale)),
    };
    let of = |on_duty: &OnDuty, variant: Option<&str>| {
        let params = Params { on_duty: on_duty.clone(), counter: None, variant: variant.map(str::to_owned) };
        Stage::<Hold>::open(params, env, &good)
    };
    let mut add = |name, role, stage: &Stage<'_, Hold>| pages.add(name, &route, role, Drawing::Hold(stage.view()));
    let number = || Event::PhoneTyped("13800000001".to_owned());
    let mut stage = of(manager, None);
    stage.say(Event::Continue);
    add("hold", "manager", &stage);
    stage.say(number()).say(Event::Continue);
    add("hold-counter", "manager", &stage);
    let mut stage = of(clerk, Some("v2"));
    stage.say(number()).say(Event::Continue);
    add("hold-confirm", "counter", &stage);
    stage.tell(Event::Confirm, &|_| Some(replies::out_of_stock(locale)));
    add("hold-elsewhere", "counter", &stage);
    stage.say(Event::Change(Part::Gift));
    add("hold-gift", "counter", &stage);
    stage.say(Event::Gift("g1".to_owned()));
    add("hold-variant", "counter", &stage);
    stage.say(Event::Variant("v2".to_owned()));
    stage.tell(Event::Confirm, &|_| Some(Reserved::HELD.reply(locale)));
    add("hold-made", "counter", &stage);
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
    let to = std::env::args().nth(1).unwrap_or_else(|| "target/staff-gallery".to_owned());
    let to = Path::new(&to);
    fs::create_dir_all(to)?;
    let theme = fs::read_to_string("public/brand/theme.css")?.replace("/brand/", "brand/");
    copy(Path::new("public/brand"), &to.join("brand"))?;
    let mut list = String::from("<!doctype html><meta charset=\"utf-8\"><title>Gallery</title>");
    for locale in Locale::ALL {
        let env = env(locale);
        for (name, route, role, page) in pages(&env).0 {
            let around = surroundings(&route, role, &env);
            let file = [name, ".", locale.tag(), ".html"].concat();
            let html = [
                "<!doctype html><html lang=\"",
                locale.tag(),
                "\"><head><meta charset=\"utf-8\"><title>",
                &around.title.clone(),
                "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"stylesheet\" href=\"staff.css\"><style>",
                &theme,
                "</style></head><body><div id=\"app\">",
                &page.html(around).replace("src=\"/brand/", "src=\"brand/"),
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
            let pages = pages(&env).0;
            assert!(pages.len() > 40, "{} pages", pages.len());
            for (name, route, role, page) in pages {
                let html = page.html(surroundings(&route, role, &env));
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
            let labelled = values(html, "aria-labelledby").into_iter().flat_map(str::split_whitespace);
            for id in labels.chain(described).chain(labelled) {
                expect(ids.contains(&id), &["nowhere: ", id].concat())?;
            }
            Ok(())
        });
    }

    #[test]
    fn a_button_says_that_it_sends_nothing_unless_it_does() {
        check(|html| {
            let buttons = html.split("<button").skip(1).filter_map(|rest| rest.split('>').next());
            for button in buttons {
                expect(button.contains(" type=\""), "a button without a type")?;
            }
            Ok(())
        });
    }
}
