//! The tier, and the trace that explains it.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use catalogue::Locale;
use contract::tier::{CountedPurchase, Tier, TierChange, TierTrace, WhatIf, Window};
use contract::{Code, Date, Instant};
use loyalty::Programme;
use loyalty::tier::{Counted, Standing, counts_until, replay};

use crate::answer::{Asked, Audience};
use crate::extract::Member;
use crate::localize::{clause, money, tier_name};
use crate::problem::{Failure, Outcome};
use crate::state::Shared;

/// The clause every tier shown cites; the programme's file is refused without it.
const CLAUSE: &str = "tier-window";

/// The trace: purchases counted, the window, the clause, and what to spend by when
#[utoipa::path(get, path = "/me/tier", tag = "member", security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, body = TierTrace)))]
pub async fn trace(State(app): State<Shared>, Member(id): Member, asked: Asked) -> Outcome<Response<Body>> {
    let now = app.now();
    let mut snapshot = app.snapshot().await?;
    let member = snapshot.member(id).await?.ok_or(Code::NotEnrolled)?;
    let history = snapshot.history(id).await?;
    drop(snapshot);

    let programme = &app.programme;
    let counted: Vec<Counted> =
        history.iter().map(|purchase| Counted { on: purchase.on, amount: purchase.paid - purchase.refunded }).collect();
    let standing = replay(programme, member.joined_on, &counted, programme.date_of(now));
    let clause_of_tiers = programme.clause(CLAUSE).ok_or_else(|| Failure::internal("no clause for tiers"))?;
    let today = programme.date_of(now);
    let trace = TierTrace {
        tier: describe(programme, &standing, asked.locale),
        purchases: history
            .iter()
            .rev()
            .filter(|purchase| standing.window.contains(purchase.on) && purchase.on <= today)
            .map(|purchase| counted_purchase(programme, purchase))
            .collect(),
        clause: clause(clause_of_tiers, asked.locale),
        history: standing
            .history
            .iter()
            .rev()
            .map(|change| TierChange {
                on: Date(change.on),
                tier: tier_name(programme, change.tier, asked.locale),
                reason: change.reason.as_str().to_owned(),
                spent: change.spent.map(|spent| money(programme, spent)),
            })
            .collect(),
        what_if: standing
            .what_if
            .iter()
            .map(|row| WhatIf {
                spend: money(programme, row.spend),
                by: Date(row.by),
                becomes: tier_name(programme, row.becomes, asked.locale),
                keeps: row.keeps,
            })
            .collect(),
        as_of: Instant(now),
    };
    asked.read(Audience::Member, &trace)
}

fn counted_purchase(programme: &Programme, purchase: &storage::Purchase) -> CountedPurchase {
    CountedPurchase {
        id: purchase.id.to_string(),
        receipt_no: purchase.receipt_no.clone(),
        at: Instant(purchase.at),
        on: Date(purchase.on),
        amount: money(programme, purchase.paid),
        counted: money(programme, purchase.paid - purchase.refunded),
        counts_until: Date(counts_until(programme.window.kind, purchase.on)),
    }
}

/// A standing as it travels.
pub fn describe(programme: &Programme, standing: &Standing, locale: Locale) -> Tier {
    let next = standing.next;
    let keep = standing.keep;
    Tier {
        current: tier_name(programme, standing.tier, locale),
        valid_until: Date(standing.valid_until),
        grace_until: standing.grace_until.map(Date),
        spent: money(programme, standing.spent),
        next: next.map(|next| tier_name(programme, next.tier, locale)),
        threshold: next.map(|next| money(programme, next.threshold)),
        to_next: next.map(|next| money(programme, next.missing)),
        to_next_by: next.map(|next| Date(next.by)),
        to_keep: keep.map(|keep| money(programme, keep.missing)),
        to_keep_by: keep.map(|keep| Date(keep.by)),
        window: Window { from: Date(standing.window.from), to: Date(standing.window.to) },
    }
}
