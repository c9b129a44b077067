//! What went wrong, in words, with a way out.

use catalogue::text::{common, trouble as words};
use contract::{Code, Instant};

use crate::effect::{Effect, Navigation};
use crate::env::Env;
use crate::failure::Failure;
use crate::format;
use crate::route::Route;
use crate::view::{Alert, Banner, Link, Trouble};

/// The words under a skeleton.
pub(crate) fn loading(env: &Env) -> String {
    common::loading(env.locale).to_owned()
}

/// What happened, and what to do about it.
pub(crate) fn alert(failure: &Failure, env: &Env) -> Alert {
    let locale = env.locale;
    let (title, detail) = match failure {
        // The server's own words are in her language already.
        Failure::Refused(problem) if !problem.title.is_empty() => {
            let mut detail = problem.detail.clone();
            if let (true, Some(seconds)) = (detail.is_empty(), problem.retry_after) {
                detail = words::wait(locale, &format::digits(seconds.into()));
            }
            return Alert { title: problem.title.clone(), detail };
        }
        Failure::Unreachable => (words::unreachable_title(locale), words::unreachable_detail(locale)),
        Failure::SessionEnded => (words::ended_title(locale), words::ended_detail(locale)),
        Failure::Broken(_) | Failure::Refused(_) => (words::broken_title(locale), words::broken_detail(locale)),
        Failure::Garbled => (words::garbled_title(locale), words::garbled_detail(locale)),
    };
    Alert { title: title.to_owned(), detail: detail.to_owned() }
}

/// In place of contents that did not come.
pub(crate) fn trouble(failure: &Failure, env: &Env) -> Trouble {
    let Alert { title, detail } = alert(failure, env);
    Trouble {
        title,
        detail,
        retry: Some(common::retry(env.locale).to_owned()),
        way_out: Some(Link::to(common::home(env.locale), &Route::Home)),
    }
}

/// Above contents that could not be renewed.
pub(crate) fn banner(failure: &Failure, as_of: Option<Instant>, busy: bool, env: &Env) -> Banner {
    let text = match (failure, as_of) {
        (Failure::Unreachable, Some(as_of)) => common::stale(env.locale, &format::as_of(env, as_of)),
        (_, as_of) => {
            let mut text = alert(failure, env).title;
            if let Some(as_of) = as_of {
                text.push_str(common::pause(env.locale));
                text.push_str(&format::as_of(env, as_of));
            }
            text
        }
    };
    Banner { text, retry: common::retry(env.locale).to_owned(), busy }
}

/// What is said when something is saved.
pub(crate) fn saved(env: &Env) -> String {
    common::saved(env.locale).to_owned()
}

/// What is said when something changed elsewhere while she edited it.
pub(crate) fn changed_elsewhere(env: &Env) -> Alert {
    Alert {
        title: common::elsewhere_title(env.locale).to_owned(),
        detail: common::elsewhere_detail(env.locale).to_owned(),
    }
}

/// Where a failure leads away from `page` instead of being shown on it: to the sign-in page if there is no session, to
/// joining if there is no membership.
pub(crate) fn leads_away<E>(failure: &Failure, page: &Route, env: &Env) -> Option<Vec<Effect<E>>> {
    let back = if *page == Route::Home { String::new() } else { page.path() };
    let navigation = match failure.code()? {
        Code::SessionMissing => Navigation::AfterSessionChange(Route::SignIn { back, ended: env.signed_in }.path()),
        Code::NotEnrolled => Navigation::Instead(Route::Join { back }.path()),
        _ => return None,
    };
    Some(vec![Effect::Navigate(navigation)])
}
