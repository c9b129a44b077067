use catalogue::text::{pass as words, reservation as reservation_words};
use contract::reservation::{Reservation, ReservationState};
use serde::Serialize;

use super::{Became, Pass, Shown, Stage, has_ended, was_collected};
use crate::card::Drawing;
use crate::env::Env;
use crate::failure::Failure;
use crate::route::Route;
use crate::variant::{VariantWords, variant};
use crate::venue::{Venue, venue};
use crate::view::{Banner, Body, Link, Switch};
use crate::{chrome, format, progress, trouble};

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// Safe to travel, or what became of it; before that is known, the page's name.
    pub heading: String,
    /// The page is green: the pass is good, or she has the gift.
    pub green: bool,
    /// The pass, or what became of it.
    pub body: Body<Face>,
}

/// The pass, or what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Face {
    /// It is good.
    Good(PassView),
    /// There is none.
    Ended(Ended),
}

/// The pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PassView {
    /// Since when it is good, and until when.
    pub good: String,
    /// `离线可用`; `None` if it is not kept.
    pub kept: Option<String>,
    /// What is scanned.
    pub qr: Option<Drawing>,
    /// What the code is, for those who can't see it.
    pub code_label: String,
    /// In groups of three.
    pub code: String,
    /// What to do with both.
    pub hint: String,
    /// Which variant.
    pub variant: VariantWords,
    /// Of which gift: `清润水乳旅行套装 × 1`.
    pub gift: String,
    /// Where.
    pub venue: Venue,
    /// To compare, and that nobody can take it back.
    pub check: String,
    /// Sends `Keep`.
    pub keep: Switch,
    /// Since when all of it is true.
    pub as_of: String,
}

/// There is no pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ended {
    /// What that means.
    pub text: String,
    /// To the reservation.
    pub link: Link,
}

pub(super) fn view(screen: &Pass, env: &Env) -> View {
    let name = || chrome::name(&Route::Pass { id: String::new() }, env).to_owned();
    let ready = || progress::name(ReservationState::Ready, false, env).to_owned();
    let loading = || Body::Loading(trouble::loading(env));
    let (heading, body) = match &screen.stage {
        Stage::Waiting => (name(), loading()),
        // The pocket may still have it.
        Stage::Failed(_) if !screen.searched => (name(), loading()),
        Stage::Failed(failure) => {
            let mut trouble = trouble::trouble(failure, env);
            trouble.way_out = Some(to_reservation(screen, env));
            (name(), Body::Trouble(trouble))
        }
        // Time runs on without the server, too.
        Stage::Live(shown, _) | Stage::FromPocket(shown) if has_ended(&shown.pass, env) => {
            let text = words::over_text(env.locale).to_owned();
            let ended = Ended { text, link: to_reservation(screen, env) };
            (words::over_title(env.locale).to_owned(), Body::Shown { content: Face::Ended(ended), banner: None })
        }
        Stage::Live(shown, failure) => {
            let banner = failure.as_ref().map(|failure| not_renewed(failure, shown, screen.asking, env));
            (ready(), Body::Shown { content: Face::Good(pass_view(screen, shown, env)), banner })
        }
        Stage::FromPocket(shown) => {
            let banner = Banner {
                text: from_pocket(shown, env),
                retry: catalogue::text::common::retry(env.locale).to_owned(),
                busy: screen.asking,
            };
            let content = Face::Good(pass_view(screen, shown, env));
            (ready(), Body::Shown { content, banner: Some(banner) })
        }
        Stage::Gone(Became::Asked) => (name(), loading()),
        Stage::Gone(became) => {
            let became = match became {
                Became::Known(now) => Some(&**now),
                Became::Asked | Became::Unknown => None,
            };
            let (heading, ended) = ended(screen, became, env);
            (heading, Body::Shown { content: Face::Ended(ended), banner: None })
        }
    };
    let green = match &body {
        Body::Shown { content: Face::Good(_), .. } => true,
        Body::Shown { content: Face::Ended(_), .. } => {
            matches!(&screen.stage, Stage::Gone(Became::Known(now)) if was_collected(now))
        }
        Body::Loading(_) | Body::Trouble(_) => false,
    };
    View { heading, green, body }
}

fn not_renewed(failure: &Failure, shown: &Shown, busy: bool, env: &Env) -> Banner {
    trouble::banner(failure, Some(shown.pass.as_of), busy, env)
}

fn from_pocket(shown: &Shown, env: &Env) -> String {
    let mut text = words::offline(env.locale).to_owned();
    text.push_str(catalogue::text::common::pause(env.locale));
    text.push_str(&format::as_of(env, shown.pass.as_of));
    text
}

fn to_reservation(screen: &Pass, env: &Env) -> Link {
    Link::to(words::to_reservation(env.locale), &Route::reservation(&screen.id))
}

fn pass_view(screen: &Pass, shown: &Shown, env: &Env) -> PassView {
    let locale = env.locale;
    let pass = &shown.pass;
    let (at, until) = (format::moment(env, pass.ready_at), format::moment(env, pass.hold_until));
    PassView {
        good: words::ready_at(locale, &at, &until),
        kept: screen.kept.then(|| words::kept(locale).to_owned()),
        qr: shown.qr.clone(),
        code_label: words::code(locale).to_owned(),
        code: format::spoken_code(&pass.code),
        hint: words::hint(locale).to_owned(),
        variant: variant(&pass.variant, env),
        gift: words::quantity(locale, &pass.gift.name),
        venue: venue(&pass.counter, words::way(locale), env),
        check: words::check(locale).to_owned(),
        keep: Switch {
            id: "keep".to_owned(),
            label: words::keep(locale).to_owned(),
            hint: Some((if screen.other { words::keep_instead(locale) } else { words::keep_hint(locale) }).to_owned()),
            on: screen.kept,
        },
        as_of: format::as_of(env, pass.as_of),
    }
}

fn ended(screen: &Pass, became: Option<&Reservation>, env: &Env) -> (String, Ended) {
    let locale = env.locale;
    let (heading, text) = match became {
        Some(now) if was_collected(now) => (words::collected_title(locale), words::collected_text(locale).to_owned()),
        Some(now) if now.state.is_open() => (words::not_ready_title(locale), words::not_ready_text(locale).to_owned()),
        Some(now) => {
            let number = format::number(now.points);
            let back = reservation_words::cancelled_text(locale, now.points, &number);
            (progress::name(now.state, now.late, env), back)
        }
        None => (words::over_title(locale), words::over_text(locale).to_owned()),
    };
    (heading.to_owned(), Ended { text, link: to_reservation(screen, env) })
}
