//! Whether the server lives, and whether it can work.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer;
use crate::problem::{Failure, Outcome};
use crate::state::Shared;

/// How the server is.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`; where it is not, there is a problem instead.
    status: &'static str,
}

/// The process answers
#[utoipa::path(get, path = "/healthz", tag = "operation", responses((status = 200, body = Health)))]
pub async fn healthz() -> Outcome<Response<Body>> {
    Ok(answer::json(StatusCode::OK, answer::encode(&Health { status: "ok" })?))
}

/// The database answers, too
#[utoipa::path(get, path = "/readyz", tag = "operation", responses((status = 200, body = Health)))]
pub async fn readyz(State(app): State<Shared>) -> Outcome<Response<Body>> {
    app.database.ping().await.map_err(Failure::unavailable)?;
    healthz().await
}
