//! Which screen is opened for a route, and how a shell speaks to it.

use screens::view::Body;
use screens::{Env, Route, not_found};
use serde_json::Value;
use serde_json::value::to_raw_value;

use crate::page::{Around, Came, Looks, Member, Page, open};
use crate::protocol::Ground;

/// Opens the page of `route`.
pub(crate) fn page(route: Route, around: &mut Around) -> Box<dyn Page> {
    use screens::{
        card, gift, gifts, home, join, me, pass, points, preferences, profile, programme, relocate, reservation,
        reservations, sign_in, tier,
    };
    match route {
        Route::Home => open::<home::Home>((), around),
        Route::SignIn { back, ended } => open::<sign_in::SignIn>(sign_in::Params { back, ended }, around),
        Route::Join { back } => open::<join::Join>(join::Params { back }, around),
        Route::Card => open::<card::Card>((), around),
        Route::Points => open::<points::Points>((), around),
        Route::Tier => open::<tier::Tier>((), around),
        Route::Gifts => open::<gifts::Gifts>((), around),
        Route::Gift { id, counter, variant } => open::<gift::Gift>(gift::Params { id, counter, variant }, around),
        Route::Reservations => open::<reservations::Reservations>((), around),
        Route::Reservation { id } => open::<reservation::Reservation>(id, around),
        Route::Pass { id } => open::<pass::Pass>(id, around),
        Route::Move { id } => open::<relocate::Relocate>(id, around),
        Route::Programme => open::<programme::Programme>((), around),
        Route::Me => open::<me::Me>((), around),
        Route::Profile => open::<profile::Profile>((), around),
        Route::Preferences => open::<preferences::Preferences>((), around),
        Route::NotFound => Box::new(Nowhere),
    }
}

/// Screens that look again whenever she comes back to them.
macro_rules! comes_back {
    ($($module:ident :: $screen:ident),*) => {$(
        impl Member for screens::$module::$screen {
            fn seen(seen: bool) -> Option<Self::Event> {
                seen.then_some(screens::$module::Event::CameBack)
            }
        }
    )*};
}

/// Screens that want to know whether she looks.
macro_rules! is_seen {
    ($($module:ident :: $screen:ident $({ $($more:tt)* })?),*) => {$(
        impl Member for screens::$module::$screen {
            fn seen(seen: bool) -> Option<Self::Event> {
                Some(screens::$module::Event::Seen(seen))
            }
            $($($more)*)?
        }
    )*};
}

/// Forms, which are not asked again under her hands, and know when something is not saved.
macro_rules! form {
    ($($module:ident :: $screen:ident),*) => {$(
        impl Member for screens::$module::$screen {
            fn dirty(view: &Self::View) -> bool {
                matches!(&view.body, Body::Shown { content, .. } if content.dirty)
            }
        }
    )*};
}

comes_back!(home::Home, card::Card, points::Points, tier::Tier, gifts::Gifts, reservations::Reservations);
is_seen!(
    gift::Gift {
        fn gift(view: &Self::View) -> Option<String> {
            matches!(view.body, Body::Shown { .. }).then(|| view.heading.clone())
        }
    },
    reservation::Reservation,
    pass::Pass {
        fn ground(view: &Self::View) -> Ground {
            if view.green { Ground::Pass } else { Ground::Paper }
        }
    },
    relocate::Relocate
);
form!(profile::Profile, preferences::Preferences);

impl Member for screens::sign_in::SignIn {}
impl Member for screens::join::Join {}
impl Member for screens::me::Me {
    fn refresh() -> Option<Self::Event> {
        Some(screens::me::Event::Retry)
    }
}
impl Member for screens::programme::Programme {
    fn refresh() -> Option<Self::Event> {
        Some(screens::programme::Event::Retry)
    }
}

/// An address that leads nowhere: nothing happens there.
struct Nowhere;

impl Page for Nowhere {
    fn event(&mut self, event: Value, _around: &mut Around) -> Result<(), serde_json::Error> {
        #[derive(serde::Deserialize)]
        enum Nothing {}
        serde_json::from_value::<Nothing>(event).map(|nothing| match nothing {})
    }
    fn came(&mut self, _id: u32, _what: Came, _around: &mut Around) {}
    fn seen(&mut self, _seen: bool, _around: &mut Around) {}
    fn refresh(&mut self, _around: &mut Around) {}
    fn view(&self, env: &Env) -> Looks {
        Looks { view: to_raw_value(&not_found::view(env)).ok(), dirty: false, ground: Ground::Paper }
    }
    fn gift(&self, _env: &Env) -> Option<String> {
        None
    }
}
