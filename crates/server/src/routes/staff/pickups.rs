//! Pick-up: whose pass this is, handing over, and offering another variant. Codes are good at one counter, and few may be tried.
//!
//! Nothing is handed over without the pass: that it was looked up is written down, and handing over asks for it. What stands in a
//! list, or what a clerk held himself for somebody on the telephone, opens nothing.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use contract::Code;
use contract::staff::{ExchangeProposal, PickupLookup, Role, ScannedUnit, StaffReservation};
use loyalty::reservation::State as Stage;
use storage::{Acted, PassShown, Reservation, Transaction};
use uuid::Uuid;

use super::record::{Action, Line, note};
use super::reservations::{Scan, at_work, find, finish, scan, subject};
use crate::answer::{self, Asked};
use crate::extract::{Clerk, JsonBody, PathId};
use crate::idempotency::{Intent, MaybeIntent};
use crate::outbox::{News, tell};
use crate::pickup::PickupCode;
use crate::problem::{Failure, Fault, Outcome};
use crate::routes::gifts;
use crate::routes::reservations::{describe, done};
use crate::state::{App, Shared};
use crate::tries::{Allowance, Tries};

/// Wrong codes of one person.
const OF_CLERK: Allowance = Allowance { tries: 5, window: TimeDelta::minutes(15) };
/// Wrong codes at one counter, whoever types them.
const AT_COUNTER: Allowance = Allowance { tries: 20, window: TimeDelta::minutes(60) };
/// Whoever looked a pass up may hand over for so long: enough to fetch the unit from the back.
const SHOWN_FOR: TimeDelta = TimeDelta::minutes(30);

/// Whose pass this is: the code as typed, or the QR code's contents. Wrong ones are counted
#[utoipa::path(post, path = "/staff/pickups/lookup", tag = "clerk", security(("staff-cookie" = []), ("bearer" = [])),
    request_body = PickupLookup, responses((status = 200, body = StaffReservation)))]
pub async fn look_up(
    State(app): State<Shared>,
    clerk: Clerk,
    asked: Asked,
    JsonBody { value, .. }: JsonBody<PickupLookup>,
) -> Outcome<Response<Body>> {
    let counter = clerk.at_counter()?;
    let now = app.now();
    let by_clerk = Tries::of(format!("wrong pick-up codes by {}", clerk.user), OF_CLERK, now);
    let at_counter = Tries::of(format!("wrong pick-up codes at {counter}"), AT_COUNTER, now);
    let mut tx = app.database.begin().await?;
    let last_of_clerk = by_clerk.count(&mut tx, Code::PickupLocked, now).await?;
    let last_at_counter = at_counter.count(&mut tx, Code::PickupLocked, now).await?;
    let Some(found) = whose(&app, &mut tx, counter, &value.code).await? else {
        return refuse(&app, tx, &clerk, last_of_clerk || last_at_counter).await;
    };
    // A code of ours is no guess, even if its time is over: nothing of this transaction lasts then, the count included.
    if found.progress.state_at(now) != Stage::Ready {
        return Err(Code::ReservationState.into());
    }
    by_clerk.give_back(&mut tx).await?;
    at_counter.give_back(&mut tx).await?;
    let shown = PassShown { times_ready: found.times_ready, at: now };
    tx.note_pass_shown(found.member, found.id, &clerk.user, shown).await?;
    let body = answer::encode(&describe::for_staff(&mut tx, &found, asked.locale, now).await?)?;
    tx.commit().await?;
    Ok(answer::json(StatusCode::OK, body))
}

/// Whether this very person has looked up the pass that is good now, a short while ago.
pub async fn was_shown(tx: &mut Transaction, clerk: &Clerk, of: &Reservation, now: DateTime<Utc>) -> Outcome<bool> {
    let shown = tx.pass_shown(of.member, of.id, &clerk.user).await?;
    // Either way: an instant far ahead is of a clock that was wrong, and would be good for ever.
    Ok(shown.is_some_and(|shown| shown.times_ready == of.times_ready && (now - shown.at).abs() < SHOWN_FOR))
}

