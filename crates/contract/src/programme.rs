//! The brand's programme, in plain words and in figures; open to anyone.

use serde::{Deserialize, Serialize};

use crate::tier::Clause;
use crate::{Date, Endpoint, Instant, Money};

/// The programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Programme {
    /// The brand's name in the caller's language.
    pub brand: String,
    /// What the programme is, in a sentence or two, in the caller's language.
    pub summary: String,
    /// IANA: `Asia/Shanghai`.
    pub time_zone: String,
    /// ISO 4217.
    pub currency: String,
    /// The date there, now.
    pub today: Date,
    /// From the first to the top.
    pub tiers: Vec<TierRule>,
    /// How points are earned.
    pub earning: EarningRule,
    /// How points expire.
    pub expiry: ExpiryRule,
    /// What counts towards a tier, and for how long.
    pub tier_window: TierWindowRule,
    /// Every rule in words, with its version and its date.
    pub clauses: Vec<Clause>,
    /// What she is asked to agree to when she joins.
    pub consents: Vec<Consent>,
    /// When this was true.
    pub as_of: Instant,
}

/// One tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TierRule {
    /// Stable: `pearl`, `gold`. Also names the material in the brand's theme.
    pub id: String,
    /// In the caller's language.
    pub name: String,
    /// Spend in the window at which it begins; zero for the first.
    pub threshold: Money,
    /// Spend in the window at which it is kept for another term; zero for the first.
    pub keep: Money,
    /// Points multiplier in hundredths: 125 is 1.25 times.
    pub multiplier_percent: u32,
    /// In the caller's language, one line each.
    pub benefits: Vec<String>,
}

/// How points are earned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EarningRule {
    /// So many points …
    pub points: u32,
    /// … for each of these, before the tier's multiplier; rounded down per purchase.
    pub per: Money,
    /// Days from the purchase to posting.
    pub pending_days: u32,
}

/// How points expire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExpiryRule {
    /// Months after earning; `None` if points never expire.
    pub months: Option<u32>,
    /// Whether the date moves to the end of its month.
    pub end_of_month: bool,
    /// Points expire only if she was told at least so many days before.
    pub notice_days: u32,
}

/// What counts towards a tier, and for how long a tier is hers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TierWindowRule {
    /// `rolling` or `calendar-year`.
    pub kind: String,
    /// Months of the rolling window; 12 for the calendar year.
    pub months: u32,
    /// Months a tier is hers once reached or kept.
    pub term_months: u32,
    /// Days after the term in which she may still keep it.
    pub grace_days: u32,
}

/// What she is asked to agree to; each one on its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Consent {
    /// Stable: `terms`, `marketing-sms`.
    pub id: String,
    /// Counts up with every change of the text.
    pub version: String,
    /// Without it there is no membership.
    pub required: bool,
    /// In the caller's language.
    pub title: String,
    /// In the caller's language.
    pub text: String,
}

/// The programme.
pub fn programme() -> Endpoint<Programme> {
    Endpoint::get("/programme")
}
