//! The programme's rules in plain words: on its own page and before joining.

use catalogue::text::plain as words;
use contract::programme::{Programme, TierRule};
use serde::Serialize;

use crate::env::Env;
use crate::format;

/// A tier, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TierWords {
    /// The tier's id: names its material in the brand's theme.
    pub material: String,
    /// Its name.
    pub name: String,
    /// How it is reached: `近 12 个月消费满 ¥600`.
    pub reached: String,
    /// How it is kept; `None` for the first, which nobody loses.
    pub kept: Option<String>,
    /// `1.25 倍积分`
    pub multiplier: String,
    /// One line each.
    pub benefits: Vec<String>,
}

/// A heading and sentences under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// What they are about.
    pub heading: String,
    /// One line each.
    pub sentences: Vec<String>,
}

/// Every tier, from the first to the top.
pub(crate) fn tiers(programme: &Programme, env: &Env) -> Vec<TierWords> {
    programme.tiers.iter().map(|tier| tier_words(tier, programme, env)).collect()
}

fn tier_words(tier: &TierRule, programme: &Programme, env: &Env) -> TierWords {
    let locale = env.locale;
    let window = &programme.tier_window;
    let months = format::digits(window.months.into());
    let by_year = window.kind == "calendar-year";
    let spend = |amount: String| {
        if by_year {
            words::reached_in_year(locale, &amount)
        } else {
            words::reached_in_months(locale, &amount, &months)
        }
    };
    TierWords {
        material: tier.id.clone(),
        name: tier.name.clone(),
        reached: match tier.threshold.amount {
            ..=0 => words::reached_on_joining(locale).to_owned(),
            _ => spend(format::money(&tier.threshold)),
        },
        kept: (tier.keep.amount > 0).then(|| words::kept(locale, &format::money(&tier.keep))),
        multiplier: words::multiplier(locale, &format::hundredths(tier.multiplier_percent)),
        benefits: tier.benefits.clone(),
    }
}

/// How points are earned.
pub(crate) fn earning(programme: &Programme, env: &Env) -> Section {
    let locale = env.locale;
    let earning = &programme.earning;
    let points = format::number(earning.points.into());
    let mut sentences = vec![words::earn(locale, earning.points.into(), &format::money(&earning.per), &points)];
    sentences.push(match earning.pending_days {
        0 => words::posted_at_once(locale).to_owned(),
        days => words::posted_after(locale, days.into(), &format::digits(days.into())),
    });
    Section { heading: words::earning(locale).to_owned(), sentences }
}

/// How points expire, and the promise about it.
pub(crate) fn expiry(programme: &Programme, env: &Env) -> Section {
    let locale = env.locale;
    let rule = &programme.expiry;
    let mut sentences = Vec::new();
    match rule.months {
        None => sentences.push(words::never(locale).to_owned()),
        Some(months) => {
            let count = format::digits(months.into());
            sentences.push(match rule.end_of_month {
                true => words::expire_end_of_month(locale, months.into(), &count),
                false => words::expire(locale, months.into(), &count),
            });
            sentences.push(promise(rule.notice_days, env));
        }
    }
    Section { heading: words::expiry(locale).to_owned(), sentences }
}

/// No point expires unannounced.
pub(crate) fn promise(notice_days: u32, env: &Env) -> String {
    words::promise(env.locale, notice_days.into(), &format::digits(notice_days.into()))
}

/// How a tier is reached, kept and lowered.
pub(crate) fn window(programme: &Programme, env: &Env) -> Section {
    let locale = env.locale;
    let rule = &programme.tier_window;
    let mut sentences = Vec::new();
    sentences.push(if rule.kind == "calendar-year" {
        words::counts_year(locale).to_owned()
    } else {
        words::counts_months(locale, rule.months.into(), &format::digits(rule.months.into()))
    });
    sentences.push(words::term(locale, rule.term_months.into(), &format::digits(rule.term_months.into())));
    if rule.grace_days > 0 {
        sentences.push(words::grace(locale, rule.grace_days.into(), &format::digits(rule.grace_days.into())));
    }
    Section { heading: words::window(locale).to_owned(), sentences }
}