async fn whose(app: &App, tx: &mut Transaction, counter: Uuid, typed: &str) -> Outcome<Option<Reservation>> {
    let secret = app.secret.as_bytes();
    let Some(code) = PickupCode::parse(secret, typed) else { return Ok(None) };
    match tx.pickup(counter, &code.hash(secret)).await? {
        Some((member, id)) => Ok(tx.reservation(member, id).await?),
        None => Ok(None),
    }
}

/// A wrong code counts, and is on record; the last one that is allowed raises the alarm.
async fn refuse(app: &App, mut tx: Transaction, clerk: &Clerk, last: bool) -> Outcome<Response<Body>> {
    note(app, &mut tx, Action::PickupRefused, Line::by(clerk)).await?;
    if last {
        note(app, &mut tx, Action::PickupLocked, Line::by(clerk)).await?;
        tracing::warn!(user = clerk.user, counter = ?clerk.counter, "too many wrong pick-up codes");
    }
    tx.commit().await?;
    Err(Code::PickupCodeWrong.into())
}

/// The unit was scanned and is hers. Whoever hands it over has looked her pass up before; another unit changes nothing
#[utoipa::path(post, path = "/staff/pickups/{id}/collect", tag = "clerk",
    security(("staff-cookie" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The reservation"),
        ("Idempotency-Key" = String, Header, description = "Names this intent over all its retries")),
    request_body = ScannedUnit, responses((status = 200, body = StaffReservation)))]
pub async fn collect(
    State(app): State<Shared>,
    clerk: Clerk,
    intent: Intent,
    asked: Asked,
    PathId(id): PathId,
    JsonBody { value, bytes }: JsonBody<ScannedUnit>,
) -> Outcome<Response<Body>> {
    clerk.must_be(&[Role::Counter])?;
    scan(&app, &clerk, Scan::Collect, id, &value, Some(&intent), &bytes, &asked).await
}

/// Offer another variant of the same gift; nothing changes unless the member says so on her own phone
#[utoipa::path(post, path = "/staff/pickups/{id}/exchange", tag = "clerk",
    security(("staff-cookie" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The reservation"),
        ("Idempotency-Key" = Option<String>, Header, description = "Welcome: a repeat then is answered as the first")),
    request_body = ExchangeProposal, responses((status = 200, body = StaffReservation)))]
pub async fn exchange(
    State(app): State<Shared>,
    clerk: Clerk,
    MaybeIntent(intent): MaybeIntent,
    asked: Asked,
    PathId(id): PathId,
    JsonBody { value, bytes }: JsonBody<ExchangeProposal>,
) -> Outcome<Response<Body>> {
    clerk.must_be(&[Role::Counter])?;
    let variant = Uuid::try_parse(&value.variant_id);
    let variant = variant.map_err(|_| Failure::field("variant_id", Fault::VariantUnknown))?;
    let now = app.now();
    let subject = subject(&clerk);
    let mut tx = app.database.begin().await?;
    if let Some(intent) = &intent
        && let Some(replayed) = intent.claim(&mut tx, &app, &subject, &bytes).await?
    {
        return Ok(replayed);
    }
    let Reservation { member, counter, .. } = find(&mut tx, &clerk, id).await?;
    let reservation = match tx.offer_exchange(member, id, at_work(&clerk), variant, &app.programme, now).await? {
        Acted::OutOfStock => {
            let here = tx.counter(counter).await?.ok_or_else(|| Failure::internal("a reservation at no counter"))?;
            return Err(gifts::nearest(&mut tx, variant, &here, asked.locale, now).await?);
        }
        acted => done(acted)?,
    };
    let offer = reservation.offer.as_ref().ok_or_else(|| Failure::internal("an offer of nothing"))?;
    let news = News::ExchangeOffered { variant: offer.variant, until: offer.until };
    tell(&app, &mut tx, &reservation, news, now).await?;
    let line = Line { about: Some(id), counter: Some(reservation.counter), ..Line::by(&clerk) };
    note(&app, &mut tx, Action::ExchangeOffered, line).await?;
    finish(tx, &reservation, intent.as_ref(), &subject, StatusCode::OK, &asked, now).await
}
