//! Points: the ledger and the lots.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use catalogue::Locale;
use chrono::{DateTime, Utc};
use contract::list::{Page, Whole};
use contract::points::{Cause, Entry, EntryKind, EntryState, Lot, Notified};
use contract::{Date, Instant};
use serde::Deserialize;
use storage::LedgerCursor;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::answer::{Asked, Audience};
use crate::extract::{Asking, Member};
use crate::paging::Wanted;
use crate::problem::{Failure, Outcome};
use crate::routes::overview;
use crate::state::Shared;

/// What an entry's cause is called that a reservation is.
const RESERVATION: &str = "reservation";

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Only of this kind.
    #[param(inline)]
    kind: Option<EntryKind>,
    /// At most so many, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// The ledger, newest first, pending entries before all posted ones
#[utoipa::path(get, path = "/me/points", tag = "member", security(("cookie" = []), ("bearer" = [])), params(Which),
    responses((status = 200, body = Page<Entry>)))]
pub async fn ledger(
    State(app): State<Shared>,
    Member(id): Member,
    asked: Asked,
    Asking(which): Asking<Which>,
) -> Outcome<Response<Body>> {
    let page = Wanted::<LedgerCursor>::of(which.limit, which.cursor.as_deref())?;
    let kind = which.kind.and_then(|kind| loyalty::ledger::EntryKind::from_text(kind.as_str()));
    let mut snapshot = app.snapshot().await?;
    let mut entries = snapshot.ledger(id, kind, page.after, page.count).await?;
    let next = page.cut(&mut entries, |last| last.position);
    if entries.iter().any(|entry| entry.cause.kind == RESERVATION) {
        name_gifts(&mut snapshot, id, &mut entries, asked.locale, app.now()).await?;
    }
    drop(snapshot);
    let items = entries.into_iter().map(entry).collect::<Outcome<_>>()?;
    asked.read(Audience::Member, &Page { items, next })
}

/// Entries remember what a gift was called in the programme's first language; she reads it in hers.
async fn name_gifts(
    reader: &mut storage::Reader,
    member: Uuid,
    entries: &mut [storage::Entry],
    locale: Locale,
    now: DateTime<Utc>,
) -> Outcome<()> {
    let reservations = reader.reservations(member, None, i64::MAX, now).await?;
    let gifts = reader.gifts().await?;
    for cause in entries.iter_mut().map(|entry| &mut entry.cause).filter(|cause| cause.kind == RESERVATION) {
        let gift = reservations.iter().find(|of| of.id == cause.id).map(|of| of.gift);
        let gift = gift.and_then(|id| gifts.iter().find(|gift| gift.id == id));
        if let Some(words) = gift.and_then(|gift| gift.text(locale.tag())) {
            cause.label.clone_from(&words.name);
        }
    }
    Ok(())
}

/// Every lot with points left, soonest-expiring first
#[utoipa::path(get, path = "/me/points/expiring", tag = "member", security(("cookie" = []), ("bearer" = [])),
    responses((status = 200, body = Whole<Lot>)))]
pub async fn expiring(State(app): State<Shared>, Member(id): Member, asked: Asked) -> Outcome<Response<Body>> {
    let now = app.now();
    let today = app.programme.date_of(now);
    let lots = app.database.read().await?.lots(id, now).await?;
    let mut items: Vec<Lot> = lots
        .iter()
        .map(|lot| Lot {
            points: lot.state.points,
            on: overview::date(&app.programme, lot, today),
            earned_on: Date(lot.state.earned_on),
            notified: lot.notified.as_ref().map(notified),
            held: lot.state.held,
        })
        .collect();
    // Stable: lots of one date stay in the order of earning.
    items.sort_by_key(|lot| (lot.on.is_none(), lot.on));
    asked.read(Audience::Member, &Whole { items, next: None, as_of: Instant(now) })
}

/// A notice as it travels.
pub fn notified(notified: &storage::Notified) -> Notified {
    Notified { at: Instant(notified.at), channel: notified.channel.clone() }
}

fn entry(entry: storage::Entry) -> Outcome<Entry> {
    let kind = EntryKind::from_text(entry.kind.as_str());
    Ok(Entry {
        id: entry.id.to_string(),
        kind: kind.ok_or_else(|| Failure::internal("an entry of a kind the contract does not know"))?,
        points: entry.points,
        state: if entry.balance_after.is_some() { EntryState::Posted } else { EntryState::Pending },
        at: Instant(entry.at),
        on: Date(entry.on),
        balance_after: entry.balance_after,
        cause: Cause { kind: entry.cause.kind, id: entry.cause.id.to_string(), label: entry.cause.label },
    })
}
