//! The ledger: what came and went, with what caused it.

use catalogue::text::points as words;
use contract::list::Page;
use contract::points::{Entry, EntryKind, EntryState, ledger};
use serde::Serialize;

use super::{Event, Filters};
use crate::effect::{Effect, Fresh};
use crate::env::Env;
use crate::failure::Failure;
use crate::format;
use crate::paged::Paged;
use crate::view::{Alert, Body, Choice, Choices, Submit};

#[derive(Debug)]
pub(super) struct Ledger {
    kind: Option<EntryKind>,
    entries: Paged<Entry>,
}

/// The ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LedgerView {
    /// The section's heading.
    pub heading: String,
    /// Everything, or one kind.
    pub filters: Choices<Option<EntryKind>>,
    /// Its lines.
    pub body: Body<Rows>,
}

/// Lines of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rows {
    /// Newest first, pending ones before all others.
    pub entries: Vec<EntryView>,
    /// There are none.
    pub empty: Option<String>,
    /// Sends `More`; `None` if there is no more.
    pub more: Option<Submit>,
    /// Why there is not.
    pub alert: Option<Alert>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntryView {
    /// Stable: the entry's.
    pub id: String,
    /// What caused it: `消费 · 小票 0047`.
    pub cause: String,
    /// The day it counts from; while pending, the day it was earned.
    pub date: String,
    /// `+86`
    pub points: String,
    /// Whether they came or went.
    pub sign: Sign,
    /// `余额 1,240`; `None` while pending.
    pub balance: Option<String>,
    /// `待入账，11月29日入账`; `None` once posted.
    pub pending: Option<String>,
}

/// Whether points came or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// More than before.
    In,
    /// Fewer than before, or as many.
    Out,
}

impl Ledger {
    pub fn open() -> (Self, Effect<Event>) {
        let ledger = Self { kind: None, entries: Paged::waiting() };
        let first_page = ledger.fetch(None);
        (ledger, first_page)
    }

    /// A page, with what it was asked by: an answer to a question that nobody asks any more is dropped.
    fn fetch(&self, cursor: Option<String>) -> Effect<Event> {
        let kind = self.kind;
        let endpoint = ledger(kind, cursor.as_deref());
        Effect::http(endpoint, move |result| Event::Entries(kind, cursor, result))
    }

    pub fn arrived(
        &mut self,
        kind: Option<EntryKind>,
        cursor: Option<&str>,
        result: Result<Fresh<Page<Entry>>, Failure>,
        env: &Env,
    ) -> Vec<Effect<Event>> {
        if kind != self.kind {
            return Vec::new();
        }
        match self.entries.arrived(cursor, result) {
            Some(added) => {
                let added = i64::try_from(added).unwrap_or(i64::MAX);
                vec![Effect::Announce(words::added(env.locale, added, &format::number(added)))]
            }
            None => Vec::new(),
        }
    }

    pub fn filter(&mut self, kind: Option<EntryKind>) -> Vec<Effect<Event>> {
        if kind == self.kind {
            return Vec::new();
        }
        self.kind = kind;
        self.entries = Paged::waiting();
        vec![self.fetch(None)]
    }

    pub fn more(&mut self) -> Vec<Effect<Event>> {
        self.entries.more().map(|cursor| self.fetch(Some(cursor))).into_iter().collect()
    }

    pub fn ask_again(&mut self, only_failed: bool) -> Option<Effect<Event>> {
        let entries = &mut self.entries.items;
        let ask = (!only_failed || entries.has_failed()) && entries.ask_again();
        ask.then(|| self.fetch(None))
    }

    pub fn view(&self, env: &Env) -> LedgerView {
        LedgerView {
            heading: words::ledger(env.locale).to_owned(),
            filters: self.filters(env),
            body: self.entries.items.body(env, |_| None, |page| self.rows(page, env)),
        }
    }

    fn filters(&self, env: &Env) -> Filters {
        let choice = |value: Option<EntryKind>| Choice {
            label: kind_name(value, env).to_owned(),
            value,
            chosen: value == self.kind,
        };
        let kinds = EntryKind::ALL.into_iter().map(Some);
        Choices {
            label: words::filter(env.locale).to_owned(),
            choices: core::iter::once(None).chain(kinds).map(choice).collect(),
        }
    }

    fn rows(&self, page: &Page<Entry>, env: &Env) -> Rows {
        let locale = env.locale;
        let empty = match self.kind {
            None => words::no_entries(locale),
            Some(_) => words::no_such_entries(locale),
        };
        Rows {
            entries: page.items.iter().map(|entry| entry_view(entry, env)).collect(),
            empty: page.items.is_empty().then(|| empty.to_owned()),
            more: self.entries.button(words::more(locale), words::loading_more(locale)),
            alert: self.entries.alert(env),
        }
    }
}

fn entry_view(entry: &Entry, env: &Env) -> EntryView {
    let locale = env.locale;
    let on = format::short_date(env, entry.on);
    let pending = entry.state == EntryState::Pending;
    EntryView {
        id: entry.id.clone(),
        cause: cause(entry, env),
        points: format::signed(entry.points),
        sign: if entry.points > 0 { Sign::In } else { Sign::Out },
        balance: entry.balance_after.map(|balance| words::balance(locale, &format::number(balance))),
        date: if pending { format::day_of(env, entry.at) } else { on.clone() },
        pending: pending.then(|| words::posts_on(locale, &on)),
    }
}

fn cause(entry: &Entry, env: &Env) -> String {
    let locale = env.locale;
    let label = &entry.cause.label;
    match entry.cause.kind.as_str() {
        _ if label.is_empty() => kind_name(Some(entry.kind), env).to_owned(),
        "purchase" => words::by_purchase(locale, label),
        "refund" => words::by_refund(locale, label),
        "reservation" => words::by_reservation(locale, label),
        _ => words::by_other(locale, kind_name(Some(entry.kind), env), label),
    }
}

fn kind_name(kind: Option<EntryKind>, env: &Env) -> &'static str {
    let locale = env.locale;
    match kind {
        None => words::all(locale),
        Some(EntryKind::Earned) => words::earned(locale),
        Some(EntryKind::Returned) => words::returned(locale),
        Some(EntryKind::Spent) => words::spent(locale),
        Some(EntryKind::Reversed) => words::reversed(locale),
        Some(EntryKind::Expired) => words::expired(locale),
        Some(EntryKind::Adjusted) => words::adjusted(locale),
    }
}
