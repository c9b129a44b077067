//! The tier, and the trace that explains it.

use serde::{Deserialize, Serialize};

use crate::{Date, Endpoint, Id, Instant, Money};

/// A tier by its id and its name in the caller's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TierName {
    /// Stable: `pearl`, `gold`. Also names the material in the brand's theme.
    pub id: String,
    /// In the caller's language.
    pub name: String,
}

/// The first and the last day whose purchases count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Window {
    /// Counted.
    pub from: Date,
    /// Counted.
    pub to: Date,
}

/// Where she stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tier {
    /// Her tier.
    pub current: TierName,
    /// The last day it is hers without doing anything.
    pub valid_until: Date,
    /// Set while she is past `valid_until` and may still keep the tier: the last day of grace.
    #[serde(default)]
    pub grace_until: Option<Date>,
    /// What counts towards the next tier in `window`.
    pub spent: Money,
    /// The tier above; `None` at the top.
    pub next: Option<TierName>,
    /// The spend at which the tier above begins; `None` at the top.
    #[serde(default)]
    pub threshold: Option<Money>,
    /// What is missing to the tier above; `None` at the top.
    pub to_next: Option<Money>,
    /// `to_next` holds until then: after it a counted purchase leaves the window. `None` at the top.
    #[serde(default)]
    pub to_next_by: Option<Date>,
    /// What is missing to keep this tier for another term; zero if it is kept already, `None` for the first tier, which
    /// nobody loses.
    pub to_keep: Option<Money>,
    /// The day by which `to_keep` must be spent; `None` for the first tier.
    #[serde(default)]
    pub to_keep_by: Option<Date>,
    /// The days whose purchases `spent` counts.
    pub window: Window,
}

/// The trace: from it anyone can recompute [`Tier`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TierTrace {
    /// What it explains; the same object as in the overview.
    #[serde(flatten)]
    pub tier: Tier,
    /// Every purchase in the window, newest first. Their counted amounts sum to `spent`.
    pub purchases: Vec<CountedPurchase>,
    /// The rule it follows.
    pub clause: Clause,
    /// How the tier came about, newest first.
    pub history: Vec<TierChange>,
    /// What to spend by when, and what that makes of her.
    pub what_if: Vec<WhatIf>,
    /// When these figures were true.
    pub as_of: Instant,
}

/// A purchase in the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CountedPurchase {
    /// The purchase.
    pub id: Id,
    /// The receipt's number.
    pub receipt_no: String,
    /// When she paid.
    pub at: Instant,
    /// The day it counts on, in the programme's time zone.
    pub on: Date,
    /// What she paid.
    pub amount: Money,
    /// What counts: the amount less refunds.
    pub counted: Money,
    /// The last day it counts.
    pub counts_until: Date,
}

/// A change of tier, or a new term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TierChange {
    /// The day it took effect.
    pub on: Date,
    /// From then on.
    pub tier: TierName,
    /// `joined`, `reached`, `kept`, `lowered` or `refunded`.
    pub reason: String,
    /// The spend that decided it; `None` for `joined`.
    pub spent: Option<Money>,
}

/// A rule of the programme, by version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Clause {
    /// Stable: `tier-window`.
    pub id: String,
    /// Counts up with every change of the text: `3`.
    pub version: String,
    /// In force since.
    pub since: Date,
    /// In the caller's language.
    pub title: String,
    /// In the caller's language.
    pub text: String,
}

/// Spend so much by then, and this is what follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WhatIf {
    /// From now on, in one or many purchases.
    pub spend: Money,
    /// The last day that counts.
    pub by: Date,
    /// The tier that follows.
    pub becomes: TierName,
    /// Whether it is a step up or the present tier for another term.
    pub keeps: bool,
}

/// The trace.
pub fn tier() -> Endpoint<TierTrace> {
    Endpoint::get("/me/tier")
}
