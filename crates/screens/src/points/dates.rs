//! Every date on which points expire, and the lots behind each.

use catalogue::text::{home as home_words, points as words};
use contract::points::{Expiring, Lot};
use contract::{Date, Instant};
use serde::Serialize;

use crate::env::Env;
use crate::view::{Bar, Stressed};
use crate::{format, plain, timeline};

/// Every date on which points expire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// The section's heading.
    pub heading: String,
    /// Since when all of it is true.
    pub as_of: String,
    /// One for each date; scrolls sideways if there are many.
    pub bars: Vec<Bar>,
    /// What expires next, and whether she was told; that nothing expires, or that there is nothing.
    pub next: Stressed,
    /// No point expires unannounced; `None` where none expires at all.
    pub promise: Option<String>,
    /// Each date with its lots, soonest first; those that never expire last.
    pub dates: Vec<DateView>,
}

/// One date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateView {
    /// In full, or that they never expire.
    pub date: String,
    /// `还有 12 天`
    pub left: Option<String>,
    /// `220 分`
    pub points: String,
    /// Whether and how she was told; `None` where none expires.
    pub told: Option<String>,
    /// What they are made of.
    pub lots: Vec<LotView>,
}

/// Points earned together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LotView {
    /// `2026年6月1日获得`
    pub earned: String,
    /// `220 分`
    pub points: String,
    /// `其中锁定 100`; `None` if none are.
    pub held: Option<String>,
}

pub(super) fn timeline(lots: &[Lot], as_of: Instant, notice_days: Option<u32>, env: &Env) -> Timeline {
    let locale = env.locale;
    let dates = by_date(lots);
    let expiring: Vec<Expiring> = dates.iter().map(|(on, lots)| batch(*on, lots)).collect();
    let first = expiring.iter().find_map(|batch| Some((batch, batch.on?)));
    let next = match first {
        Some((batch, on)) => timeline::next(batch.points, on, batch.notified.as_ref(), env),
        None if dates.is_empty() => Stressed::plain(words::no_dates(locale)),
        None => Stressed::plain(home_words::never_expires(locale)),
    };
    Timeline {
        heading: words::dates(locale).to_owned(),
        as_of: format::as_of(env, as_of),
        bars: timeline::bars(&expiring, usize::MAX, env),
        next,
        promise: first.and(notice_days).map(|days| plain::promise(days, env)),
        dates: dates.iter().zip(&expiring).map(|((on, lots), batch)| date_view(*on, lots, batch, env)).collect(),
    }
}

/// The lots by their date, soonest first, undated ones last; the order within a date is the server's.
fn by_date(lots: &[Lot]) -> Vec<(Option<Date>, Vec<&Lot>)> {
    let mut dates: Vec<(Option<Date>, Vec<&Lot>)> = Vec::new();
    for lot in lots {
        match dates.iter_mut().find(|(on, _)| *on == lot.on) {
            Some((_, same)) => same.push(lot),
            None => dates.push((lot.on, vec![lot])),
        }
    }
    dates.sort_by_key(|(on, _)| (on.is_none(), *on));
    dates
}

/// As the home page groups them: told only if she was told of every one of them.
fn batch(on: Option<Date>, lots: &[&Lot]) -> Expiring {
    let all_told = lots.iter().all(|lot| lot.notified.is_some());
    let latest = lots.iter().filter_map(|lot| lot.notified.as_ref()).max_by_key(|notified| notified.at);
    Expiring { points: lots.iter().map(|lot| lot.points).sum(), on, notified: latest.filter(|_| all_told).cloned() }
}

fn date_view(on: Option<Date>, lots: &[&Lot], batch: &Expiring, env: &Env) -> DateView {
    let locale = env.locale;
    let points = |points: i64| words::amount(locale, points, &format::number(points));
    DateView {
        date: on.map_or_else(|| words::never(locale).to_owned(), |on| format::date(locale, on)),
        left: on.and_then(|on| format::days_left(env, on)),
        points: points(batch.points),
        told: on.map(|_| timeline::told(batch.notified.as_ref(), env)),
        lots: lots
            .iter()
            .map(|lot| LotView {
                earned: words::earned_on(locale, &format::date(locale, lot.earned_on)),
                points: points(lot.points),
                held: (lot.held > 0).then(|| words::of_which_held(locale, &format::number(lot.held))),
            })
            .collect(),
    }
}
