//! To look at, in words.

use catalogue::text::staff_attention as words;
use contract::staff::{AuditEntry, CountReason, StaffReservation};

use super::{Attention, More, Record};
use crate::env::Env;
use crate::format;
use crate::staff::standing::{self, Standing};
use crate::staff::stock::reason_name;
use crate::staff::today::Row;
use crate::staff::{Route, chrome, trouble};
use crate::view::{Body, Link, Submit, Trouble};

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// What there is; or that this page is for others.
    pub contents: Contents,
}

/// What there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    /// Who is signed in finds it under today.
    Elsewhere(Trouble),
    /// What there is to look at.
    Here {
        /// What stands over those that are late.
        late_heading: String,
        /// Those that are late, the longest first.
        late: Body<Late>,
        /// What the record calls an alert; `None` for those who don't read it.
        alerts: Option<Alerts>,
    },
}

/// Those that are late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late {
    /// Each.
    pub rows: Vec<Row>,
    /// Said where there is none.
    pub empty: Option<String>,
}

/// What the record calls an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alerts {
    /// What stands over it.
    pub heading: String,
    /// The newest first.
    pub body: Body<Vec<AlertRow>>,
    /// Said where there is none.
    pub empty: Option<String>,
    /// Sends `More`; `None` where nothing lies before.
    pub more: Option<Submit>,
    /// Why what lies before did not come.
    pub more_failed: Option<String>,
}

/// An alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertRow {
    /// Its identifier; a key for the list.
    pub id: String,
    /// What happened.
    pub what: String,
    /// `今天 09:20 · 上海 · 久光专柜 · li.min`
    pub when_where_who: String,
    /// Figures; `None` where there are none.
    pub detail: Option<String>,
    /// To what it is about; `None` where there is nothing to open.
    pub link: Option<Link>,
}

pub(super) fn view(screen: &Attention, env: &Env) -> View {
    let locale = env.locale;
    let contents = if screen.is_for_her() {
        Contents::Here {
            late_heading: words::late(locale).to_owned(),
            late: trouble::body(&screen.late, env, as_of, |reservations| late(reservations, env)),
            alerts: screen.reads_record().then(|| alerts(screen, env)),
        }
    } else {
        Contents::Elsewhere(Trouble {
            title: words::elsewhere_title(locale).to_owned(),
            detail: words::elsewhere_detail(locale).to_owned(),
            retry: None,
            way_out: Some(trouble::link(chrome::name(&Route::Today, env), &Route::Today)),
        })
    };
    View { heading: chrome::name(&Route::Attention, env).to_owned(), contents }
}

#[allow(clippy::ptr_arg, reason = "what a `Load` of a list gives")]
fn as_of(reservations: &Vec<StaffReservation>) -> Option<contract::Instant> {
    reservations.iter().map(|reservation| reservation.as_of).min()
}

fn late(reservations: &[StaffReservation], env: &Env) -> Late {
    let mut late: Vec<&StaffReservation> =
        reservations.iter().filter(|reservation| standing::standing(reservation, env) == Standing::Late).collect();
    late.sort_by_key(|reservation| reservation.ready_by);
    let rows: Vec<Row> = late.into_iter().map(|reservation| Row::of(reservation, true, env)).collect();
    Late { empty: rows.is_empty().then(|| words::none_late(env.locale).to_owned()), rows }
}

fn alerts(screen: &Attention, env: &Env) -> Alerts {
    let locale = env.locale;
    let record = screen.alerts.shown();
    let asked = matches!(record.map(|record| &record.more), Some(More::Asked(_)));
    let more = record.is_some_and(|record| !matches!(record.more, More::None)).then(|| Submit {
        label: (if asked { words::loading_more(locale) } else { words::more(locale) }).to_owned(),
        can_submit: !asked,
        busy: asked,
    });
    let failed = |record: &Record| match &record.more {
        More::Failed(_, failure) => Some(trouble::alert(failure, env).title),
        More::None | More::Next(_) | More::Asked(_) => None,
    };
    Alerts {
        heading: words::alerts(locale).to_owned(),
        body: trouble::body(
            &screen.alerts,
            env,
            |_| None,
            |record| record.entries.iter().map(|entry| row(entry, env)).collect(),
        ),
        empty: record.filter(|record| record.entries.is_empty()).map(|_| words::none_alerted(locale).to_owned()),
        more,
        more_failed: record.and_then(failed),
    }
}

fn row(entry: &AuditEntry, env: &Env) -> AlertRow {
    let locale = env.locale;
    let place = entry.counter.as_ref().map(|counter| standing::place(counter, env));
    let mut when_where_who = format::moment(env, entry.at);
    for part in place.iter().chain(entry.user.iter()) {
        when_where_who = words::and(locale, &when_where_who, part);
    }
    AlertRow {
        id: entry.id.clone(),
        what: what(entry, env).to_owned(),
        when_where_who,
        detail: Some(detail(entry, env)).filter(|detail| !detail.is_empty()),
        link: link(entry, env),
    }
}

/// Codes of the record, in words; one that this version does not know is still worth a look.
fn what(entry: &AuditEntry, env: &Env) -> &'static str {
    let locale = env.locale;
    match entry.action.as_str() {
        "pickup-locked" => words::pickup_locked(locale),
        "sign-in-locked" => words::sign_in_locked(locale),
        "stock-counted" | "stock-received" => words::stock_short(locale),
        "pass-not-shown" => words::pass_not_shown(locale),
        "late" => words::became_late(locale),
        _ => words::something(locale),
    }
}

/// Figures as they stand in the record; the reason of a count among them is a code, and is said in words.
fn detail(entry: &AuditEntry, env: &Env) -> String {
    let said = |part: &str| {
        let reason = CountReason::ALL.into_iter().find(|reason| reason.as_str() == part);
        reason.map_or_else(|| part.to_owned(), |reason| reason_name(reason, env).to_owned())
    };
    let mut text = String::new();
    for part in entry.detail.split(" · ") {
        let (part, rest) = part.split_once(' ').unwrap_or((part, ""));
        if !text.is_empty() {
            text.push_str(" · ");
        }
        text.push_str(&said(part));
        if !rest.is_empty() {
            text.push(' ');
            text.push_str(rest);
        }
    }
    text
}

fn link(entry: &AuditEntry, env: &Env) -> Option<Link> {
    let locale = env.locale;
    match entry.action.as_str() {
        "late" => {
            let id = entry.about.clone()?;
            Some(trouble::link(words::see_reservation(locale), &Route::Reservation(id)))
        }
        "stock-counted" | "stock-received" => {
            let counter = entry.counter.as_ref()?.id.clone();
            Some(trouble::link(words::see_stock(locale), &Route::Stock { counter: Some(counter) }))
        }
        _ => None,
    }
}
