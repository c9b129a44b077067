//! Another variant instead: chosen by the clerk, decided by the member on her own phone, and counted down meanwhile by the
//! server's clock. Nothing the clerk taps changes anything but the question she is asked.

use catalogue::text::staff_exchange as words;
use contract::reservation::ReservationEventKind as Kind;
use contract::staff::StaffReservation;
use contract::{Id, Instant};

use super::trouble;
use crate::env::Env;
use crate::format;
use crate::variant::{VariantWords, variant};
use crate::view::{Alert, Submit};
use crate::wish::Wish;

/// Seconds between two looks at whether she has decided.
const EVERY: u32 = 3;

/// The clerk chooses what to offer.
#[derive(Debug)]
pub(crate) struct Choosing {
    pub chosen: Option<Id>,
    pub offer: Wish<Id>,
}

impl Choosing {
    /// With the only other variant chosen, if there is only one.
    pub fn among(reservation: &StaffReservation) -> Self {
        let only = reservation.others.first().filter(|_| reservation.others.len() == 1);
        Self { chosen: only.map(|variant| variant.id.clone()), offer: Wish::None }
    }
}

/// Whether an offer may be made at all: there is another variant, the unit is there or hers, and none waits already.
pub(crate) fn is_possible(reservation: &StaffReservation, env: &Env) -> bool {
    use contract::reservation::ReservationState::{Collected, Ready};
    let state = super::standing::state(reservation, env);
    !reservation.others.is_empty() && reservation.exchange.is_none() && matches!(state, Ready | Collected)
}

/// What has become of an offer that waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// She took it.
    Taken,
    /// She did not want it.
    Declined,
    /// She did not answer in time.
    Lapsed,
}

/// What has become of the offer that waited in `before`, if it does not wait in `after`.
pub(crate) fn outcome(before: &StaffReservation, after: &StaffReservation) -> Option<Outcome> {
    let offer = before.exchange.as_ref()?;
    if after.exchange.is_some() {
        return None;
    }
    let last = after.history.get(before.history.len()..).unwrap_or_default().iter().rev();
    let answer = last.map(|event| event.what).find(|what| matches!(what, Kind::Exchanged | Kind::ExchangeDeclined));
    Some(match answer {
        Some(Kind::Exchanged) => Outcome::Taken,
        Some(_) => Outcome::Declined,
        None if after.variant.id == offer.variant.id => Outcome::Taken,
        None => Outcome::Lapsed,
    })
}

/// The clock of an offer that waits.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    /// A second is on its way.
    ticking: bool,
    /// Seconds since the last look.
    since: u32,
    /// An answer is on its way.
    asked: bool,
}

impl Watch {
    /// Whether to begin ticking now.
    pub fn begin(&mut self) -> bool {
        let begins = !self.ticking;
        self.ticking = true;
        begins
    }

    /// A second went by. Whether to look now.
    pub fn tick(&mut self) -> bool {
        self.since += 1;
        let due = self.since >= EVERY && !self.asked;
        if due {
            self.since = 0;
            self.asked = true;
        }
        due
    }

    /// An answer came.
    pub fn answered(&mut self) {
        self.asked = false;
        self.since = 0;
    }

    /// Nothing waits any more.
    pub fn end(&mut self) {
        self.ticking = false;
    }
}

/// The clerk chooses what to offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoosingView {
    /// What the question is.
    pub heading: String,
    /// That she decides.
    pub lead: String,
    /// What she has, or is about to have.
    pub now: VariantWords,
    /// What stands over it.
    pub now_label: String,
    /// What stands over the others.
    pub others_label: String,
    /// Each of the others.
    pub others: Vec<Other>,
    /// Asks her.
    pub submit: Submit,
    /// Leaves things as they are.
    pub cancel: String,
    /// Why she could not be asked.
    pub alert: Option<Alert>,
}

/// A variant that may be offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// What choosing it sends.
    pub id: Id,
    /// In words and colour.
    pub variant: VariantWords,
    /// It is the one.
    pub chosen: bool,
}

/// She is being asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingView {
    /// Whose word is waited for.
    pub heading: String,
    /// Where she is asked.
    pub text: String,
    /// What stands over what she has, or is about to have.
    pub from_label: String,
    /// What she has, or is about to have.
    pub from: VariantWords,
    /// What stands over what she would get.
    pub to_label: String,
    /// What she would get.
    pub to: VariantWords,
    /// `14 分 59 秒`. Not in a live region.
    pub countdown: String,
    /// What it counts down to.
    pub countdown_label: String,
}

/// As a view.
pub(crate) fn choosing(choosing: &Choosing, reservation: &StaffReservation, env: &Env) -> ChoosingView {
    let locale = env.locale;
    let busy = choosing.offer.is_busy();
    let label = if busy {
        words::asking(locale)
    } else if choosing.offer.is_unsure() {
        words::ask_again(locale)
    } else {
        words::ask(locale)
    };
    ChoosingView {
        heading: words::choose(locale).to_owned(),
        lead: words::choose_lead(locale).to_owned(),
        now: variant(&reservation.variant, env),
        now_label: words::now(locale).to_owned(),
        others_label: words::others(locale).to_owned(),
        others: reservation
            .others
            .iter()
            .map(|other| Other {
                id: other.id.clone(),
                variant: variant(other, env),
                chosen: choosing.chosen.as_ref() == Some(&other.id),
            })
            .collect(),
        submit: Submit { label: label.to_owned(), can_submit: choosing.chosen.is_some() && !busy, busy },
        cancel: words::leave(locale).to_owned(),
        alert: trouble::of_wish(&choosing.offer, env),
    }
}

/// As a view; `None` if nothing waits.
pub(crate) fn waiting(reservation: &StaffReservation, env: &Env) -> Option<WaitingView> {
    let locale = env.locale;
    let offer = reservation.exchange.as_ref()?;
    Some(WaitingView {
        heading: words::waiting(locale, &reservation.member.name),
        text: words::waiting_text(locale).to_owned(),
        from_label: words::now(locale).to_owned(),
        from: variant(&reservation.variant, env),
        to_label: words::then(locale).to_owned(),
        to: variant(&offer.variant, env),
        countdown: format::countdown(locale, left(offer.until, env)),
        countdown_label: words::countdown(locale, &format::time(env, offer.until)),
    })
}

/// Seconds until then; none without the server's clock.
fn left(until: Instant, env: &Env) -> i64 {
    env.clock.map_or(0, |clock| until.unix_seconds() - clock.now.unix_seconds()).max(0)
}

/// What has become of it, in words.
pub(crate) fn told(outcome: Outcome, reservation: &StaffReservation, env: &Env) -> Alert {
    let locale = env.locale;
    let label = &reservation.variant.label;
    let (title, detail) = match outcome {
        Outcome::Taken => (words::taken_title(locale, label), words::taken_detail(locale, label)),
        Outcome::Declined => (words::declined_title(locale).to_owned(), words::unchanged(locale, label)),
        Outcome::Lapsed => (words::lapsed_title(locale).to_owned(), words::unchanged(locale, label)),
    };
    Alert { title, detail }
}
