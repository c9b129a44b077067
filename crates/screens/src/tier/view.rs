//! The tier, explained in words.

use catalogue::text::tier as words;
use contract::tier::{CountedPurchase, Tier, TierChange, TierTrace, WhatIf};
use serde::Serialize;

use crate::chrome;
use crate::env::Env;
use crate::format;
use crate::programme::{ClauseView, clause_view};
use crate::route::Route;
use crate::standing::{Standing, standing};
use crate::view::{Body, Link, Stressed};

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// The tier.
    pub body: Body<Contents>,
}

/// The tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contents {
    /// Its name.
    pub name: String,
    /// Its id: names its material in the brand's theme.
    pub material: String,
    /// Until when it is hers; the date stands out.
    pub valid: Stressed,
    /// Since when all of it is true.
    pub as_of: String,
    /// Ring and sentence.
    pub standing: Standing,
    /// What keeps it, and until when; `None` for a tier that nobody loses.
    pub keep: Option<Stressed>,
    /// The heading over what to spend by when.
    pub what_if_heading: String,
    /// What to spend by when, and what follows; may be empty.
    pub what_if: Vec<WhatIfRow>,
    /// What is counted.
    pub trace: Trace,
    /// The heading over the rule.
    pub clause_heading: String,
    /// The rule.
    pub clause: ClauseView,
    /// The heading over how it came about.
    pub history_heading: String,
    /// Newest first.
    pub history: Vec<HistoryRow>,
    /// To all rules.
    pub programme: Link,
}

/// What to spend by when, and what follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhatIfRow {
    /// `3月31日前再消费 ¥1,240`; the amount stands out.
    pub what: Stressed,
    /// `升为白金卡`
    pub then: String,
    /// The tier that follows: names its material.
    pub material: String,
}

/// The purchases that count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// The section's heading.
    pub heading: String,
    /// From when to when purchases count.
    pub window: String,
    /// Newest first; may be empty.
    pub rows: Vec<TraceRow>,
    /// There are none.
    pub empty: Option<String>,
    /// What the sum is called.
    pub sum_label: String,
    /// The sum of what counts.
    pub sum: String,
}

/// One purchase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TraceRow {
    /// Stable: the purchase's.
    pub id: String,
    /// The day it counts on.
    pub date: String,
    /// `小票 0047`
    pub receipt: String,
    /// What of it counts.
    pub counted: String,
    /// `实付 ¥300，退款后计入`; `None` if all of it counts.
    pub reduced: Option<String>,
    /// `计入至2027年3月31日`
    pub until: String,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HistoryRow {
    /// The day it took effect.
    pub date: String,
    /// What happened: `升为金卡`.
    pub what: String,
    /// The spend that decided it.
    pub spent: Option<String>,
    /// The tier from then on: names its material.
    pub material: String,
}

pub(super) fn contents(trace: &TierTrace, env: &Env) -> Contents {
    let locale = env.locale;
    let tier = &trace.tier;
    let until = format::date(locale, tier.valid_until);
    Contents {
        name: tier.current.name.clone(),
        material: tier.current.id.clone(),
        valid: match tier.grace_until {
            Some(grace) => {
                let grace = format::date(locale, grace);
                Stressed::new(&words::in_grace(locale, &grace, &tier.current.name, &until), &grace)
            }
            None => Stressed::new(&words::valid(locale, &tier.current.name, &until), &until),
        },
        as_of: format::as_of(env, trace.as_of),
        standing: standing(tier, env),
        keep: keep(tier, env),
        what_if_heading: words::what_if(locale).to_owned(),
        what_if: trace.what_if.iter().map(|row| what_if(row, env)).collect(),
        trace: purchases(trace, env),
        clause_heading: words::clause(locale).to_owned(),
        clause: clause_view(&trace.clause, env),
        history_heading: words::history(locale).to_owned(),
        history: trace.history.iter().map(|change| history(change, env)).collect(),
        programme: Link::to(chrome::name(&Route::Programme, env), &Route::Programme),
    }
}

fn keep(tier: &Tier, env: &Env) -> Option<Stressed> {
    let locale = env.locale;
    let (missing, by) = (tier.to_keep.as_ref()?, tier.to_keep_by.unwrap_or(tier.valid_until));
    let name = &tier.current.name;
    Some(if missing.amount > 0 {
        let amount = format::money(missing);
        Stressed::new(&words::keep(locale, &amount, &format::short_date(env, by), name), &amount)
    } else {
        Stressed::plain(&words::kept(locale, &format::short_date(env, by), name))
    })
}

fn what_if(row: &WhatIf, env: &Env) -> WhatIfRow {
    let locale = env.locale;
    let amount = format::money(&row.spend);
    WhatIfRow {
        what: Stressed::new(&words::spend(locale, &amount, &format::short_date(env, row.by)), &amount),
        then: match row.keeps {
            true => words::then_keeps(locale, &row.becomes.name),
            false => words::then_becomes(locale, &row.becomes.name),
        },
        material: row.becomes.id.clone(),
    }
}

fn purchases(trace: &TierTrace, env: &Env) -> Trace {
    let locale = env.locale;
    let window = &trace.tier.window;
    Trace {
        heading: words::counted(locale).to_owned(),
        window: words::window(locale, &format::date(locale, window.from), &format::date(locale, window.to)),
        rows: trace.purchases.iter().map(|purchase| trace_row(purchase, env)).collect(),
        empty: trace.purchases.is_empty().then(|| words::none_counted(locale).to_owned()),
        sum_label: words::sum(locale).to_owned(),
        sum: format::money(&trace.tier.spent),
    }
}

fn trace_row(purchase: &CountedPurchase, env: &Env) -> TraceRow {
    let locale = env.locale;
    TraceRow {
        id: purchase.id.clone(),
        date: format::short_date(env, purchase.on),
        receipt: words::receipt(locale, &purchase.receipt_no),
        counted: format::money(&purchase.counted),
        reduced: (purchase.counted != purchase.amount)
            .then(|| words::reduced(locale, &format::money(&purchase.amount))),
        until: words::counts_until(locale, &format::date(locale, purchase.counts_until)),
    }
}

fn history(change: &TierChange, env: &Env) -> HistoryRow {
    let locale = env.locale;
    let name = &change.tier.name;
    HistoryRow {
        date: format::date(locale, change.on),
        what: match change.reason.as_str() {
            "joined" => words::joined(locale, name),
            "reached" => words::reached(locale, name),
            "kept" => words::was_kept(locale, name),
            "lowered" => words::lowered(locale, name),
            "refunded" => words::refunded(locale, name),
            _ => name.clone(),
        },
        spent: change.spent.as_ref().map(|spent| words::with_spend(locale, &format::money(spent))),
        material: change.tier.id.clone(),
    }
}
