use catalogue::text::reservation as words;
use contract::reservation::{
    ActorKind, Reservation as Known, ReservationAction, ReservationEvent, ReservationEventKind, ReservationState,
};
use serde::Serialize;

use super::offer::{OfferView, offer};
use super::outlook::{Outlook, outlook};
use super::{Act, Cancel, Reservation, can_cancel, offers};
use crate::env::Env;
use crate::route::Route;
use crate::variant::{VariantWords, variant};
use crate::venue::{Venue, venue};
use crate::view::{Alert, Body, Link, Row, Submit};
use crate::{chrome, format, trouble};

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// Whether to set out, in a few words; before it has come, the page's name.
    pub heading: String,
    /// What belongs to that.
    pub outlook: Option<Outlook>,
    /// The reservation.
    pub body: Body<Contents>,
}

/// The reservation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contents {
    /// Another variant that the counter offers.
    pub offer: Option<OfferView>,
    /// To the pass.
    pub pass: Option<Link>,
    /// Why what she wanted was not done, or that nobody knows; read out when it appears.
    pub alert: Option<Alert>,
    /// Sends `Again`.
    pub again: Option<Submit>,
    /// What she can do; `None` if there is nothing.
    pub actions: Option<Actions>,
    /// She is asked whether she is sure.
    pub sure: Option<Sure>,
    /// What [`Self::gift`] is.
    pub what: String,
    /// To the gift, by its name.
    pub gift: Link,
    /// The address of its picture.
    pub picture: String,
    /// Which variant.
    pub variant: VariantWords,
    /// What [`Self::venue`] is.
    pub at: String,
    /// Where.
    pub venue: Venue,
    /// Points and deadlines.
    pub facts: Vec<Row>,
    /// What [`Self::history`] is.
    pub history_heading: String,
    /// The newest first.
    pub history: Vec<HistoryRow>,
    /// Since when all of it is true.
    pub as_of: String,
}

/// What she can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Actions {
    /// She has something to decide: they come before what it is about.
    pub urgent: bool,
    /// Over them.
    pub heading: String,
    /// In the order to show them.
    pub actions: Vec<ActionView>,
}

/// Something she can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActionView {
    /// What that means.
    pub detail: String,
    /// What it does.
    pub open: Open,
}

/// What an action does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Open {
    /// Leads to a page.
    Page(Link),
    /// Sends `Extend`, or `Think` with the reason.
    Act(Act, Submit),
}

/// She is asked whether she is sure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sure {
    /// What happens then.
    pub text: String,
    /// Sends `Cancel`.
    pub yes: Submit,
    /// Sends `Keep`.
    pub no: Submit,
}

/// What happened to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HistoryRow {
    /// What, and by whom.
    pub what: String,
    /// Why, as the counter wrote it.
    pub reason: Option<String>,
    /// When.
    pub when: String,
}

pub(super) fn view(screen: &Reservation, env: &Env) -> View {
    let mut body = screen.reservation.body(env, |known| Some(known.as_of), |known| contents(screen, known, env));
    if let Body::Trouble(trouble) = &mut body {
        trouble.way_out = Some(Link::to(chrome::name(&Route::Reservations, env), &Route::Reservations));
    }
    let (heading, outlook) = match screen.reservation.shown() {
        Some(known) => {
            let (heading, outlook) = outlook(known, env);
            (heading, Some(outlook))
        }
        None => (chrome::name(&Route::reservation(""), env).to_owned(), None),
    };
    View { heading, outlook, body }
}

fn contents(screen: &Reservation, known: &Known, env: &Env) -> Contents {
    let locale = env.locale;
    let unsure = screen.wish.is_unsure();
    let has_pass = known.actions.contains(&ReservationAction::Pass);
    Contents {
        offer: offer(screen, known, env),
        pass: has_pass.then(|| Link::to(words::show_pass(locale), &Route::Pass { id: known.id.clone() })),
        alert: if unsure {
            let detail = words::unsure_text(locale).to_owned();
            Some(Alert { title: words::unsure_title(locale).to_owned(), detail })
        } else {
            screen.wish.refusal().map(|failure| trouble::alert(failure, env))
        },
        again: unsure.then(|| button(words::ask_again(locale), true)),
        actions: actions(screen, known, env),
        sure: screen.sure.map(|why| sure(screen, why, known, env)),
        what: words::what(locale).to_owned(),
        gift: Link::to(&known.gift.name, &Route::gift(&known.gift.id)),
        picture: known.gift.picture.clone(),
        variant: variant(&known.variant, env),
        at: words::at(locale).to_owned(),
        venue: venue(&known.counter, words::way(locale), env),
        facts: facts(known, env),
        history_heading: words::history(locale).to_owned(),
        history: known.history.iter().rev().map(|event| history(event, env)).collect(),
        as_of: words::refreshed(locale, &format::as_of(env, known.as_of)),
    }
}

fn button(label: &str, can_submit: bool) -> Submit {
    Submit { label: label.to_owned(), can_submit, busy: false }
}

