//! Pick-up, in words.

use catalogue::text::{staff_pickup as words, staff_unit as unit_words};
use contract::Code;
use contract::reservation::ReservationState;

use super::code::Hitch;
use super::{CODE, Doing, Pickup, Stage};
use crate::env::Env;
use crate::format;
use crate::staff::standing::{self, Summary};
use crate::staff::work::{self, Work};
use crate::staff::{Route, chrome, trouble};
use crate::view::{Alert, Field, Link, Submit, Trouble};

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// Who is signed in works at no counter: nobody fetches anything from her.
    Nowhere {
        /// The page's heading.
        heading: String,
        /// That, and where else to go.
        trouble: Trouble,
    },
    /// The pass is asked for.
    Asking(Asking),
    /// Whose it is.
    Found(Found),
}

/// The pass is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The page's heading.
    pub heading: String,
    /// What to ask the member for.
    pub lead: String,
    /// Opens the camera.
    pub scan: Submit,
    /// The code, typed: no spelling aids, capitals.
    pub field: Field,
    /// With what was typed.
    pub submit: Submit,
    /// Why nothing was found.
    pub alert: Option<Alert>,
    /// How to go on then, one line each.
    pub ways: Vec<String>,
}

/// Whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The page's heading.
    pub heading: String,
    /// The gift, the variant in words and colour, the member, until when.
    pub summary: Summary,
    /// What is being done.
    pub work: work::View,
    /// That there is nothing to hand over, and why.
    pub refusal: Option<Alert>,
    /// It was handed over: the page is about that, and `next` is what to do.
    pub done: bool,
    /// Sends `Next`.
    pub next: Submit,
    /// To everything about it.
    pub details: Link,
}

pub(super) fn view(screen: &Pickup, env: &Env) -> View {
    let locale = env.locale;
    let heading = chrome::name(&Route::Pickup, env).to_owned();
    if screen.on_duty.counter.is_none() {
        let trouble = Trouble {
            title: words::nowhere_title(locale).to_owned(),
            detail: words::nowhere_detail(locale).to_owned(),
            retry: None,
            way_out: Some(trouble::link(chrome::name(&Route::Today, env), &Route::Today)),
        };
        return View::Nowhere { heading, trouble };
    }
    match &screen.stage {
        Stage::Asking { typed, scanning, doing } => View::Asking(asking(heading, typed, *scanning, doing, env)),
        Stage::Found(work) => View::Found(found_view(heading, work, env)),
    }
}

/// What is said when it is found.
pub(super) fn found(env: &Env) -> String {
    words::found(env.locale).to_owned()
}

fn asking(heading: String, typed: &str, scanning: bool, doing: &Doing, env: &Env) -> Asking {
    let locale = env.locale;
    let open = !doing.is_closed();
    let busy = matches!(doing, Doing::Running);
    let label = match doing {
        Doing::Running => words::looking(locale).to_owned(),
        Doing::Locked(lock, _) => words::locked_for(locale, &format::wait(locale, lock.left.into())),
        _ => words::look_up(locale).to_owned(),
    };
    let error = match doing {
        Doing::Hitch(Hitch::Empty) => Some(words::empty(locale)),
        Doing::Hitch(Hitch::Length) => Some(words::length(locale)),
        Doing::Hitch(Hitch::Letter) => Some(words::letter(locale)),
        _ => None,
    };
    Asking {
        heading,
        lead: words::lead(locale).to_owned(),
        scan: Submit { label: words::scan(locale).to_owned(), can_submit: open && !scanning, busy: false },
        field: Field::new(CODE, words::code(locale), typed)
            .hint(words::code_hint(locale))
            .error(error.map(str::to_owned)),
        submit: Submit { label, can_submit: open, busy },
        alert: alert(doing, env),
        ways: ways(doing, env),
    }
}

fn alert(doing: &Doing, env: &Env) -> Option<Alert> {
    let locale = env.locale;
    let (title, detail) = match doing {
        Doing::Hitch(Hitch::NoPass) => (words::no_pass_title(locale), words::no_pass_detail(locale)),
        Doing::Hitch(Hitch::Forbidden) => (unit_words::forbidden_title(locale), words::type_instead(locale)),
        Doing::Hitch(Hitch::NoCamera) => (unit_words::no_camera_title(locale), words::type_instead(locale)),
        Doing::Failed(failure) => {
            return Some(match failure.code() {
                // Nothing is wrong with the code; the time of its pass is over.
                Some(Code::ReservationState) => {
                    Alert { title: words::over_title(locale).to_owned(), detail: words::over_detail(locale).to_owned() }
                }
                _ => trouble::alert(failure, env),
            });
        }
        Doing::Locked(lock, failure) => {
            let mut alert = trouble::alert(failure, env);
            if let Some(until) = lock.until {
                alert.detail = words::locked_until(locale, &format::moment(env, until));
            }
            return Some(alert);
        }
        Doing::Nothing | Doing::Running | Doing::Hitch(Hitch::Empty | Hitch::Length | Hitch::Letter) => return None,
    };
    Some(Alert { title: title.to_owned(), detail: detail.to_owned() })
}

fn ways(doing: &Doing, env: &Env) -> Vec<String> {
    let locale = env.locale;
    let wrong = matches!(doing, Doing::Failed(failure) if failure.code() == Some(Code::PickupCodeWrong));
    let locked = matches!(doing, Doing::Locked(..));
    let ways: &[&str] = match (wrong, locked) {
        (true, _) => &[words::way_again(locale), words::way_counter(locale), words::way_green(locale)],
        (_, true) => &[words::way_today(locale), words::way_manager(locale)],
        _ => &[],
    };
    ways.iter().map(|way| (*way).to_owned()).collect()
}

fn found_view(heading: String, work: &Work, env: &Env) -> Found {
    let locale = env.locale;
    let reservation = work.reservation();
    let done = work.is_handed_over();
    let waits = standing::state(reservation, env) == ReservationState::Ready;
    let summary = standing::summary(reservation, false, env);
    let refusal = (!waits && !done && reservation.state != ReservationState::Collected).then(|| Alert {
        title: words::refusal_title(locale).to_owned(),
        detail: words::refusal_detail(locale, &summary.state.label),
    });
    Found {
        heading,
        summary,
        work: work::view(work, env),
        refusal,
        done,
        next: Submit {
            label: (if done { words::next(locale) } else { words::other_pass(locale) }).to_owned(),
            can_submit: !work.is_busy(),
            busy: false,
        },
        details: trouble::link(words::details(locale), &Route::Reservation(reservation.id.clone())),
    }
}
