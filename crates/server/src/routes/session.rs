//! The session: who am I, and signing out.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use chrono::{DateTime, Utc};
use contract::Instant;
use contract::auth::Session;
use uuid::Uuid;

use crate::answer::{Asked, Audience};
use crate::extract::SignedIn;
use crate::phone;
use crate::problem::Outcome;
use crate::routes::members;
use crate::session;
use crate::state::Shared;

/// Who am I
#[utoipa::path(get, path = "/session", tag = "session", security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, body = Session)))]
pub async fn who(State(app): State<Shared>, SignedIn(session): SignedIn, asked: Asked) -> Outcome<Response<Body>> {
    let mut reader = app.database.read().await?;
    asked.read(Audience::Member, &describe(&mut reader, &session.phone, session.member, session.expires_at).await?)
}

/// Sign out; the session is over at once, everywhere
///
/// One that came through WeChat also unbinds the account, so that the phone does not sign in by itself again.
#[utoipa::path(delete, path = "/session", tag = "session", security(("cookie" = []), ("bearer" = [])),
    responses((status = 204, description = "Signed out")))]
pub async fn end(State(app): State<Shared>, SignedIn(session): SignedIn) -> Outcome<Response<Body>> {
    let mut tx = app.database.begin().await?;
    // The account before the session, as a binding does: see `storage`.
    if let Some(account) = &session.account {
        tx.unbind_wechat(account, &session.phone).await?;
    }
    tx.revoke_session(&session.token_hash).await?;
    tx.commit().await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = session::MEMBERS.no_cookie(app.settings.secure()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// A session as it travels.
pub async fn describe(
    reader: &mut storage::Reader,
    number: &str,
    member: Option<Uuid>,
    expires_at: DateTime<Utc>,
) -> Outcome<Session> {
    let member = match member {
        Some(id) => reader.member(id).await?.as_ref().map(members::describe),
        None => None,
    };
    Ok(Session { phone: phone::mask(number), member, expires_at: Instant(expires_at), token: None })
}
