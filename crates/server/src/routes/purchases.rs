//! A member's purchases.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use contract::list::Page;
use contract::points::EntryState;
use contract::purchase::Purchase;
use contract::{Date, Instant};
use loyalty::Programme;
use serde::Deserialize;
use storage::PurchaseCursor;
use utoipa::IntoParams;

use crate::answer::{Asked, Audience};
use crate::extract::{Asking, Member};
use crate::localize::money;
use crate::paging::Wanted;
use crate::problem::Outcome;
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
    let page = Wanted::<PurchaseCursor>::of(which.limit, which.cursor.as_deref())?;
    let mut found = app.database.read().await?.purchases(id, page.after, page.count).await?;
    let next = page.cut(&mut found, |last| PurchaseCursor { on: last.on, sequence: last.sequence });
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
