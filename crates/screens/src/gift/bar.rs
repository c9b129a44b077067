//! What stands at the bottom of a gift's page: what a tap locks, until when, and what happens if the counter can't keep it; or why there is
//! nothing to tap.

use catalogue::text::gift as words;
use contract::Code;
use contract::gift::{Gift as Known, Terms};
use contract::reservation::InsufficientPoints;
use serde::Serialize;

use super::Gift;
use crate::env::Env;
use crate::failure::Failure;
use crate::route::Route;
use crate::view::{Alert, Link, Submit};
use crate::{format, trouble};

/// What a tap does, or why it does nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bar {
    /// Why she can't have it now; quiet, since it was so when she came.
    pub barred: Option<Alert>,
    /// Why it was not reserved, or that nobody knows; read out when it appears.
    pub alert: Option<Alert>,
    /// What is locked and until when; by when the counter confirms; what happens if it can't. Empty until a counter is chosen.
    pub terms: Vec<String>,
    /// A way out of either.
    pub way_out: Option<Link>,
    /// Sends `Reserve`; `None` where nothing can be reserved.
    pub submit: Option<Submit>,
}

/// Whether she can't have it, as its figures say.
pub(crate) fn is_barred(gift: &Known) -> bool {
    let hers = &gift.for_you;
    hers.missing > 0 || !hers.tier_reached || hers.left == Some(0)
}

pub(super) fn bar(screen: &Gift, gift: &Known, env: &Env) -> Bar {
    let locale = env.locale;
    let busy = screen.wish.is_busy();
    if screen.wish.is_unsure() {
        return Bar::unsure(words::unsure_title(locale), words::unsure_text(locale), env);
    }
    if is_barred(gift) && !busy {
        return Bar::barred(gift, env);
    }
    let (alert, way_out) = screen.wish.refusal().map_or((None, None), |failure| refused(failure, gift, env));
    let submit = submit(screen, gift, busy, env);
    // After a refusal the refusal is what there is to read.
    let chosen = (submit.can_submit || busy) && alert.is_none();
    let terms = gift.terms.iter().filter(|_| chosen).flat_map(|terms| terms_words(terms, env)).collect();
    Bar { barred: None, alert, terms, way_out, submit: Some(submit) }
}

impl Bar {
    /// Nobody knows whether it was done.
    pub(crate) fn unsure(title: &str, text: &str, env: &Env) -> Self {
        let locale = env.locale;
        Self {
            barred: None,
            alert: Some(said(title, text)),
            terms: Vec::new(),
            way_out: Some(Link::to(words::mine(locale), &Route::Reservations)),
            submit: Some(Submit { label: words::ask_again(locale).to_owned(), can_submit: true, busy: false }),
        }
    }

    /// She can't have it, as its figures say.
    pub(crate) fn barred(gift: &Known, env: &Env) -> Self {
        let (why, link) = barred(gift, env);
        Self { barred: Some(why), alert: None, terms: Vec::new(), way_out: Some(link), submit: None }
    }
}

fn submit(screen: &Gift, gift: &Known, busy: bool, env: &Env) -> Submit {
    let locale = env.locale;
    let chosen = screen.picker.chosen();
    let counter = chosen.and_then(|id| gift.counters.iter().find(|row| row.counter.id == *id));
    let label = match (busy, &screen.variant, counter) {
        (true, _, _) => words::reserving(locale).to_owned(),
        (false, None, _) => words::choose_variant(locale).to_owned(),
        (false, Some(_), None) => words::choose_counter(locale).to_owned(),
        (false, Some(_), Some(row)) => words::reserve(locale, &row.counter.name),
    };
    Submit { label, can_submit: !busy && screen.variant.is_some() && counter.is_some(), busy }
}

/// What a tap locks and until when; by when the counter confirms, and what happens if it can't.
pub(crate) fn terms_words(terms: &Terms, env: &Env) -> [String; 3] {
    let Terms { points, ready_by, hold_until } = terms;
    [
        words::locks(env.locale, *points, &format::number(*points), &format::moment(env, *hold_until)),
        words::confirms(env.locale, &format::moment(env, *ready_by)),
        words::if_not(env.locale).to_owned(),
    ]
}

/// Why she can't have it, as its figures say, and a way out.
fn barred(gift: &Known, env: &Env) -> (Alert, Link) {
    let hers = &gift.for_you;
    if !hers.tier_reached {
        tier(gift, env)
    } else if hers.left == Some(0) {
        limit(env)
    } else {
        missing(hers.missing, env)
    }
}

/// Why it was refused, and a way out.
pub(crate) fn refused(failure: &Failure, gift: &Known, env: &Env) -> (Option<Alert>, Option<Link>) {
    let locale = env.locale;
    let (alert, link) = match (failure.code(), failure) {
        (Some(Code::InsufficientPoints), Failure::Refused(problem)) => match problem.members::<InsufficientPoints>() {
            Some(members) => missing(members.missing, env),
            None => return (Some(trouble::alert(failure, env)), None),
        },
        (Some(Code::TierTooLow), _) => tier(gift, env),
        (Some(Code::GiftLimitReached), _) => limit(env),
        (Some(Code::TooManyReservations), _) => (
            said(words::open_title(locale), words::open_text(locale)),
            Link::to(words::open_link(locale), &Route::Reservations),
        ),
        _ => return (Some(trouble::alert(failure, env)), None),
    };
    (Some(alert), Some(link))
}

fn missing(points: i64, env: &Env) -> (Alert, Link) {
    let locale = env.locale;
    let title = words::missing_title(locale, points, &format::number(points));
    let alert = Alert { title, detail: words::missing_text(locale).to_owned() };
    (alert, Link::to(words::missing_link(locale), &Route::Points))
}

fn tier(gift: &Known, env: &Env) -> (Alert, Link) {
    let locale = env.locale;
    let title = match &gift.min_tier {
        Some(tier) => words::tier_title(locale, &tier.name),
        None => words::tier_title_higher(locale).to_owned(),
    };
    let alert = Alert { title, detail: words::tier_text(locale).to_owned() };
    (alert, Link::to(words::tier_link(locale), &Route::Tier))
}

fn limit(env: &Env) -> (Alert, Link) {
    let locale = env.locale;
    (said(words::limit_title(locale), words::limit_text(locale)), Link::to(words::limit_link(locale), &Route::Gifts))
}

fn said(title: &str, detail: &str) -> Alert {
    Alert { title: title.to_owned(), detail: detail.to_owned() }
}
