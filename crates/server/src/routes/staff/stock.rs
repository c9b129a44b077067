//! Stock, as the staff counts it: with who and why.

use std::collections::HashMap;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode, header};
use catalogue::Locale;
use chrono::{DateTime, Utc};
use contract::list::Whole;
use contract::staff::{Role, StockCount, StockLine, StockReceipt};
use contract::{Code, Instant};
use serde::Deserialize;
use storage::{Counted, Stock, Transaction};
use utoipa::IntoParams;
use uuid::Uuid;

use super::record::{Action, Line, note};
use super::reservations::subject;
use crate::answer::{self, Asked, Audience};
use crate::extract::{Asking, Clerk, IfMatch, JsonBody, PathPair};
use crate::idempotency::Intent;
use crate::problem::{Failure, Fault, Faults, Outcome};
use crate::routes::gifts;
use crate::state::{App, Shared};

const MOST_ON_HAND: i64 = 100_000;
const MOST_AT_ONCE: i64 = 10_000;
const LONGEST_NOTE: usize = 200;

/// Whose stock.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Of this counter; without it the own one, for desk and managers all.
    counter: Option<String>,
}

/// What a counter has, by gift and variant
#[utoipa::path(get, path = "/staff/stock", tag = "clerk", security(("staff-cookie" = []), ("bearer" = [])),
    params(Which), responses((status = 200, body = Whole<StockLine>)))]
pub async fn list(
    State(app): State<Shared>,
    clerk: Clerk,
    asked: Asked,
    Asking(which): Asking<Which>,
) -> Outcome<Response<Body>> {
    let asked_for = which.counter.as_deref().map(|id| Uuid::try_parse(id).map_err(|_| Code::NotFound)).transpose()?;
    let now = app.now();
    let mut snapshot = app.snapshot().await?;
    if let Some(counter) = asked_for {
        clerk.must_see(counter)?;
        snapshot.counter(counter).await?.ok_or(Code::NotFound)?;
    }
    let gifts = snapshot.gifts().await?;
    let items = match asked_for.or(clerk.counter) {
        Some(counter) => {
            let stock = snapshot.stock_at(counter, now).await?;
            let known: HashMap<Uuid, &Stock> = stock.iter().map(|stock| (stock.variant, stock)).collect();
            // What it never had is there with zero: the first units have to be counted somewhere.
            let line = |gift, variant: &storage::Variant| match known.get(&variant.id) {
                Some(stock) => line(gift, variant, stock, asked.locale, now),
                None => line(gift, variant, &none(counter, variant.id), asked.locale, now),
            };
            gifts.iter().flat_map(|gift| gift.variants.iter().map(move |variant| line(gift, variant))).collect()
        }
        None => {
            let stock = snapshot.stock(now).await?;
            let places: HashMap<Uuid, (usize, usize)> = gifts
                .iter()
                .enumerate()
                .flat_map(|(at, gift)| {
                    gift.variants.iter().enumerate().map(move |(of, variant)| (variant.id, (at, of)))
                })
                .collect();
            let mut stock: Vec<(Uuid, (usize, usize), &Stock)> = stock
                .iter()
                .filter_map(|stock| places.get(&stock.variant).map(|place| (stock.counter, *place, stock)))
                .collect();
            stock.sort_by_key(|(counter, place, _)| (*counter, *place));
            let described = |(_, (at, of), stock): &(Uuid, (usize, usize), &Stock)| {
                let gift = gifts.get(*at)?;
                Some(line(gift, gift.variants.get(*of)?, stock, asked.locale, now))
            };
            stock.iter().filter_map(described).collect()
        }
    };
    asked.read(Audience::Nobody, &Whole { items, next: None, as_of: Instant(now) })
}

fn none(counter: Uuid, variant: Uuid) -> Stock {
    Stock { counter, variant, on_hand: 0, held: 0, counted_at: None, counted_by: None }
}

/// Set what was counted, unless `before` is not what is there. A count below what is held raises an alarm
#[utoipa::path(put, path = "/staff/stock/{counter}/{variant}", tag = "clerk",
    security(("staff-cookie" = []), ("bearer" = [])),
    params(("counter" = String, Path, description = "Where"), ("variant" = String, Path, description = "Of which variant"),
        ("If-Match" = Option<String>, Header, description = "The ETag of an earlier answer, for who wants to be told of a change since")),
    request_body = StockCount, responses((status = 200, body = StockLine)))]
pub async fn count(
    State(app): State<Shared>,
    clerk: Clerk,
    PathPair(counter, variant): PathPair,
    asked: Asked,
    headers: HeaderMap,
    JsonBody { value, .. }: JsonBody<StockCount>,
) -> Outcome<Response<Body>> {
    clerk.must_be(&[Role::Counter, Role::Manager])?;
    clerk.must_see(counter)?;
    let mut faults = Faults::default();
    faults.check((0..=MOST_ON_HAND).contains(&value.on_hand), "on_hand", Fault::QuantityRange);
    let words = check_note(value.note.as_deref(), &mut faults);
    faults.finish()?;
    let now = app.now();
    let mut tx = app.database.begin().await?;
    let seen = match headers.get(header::IF_MATCH) {
        Some(value) => Some(unchanged(&mut tx, (counter, variant), &IfMatch::of(value)?, asked.locale, now).await?),
        None => None,
    };
    let counted = tx.count_stock(counter, variant, value.on_hand, &clerk.name, now).await?.ok_or(Code::NotFound)?;
    // Compared under the lock of the place. What was handed over or arrived while somebody counted is not counted away: the
    // transaction is dropped, and nothing has changed.
    if [seen, value.before].into_iter().flatten().any(|seen| seen != counted.before) {
        return Err(Code::VersionStale.into());
    }
    let detail = format!("{} → {} · {}{words}", counted.before, counted.stock.on_hand, value.reason.as_str());
    let shown = record(&app, &mut tx, &clerk, Action::StockCounted, &counted, &detail, asked.locale, now).await?;
    tx.commit().await?;
    answer::replaced(&shown)
}

