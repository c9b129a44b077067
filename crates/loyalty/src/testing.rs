//! What the unit tests share.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::currency::Currency;
use crate::programme::{Clause, Consent, Earn, Expiry, Programme, Texts, Tier, TierWindow, WindowKind};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn texts(text: &str) -> Texts {
    Texts { zh_cn: text.to_owned(), en: text.to_owned() }
}

fn tier(id: &str, threshold_minor: i64, keep_minor: i64, multiplier_percent: u32) -> Tier {
    Tier { id: id.to_owned(), name: texts(id), threshold_minor, keep_minor, multiplier_percent, benefits: Vec::new() }
}

/// Four tiers at 0, 200.00, 600.00 and 1,500.00 over a rolling year.
pub(crate) fn programme() -> Programme {
    Programme {
        summary: texts("summary"),
        time_zone: Tz::Asia__Shanghai,
        currency: Currency::new("CNY").unwrap(),
        earn: Earn { points: 1, per_minor: 100, pending_days: 7 },
        expiry: Expiry { months: Some(24), end_of_month: true, notice_days: 30 },
        window: TierWindow { kind: WindowKind::Rolling { months: 12 }, term_months: 12, grace_days: 30 },
        reservation: crate::reservation::Rules::default(),
        tiers: vec![
            tier("pearl", 0, 0, 100),
            tier("rose", 20_000, 15_000, 110),
            tier("gold", 60_000, 45_000, 125),
            tier("platinum", 150_000, 120_000, 150),
        ],
        clauses: vec![Clause {
            id: "tier-window".to_owned(),
            version: 1,
            since: day("2026-01-01"),
            title: texts("title"),
            text: texts("text"),
        }],
        consents: vec![Consent {
            id: "terms".to_owned(),
            version: 1,
            required: true,
            title: texts("title"),
            text: texts("text"),
        }],
    }
}
