//! Pages as text, natively: the first page that the server sends, and the template it stands in.
//!
//! The markup is that of the same components the portal draws over it once it has arrived.

mod template;

use leptos::prelude::*;
use screens::{chrome, home, sign_in};

pub use template::{Page, Reply, Template};

use crate::intent::Intent;
use crate::{frame, pages};

/// A page to draw.
#[derive(Clone, Debug)]
pub enum Drawing {
    /// `/`
    Home(home::View),
    /// `/sign-in`
    SignIn(sign_in::View),
}

impl Drawing {
    /// The contents of `#app`, with what surrounds a page.
    pub fn html(self, chrome: chrome::View) -> String {
        let page = match self {
            Drawing::Home(view) => pages::home::draw(view, Intent::nowhere()),
            Drawing::SignIn(view) => pages::sign_in::draw(view, Intent::nowhere()),
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