fn actions(screen: &Reservation, known: &Known, env: &Env) -> Option<Actions> {
    let locale = env.locale;
    let free = !screen.wish.is_open();
    let page = |label: &str, detail: &str, route: Route| ActionView {
        detail: detail.to_owned(),
        open: Open::Page(Link::to(label, &route)),
    };
    let act = |label: &str, detail: &str, act: Act| ActionView {
        detail: detail.to_owned(),
        open: Open::Act(act, button(label, free)),
    };
    let move_to = || Route::Move { id: known.id.clone() };
    let mut actions = Vec::new();
    if offers(known, Act::Extend) {
        let busy = screen.wish.is_busy() && screen.wish.what() == Some(&Act::Extend);
        let label = if busy { words::extending(locale) } else { words::extend(locale) };
        actions.push(ActionView {
            detail: words::extend_text(locale).to_owned(),
            open: Open::Act(Act::Extend, Submit { busy, ..button(label, free) }),
        });
    }
    if known.actions.contains(&ReservationAction::Move) {
        actions.push(page(words::move_on(locale), words::move_text(locale), move_to()));
    }
    if can_cancel(known) {
        if known.late {
            let text = words::other_gift_text(locale);
            actions.push(act(words::other_gift(locale), text, Act::Cancel(Cancel::ForAnother)));
        }
        actions.push(act(words::cancel(locale), words::cancel_text(locale), Act::Cancel(Cancel::Only)));
    }
    match known.state {
        ReservationState::Failed | ReservationState::Expired => {
            actions.push(page(words::other_counter(locale), words::move_text(locale), move_to()));
            actions.push(page(words::other_gifts(locale), words::other_gifts_text(locale), Route::Gifts));
        }
        ReservationState::Cancelled => {
            actions.push(page(words::again(locale), words::again_text(locale), Route::gift(&known.gift.id)));
            actions.push(page(words::other_gifts(locale), words::other_gifts_text(locale), Route::Gifts));
        }
        ReservationState::Held | ReservationState::Ready | ReservationState::Collected => {}
    }
    let heading = if known.late { words::ways_out(locale) } else { words::actions(locale) };
    let urgent = known.late || !known.state.is_open();
    (!actions.is_empty()).then(|| Actions { urgent, heading: heading.to_owned(), actions })
}

fn sure(screen: &Reservation, why: Cancel, known: &Known, env: &Env) -> Sure {
    let locale = env.locale;
    let busy = screen.wish.is_busy() && screen.wish.what() == Some(&Act::Cancel(why));
    let number = format::number(known.points);
    let (text, yes) = match why {
        Cancel::Only => (words::sure_cancel(locale, known.points, &number), words::yes_cancel(locale)),
        Cancel::ForAnother => (words::sure_other(locale, known.points, &number), words::yes_other(locale)),
    };
    let free = !screen.wish.is_open();
    Sure {
        text,
        yes: Submit { busy, ..button(if busy { words::cancelling(locale) } else { yes }, free) },
        no: button(words::no_cancel(locale), free),
    }
}

fn facts(known: &Known, env: &Env) -> Vec<Row> {
    let locale = env.locale;
    let row = |label: &str, value: String| Row { label: label.to_owned(), value };
    let mut facts = Vec::new();
    match known.state {
        ReservationState::Held | ReservationState::Ready => {
            if known.state == ReservationState::Held {
                facts.push(row(words::ready_by(locale), format::moment(env, known.ready_by)));
            }
            facts.push(row(words::hold_until(locale), format::moment(env, known.hold_until)));
            facts.push(row(words::points(locale), format::number(known.points_held)));
        }
        ReservationState::Collected => facts.push(row(words::points_spent(locale), format::number(known.points_held))),
        ReservationState::Cancelled | ReservationState::Expired | ReservationState::Failed => {}
    }
    facts.push(row(words::made_at(locale), format::moment(env, known.made_at)));
    facts
}

fn history(event: &ReservationEvent, env: &Env) -> HistoryRow {
    let locale = env.locale;
    let name = event.name.as_deref().unwrap_or_else(|| words::staff(locale));
    let note = event.note.as_deref().unwrap_or_default();
    let by_staff = event.by == ActorKind::Staff;
    let what = match event.what {
        ReservationEventKind::Held if by_staff => words::by_staff_held(locale, name),
        ReservationEventKind::Held => words::by_you_held(locale).to_owned(),
        ReservationEventKind::Late => words::late(locale).to_owned(),
        ReservationEventKind::Ready => words::by_staff_ready(locale, name),
        ReservationEventKind::Collected => words::by_staff_collected(locale, name),
        ReservationEventKind::Cancelled if by_staff => words::by_staff_cancelled(locale, name),
        ReservationEventKind::Cancelled => words::by_you_cancelled(locale).to_owned(),
        ReservationEventKind::Expired => words::lapsed(locale).to_owned(),
        ReservationEventKind::Failed => words::failed(locale, name),
        ReservationEventKind::Extended => words::extended(locale).to_owned(),
        ReservationEventKind::Moved => words::moved(locale, note),
        ReservationEventKind::ExchangeOffered => words::offered(locale, name, note),
        ReservationEventKind::Exchanged => words::exchanged(locale, note),
        ReservationEventKind::ExchangeDeclined => words::declined(locale).to_owned(),
    };
    let is_reason = event.what == ReservationEventKind::Failed && !note.is_empty();
    HistoryRow { what, reason: is_reason.then(|| words::reason(locale, note)), when: format::moment(env, event.at) }
}
