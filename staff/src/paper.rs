//! Pages as text, natively: for the gallery, which shows and checks every page in every state. The markup is that of the same
//! components the application draws.

use leptos::prelude::*;
use screens::staff::{attention, chrome, hold, pickup, reservation, sign_in, stock, today};
use ui::intent::Intent;

use crate::{frame, pages};

/// A page to draw.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "drawn once and dropped; a box would save nothing")]
pub enum Drawing {
    /// `/staff`
    Today(today::View),
    /// `/staff/sign-in`
    SignIn(sign_in::View),
    /// `/staff/reservations/{id}`
    Reservation(reservation::View),
    /// `/staff/pickup`
    Pickup(pickup::View),
    /// `/staff/stock`
    Stock(stock::View),
    /// `/staff/hold`
    Hold(hold::View),
    /// `/staff/attention`
    Attention(attention::View),
    /// No such page.
    NotFound(screens::not_found::View),
}

impl Drawing {
    /// The contents of `#app`, with what surrounds a page.
    pub fn html(self, chrome: chrome::View) -> String {
        let page = match self {
            Drawing::Today(view) => pages::today::draw(view, Intent::nowhere()),
            Drawing::SignIn(view) => pages::sign_in::draw(view, Intent::nowhere()),
            Drawing::Reservation(view) => pages::reservation::draw(view, Intent::nowhere()),
            Drawing::Pickup(view) => pages::pickup::draw(view, Intent::nowhere()),
            Drawing::Stock(view) => pages::stock::draw(view, Intent::nowhere()),
            Drawing::Hold(view) => pages::hold::draw(view, Intent::nowhere()),
            Drawing::Attention(view) => pages::attention::draw(view, Intent::nowhere()),
            Drawing::NotFound(view) => pages::not_found::draw(view),
        };
        let above = frame::above(chrome.clone(), Intent::nowhere());
        let below = frame::below(chrome);
        view! {
            {above}
            <main id="main" tabindex="-1">{page}</main>
            {below}
        }
        .to_html()
    }
}
