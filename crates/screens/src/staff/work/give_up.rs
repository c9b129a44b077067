//! The counter can't keep it: why, and what follows for the member.

use catalogue::text::staff_give_up as words;
use contract::staff::StaffReservation;

use crate::env::Env;
use crate::format;
use crate::staff::trouble;
use crate::view::{Alert, Choice, Choices, Field, Submit};
use crate::wish::Wish;

/// The id of the reason's input.
pub const REASON: &str = "reason";

/// Characters of a reason.
const LONGEST: usize = 200;

/// It can't be kept.
#[derive(Debug)]
pub(super) struct GiveUp {
    reason: Option<Reason>,
    typed: String,
    /// It was confirmed without a reason.
    missing: bool,
    pub sending: Wish<String>,
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is not where it should be.
    Missing,
    /// It is broken.
    Damaged,
    /// It was given to somebody else.
    GivenAway,
    /// Something else, in words of one's own.
    Other,
}

impl Reason {
    const ALL: [Reason; 4] = [Reason::Missing, Reason::Damaged, Reason::GivenAway, Reason::Other];

    /// In words that the member will read.
    fn words(self, env: &Env) -> &'static str {
        let locale = env.locale;
        match self {
            Reason::Missing => words::missing(locale),
            Reason::Damaged => words::damaged(locale),
            Reason::GivenAway => words::given_away(locale),
            Reason::Other => words::other(locale),
        }
    }
}

/// Whether it really can't be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiveUpView {
    /// What the question is.
    pub heading: String,
    /// What follows for the member.
    pub consequence: String,
    /// Why; the member reads it. Nothing is chosen beforehand.
    pub reasons: Choices<Reason>,
    /// That a reason is missing.
    pub reasons_error: Option<String>,
    /// In words of one's own; only with [`Reason::Other`].
    pub field: Option<Field>,
    /// Yes, really.
    pub submit: Submit,
    /// Leaves things as they are.
    pub cancel: String,
    /// Why it is not done.
    pub alert: Option<Alert>,
}

impl GiveUp {
    /// Nothing said yet.
    pub fn new() -> Self {
        Self { reason: None, typed: String::new(), missing: false, sending: Wish::None }
    }

    /// This is why. The input to put the focus on, if it is to be told in words.
    pub fn choose(&mut self, reason: Reason) -> Option<&'static str> {
        if self.sending.is_open() {
            return None;
        }
        self.sending.forget_refusal();
        self.missing = false;
        self.reason = Some(reason);
        (reason == Reason::Other).then_some(REASON)
    }

    /// The reason's input now holds this.
    pub fn typed(&mut self, text: String) {
        if !self.sending.is_open() {
            self.sending.forget_refusal();
            self.missing = false;
            self.typed = text;
        }
    }

    /// What the member will read; or the input where it is missing.
    pub fn reason(&mut self, env: &Env) -> Result<String, Option<&'static str>> {
        let typed = self.typed.trim();
        let (reason, focus) = match self.reason {
            Some(Reason::Other) if typed.is_empty() || is_too_long(typed) => (None, Some(REASON)),
            Some(Reason::Other) => (Some(typed.to_owned()), None),
            Some(reason) => (Some(reason.words(env).to_owned()), None),
            None => (None, None),
        };
        self.missing = reason.is_none();
        reason.ok_or(focus)
    }

    /// As a view.
    pub fn view(&self, reservation: &StaffReservation, env: &Env) -> GiveUpView {
        let locale = env.locale;
        let busy = self.sending.is_busy();
        let unsure = self.sending.is_unsure();
        let choice = |reason: Reason| Choice {
            label: reason.words(env).to_owned(),
            value: reason,
            chosen: self.reason == Some(reason),
        };
        let error = self.missing.then(|| {
            let too_long = is_too_long(self.typed.trim());
            (if too_long { words::too_long(locale) } else { words::reason_empty(locale) }).to_owned()
        });
        let label = if busy {
            words::running(locale)
        } else if unsure {
            words::again(locale)
        } else {
            words::submit(locale)
        };
        GiveUpView {
            heading: words::heading(locale).to_owned(),
            consequence: words::consequence(locale, reservation.points, &format::number(reservation.points)),
            reasons: Choices {
                label: words::reason(locale).to_owned(),
                choices: Reason::ALL.into_iter().map(choice).collect(),
            },
            reasons_error: (self.missing && self.reason.is_none()).then(|| words::reason_missing(locale).to_owned()),
            field: (self.reason == Some(Reason::Other)).then(|| {
                Field::new(REASON, words::own_words(locale), &self.typed)
                    .hint(words::own_words_hint(locale))
                    .error(error)
            }),
            submit: Submit { label: label.to_owned(), can_submit: !busy, busy },
            cancel: words::cancel(locale).to_owned(),
            alert: trouble::of_wish(&self.sending, env),
        }
    }
}

fn is_too_long(text: &str) -> bool {
    text.chars().count() > LONGEST
}
