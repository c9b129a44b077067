//! An address that leads nowhere: says so, and leads on.

use catalogue::text::not_found as words;
use serde::Serialize;

use crate::chrome;
use crate::env::Env;
use crate::route::Route;
use crate::view::Link;

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// What may have happened.
    pub text: String,
    /// Where to go instead.
    pub links: Vec<Link>,
}

/// What to draw. There is nothing to happen on this page, so it is no [`crate::Screen`].
pub fn view(env: &Env) -> View {
    View {
        heading: chrome::name(&Route::NotFound, env).to_owned(),
        text: words::text(env.locale).to_owned(),
        links: [Route::Home, Route::Programme]
            .into_iter()
            .map(|route| Link::to(chrome::name(&route, env), &route))
            .collect(),
    }
}
