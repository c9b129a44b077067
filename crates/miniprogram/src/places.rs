//! Where each page stands in the mini-program. `miniprogram/app.json` lists the same folders; a test compares them.

use screens::Route;

/// A page of the mini-program.
pub(crate) struct Place {
    /// Its file without the ending: `pages/home/home`.
    pub file: &'static str,
    /// It is one of the tabs, which stay open and are switched to.
    pub tab: bool,
}

/// Where the page of `route` stands.
pub(crate) fn place(route: &Route) -> Place {
    let (file, tab) = match route {
        Route::Home => ("pages/home/home", true),
        Route::Gifts => ("pages/gifts/gifts", true),
        Route::Reservations => ("pages/reservations/reservations", true),
        Route::Me => ("pages/me/me", true),
        Route::SignIn { .. } => ("pages/sign_in/sign_in", false),
        Route::Gift { .. } => ("reserve/gift/gift", false),
        Route::Reservation { .. } => ("reserve/reservation/reservation", false),
        Route::Move { .. } => ("reserve/move/move", false),
        Route::Pass { .. } => ("reserve/pass/pass", false),
        Route::Join { .. } => ("account/join/join", false),
        Route::Card => ("account/card/card", false),
        Route::Points => ("account/points/points", false),
        Route::Tier => ("account/tier/tier", false),
        Route::Programme => ("account/programme/programme", false),
        Route::Profile => ("account/profile/profile", false),
        Route::Preferences => ("account/preferences/preferences", false),
        Route::NotFound => ("account/not_found/not_found", false),
    };
    Place { file, tab }
}

/// An address that is no page's: [`Route::NotFound`] has none of its own.
const NOWHERE: &str = "/not-found";

/// The address by which WeChat opens the page of `route`: its file, and what it is about as `path`.
pub(crate) fn url(route: &Route) -> String {
    let Place { file, tab } = place(route);
    let mut url = String::from("/");
    url.push_str(file);
    // A tab is the same for every address, and WeChat refuses a query there.
    if !tab {
        url.push_str("?path=");
        let path = if *route == Route::NotFound { NOWHERE.to_owned() } else { route.path() };
        contract::gift::escape(&path, &mut url);
    }
    url
}
