//! What went wrong, in words for the staff, with a way out.

use catalogue::text::{common, staff_trouble as words};
use contract::Instant;

use super::Route;
use crate::effect::{Effect, Navigation};
use crate::env::Env;
use crate::failure::Failure;
use crate::format;
use crate::load::{Load, Renewal};
use crate::trouble as shared;
use crate::view::{Alert, Banner, Body, Link, Trouble};
use crate::wish::Wish;

/// What happened, and what to do about it.
pub(crate) fn alert(failure: &Failure, env: &Env) -> Alert {
    let locale = env.locale;
    let (title, detail) = match failure {
        Failure::Unreachable => (words::unreachable_title(locale), words::unreachable_detail(locale)),
        Failure::Broken(_) => (words::broken_title(locale), words::broken_detail(locale)),
        Failure::Refused(problem) if problem.title.is_empty() => {
            (words::broken_title(locale), words::broken_detail(locale))
        }
        // The server's own words, and those that are the same for everybody.
        Failure::Refused(_) | Failure::SessionEnded | Failure::Garbled => return shared::alert(failure, env),
    };
    Alert { title: title.to_owned(), detail: detail.to_owned() }
}

/// Why something that was wanted is not done, or that nobody knows whether it is.
pub(crate) fn of_wish<W: Clone>(wish: &Wish<W>, env: &Env) -> Option<Alert> {
    let locale = env.locale;
    if wish.is_unsure() {
        let (title, detail) = (words::unsure_title(locale), words::unsure_detail(locale));
        return Some(Alert { title: title.to_owned(), detail: detail.to_owned() });
    }
    wish.refusal().map(|failure| alert(failure, env))
}

/// In place of contents that did not come.
pub(crate) fn trouble(failure: &Failure, env: &Env) -> Trouble {
    let Alert { title, detail } = alert(failure, env);
    Trouble {
        title,
        detail,
        retry: Some(common::retry(env.locale).to_owned()),
        way_out: Some(link(words::to_today(env.locale), &Route::Today)),
    }
}

/// Above contents that could not be renewed.
fn banner(failure: &Failure, as_of: Option<Instant>, busy: bool, env: &Env) -> Banner {
    let mut text = alert(failure, env).title;
    if let Some(as_of) = as_of {
        text.push_str(common::pause(env.locale));
        text.push_str(&format::as_of(env, as_of));
    }
    Banner { text, retry: common::retry(env.locale).to_owned(), busy }
}

/// Something that is fetched, as a view: [`Load::body`] with the words of this application.
pub(crate) fn body<T, V>(
    load: &Load<T>,
    env: &Env,
    as_of: impl Fn(&T) -> Option<Instant>,
    view: impl FnOnce(&T) -> V,
) -> Body<V> {
    match load {
        Load::Waiting => Body::Loading(shared::loading(env)),
        Load::Failed(failure) => Body::Trouble(trouble(failure, env)),
        Load::Shown(value, renewal) => {
            let banner = match renewal {
                Renewal::None | Renewal::Running => None,
                Renewal::RunningAfter(failure) => Some(banner(failure, as_of(value), true, env)),
                Renewal::Failed(failure) => Some(banner(failure, as_of(value), false, env)),
            };
            Body::Shown { content: view(value), banner }
        }
    }
}

/// Where a failure leads away from `page` instead of being shown on it: to the sign-in page if there is no session.
pub(crate) fn leads_away<E>(failure: &Failure, page: &Route, env: &Env) -> Option<Vec<Effect<E>>> {
    matches!(failure, Failure::SessionEnded).then(|| vec![Effect::Navigate(to_sign_in(page, env))])
}

/// The sign-in page, and after that `page`.
fn to_sign_in(page: &Route, env: &Env) -> Navigation {
    let path = page.path();
    let back = match (page, path.split_once('?')) {
        (Route::Today | Route::NotFound | Route::SignIn { .. }, _) => String::new(),
        (_, Some((path, _))) => path.to_owned(),
        (_, None) => path,
    };
    Navigation::AfterSessionChange(Route::SignIn { back, ended: env.signed_in }.path())
}

/// A link within this application.
pub(crate) fn link(label: &str, route: &Route) -> Link {
    Link { label: label.to_owned(), path: route.path() }
}
