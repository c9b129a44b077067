//! A figure is changed: by counting, with a reason, or because some arrived.

use catalogue::text::staff_stock as words;
use contract::staff::{CountReason, StockCount, StockLine, StockReceipt};
use contract::{Code, Id};

use crate::env::Env;
use crate::failure::Failure;
use crate::format;
use crate::staff::trouble;
use crate::view::{Alert, Choice, Choices, Field, Submit};
use crate::wish::{After, Named, Wish};

/// The id of the number's input.
pub const QUANTITY: &str = "quantity";
/// The id of the note's input.
pub const NOTE: &str = "note";

/// Units that may be counted.
const MOST_ON_HAND: i64 = 100_000;
/// Units that may arrive at once.
const MOST_AT_ONCE: i64 = 10_000;
/// Characters of a note.
const LONGEST_NOTE: usize = 200;

pub(super) type NamedReceipt = Named<StockReceipt>;

/// A figure is changed.
#[derive(Debug)]
pub(super) struct Edit {
    pub variant: Id,
    number: String,
    note: String,
    mistake: Option<&'static str>,
    change: Change,
}

/// How.
#[derive(Debug)]
pub(super) enum Change {
    /// It was counted, having been `before`. What was counted is so, however often it is said: it needs no key. If something was
    /// handed over or arrived between counting and saving, the server says so, and it is counted again.
    Count { before: i64, reason: CountReason, doing: Doing },
    /// Some arrived. Said twice they would be there twice.
    Receive(Wish<StockReceipt>),
}

/// What became of the latest attempt to save a count.
#[derive(Debug)]
pub(super) enum Doing {
    Nothing,
    Running,
    Failed(Failure),
}

/// What to do to save it.
pub(super) enum Save {
    Nothing,
    /// Something in this input can't be right.
    Correct(&'static str),
    MakeKey,
    Again(NamedReceipt),
    Count(StockCount),
}

impl Change {
    pub fn count(line: &StockLine) -> Self {
        Change::Count { before: line.on_hand, reason: CountReason::Counted, doing: Doing::Nothing }
    }

    pub fn receive() -> Self {
        Change::Receive(Wish::None)
    }

    fn range(&self) -> (i64, i64) {
        match self {
            Change::Count { .. } => (0, MOST_ON_HAND),
            Change::Receive(_) => (1, MOST_AT_ONCE),
        }
    }
}

impl Edit {
    pub fn begin(variant: Id, change: Change) -> Self {
        let number = match &change {
            Change::Count { before, .. } => before.to_string(),
            Change::Receive(_) => String::new(),
        };
        Self { variant, number, note: String::new(), mistake: None, change }
    }

    /// Its outcome is open: nothing is edited, and nobody leaves it.
    pub fn is_open(&self) -> bool {
        match &self.change {
            Change::Count { doing, .. } => matches!(doing, Doing::Running),
            Change::Receive(wish) => wish.is_open(),
        }
    }

    fn forgive(&mut self) {
        self.mistake = None;
        match &mut self.change {
            Change::Count { doing, .. } => *doing = Doing::Nothing,
            Change::Receive(wish) => wish.forget_refusal(),
        }
    }

    pub fn number_typed(&mut self, text: &str) {
        self.forgive();
        self.number = text
            .chars()
            .filter_map(|c| match c {
                '0'..='9' => Some(c),
                '０'..='９' => char::from_u32(u32::from(c) - 0xfee0),
                _ => None,
            })
            .take(6)
            .collect();
    }

    pub fn step(&mut self, by: i64) {
        self.forgive();
        let (least, most) = self.change.range();
        let stepped = self.number.parse::<i64>().unwrap_or(0).saturating_add(by);
        self.number = stepped.clamp(least, most).to_string();
    }

    pub fn reason(&mut self, chosen: CountReason) {
        self.forgive();
        if let Change::Count { reason, .. } = &mut self.change {
            *reason = chosen;
        }
    }

    pub fn note_typed(&mut self, text: String) {
        self.forgive();
        self.note = text;
    }

    /// What to do to save it; from here on it is being saved.
    pub fn save(&mut self) -> Save {
        let (least, most) = self.change.range();
        let note = Some(self.note.trim()).filter(|note| !note.is_empty()).map(str::to_owned);
        let number = self.number.parse::<i64>().ok().filter(|number| (least..=most).contains(number));
        match &mut self.change {
            Change::Receive(wish) if wish.is_unsure() => return wish.ask_again().map_or(Save::Nothing, Save::Again),
            Change::Receive(wish) if wish.is_busy() => return Save::Nothing,
            Change::Count { doing: Doing::Running, .. } => return Save::Nothing,
            Change::Count { .. } | Change::Receive(_) => {}
        }
        let Some(number) = number else {
            self.mistake = Some(QUANTITY);
            return Save::Correct(QUANTITY);
        };
        if self.note.trim().chars().count() > LONGEST_NOTE {
            self.mistake = Some(NOTE);
            return Save::Correct(NOTE);
        }
        match &mut self.change {
            Change::Count { before, reason, doing } => {
                *doing = Doing::Running;
                Save::Count(StockCount { on_hand: number, before: Some(*before), reason: *reason, note })
            }
            Change::Receive(wish) => {
                if wish.want(StockReceipt { quantity: number, note }) {
                    Save::MakeKey
                } else {
                    Save::Nothing
                }
            }
        }
    }

    /// How many there are by the book, after a count was refused because that had changed. Whether what was counted is what
    /// stands there: then an earlier copy of it was saved, and its answer was lost.
    pub fn rebase(&mut self, on_hand: i64) -> bool {
        match &mut self.change {
            Change::Count { before, doing: Doing::Failed(failure), .. }
                if failure.code() == Some(Code::VersionStale) =>
            {
                *before = on_hand;
                self.number.parse() == Ok(on_hand)
            }
            Change::Count { .. } | Change::Receive(_) => false,
        }
    }

