//! An address that leads nowhere: says so, and leads back to today.

use catalogue::text::{not_found as words, staff_trouble};

use super::{Route, chrome, trouble};
use crate::env::Env;
use crate::not_found::View;

/// What to draw. There is nothing to happen on this page, so it is no [`crate::Screen`].
pub fn view(env: &Env) -> View {
    View {
        heading: chrome::name(&Route::NotFound, env).to_owned(),
        text: words::text(env.locale).to_owned(),
        links: vec![trouble::link(staff_trouble::to_today(env.locale), &Route::Today)],
    }
}
