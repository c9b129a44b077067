//! The card's rotating token.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use contract::member::CardToken;
use contract::{Code, Instant};

use crate::answer::{Asked, Audience};
use crate::card;
use crate::extract::Member;
use crate::problem::Outcome;
use crate::state::Shared;

/// Number and rotating token
#[utoipa::path(get, path = "/me/card", tag = "member", security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, body = CardToken)))]
pub async fn token(State(app): State<Shared>, Member(id): Member, asked: Asked) -> Outcome<Response<Body>> {
    let member = app.database.read().await?.member(id).await?.ok_or(Code::NotEnrolled)?;
    let now = app.now();
    let token = card::token(app.secret.as_bytes(), &member.card_number, now);
    let shown =
        CardToken { number: member.card_number, token: token.text, valid_for: token.valid_for, as_of: Instant(now) };
    asked.read(Audience::Member, &shown)
}
