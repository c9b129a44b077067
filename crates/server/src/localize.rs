//! From the programme's figures and texts to what travels, in the caller's language.

use catalogue::Locale;
use contract::{Date, Instant, Money};
use loyalty::{Programme, Texts};

/// The text in this language.
pub fn text(texts: &Texts, locale: Locale) -> &str {
    match locale {
        Locale::ZhCn => &texts.zh_cn,
        Locale::En => &texts.en,
    }
}

/// An amount of the programme's currency.
pub fn money(programme: &Programme, amount: i64) -> Money {
    Money { amount, currency: programme.currency.code().to_owned() }
}

/// A tier by its position.
pub fn tier_name(programme: &Programme, tier: usize, locale: Locale) -> contract::tier::TierName {
    match programme.tiers.get(tier) {
        Some(tier) => contract::tier::TierName { id: tier.id.clone(), name: text(&tier.name, locale).to_owned() },
        // Positions come from the programme itself; an empty name is better than a panic.
        None => contract::tier::TierName { id: String::new(), name: String::new() },
    }
}

/// A rule in words.
pub fn clause(clause: &loyalty::programme::Clause, locale: Locale) -> contract::tier::Clause {
    contract::tier::Clause {
        id: clause.id.clone(),
        version: clause.version.to_string(),
        since: Date(clause.since),
        title: text(&clause.title, locale).to_owned(),
        text: text(&clause.text, locale).to_owned(),
    }
}

/// The programme's local time as in the `Programme-Time` header: RFC 3339 with its offset.
pub fn programme_time(programme: &Programme, now: chrono::DateTime<chrono::Utc>) -> String {
    use chrono::Offset;
    let seconds = now.with_timezone(&programme.time_zone).offset().fix().local_minus_utc();
    let local = Instant(now.checked_add_signed(chrono::TimeDelta::seconds(i64::from(seconds))).unwrap_or(now));
    let mut text = local.to_string();
    text.pop();
    let minutes = seconds.abs() / 60;
    let sign = if seconds < 0 { '-' } else { '+' };
    text.push_str(&format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60));
    text
}

/// The programme's offset from UTC now, minutes to the east.
pub fn utc_offset_minutes(programme: &Programme, now: chrono::DateTime<chrono::Utc>) -> i32 {
    use chrono::Offset;
    now.with_timezone(&programme.time_zone).offset().fix().local_minus_utc() / 60
}
