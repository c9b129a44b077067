//! What surrounds every page: its title, the tabs, the way back; and the plain page for when all else fails.

use catalogue::text::{chrome as words, trouble};
use serde::Serialize;

use crate::env::Env;
use crate::failure::Failure;
use crate::route::Route;
use crate::view::{Link, Trouble};

/// What surrounds a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The brand's name.
    pub brand: String,
    /// Of the document: `积分 · 晨露`.
    pub title: String,
    /// The first link of the page: over everything, to its contents.
    pub skip: String,
    /// What the tabs are, for those who can't see them.
    pub tabs_label: String,
    /// At the bottom; empty where there is no member to show anything of.
    pub tabs: Vec<Tab>,
    /// From a page below a tab: up to where it belongs.
    pub back: Option<Link>,
}

/// What a page is shared as: words and address of the card that others see. Nothing of hers is ever on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Its words.
    pub title: String,
    /// Where it leads.
    pub path: String,
}

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tab {
    /// Which; names its icon.
    pub icon: Icon,
    /// Its words.
    pub label: String,
    /// The address it leads to.
    pub path: String,
    /// The page shown is this tab's (`aria-current="page"`), or below it (`"true"`).
    pub current: Current,
}

/// A tab's picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Icon {
    /// A house.
    Home,
    /// A box with a ribbon.
    Gifts,
    /// A day in the calendar.
    Reservations,
    /// A person.
    Me,
}

/// How a tab stands to the page shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Current {
    /// It is the page.
    Page,
    /// The page is below it.
    Below,
    /// Not at all.
    No,
}

/// What surrounds the page at `route`.
pub fn view(route: &Route, env: &Env) -> View {
    View {
        brand: env.brand.clone(),
        title: title(route, env),
        skip: words::skip(env.locale).to_owned(),
        tabs_label: words::tabs(env.locale).to_owned(),
        tabs: tabs(route, env),
        back: parent(route, env).map(|parent| Link::to(&words::back_to(env.locale, name(&parent, env)), &parent)),
    }
}

/// A page's name, as it is called in links and headings.
pub fn name(route: &Route, env: &Env) -> &'static str {
    let locale = env.locale;
    match route {
        Route::Home => words::home(locale),
        Route::SignIn { .. } => words::sign_in(locale),
        Route::Join { .. } => words::join(locale),
        Route::Card => words::card(locale),
        Route::Points => words::points(locale),
        Route::Tier => words::tier(locale),
        Route::Gifts => words::gifts(locale),
        Route::Gift { .. } => words::gift(locale),
        Route::Reservations => words::reservations(locale),
        Route::Reservation { .. } => words::reservation(locale),
        Route::Pass { .. } => words::pass(locale),
        Route::Move { .. } => words::another_counter(locale),
        Route::Programme => words::programme(locale),
        Route::Me => words::me(locale),
        Route::Profile => words::profile(locale),
        Route::Preferences => words::preferences(locale),
        Route::NotFound => words::not_found(locale),
    }
}

/// The document's title: page and brand.
pub fn title(route: &Route, env: &Env) -> String {
    words::title(env.locale, &env.brand, name(route, env))
}

/// What the page at `route` is shared as. A gift as itself, once its name is known, without the counter and the variant she has in mind;
/// everything else as the brand's member centre.
pub fn share(route: &Route, gift: Option<&str>, env: &Env) -> Share {
    let locale = env.locale;
    match (route, gift) {
        (Route::Gift { id, .. }, Some(gift)) => {
            Share { title: words::share_gift(locale, &env.brand, gift), path: Route::gift(id).path() }
        }
        _ => Share { title: words::share(locale, &env.brand), path: Route::Home.path() },
    }
}

/// Whether the page is a tab's own.
pub fn is_tab(route: &Route) -> bool {
    TABS.iter().any(|(_, tab)| tab == route)
}

/// What covers the page when the program itself has failed: nothing on it can be trusted to take a click any more.
pub fn crashed(env: &Env) -> Trouble {
    Trouble {
        title: trouble::crashed_title(env.locale).to_owned(),
        detail: trouble::crashed_detail(env.locale).to_owned(),
        retry: Some(trouble::reload(env.locale).to_owned()),
        way_out: None,
    }
}

/// In place of a page whose program has not come yet: the words under its skeleton.
pub fn loading(env: &Env) -> String {
    crate::trouble::loading(env)
}

/// What she is asked before she leaves a page with changes that are not saved.
pub fn unsaved(env: &Env) -> &'static str {
    words::unsaved(env.locale)
}

/// In place of a page whose program did not come.
pub fn unreachable(env: &Env) -> Trouble {
    crate::trouble::trouble(&Failure::Unreachable, env)
}

/// The tabs' own pages.
const TABS: [(Icon, Route); 4] = [
    (Icon::Home, Route::Home),
    (Icon::Gifts, Route::Gifts),
    (Icon::Reservations, Route::Reservations),
    (Icon::Me, Route::Me),
];

fn tabs(route: &Route, env: &Env) -> Vec<Tab> {
    match route {
        Route::SignIn { .. } | Route::Join { .. } => return Vec::new(),
        // One thing is done there, and what it comes to stands at the bottom in place of the tabs; the pass is held up.
        Route::Gift { .. } | Route::Move { .. } | Route::Pass { .. } => return Vec::new(),
        Route::Programme | Route::NotFound if !env.signed_in => return Vec::new(),
        _ => {}
    }
    TABS.iter()
        .map(|(icon, tab)| {
            let current = if route == tab {
                Current::Page
            } else if parent(route, env).as_ref() == Some(tab) {
                Current::Below
            } else {
                Current::No
            };
            Tab { icon: *icon, label: name(tab, env).to_owned(), path: tab.path(), current }
        })
        .collect()
}

/// The page that a page without a tab of its own belongs to.
fn parent(route: &Route, env: &Env) -> Option<Route> {
    match route {
        Route::Card | Route::Points | Route::Tier => Some(Route::Home),
        Route::Gift { .. } => Some(Route::Gifts),
        Route::Reservation { .. } => Some(Route::Reservations),
        Route::Pass { id } | Route::Move { id } => Some(Route::Reservation { id: id.clone() }),
        Route::Profile | Route::Preferences => Some(Route::Me),
        Route::Programme if env.signed_in => Some(Route::Me),
        Route::Programme | Route::Join { .. } => Some(Route::SignIn { back: String::new(), ended: false }),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
