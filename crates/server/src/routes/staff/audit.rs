//! The record, for managers: who saw or changed what, and what somebody should look at.

use std::collections::HashMap;

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use contract::Instant;
use contract::list::Page;
use contract::staff::{AuditEntry, Role};
use serde::Deserialize;
use storage::StaffAuditCursor;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::answer::{Asked, Audience};
use crate::extract::{Asking, Clerk};
use crate::paging::Wanted;
use crate::problem::Outcome;
use crate::routes::counters;
use crate::state::Shared;

/// Which lines.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Only what somebody should look at.
    alert: Option<bool>,
    /// At most so many, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// The record, newest first; managers only
#[utoipa::path(get, path = "/staff/audit", tag = "clerk", security(("staff-cookie" = []), ("bearer" = [])),
    params(Which), responses((status = 200, body = Page<AuditEntry>)))]
pub async fn list(
    State(app): State<Shared>,
    clerk: Clerk,
    asked: Asked,
    Asking(which): Asking<Which>,
) -> Outcome<Response<Body>> {
    clerk.must_be(&[Role::Manager])?;
    let page = Wanted::<StaffAuditCursor>::of(which.limit, which.cursor.as_deref())?;
    let mut snapshot = app.snapshot().await?;
    let mut found = snapshot.staff_audit(which.alert.unwrap_or(false), page.after, page.count).await?;
    let all = snapshot.counters(None).await?;
    drop(snapshot);
    let next = page.cut(&mut found, storage::StaffAuditEntry::position);
    let places: HashMap<Uuid, &storage::Counter> = all.iter().map(|counter| (counter.id, counter)).collect();
    let items = found
        .into_iter()
        .map(|entry| AuditEntry {
            id: entry.id.to_string(),
            at: Instant(entry.at),
            user: entry.user,
            action: entry.action,
            counter: entry
                .counter
                .and_then(|id| places.get(&id))
                .map(|counter| counters::describe(counter, None, asked.locale)),
            about: entry.about.map(|about| about.to_string()),
            detail: entry.detail,
            alert: entry.alert,
        })
        .collect();
    asked.read(Audience::Nobody, &Page { items, next })
}
