//! Pages as text, natively: the first page that the server sends, and the template it stands in.
//!
//! The markup is that of the same components the portal draws over it once it has arrived.

mod template;

use leptos::prelude::*;
use screens::{
    card, chrome, gift, gifts, home, join, me, not_found, pass, points, preferences, profile, programme, relocate,
    reservation, reservations, sign_in, tier,
};

pub use template::{Page, Reply, Template};

use crate::intent::Intent;
use crate::{frame, pages};

/// A page to draw.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "drawn once and dropped; a box would save nothing")]
pub enum Drawing {
    /// `/`
    Home(home::View),
    /// `/sign-in`
    SignIn(sign_in::View),
    /// `/join`
    Join(join::View),
    /// `/card`
    Card(card::View),
    /// `/points`
    Points(points::View),
    /// `/tier`
    Tier(tier::View),
    /// `/gifts`
    Gifts(gifts::View),
    /// `/gifts/{id}`
    Gift(gift::View),
    /// `/reservations`
    Reservations(reservations::View),
    /// `/reservations/{id}`
    Reservation(reservation::View),
    /// `/reservations/{id}/pass`
    Pass(pass::View),
    /// `/reservations/{id}/move`
    Move(relocate::View),
    /// `/programme`
    Programme(programme::View),
    /// `/me`
    Me(me::View),
    /// `/me/profile`
    Profile(profile::View),
    /// `/me/preferences`
    Preferences(preferences::View),
    /// No such page.
    NotFound(not_found::View),
}

impl Drawing {
    /// The contents of `#app`, with what surrounds a page.
    pub fn html(self, chrome: chrome::View) -> String {
        let page = match self {
            Drawing::Home(view) => pages::home::draw(view, Intent::nowhere()),
            Drawing::SignIn(view) => pages::sign_in::draw(view, Intent::nowhere()),
            Drawing::Join(view) => pages::join::draw(view, Intent::nowhere()),
            Drawing::Card(view) => pages::card::draw(view, Intent::nowhere()),
            Drawing::Points(view) => pages::points::draw(view, Intent::nowhere()),
            Drawing::Tier(view) => pages::tier::draw(view, Intent::nowhere()),
            Drawing::Gifts(view) => pages::gifts::draw(view, Intent::nowhere()),
            Drawing::Gift(view) => pages::gift::draw(view, Intent::nowhere()),
            Drawing::Reservations(view) => pages::reservations::draw(view, Intent::nowhere()),
            Drawing::Reservation(view) => pages::reservation::draw(view, Intent::nowhere()),
            Drawing::Pass(view) => pages::pass::draw(view, Intent::nowhere()),
            Drawing::Move(view) => pages::relocate::draw(view, Intent::nowhere()),
            Drawing::Programme(view) => pages::programme::draw(view, Intent::nowhere()),
            Drawing::Me(view) => pages::me::draw(view, Intent::nowhere()),
            Drawing::Profile(view) => pages::profile::draw(view, Intent::nowhere()),
            Drawing::Preferences(view) => pages::preferences::draw(view, Intent::nowhere()),
            Drawing::NotFound(view) => pages::not_found::draw(view),
        };
        let above = frame::above(&chrome);
        let below = frame::below(chrome);
        view! {
            {above}
            <main id="main" tabindex="-1">{page}</main>
            {below}
        }
        .to_html()
    }
}
