//! What surrounds every page, in words.

use catalogue::Locale;
use catalogue::text::{chrome as shared, me as leaving_words, staff_chrome as words};
use contract::staff::Role;

use super::{Chrome, Leaving, OnDuty, Who};
use crate::chrome::Current;
use crate::env::{Env, Theme};
use crate::failure::Failure;
use crate::me;
use crate::staff::{Route, trouble};
use crate::view::{Alert, Choices, Link, Submit, Trouble};

/// What surrounds a page.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The brand's name.
    pub brand: String,
    /// Of the document: `取货 · 晨露`.
    pub title: String,
    /// The first link of the page: over everything, to its contents.
    pub skip: String,
    /// What the tabs are, for those who can't see them.
    pub tabs_label: String,
    /// At the bottom; empty until it is known who is signed in.
    pub tabs: Vec<Tab>,
    /// From a page below a tab: up to where it belongs.
    pub back: Option<Link>,
    /// Who is signed in; `None` until that is known.
    pub person: Option<Person>,
    /// Why she is still signed in although she wanted out.
    pub alert: Option<Alert>,
    /// What stands in the middle.
    pub page: Page,
}

/// What stands in the middle.
#[derive(Clone, Debug, PartialEq)]
pub enum Page {
    /// The page, which is for anyone: signing in, or that there is no such page.
    Open,
    /// The page, with this as (a part of) its parameters.
    For(OnDuty),
    /// A skeleton, with these words for those who can't see it.
    Loading(String),
    /// It is not known who is signed in.
    Trouble(Trouble),
}

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Which; names its icon.
    pub icon: Icon,
    /// Its words.
    pub label: String,
    /// The address it leads to.
    pub path: String,
    /// Whether the page shown is this tab's, or below it.
    pub current: Current,
}

/// A tab's picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A list with ticks.
    Today,
    /// A scanner's frame.
    Pickup,
    /// Boxes.
    Stock,
    /// A telephone.
    Hold,
    /// A bell.
    Attention,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Her name, as members see it.
    pub name: String,
    /// Her counter; for those without one, what she is.
    pub place: String,
    /// The label of what opens the settings and the way out.
    pub menu: String,
    /// Of the application on this device.
    pub language: Choices<Locale>,
    /// Of the application on this device.
    pub theme: Choices<Theme>,
    /// Out.
    pub sign_out: Submit,
}

pub(super) fn view(screen: &Chrome, env: &Env) -> View {
    let locale = env.locale;
    let known = match &screen.who {
        Who::Known(on_duty) => Some(on_duty),
        Who::Unasked | Who::Asked | Who::Unknown(_) => None,
    };
    View {
        brand: env.brand.clone(),
        title: shared::title(locale, &env.brand, name(&screen.route, env)),
        skip: shared::skip(locale).to_owned(),
        tabs_label: shared::tabs(locale).to_owned(),
        tabs: known.map(|on_duty| tabs(&screen.route, on_duty, env)).unwrap_or_default(),
        back: parent(&screen.route).map(|parent| trouble::link(&shared::back_to(locale, name(&parent, env)), &parent)),
        person: known.map(|on_duty| person(on_duty, &screen.leaving, env)),
        alert: alert(&screen.leaving, env),
        page: page(screen, env),
    }
}

/// A page's name, as it is called in links and headings.
pub fn name(route: &Route, env: &Env) -> &'static str {
    let locale = env.locale;
    match route {
        Route::Today => words::today(locale),
        Route::SignIn { .. } => words::sign_in(locale),
        Route::Reservation(_) => words::reservation(locale),
        Route::Pickup => words::pickup(locale),
        Route::Stock { .. } => words::stock(locale),
        Route::Hold { .. } => words::hold(locale),
        Route::Attention => words::attention(locale),
        Route::NotFound => shared::not_found(locale),
    }
}

fn page(screen: &Chrome, env: &Env) -> Page {
    match (&screen.route, &screen.who) {
        (Route::SignIn { .. } | Route::NotFound, _) => Page::Open,
        (_, Who::Known(on_duty)) => Page::For(on_duty.clone()),
        // On the way to the sign-in page there is nothing to be read.
        (_, Who::Unasked | Who::Asked | Who::Unknown(Failure::SessionEnded)) => {
            Page::Loading(crate::trouble::loading(env))
        }
        (_, Who::Unknown(failure)) => Page::Trouble(Trouble { way_out: None, ..trouble::trouble(failure, env) }),
    }
}

fn tabs(route: &Route, on_duty: &OnDuty, env: &Env) -> Vec<Tab> {
    // A pick-up code belongs to a counter: who works at none could only ever be told that it is wrong.
    let pickup = on_duty.counter.is_some().then_some((Icon::Pickup, Route::Pickup));
    let attention = (on_duty.role != Role::Counter).then_some((Icon::Attention, Route::Attention));
    [
        Some((Icon::Today, Route::Today)),
        pickup,
        Some((Icon::Stock, Route::Stock { counter: None })),
        Some((Icon::Hold, Route::Hold { counter: None, variant: None })),
        attention,
    ]
    .into_iter()
    .flatten()
    .map(|(icon, tab)| {
        let current = match (icon, route) {
            (Icon::Today, Route::Today)
            | (Icon::Pickup, Route::Pickup)
            | (Icon::Stock, Route::Stock { .. })
            | (Icon::Hold, Route::Hold { .. })
            | (Icon::Attention, Route::Attention) => Current::Page,
            (Icon::Today, Route::Reservation(_)) => Current::Below,
            _ => Current::No,
        };
        Tab { icon, label: name(&tab, env).to_owned(), path: tab.path(), current }
    })
    .collect()
}

/// The page that a page without a tab of its own belongs to.
fn parent(route: &Route) -> Option<Route> {
    matches!(route, Route::Reservation(_) | Route::NotFound).then_some(Route::Today)
}

fn person(on_duty: &OnDuty, leaving: &Leaving, env: &Env) -> Person {
    let locale = env.locale;
    let running = matches!(leaving, Leaving::Running);
    Person {
        name: on_duty.name.clone(),
        place: match (&on_duty.counter, on_duty.role) {
            (Some(counter), _) => counter.name.clone(),
            (None, Role::Manager) => words::manager(locale).to_owned(),
            (None, Role::Desk | Role::Counter) => words::desk(locale).to_owned(),
        },
        menu: words::menu(locale).to_owned(),
        language: me::language(env),
        theme: me::theme(env),
        sign_out: Submit {
            label: (if running { leaving_words::signing_out(locale) } else { leaving_words::sign_out(locale) })
                .to_owned(),
            can_submit: !running,
            busy: running,
        },
    }
}

fn alert(leaving: &Leaving, env: &Env) -> Option<Alert> {
    match leaving {
        Leaving::No | Leaving::Running => None,
        // Nobody must walk away from the counter's tablet in the belief of being out.
        Leaving::Failed(Failure::Unreachable) => Some(Alert {
            title: leaving_words::still_in_title(env.locale).to_owned(),
            detail: leaving_words::still_in_detail(env.locale).to_owned(),
        }),
        Leaving::Failed(failure) => Some(trouble::alert(failure, env)),
    }
}
