//! The green pass: only in `ready`, and for nobody but her.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use contract::reservation::Pass;
use contract::{Code, Instant};
use loyalty::reservation::State as Stage;

use crate::answer::{Asked, Audience};
use crate::extract::{Member, PathId};
use crate::pickup::PickupCode;
use crate::problem::{Failure, Outcome};
use crate::routes::reservations::describe::Stories;
use crate::state::Shared;

/// The pass, once the unit is put aside: code, signed QR payload, variant in words
#[utoipa::path(get, path = "/reservations/{id}/pass", tag = "member", security(("cookie" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The reservation")), responses((status = 200, body = Pass)))]
pub async fn show(
    State(app): State<Shared>,
    Member(member): Member,
    asked: Asked,
    PathId(id): PathId,
) -> Outcome<Response<Body>> {
    let now = app.now();
    let mut snapshot = app.snapshot().await?;
    let found = snapshot.reservation(member, id).await?.ok_or(Code::NotFound)?;
    if found.progress.state_at(now) != Stage::Ready {
        return Err(Code::PassNotReady.into());
    }
    let (gift, variant, counter) = Stories::of(&mut snapshot, &[&found]).await?.names(&found, asked.locale)?;
    drop(snapshot);
    let secret = app.secret.as_bytes();
    let code = PickupCode::derive(secret, found.id, found.times_ready);
    let ready_at = found.ready_at.ok_or_else(|| Failure::internal("ready since when?"))?;
    let pass = Pass {
        reservation_id: found.id.to_string(),
        code: code.expose().to_owned(),
        qr: code.qr(secret),
        gift,
        variant,
        counter,
        ready_at: Instant(ready_at),
        hold_until: Instant(found.progress.hold_until),
        as_of: Instant(now),
    };
    asked.read(Audience::Nobody, &pass)
}
