//! Signing in, in words.

use catalogue::text::staff_sign_in as words;

use super::{Doing, PASSWORD, SignIn, TOTP, USER};
use crate::env::Env;
use crate::staff::{Route, chrome, trouble};
use crate::view::{Alert, Choices, Field, Submit};
use crate::{format, me};

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// Who this is for.
    pub lead: String,
    /// Why somebody is here who wanted another page.
    pub notice: Option<String>,
    /// `autocomplete="username"`, no capitals.
    pub user: Field,
    /// `type="password"`, `autocomplete="current-password"`.
    pub password: Field,
    /// `inputmode="numeric"`, `autocomplete="one-time-code"`.
    pub totp: Field,
    /// Why it did not work: never which of the three was wrong.
    pub alert: Option<Alert>,
    /// In; also happens by itself at the sixth digit.
    pub submit: Submit,
    /// Of the application on this device: whoever can't read this page can't sign in to change it.
    pub language: Choices<catalogue::Locale>,
}

pub(super) fn view(screen: &SignIn, env: &Env) -> View {
    let locale = env.locale;
    let page = Route::parse(&screen.back);
    let notice = match (screen.ended, page) {
        (true, _) => Some(words::ended(locale).to_owned()),
        (false, Route::NotFound) => None,
        (false, page) => Some(words::first(locale, chrome::name(&page, env))),
    };
    let field = |id, label: &str, value: &str, missing: &str| {
        let error = matches!(screen.doing, Doing::Incomplete(field) if field == id).then(|| missing.to_owned());
        Field::new(id, label, value).error(error)
    };
    let totp = Field::new(TOTP, words::totp(locale), &screen.totp).hint(words::totp_hint(locale));
    let totp_missing = matches!(screen.doing, Doing::Incomplete(TOTP)).then(|| words::totp_missing(locale).to_owned());
    View {
        heading: words::heading(locale).to_owned(),
        lead: words::lead(locale).to_owned(),
        notice,
        user: field(USER, words::user(locale), &screen.user, words::user_missing(locale)),
        password: field(PASSWORD, words::password(locale), &screen.password, words::password_missing(locale)),
        totp: totp.error(totp_missing),
        alert: alert(screen, env),
        submit: submit(screen, env),
        language: me::language(env),
    }
}

fn submit(screen: &SignIn, env: &Env) -> Submit {
    let locale = env.locale;
    let (label, can_submit, busy) = match &screen.doing {
        Doing::Running => (words::running(locale).to_owned(), false, true),
        Doing::Locked(lock, _) => (words::locked_for(locale, &format::wait(locale, lock.left.into())), false, false),
        _ => (words::submit(locale).to_owned(), true, false),
    };
    Submit { label, can_submit, busy }
}

fn alert(screen: &SignIn, env: &Env) -> Option<Alert> {
    match &screen.doing {
        Doing::Failed(failure) => Some(trouble::alert(failure, env)),
        Doing::Locked(lock, failure) => {
            let mut alert = trouble::alert(failure, env);
            if let Some(until) = lock.until {
                alert.detail = words::locked_until(env.locale, &format::moment(env, until));
            }
            Some(alert)
        }
        Doing::Nothing | Doing::Running | Doing::Incomplete(_) => None,
    }
}