/// How many there were when the caller's version was the newest; fails if it is not any more.
async fn unchanged(
    tx: &mut Transaction,
    (counter, variant): (Uuid, Uuid),
    if_match: &IfMatch,
    locale: Locale,
    now: DateTime<Utc>,
) -> Outcome<i64> {
    let stock = tx.stock_line(counter, variant, now).await?.unwrap_or_else(|| none(counter, variant));
    let gift = tx.gift_of_variant(variant).await?.ok_or(Code::NotFound)?;
    let of = gift.variant(variant).ok_or(Code::NotFound)?;
    if_match.check(&answer::etag(&answer::encode(&line(&gift, of, &stock, locale, now))?))?;
    Ok(stock.on_hand)
}

/// Add what arrived
#[utoipa::path(post, path = "/staff/stock/{counter}/{variant}/receipts", tag = "clerk",
    security(("staff-cookie" = []), ("bearer" = [])),
    params(("counter" = String, Path, description = "Where"), ("variant" = String, Path, description = "Of which variant"),
        ("Idempotency-Key" = String, Header, description = "Names this intent over all its retries")),
    request_body = StockReceipt, responses((status = 201, body = StockLine)))]
pub async fn receive(
    State(app): State<Shared>,
    clerk: Clerk,
    PathPair(counter, variant): PathPair,
    intent: Intent,
    asked: Asked,
    JsonBody { value, bytes }: JsonBody<StockReceipt>,
) -> Outcome<Response<Body>> {
    clerk.must_be(&[Role::Counter, Role::Manager])?;
    clerk.must_see(counter)?;
    let mut faults = Faults::default();
    faults.check((1..=MOST_AT_ONCE).contains(&value.quantity), "quantity", Fault::QuantityRange);
    let words = check_note(value.note.as_deref(), &mut faults);
    faults.finish()?;
    let now = app.now();
    let subject = subject(&clerk);
    let mut tx = app.database.begin().await?;
    if let Some(replayed) = intent.claim(&mut tx, &app, &subject, &bytes).await? {
        return Ok(replayed);
    }
    let received = tx.receive_stock(counter, variant, value.quantity, &clerk.name, now).await?.ok_or(Code::NotFound)?;
    let detail = format!("{} + {} → {}{words}", received.before, value.quantity, received.stock.on_hand);
    let shown = record(&app, &mut tx, &clerk, Action::StockReceived, &received, &detail, asked.locale, now).await?;
    let body = answer::encode(&shown)?;
    intent.save(&mut tx, &subject, StatusCode::CREATED, &body).await?;
    tx.commit().await?;
    Ok(answer::json(StatusCode::CREATED, body))
}

/// As it stands behind figures in the record; empty without a note.
fn check_note(note: Option<&str>, faults: &mut Faults) -> String {
    let note = note.map(str::trim).unwrap_or_default();
    let good = note.chars().count() <= LONGEST_NOTE && !note.chars().any(char::is_control);
    faults.check(good, "note", Fault::NoteLength);
    if note.is_empty() { String::new() } else { format!(" · {note}") }
}

#[expect(clippy::too_many_arguments, reason = "the two handlers that call it have them one by one")]
async fn record(
    app: &App,
    tx: &mut Transaction,
    clerk: &Clerk,
    action: Action,
    counted: &Counted,
    detail: &str,
    locale: Locale,
    now: DateTime<Utc>,
) -> Outcome<StockLine> {
    let stock = &counted.stock;
    let broken = stock.held > stock.on_hand;
    if broken {
        tracing::warn!(counter = %stock.counter, held = stock.held, on_hand = stock.on_hand, "more is held than is there");
    }
    let detail = if broken { format!("{detail} < {}", stock.held) } else { detail.to_owned() };
    let about = Some(stock.variant);
    let line_of_record =
        Line { about, detail: &detail, counter: Some(stock.counter), alert: broken, ..Line::by(clerk) };
    note(app, tx, action, line_of_record).await?;
    let gift = tx.gift_of_variant(stock.variant).await?;
    let gift = gift.ok_or_else(|| Failure::internal("stock of no gift"))?;
    let variant = gift.variant(stock.variant).ok_or_else(|| Failure::internal("stock of no variant"))?;
    Ok(line(&gift, variant, stock, locale, now))
}

fn line(
    gift: &storage::Gift,
    variant: &storage::Variant,
    stock: &Stock,
    locale: Locale,
    now: DateTime<Utc>,
) -> StockLine {
    StockLine {
        counter_id: stock.counter.to_string(),
        gift: gifts::name(gift, locale),
        variant: gifts::variant(variant, locale),
        on_hand: stock.on_hand,
        held: stock.held,
        free: stock.free(),
        counted_at: stock.counted_at.map(Instant),
        counted_by: stock.counted_by.clone(),
        as_of: Instant(now),
    }
}
