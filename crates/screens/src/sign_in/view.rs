//! Signing in, in words.

use catalogue::text::sign_in as words;
use contract::Code;
use serde::Serialize;

use super::{CODE, Doing, Mistyped, PHONE, SignIn, Stage};
use crate::env::Env;
use crate::failure::Failure;
use crate::route::Route;
use crate::view::{Alert, Field, Link, Submit};
use crate::{chrome, format, trouble};

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// What signing in takes.
    pub lead: String,
    /// Why she is here although she wanted another page.
    pub notice: Option<String>,
    /// What is asked for.
    pub step: Step,
    /// To the programme, which is open to anyone.
    pub programme: Link,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Her phone number: `type="tel"`, `autocomplete="tel"`.
    Phone {
        /// The number.
        field: Field,
        /// Sends the code.
        submit: Submit,
        /// Why no code was sent.
        alert: Option<Alert>,
    },
    /// The code: `inputmode="numeric"`, `autocomplete="one-time-code"`. No `maxlength`, or a pasted message is cut.
    Code {
        /// To which number.
        sent_to: String,
        /// The six digits.
        field: Field,
        /// Tries it; also happens by itself at the sixth digit.
        submit: Submit,
        /// Why it could not be tried, or another not be sent.
        alert: Option<Alert>,
        /// Another code, with the countdown until then.
        resend: Submit,
        /// Back to the number.
        change_phone: String,
    },
}

pub(super) fn view(screen: &SignIn, env: &Env) -> View {
    let locale = env.locale;
    let page = Route::parse(&screen.back);
    let page = chrome::name(&page, env);
    let notice = match (screen.ended, screen.back.is_empty()) {
        (true, _) => Some(words::ended(locale, page)),
        (false, false) => Some(words::first(locale, page)),
        (false, true) => None,
    };
    View {
        heading: words::heading(locale).to_owned(),
        lead: words::lead(locale).to_owned(),
        notice,
        step: match &screen.stage {
            Stage::Phone(doing) => phone_step(screen, doing, env),
            Stage::Code { code, doing, .. } => code_step(screen, code, doing, env),
        },
        programme: Link::to(words::programme(locale), &Route::Programme),
    }
}

fn phone_step(screen: &SignIn, doing: &Doing, env: &Env) -> Step {
    let locale = env.locale;
    let error = match doing {
        Doing::Mistyped(Mistyped::Empty) => Some(words::phone_empty(locale).to_owned()),
        Doing::Mistyped(Mistyped::NoPhone) => Some(words::phone_wrong(locale).to_owned()),
        Doing::Wrong(failure) => Some(wrong(failure, "phone", env)),
        _ => None,
    };
    Step::Phone {
        field: Field::new(PHONE, words::phone(locale), &screen.phone).hint(words::phone_hint(locale)).error(error),
        submit: submit(screen, doing.busy(), words::send(locale), words::sending(locale), env),
        alert: alert(doing, env),
    }
}

fn code_step(screen: &SignIn, code: &str, doing: &Doing, env: &Env) -> Step {
    let locale = env.locale;
    let error = match doing {
        Doing::Mistyped(_) => Some(words::code_empty(locale).to_owned()),
        Doing::Wrong(failure) => Some(wrong(failure, "code", env)),
        _ => None,
    };
    let checking = matches!(doing, Doing::Checking);
    Step::Code {
        sent_to: words::sent_to(locale, &screen.phone),
        field: Field::new(CODE, words::code(locale), code).hint(words::code_hint(locale)).error(error),
        submit: submit(screen, checking, words::check(locale), words::checking(locale), env),
        alert: alert(doing, env),
        resend: resend(screen, doing, env),
        change_phone: words::change_phone(locale).to_owned(),
    }
}

fn submit(screen: &SignIn, busy: bool, label: &str, busy_label: &str, env: &Env) -> Submit {
    if screen.wait.blocks_all() {
        let left = screen.wait.left;
        let label = words::wait(env.locale, left.into(), &format::digits(left.into()));
        return Submit { label, can_submit: false, busy: false };
    }
    Submit { label: (if busy { busy_label } else { label }).to_owned(), can_submit: !busy, busy }
}

fn resend(screen: &SignIn, doing: &Doing, env: &Env) -> Submit {
    let locale = env.locale;
    let left = screen.wait.left;
    let sending = matches!(doing, Doing::Sending);
    Submit {
        label: match (sending, left) {
            (true, _) => words::sending(locale).to_owned(),
            (false, 0) => words::resend(locale).to_owned(),
            (false, left) => words::resend_in(locale, left.into(), &format::digits(left.into())),
        },
        can_submit: left == 0 && !doing.busy(),
        busy: sending,
    }
}

/// The server's words on `field`, or on the whole.
fn wrong(failure: &Failure, field: &str, env: &Env) -> String {
    match failure.of_field(field) {
        Some(words) => words.to_owned(),
        None => trouble::alert(failure, env).text(env.locale),
    }
}

fn alert(doing: &Doing, env: &Env) -> Option<Alert> {
    let Doing::Failed(failure) = doing else { return None };
    let mut alert = trouble::alert(failure, env);
    if failure.code() == Some(Code::CodeExpired) && alert.detail.is_empty() {
        alert.detail = words::expired_detail(env.locale).to_owned();
    }
    Some(alert)
}
