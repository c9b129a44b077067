//! The home page's one round trip.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use catalogue::Locale;
use chrono::{DateTime, Utc};
use contract::overview::{Overview, StatusSentence};
use contract::points::{Balances, Expiring, Notified};
use contract::{Code, Date, Instant};
use loyalty::Programme;
use loyalty::lot::date_of;
use loyalty::tier::{self, Counted};
use uuid::Uuid;

use crate::answer::{Asked, Audience};
use crate::extract::Member;
use crate::problem::Outcome;
use crate::routes::{members, points, tier as tier_route};
use crate::state::{App, Shared};

/// Everything the home page shows
#[utoipa::path(get, path = "/me/overview", tag = "member", security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, body = Overview)))]
pub async fn overview(State(app): State<Shared>, Member(id): Member, asked: Asked) -> Outcome<Response<Body>> {
    asked.read(Audience::Member, &compute(&app, id, asked.locale).await?)
}

/// The overview of a member, from one snapshot.
pub async fn compute(app: &App, member: Uuid, locale: Locale) -> Outcome<Overview> {
    let now = app.now();
    let found = app.database.read().await?.overview(member, now).await?.ok_or(Code::NotEnrolled)?;
    Ok(describe(&app.programme, found, locale, now))
}

fn describe(programme: &Programme, found: storage::Overview, locale: Locale, now: DateTime<Utc>) -> Overview {
    let today = programme.date_of(now);
    let counted: Vec<Counted> =
        found.purchases.iter().map(|purchase| Counted { on: purchase.on, amount: purchase.amount }).collect();
    let standing = tier::replay(programme, found.member.joined_on, &counted, today);
    let active_until = standing.grace_until.unwrap_or(standing.valid_until);
    Overview {
        status_sentence: StatusSentence { name: found.member.name.clone(), active_until: Date(active_until) },
        member: members::describe(&found.member),
        tier: tier_route::describe(programme, &standing, locale),
        points: Balances {
            available: found.balances.available,
            held: found.balances.held,
            pending: found.balances.pending,
        },
        expiring: expiring(programme, &found.lots, today),
        reservations: Vec::new(),
        gifts: Vec::new(),
        as_of: Instant(now),
    }
}

/// The lots by the date on which they really expire. She counts as told of a date only if she was told of every lot on it;
/// then by the last of those notices.
fn expiring(programme: &Programme, lots: &[storage::Lot], today: chrono::NaiveDate) -> Vec<Expiring> {
    let mut dates: Vec<Expiring> = Vec::new();
    for lot in lots {
        let on = date(programme, lot, today);
        let notified = lot.notified.as_ref().map(points::notified);
        match dates.iter_mut().find(|date| date.on == on) {
            Some(date) => {
                date.points += lot.state.points;
                date.notified = match (date.notified.take(), notified) {
                    (Some(one), Some(other)) => Some(later(one, other)),
                    _ => None,
                };
            }
            None => dates.push(Expiring { points: lot.state.points, on, notified }),
        }
    }
    // A lot whose date moved may now come after one that had a later date.
    dates.sort_by_key(|date| (date.on.is_none(), date.on));
    dates
}

fn later(one: Notified, other: Notified) -> Notified {
    if other.at > one.at { other } else { one }
}

/// The last day a lot's points can be spent, as it stands today.
pub fn date(programme: &Programme, lot: &storage::Lot, today: chrono::NaiveDate) -> Option<Date> {
    let notified_on = lot.notified.as_ref().map(|notified| programme.date_of(notified.at));
    date_of(&programme.expiry, &lot.state, notified_on, today).map(Date)
}
