//! Another variant that the counter offers: what she has, what she would get, and her word alone decides.

use catalogue::text::reservation as words;
use contract::reservation::{ExchangeOffer, Reservation as Known};
use serde::Serialize;

use super::{Act, Reservation, offers};
use crate::env::Env;
use crate::format;
use crate::variant::{VariantWords, variant};
use crate::view::Submit;

/// Another variant that the counter offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfferView {
    /// The panel's heading.
    pub heading: String,
    /// By whom, until when, and that nothing changes without her word.
    pub text: String,
    /// What [`Self::now`] is.
    pub now_label: String,
    /// What she has.
    pub now: VariantWords,
    /// What [`Self::then`] is.
    pub then_label: String,
    /// What she would get.
    pub then: VariantWords,
    /// Sends `Exchange(true)`.
    pub take: Submit,
    /// Sends `Exchange(false)`.
    pub decline: Submit,
}

pub(super) fn offer(screen: &Reservation, known: &Known, env: &Env) -> Option<OfferView> {
    let locale = env.locale;
    let ExchangeOffer { variant: other, by, until } = known.exchange.as_ref()?;
    // An offer ends by itself; an answer that says so may be on its way.
    let has_ended = env.clock.is_some_and(|clock| clock.now >= *until);
    if has_ended || !offers(known, Act::Exchange(true)) {
        return None;
    }
    let can_submit = !screen.wish.is_open();
    let button = |label: String, act: Act| {
        let busy = screen.wish.is_busy() && screen.wish.what() == Some(&act);
        let label = if busy { words::answering(locale).to_owned() } else { label };
        Submit { label, can_submit, busy }
    };
    Some(OfferView {
        heading: words::offer_heading(locale).to_owned(),
        text: words::offer_text(locale, by, &format::moment(env, *until)),
        now_label: words::offer_now(locale).to_owned(),
        now: variant(&known.variant, env),
        then_label: words::offer_then(locale).to_owned(),
        then: variant(other, env),
        take: button(words::offer_take(locale, &other.label), Act::Exchange(true)),
        decline: button(words::offer_decline(locale).to_owned(), Act::Exchange(false)),
    })
}
