//! A member's purchases.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use contract::list::Page;
use contract::points::EntryState;
use contract::purchase::Purchase;
use contract::{Code, Date, Instant};
use loyalty::Programme;
use serde::Deserialize;
use storage::PurchaseCursor;
use utoipa::IntoParams;

use crate::answer::{Asked, Audience};
use crate::extract::{Asking, Member};
use crate::localize::money;
use crate::problem::{Failure, Outcome};
use crate::routes::points::limit;
use crate::state::Shared;

/// Which purchases.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// At most so many, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Purchases, newest first
#[utoipa::path(get, path = "/me/purchases", tag = "member", security(("cookie" = []), ("bearer" = [])), params(Which),
    responses((status = 200, body = Page<Purchase>)))]
pub async fn purchases(
    State(app): State<Shared>,
    Member(id): Member,
    asked: Asked,
    Asking(which): Asking<Which>,
) -> Outcome<Response<Body>> {
    let limit = limit(which.limit)?;
    let after = which
        .cursor
        .as_deref()
        .map(|cursor| cursor.parse::<PurchaseCursor>().map_err(|_| Code::MalformedParameter))
        .transpose()?;
    let wanted = i64::try_from(limit + 1).map_err(Failure::internal)?;
    let mut found = app.database.read().await?.purchases(id, after, wanted).await?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next =
        found.last().filter(|_| more).map(|last| PurchaseCursor { on: last.on, sequence: last.sequence }.to_string());
    let items = found.iter().map(|purchase| describe(&app.programme, purchase)).collect();
    asked.read(Audience::Member, &Page { items, next })
}

/// A purchase as it travels.
pub fn describe(programme: &Programme, purchase: &storage::Purchase) -> Purchase {
    Purchase {
        id: purchase.id.to_string(),
        receipt_no: purchase.receipt_no.clone(),
        at: Instant(purchase.at),
        on: Date(purchase.on),
        amount: money(programme, purchase.paid),
        refunded: money(programme, purchase.refunded),
        items: purchase.items.and_then(|items| u32::try_from(items).ok()),
        points: purchase.points,
        state: if purchase.posted_at.is_some() { EntryState::Posted } else { EntryState::Pending },
        posts_on: Date(purchase.posts_on),
    }
}
