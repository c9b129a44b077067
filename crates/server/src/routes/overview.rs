//! The home page's one round trip.

use std::collections::HashMap;

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use catalogue::Locale;
use chrono::{DateTime, Utc};
use contract::member::SkinType;
use contract::overview::{Overview, StatusSentence, SuggestedGift};
use contract::points::{Balances, Expiring, Notified};
use contract::reservation::{GiftName, OpenReservation};
use contract::{Code, Date, Instant};
use loyalty::Programme;
use loyalty::lot::date_of;
use loyalty::tier::{self, Counted, Standing};
use uuid::Uuid;

use crate::answer::{Asked, Audience};
use crate::extract::Member;
use crate::problem::Outcome;
use crate::routes::reservations::describe::state_of;
use crate::routes::{gifts, members, points, tier as tier_route};
use crate::state::{App, Shared};

/// Everything the home page shows
#[utoipa::path(get, path = "/me/overview", tag = "member", security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, body = Overview)))]
pub async fn overview(State(app): State<Shared>, Member(id): Member, asked: Asked) -> Outcome<Response<Body>> {
    asked.read(Audience::Member, &compute(&app, id, asked.locale).await?)
}

/// The overview of a member: her figures from one snapshot, and what they might be good for.
pub async fn compute(app: &App, member: Uuid, locale: Locale) -> Outcome<Overview> {
    let now = app.now();
    let mut reader = app.database.read().await?;
    let found = reader.overview(member, now).await?.ok_or(Code::NotEnrolled)?;
    let standing = standing(&app.programme, &found, app.programme.date_of(now));
    let gifts = suggestions(app, &mut reader, &found, standing.tier, locale, now).await?;
    drop(reader);
    Ok(Overview { gifts, ..describe(&app.programme, &found, &standing, locale, now) })
}

fn describe(
    programme: &Programme,
    found: &storage::Overview,
    standing: &Standing,
    locale: Locale,
    now: DateTime<Utc>,
) -> Overview {
    let active_until = standing.grace_until.unwrap_or(standing.valid_until);
    Overview {
        status_sentence: StatusSentence { name: found.member.name.clone(), active_until: Date(active_until) },
        member: members::describe(&found.member),
        tier: tier_route::describe(programme, standing, locale),
        points: Balances {
            available: found.balances.available,
            held: found.balances.held,
            pending: found.balances.pending,
        },
        expiring: expiring(programme, &found.lots, programme.date_of(now)),
        reservations: found.reservations.iter().map(|of| open(of, locale, now)).collect(),
        gifts: Vec::new(),
        as_of: Instant(now),
    }
}

fn open(of: &storage::OpenReservation, locale: Locale, now: DateTime<Utc>) -> OpenReservation {
    let (gift, counter) = of.names(locale.tag());
    OpenReservation {
        id: of.id.to_string(),
        state: state_of(of.state),
        late: of.is_late(now),
        gift: gift.to_owned(),
        counter: counter.to_owned(),
        hold_until: Instant(of.hold_until),
        ready_by: Instant(of.ready_by),
    }
}

/// At most three gifts that she can have now: those with a variant for her skin first, then the dearest.
async fn suggestions(
    app: &App,
    reader: &mut storage::Reader,
    found: &storage::Overview,
    tier: usize,
    locale: Locale,
    now: DateTime<Utc>,
) -> Outcome<Vec<SuggestedGift>> {
    const MOST: usize = 3;
    let shelf = app.glance.take(reader, now).await?;
    let mut hers: Vec<&storage::Gift> = shelf
        .gifts
        .iter()
        .filter(|gift| gift.points <= found.balances.available && gifts::tier_reached(&app.programme, gift, tier))
        .filter(|gift| gift.variants.iter().any(|variant| shelf.free.contains(&variant.id)))
        .collect();
    if hers.iter().any(|gift| gift.per_member.is_some()) {
        let had: HashMap<Uuid, i64> = reader.gifts_had(found.member.id, now).await?.into_iter().collect();
        hers.retain(|gift| {
            let had = had.get(&gift.id).copied().unwrap_or_default();
            gift.per_member.is_none_or(|most| had < i64::from(most))
        });
    }
    if hers.is_empty() {
        return Ok(Vec::new());
    }
    let profile = reader.profile(found.member.id).await?;
    let skin_type =
        profile.and_then(|(profile, _)| profile.value.skin_type).and_then(|skin| SkinType::from_text(&skin));
    let for_her = |gift: &storage::Gift| {
        gift.variants.iter().any(|variant| shelf.free.contains(&variant.id) && gifts::suits(variant, skin_type))
    };
    hers.sort_by_key(|gift| (!for_her(gift), core::cmp::Reverse(gift.points), gift.id));
    let suggested = hers.into_iter().take(MOST).map(|gift| {
        let GiftName { id, name, picture } = gifts::name(gift, locale);
        SuggestedGift { id, name, points: gift.points, picture }
    });
    Ok(suggested.collect())
}

/// Where she stands.
pub fn standing(programme: &Programme, found: &storage::Overview, today: chrono::NaiveDate) -> Standing {
    let counted: Vec<Counted> =
        found.purchases.iter().map(|purchase| Counted { on: purchase.on, amount: purchase.amount }).collect();
    tier::replay(programme, found.member.joined_on, &counted, today)
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