    pub fn named(&mut self, key: String) -> Option<NamedReceipt> {
        match &mut self.change {
            Change::Receive(wish) => wish.named(key),
            Change::Count { .. } => None,
        }
    }

    pub fn look_after(&self) -> Option<NamedReceipt> {
        match &self.change {
            Change::Receive(wish) => wish.look_after(),
            Change::Count { .. } => None,
        }
    }

    pub fn failed(&mut self, failure: Failure) -> Option<After> {
        match &mut self.change {
            Change::Receive(wish) => wish.failed(failure),
            Change::Count { doing: doing @ Doing::Running, .. } => {
                let code: Option<Code> = failure.code();
                *doing = Doing::Failed(failure);
                Some(After::Refused(code))
            }
            Change::Count { .. } => None,
        }
    }
}

/// A figure is changed: over the page, its button at the bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditView {
    /// Of which variant it is.
    pub variant_id: Id,
    /// `盘点`, `到货`
    pub heading: String,
    /// `焕亮精华 · 清爽型`
    pub of: String,
    /// How many there are by the book.
    pub now: String,
    /// The number: `inputmode="numeric"`.
    pub number: Field,
    /// Sends `Step(-1)`; its words for those who can't see the sign.
    pub fewer: String,
    /// Sends `Step(1)`.
    pub more: String,
    /// Why the count is not what it was; `None` for what arrived.
    pub reasons: Option<Choices<CountReason>>,
    /// The note.
    pub note: Field,
    /// What follows from the number, before it is saved: fewer than are held.
    pub warning: Option<Alert>,
    /// Saves it.
    pub submit: Submit,
    /// Sends `Leave`.
    pub cancel: String,
    /// Why it is not saved.
    pub alert: Option<Alert>,
}

impl Edit {
    pub fn view(&self, line: &StockLine, env: &Env) -> EditView {
        let locale = env.locale;
        let (heading, label, hint) = match &self.change {
            Change::Count { .. } => (words::count(locale), words::counted_number(locale), words::counted_hint(locale)),
            Change::Receive(_) => {
                (words::receive(locale), words::received_number(locale), words::received_hint(locale))
            }
        };
        let wrong = |field, text: &str| (self.mistake == Some(field)).then(|| text.to_owned());
        let (least, most) = self.change.range();
        let range = words::out_of_range(locale, &format::number(least), &format::number(most));
        EditView {
            variant_id: self.variant.clone(),
            heading: heading.to_owned(),
            of: words::of(locale, &line.gift.name, &line.variant.label),
            now: words::by_the_book(locale, &format::number(line.held), &format::number(line.on_hand)),
            number: Field::new(QUANTITY, label, &self.number).hint(hint).error(wrong(QUANTITY, &range)),
            fewer: words::fewer(locale).to_owned(),
            more: words::more(locale).to_owned(),
            reasons: self.reasons(env),
            note: Field::new(NOTE, words::note(locale), &self.note).error(wrong(NOTE, words::note_too_long(locale))),
            warning: self.warning(line, env),
            submit: self.submit(env),
            cancel: words::leave(locale).to_owned(),
            alert: match &self.change {
                Change::Count { doing: Doing::Failed(failure), .. } if failure.code() == Some(Code::VersionStale) => {
                    Some(Alert {
                        title: words::stale_title(locale).to_owned(),
                        detail: words::stale_detail(locale, &format::number(line.on_hand)),
                    })
                }
                Change::Count { doing: Doing::Failed(failure), .. } => Some(trouble::alert(failure, env)),
                Change::Count { .. } => None,
                Change::Receive(wish) => trouble::of_wish(wish, env),
            },
        }
    }

    fn reasons(&self, env: &Env) -> Option<Choices<CountReason>> {
        let Change::Count { reason: chosen, .. } = &self.change else { return None };
        let choice = |reason: CountReason| Choice {
            label: reason_name(reason, env).to_owned(),
            value: reason,
            chosen: reason == *chosen,
        };
        Some(Choices {
            label: words::reason(env.locale).to_owned(),
            choices: CountReason::ALL.into_iter().map(choice).collect(),
        })
    }

    fn warning(&self, line: &StockLine, env: &Env) -> Option<Alert> {
        let Change::Count { .. } = &self.change else { return None };
        let number = self.number.parse::<i64>().ok()?;
        (number < line.held).then(|| super::view::short(number, line.held, env))
    }

    fn submit(&self, env: &Env) -> Submit {
        let locale = env.locale;
        let (busy, again) = match &self.change {
            Change::Count { doing, .. } => (matches!(doing, Doing::Running), false),
            Change::Receive(wish) => (wish.is_busy(), wish.is_unsure()),
        };
        let label = match (&self.change, busy, again) {
            (_, true, _) => words::saving(locale),
            (_, _, true) => words::again(locale),
            (Change::Count { .. }, ..) => words::save_count(locale),
            (Change::Receive(_), ..) => words::save_receipt(locale),
        };
        Submit { label: label.to_owned(), can_submit: !busy, busy }
    }
}

/// Why a count is not what it was, in words.
pub(in crate::staff) fn reason_name(reason: CountReason, env: &Env) -> &'static str {
    let locale = env.locale;
    match reason {
        CountReason::Counted => words::reason_counted(locale),
        CountReason::Damaged => words::reason_damaged(locale),
        CountReason::Lost => words::reason_lost(locale),
        CountReason::Found => words::reason_found(locale),
    }
}
