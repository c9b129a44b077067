//! Where she stands, in a ring and a sentence: the same on the home page and on the tier's own.

use catalogue::text::standing as words;
use contract::Money;
use contract::tier::Tier;
use serde::Serialize;

use crate::env::Env;
use crate::format;
use crate::view::{Ring, Stressed};

/// Where she stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// How far she is.
    pub ring: Ring,
    /// What to spend by when: `3月31日前再消费 ¥1,240`; the amount stands out.
    pub what: Stressed,
    /// What that leads to: `升为白金卡`; `None` where nothing need be done.
    pub then: Option<String>,
}

/// Where she stands.
pub(crate) fn standing(tier: &Tier, env: &Env) -> Standing {
    let locale = env.locale;
    let name = &tier.current.name;
    let nothing_to_do = |sentence: String| (Stressed::plain(&sentence), None);
    let missing = tier.to_keep.as_ref().filter(|missing| missing.amount > 0);
    let (what, then) = match (&tier.next, &tier.to_next, tier.to_next_by) {
        // Keeping what she has comes before what she could have.
        _ if tier.grace_until.is_some() && missing.is_some() => {
            let (missing, until) = (missing.unwrap_or(&tier.spent), tier.grace_until.unwrap_or(tier.valid_until));
            let amount = format::money(missing);
            let sentence = words::grace(locale, &amount, &format::short_date(env, until));
            (Stressed::new(&sentence, &amount), Some(words::grace_then(locale, name)))
        }
        (Some(next), Some(to_next), Some(by)) => {
            let amount = format::money(to_next);
            let sentence = words::next(locale, &amount, &format::short_date(env, by));
            (Stressed::new(&sentence, &amount), Some(words::next_then(locale, &next.name)))
        }
        _ => match (missing, &tier.to_keep) {
            (Some(missing), _) => {
                let amount = format::money(missing);
                let until = format::short_date(env, tier.to_keep_by.unwrap_or(tier.valid_until));
                let sentence = words::keep(locale, &amount, &until);
                (Stressed::new(&sentence, &amount), Some(words::keep_then(locale, name)))
            }
            (None, Some(_)) => nothing_to_do(words::kept(locale, name)),
            (None, None) => nothing_to_do(words::settled(locale, name)),
        },
    };
    Standing { ring: ring(tier, env), what, then }
}

fn ring(tier: &Tier, env: &Env) -> Ring {
    let locale = env.locale;
    let (percent, text, label) = match (&tier.next, &tier.threshold) {
        (Some(next), Some(threshold)) => {
            let percent = percent(&tier.spent, threshold);
            let mut text = format::digits(percent.into());
            text.push('%');
            let label = words::ring_next(locale, &text, &next.name);
            (percent, text, label)
        }
        _ => (100, words::top(locale).to_owned(), words::ring_top(locale).to_owned()),
    };
    let mut dash = format::digits(percent.into());
    dash.push_str(" 100");
    Ring { percent, dash, text, label }
}

/// How much of `whole` there is, rounded down, so that 100 is only said of what is reached.
fn percent(part: &Money, whole: &Money) -> u8 {
    if part.amount >= whole.amount {
        return 100;
    }
    // Not in 128 bits: that division alone costs a phone a kilobyte.
    let percent = match part.amount.max(0).checked_mul(100) {
        Some(hundredfold) => hundredfold / whole.amount.max(1),
        None => part.amount / (whole.amount / 100).max(1),
    };
    u8::try_from(percent.min(99)).unwrap_or(99)
}

#[cfg(test)]
mod tests;
