//! A hold for a member on the telephone: the only way to promise a unit.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use contract::staff::{PhoneHold, StaffReservation};
use storage::Actor;

use super::record::{Action, Line, note};
use super::reservations::{finish, subject};
use crate::answer::Asked;
use crate::extract::{Clerk, JsonBody};
use crate::idempotency::Intent;
use crate::outbox::{News, tell};
use crate::phone::Phone;
use crate::problem::{Failure, Fault, Outcome};
use crate::routes::reservations::{Wish, reserve};
use crate::state::Shared;

/// Hold a unit and the points for a member on the telephone, by the rules that hold for herself
#[utoipa::path(post, path = "/staff/holds", tag = "clerk", security(("staff-cookie" = []), ("bearer" = [])),
    params(("Idempotency-Key" = String, Header, description = "Names this intent over all its retries")),
    request_body = PhoneHold, responses((status = 201, body = StaffReservation)))]
pub async fn make(
    State(app): State<Shared>,
    clerk: Clerk,
    intent: Intent,
    asked: Asked,
    JsonBody { value, bytes }: JsonBody<PhoneHold>,
) -> Outcome<Response<Body>> {
    let wish = Wish::parse(&value.variant_id, &value.counter_id)?;
    clerk.must_see(wish.counter())?;
    let phone = Phone::parse(&value.phone).ok_or_else(|| Failure::field("phone", Fault::PhoneMalformed))?;
    let now = app.now();
    let subject = subject(&clerk);
    let mut tx = app.database.begin().await?;
    if let Some(replayed) = intent.claim(&mut tx, &app, &subject, &bytes).await? {
        return Ok(replayed);
    }
    let member = tx.member_by_phone(phone.expose()).await?;
    let member = member.ok_or_else(|| Failure::field("phone", Fault::MemberUnknown))?;
    let by = Actor::Staff(&clerk.name);
    let reservation = reserve(&app, &mut tx, member, wish, by, asked.locale, now).await?;
    tell(&app, &mut tx, &reservation, News::PhoneHold, now).await?;
    let line = Line { about: Some(reservation.id), counter: Some(reservation.counter), ..Line::by(&clerk) };
    note(&app, &mut tx, Action::PhoneHold, line).await?;
    finish(tx, &reservation, Some(&intent), &subject, StatusCode::CREATED, &asked, now).await
}
