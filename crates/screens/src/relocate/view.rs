use catalogue::text::{gift as gift_words, relocate as words};
use contract::gift::Gift;
use contract::reservation::Reservation;
use serde::Serialize;

use super::{Relocate, Way};
use crate::env::Env;
use crate::gift::{Bar, bar};
use crate::load::Load;
use crate::picker::{self, Look, PickerView};
use crate::route::Route;
use crate::variant::{VariantWords, variant};
use crate::view::{Body, Link, Submit, Trouble};
use crate::{chrome, format, trouble};

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// Where it can go.
    pub body: Body<Contents>,
}

/// Where it can go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contents {
    /// Of which gift.
    pub gift: String,
    /// Which variant.
    pub variant: VariantWords,
    /// Where it is now; `None` if it is nowhere.
    pub now: Option<String>,
    /// Where to.
    pub counters: PickerView,
    /// What a tap does.
    pub bar: Bar,
}

pub(super) fn view(screen: &Relocate, env: &Env) -> View {
    let heading = chrome::name(&Route::Move { id: String::new() }, env).to_owned();
    let mut body = match &screen.reservation {
        // Its own troubles first: without it there is no gift to ask for.
        Load::Waiting => Body::Loading(trouble::loading(env)),
        Load::Failed(failure) => Body::Trouble(trouble::trouble(failure, env)),
        Load::Shown(known, _) if Relocate::way(known) == Way::None => Body::Trouble(not_movable(env)),
        Load::Shown(known, _) => {
            screen.gift.body(env, |gift| Some(gift.as_of), |gift| contents(screen, known, gift, env))
        }
    };
    if let Body::Trouble(trouble) = &mut body {
        trouble.way_out = Some(Link::to(words::to_reservation(env.locale), &Route::reservation(&screen.id)));
    }
    View { heading, body }
}

fn not_movable(env: &Env) -> Trouble {
    Trouble {
        title: words::not_movable_title(env.locale).to_owned(),
        detail: words::not_movable_text(env.locale).to_owned(),
        retry: None,
        way_out: None,
    }
}

fn contents(screen: &Relocate, known: &Reservation, gift: &Gift, env: &Env) -> Contents {
    let moves = Relocate::way(known) == Way::Move;
    let present = if moves { known.counter.id.as_str() } else { "" };
    let look = Look {
        counters: &gift.counters,
        variant: Some(&known.variant.id),
        home: &screen.home,
        present,
        as_of: gift.as_of,
        locked: screen.wish.is_open(),
    };
    Contents {
        gift: known.gift.name.clone(),
        variant: variant(&known.variant, env),
        now: moves.then(|| words::now_at(env.locale, &known.counter.name)),
        counters: picker::view(&screen.picker, &look, env),
        bar: bar_of(screen, moves, gift, env),
    }
}

fn bar_of(screen: &Relocate, moves: bool, gift: &Gift, env: &Env) -> Bar {
    let locale = env.locale;
    let busy = screen.wish.is_busy();
    if screen.wish.is_unsure() {
        return Bar::unsure(words::unsure_title(locale), words::unsure_text(locale), env);
    }
    if !moves && bar::is_barred(gift) && !busy {
        return Bar::barred(gift, env);
    }
    let (alert, way_out) = screen.wish.refusal().map_or((None, None), |failure| bar::refused(failure, gift, env));
    let chosen = screen.picker.chosen();
    let counter = chosen.and_then(|id| gift.counters.iter().find(|row| row.counter.id == *id));
    let told = counter.is_some() && alert.is_none();
    let terms = gift.terms.iter().filter(|_| told).flat_map(|terms| {
        if moves {
            // What she was promised stays hers: a move does not shorten a hold that she had extended.
            let now = screen.reservation.shown().map(|reservation| reservation.hold_until);
            let until = now.map_or(terms.hold_until, |now| now.max(terms.hold_until));
            let (until, by) = (format::moment(env, until), format::moment(env, terms.ready_by));
            [words::locks(locale, &until), words::confirms(locale, &by), words::former(locale).to_owned()]
        } else {
            bar::terms_words(terms, env)
        }
    });
    let label = match (busy, counter) {
        (true, _) if moves => words::submitting(locale).to_owned(),
        (true, _) => gift_words::reserving(locale).to_owned(),
        (false, None) => gift_words::choose_counter(locale).to_owned(),
        (false, Some(row)) if moves => words::submit(locale, &row.counter.name),
        (false, Some(row)) => gift_words::reserve(locale, &row.counter.name),
    };
    let submit = Submit { label, can_submit: !busy && counter.is_some(), busy };
    Bar { barred: None, alert, terms: terms.collect(), way_out, submit: Some(submit) }
}
