//! Reservations: points and one unit, locked in one transaction, at a counter named beforehand.

pub mod describe;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Response, StatusCode};
use catalogue::Locale;
use chrono::{DateTime, Utc};
use contract::Code;
use contract::list::Page;
use contract::reservation::{ExchangeAnswer, InsufficientPoints, MoveRequest, Reservation, ReservationRequest};
use loyalty::reservation::Refusal;
use loyalty::tier::{Counted, replay};
use serde::Deserialize;
use storage::{Acted, Actor, NewReservation, ReservationCursor, Reserving, Transaction};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::answer::{self, Asked, Audience};
use crate::extract::{Asking, JsonBody, Member, PathId};
use crate::idempotency::{Intent, MaybeIntent};
use crate::outbox::{News, tell};
use crate::paging::Wanted;
use crate::problem::{Failure, Fault, Faults, Outcome};
use crate::routes::gifts;
use crate::state::{App, Shared};
use describe::Stories;

/// Which of hers.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// At most so many, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Whose keys these are.
fn subject(member: Uuid) -> String {
    format!("member {member}")
}

/// Reserve a unit at a counter: points and unit are locked together, or not at all
#[utoipa::path(post, path = "/reservations", tag = "member", security(("cookie" = []), ("bearer" = [])),
    params(("Idempotency-Key" = String, Header, description = "Names this intent over all its retries")),
    request_body = ReservationRequest, responses((status = 201, body = Reservation)))]
pub async fn make(
    State(app): State<Shared>,
    Member(member): Member,
    intent: Intent,
    asked: Asked,
    JsonBody { value, bytes }: JsonBody<ReservationRequest>,
) -> Outcome<Response<Body>> {
    let now = app.now();
    let subject = subject(member);
    let mut tx = app.database.begin().await?;
    if let Some(replayed) = intent.claim(&mut tx, &app, &subject, &bytes).await? {
        return Ok(replayed);
    }
    let wish = Wish { points: value.points, ..Wish::parse(&value.variant_id, &value.counter_id)? };
    let reservation = reserve(&app, &mut tx, member, wish, Actor::Member, asked.locale, now).await?;
    let rules = &app.programme.reservation;
    let body = answer::encode(&describe::for_member(&mut tx, &reservation, rules, asked.locale, now).await?)?;
    intent.save(&mut tx, &subject, StatusCode::CREATED, &body).await?;
    tx.commit().await?;
    Ok(answer::json(StatusCode::CREATED, body))
}

/// Which variant, and where.
#[derive(Clone, Copy)]
pub struct Wish {
    variant: Uuid,
    counter: Uuid,
    /// What she was told it costs.
    points: Option<i64>,
}

impl Wish {
    /// What can't be an identifier names nothing.
    pub fn parse(variant: &str, counter: &str) -> Outcome<Self> {
        let mut faults = Faults::default();
        let (variant, counter) = (Uuid::try_parse(variant), Uuid::try_parse(counter));
        faults.check(variant.is_ok(), "variant_id", Fault::VariantUnknown);
        faults.check(counter.is_ok(), "counter_id", Fault::CounterUnknown);
        faults.finish()?;
        match (variant, counter) {
            (Ok(variant), Ok(counter)) => Ok(Self { variant, counter, points: None }),
            _ => Err(Failure::internal("a fault was not noted")),
        }
    }

    /// Where.
    pub fn counter(self) -> Uuid {
        self.counter
    }
}

/// Reserves, whoever does it for her. Nothing of the transaction lasts if it can't be.
pub async fn reserve(
    app: &App,
    tx: &mut Transaction,
    member: Uuid,
    wish: Wish,
    by: Actor<'_>,
    locale: Locale,
    now: DateTime<Utc>,
) -> Outcome<storage::Reservation> {
    // Her row first: the tier that is looked at is the tier she holds while this happens.
    if !tx.lock_member(member).await? {
        return Err(Code::NotEnrolled.into());
    }
    let Wish { variant, counter, points } = wish;
    let gift = tx.gift_of_variant(variant).await?;
    let gift = gift.ok_or_else(|| Failure::field("variant_id", Fault::VariantUnknown))?;
    let place = tx.counter(counter).await?;
    let place = place.ok_or_else(|| Failure::field("counter_id", Fault::CounterUnknown))?;
    if points.is_some_and(|told| told != gift.points) {
        return Err(Code::PriceChanged.into());
    }
    if gift.min_tier.is_some() && !gifts::tier_reached(&app.programme, &gift, tier(app, tx, member, now).await?) {
        return Err(Code::TierTooLow.into());
    }
    let new = NewReservation { id: app.id()?, variant, counter, by };
    match tx.reserve(member, &new, &app.programme, now).await? {
        Reserving::Reserved { reservation, expired } => {
            for ended in &expired {
                tell(app, tx, ended, News::Expired, now).await?;
            }
            Ok(reservation)
        }
        Reserving::OutOfStock => Err(gifts::nearest(tx, variant, &place, locale, now).await?),
        Reserving::InsufficientPoints { missing } => {
            Err(Failure::from(Code::InsufficientPoints).with(&InsufficientPoints { missing }))
        }
        Reserving::GiftLimit => Err(Code::GiftLimitReached.into()),
        Reserving::OpenLimit => Err(Code::TooManyReservations.into()),
        Reserving::NotFound => Err(Failure::internal("a member or a variant vanished")),
    }
}

/// Her tier, by the replay that shows it to her.
async fn tier(app: &App, tx: &mut Transaction, member: Uuid, now: DateTime<Utc>) -> Outcome<usize> {
    let joined_on = tx.member(member).await?.ok_or(Code::NotEnrolled)?.joined_on;
    let history = tx.history(member).await?;
    let counted: Vec<Counted> =
        history.iter().map(|purchase| Counted { on: purchase.on, amount: purchase.paid - purchase.refunded }).collect();
    Ok(replay(&app.programme, joined_on, &counted, app.programme.date_of(now)).tier)
}

/// Hers, open ones first, then the newest first
#[utoipa::path(get, path = "/reservations", tag = "member", security(("cookie" = []), ("bearer" = [])), params(Which),
    responses((status = 200, body = Page<Reservation>)))]
pub async fn list(
    State(app): State<Shared>,
    Member(member): Member,
    asked: Asked,
    Asking(which): Asking<Which>,
) -> Outcome<Response<Body>> {
    let page = Wanted::<ReservationCursor>::of(which.limit, which.cursor.as_deref())?;
    let now = app.now();
    let mut snapshot = app.snapshot().await?;
    let mut found = snapshot.reservations(member, page.after, page.count, now).await?;
    let next = page.cut(&mut found, |last| last.position(now));
    let stories = Stories::of(&mut snapshot, &found.iter().collect::<Vec<_>>()).await?;
    drop(snapshot);
    let rules = &app.programme.reservation;
    let items = found.iter().map(|of| stories.member(of, rules, asked.locale, now)).collect::<Outcome<_>>()?;
    asked.read(Audience::Member, &Page { items, next })
}

/// One of hers
#[utoipa::path(get, path = "/reservations/{id}", tag = "member", security(("cookie" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The reservation")), responses((status = 200, body = Reservation)))]
pub async fn one(
    State(app): State<Shared>,
    Member(member): Member,
    asked: Asked,
    PathId(id): PathId,
) -> Outcome<Response<Body>> {
    let now = app.now();
    let mut snapshot = app.snapshot().await?;
    let found = snapshot.reservation(member, id).await?.ok_or(Code::NotFound)?;
    let rules = &app.programme.reservation;
    asked.read(Audience::Member, &describe::for_member(&mut snapshot, &found, rules, asked.locale, now).await?)
}

/// Give it up: points and unit are back at once
#[utoipa::path(delete, path = "/reservations/{id}", tag = "member", security(("cookie" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The reservation"),
        ("Idempotency-Key" = Option<String>, Header, description = "Welcome: a repeat then is answered as the first")),
    responses((status = 200, body = Reservation)))]
pub async fn cancel(
    State(app): State<Shared>,
    Member(member): Member,
    MaybeIntent(intent): MaybeIntent,
    asked: Asked,
    PathId(id): PathId,
    body: Bytes,
) -> Outcome<Response<Body>> {
    carry_out(&app, (member, id), Act::Cancel, intent.as_ref(), &body, &asked).await
}

/// Have it held longer
#[utoipa::path(post, path = "/reservations/{id}/extend", tag = "member", security(("cookie" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The reservation"),
        ("Idempotency-Key" = Option<String>, Header, description = "Welcome: a repeat then does not extend twice")),
    responses((status = 200, body = Reservation)))]
pub async fn extend(
    State(app): State<Shared>,
    Member(member): Member,
    MaybeIntent(intent): MaybeIntent,
    asked: Asked,
    PathId(id): PathId,
    body: Bytes,
) -> Outcome<Response<Body>> {
    carry_out(&app, (member, id), Act::Extend, intent.as_ref(), &body, &asked).await
}

/// Have it at another counter: a unit is locked there, and the one here is free
#[utoipa::path(post, path = "/reservations/{id}/move", tag = "member", security(("cookie" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The reservation"),
        ("Idempotency-Key" = String, Header, description = "Names this intent over all its retries")),
    request_body = MoveRequest, responses((status = 200, body = Reservation)))]
pub async fn move_to(
    State(app): State<Shared>,
    Member(member): Member,
    intent: Intent,
    asked: Asked,
    PathId(id): PathId,
    JsonBody { value, bytes }: JsonBody<MoveRequest>,
) -> Outcome<Response<Body>> {
    let counter = Uuid::try_parse(&value.counter_id);
    let counter = counter.map_err(|_| Failure::field("counter_id", Fault::CounterUnknown))?;
    carry_out(&app, (member, id), Act::Move(counter), Some(&intent), &bytes, &asked).await
}

/// Take the other variant
#[utoipa::path(post, path = "/reservations/{id}/exchange/confirm", tag = "member",
    security(("cookie" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The reservation"),
        ("Idempotency-Key" = Option<String>, Header, description = "Welcome: a repeat then is answered as the first")),
    request_body = Option<ExchangeAnswer>, responses((status = 200, body = Reservation)))]
pub async fn confirm(
    State(app): State<Shared>,
    Member(member): Member,
    MaybeIntent(intent): MaybeIntent,
    asked: Asked,
    PathId(id): PathId,
    body: Bytes,
) -> Outcome<Response<Body>> {
    let act = Act::Answer { take: true, seen: seen(&body)? };
    carry_out(&app, (member, id), act, intent.as_ref(), &body, &asked).await
}

/// Keep things as they are
#[utoipa::path(post, path = "/reservations/{id}/exchange/decline", tag = "member",
    security(("cookie" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The reservation"),
        ("Idempotency-Key" = Option<String>, Header, description = "Welcome: a repeat then is answered as the first")),
    request_body = Option<ExchangeAnswer>, responses((status = 200, body = Reservation)))]
pub async fn decline(
    State(app): State<Shared>,
    Member(member): Member,
    MaybeIntent(intent): MaybeIntent,
    asked: Asked,
    PathId(id): PathId,
    body: Bytes,
) -> Outcome<Response<Body>> {
    let act = Act::Answer { take: false, seen: seen(&body)? };
    carry_out(&app, (member, id), act, intent.as_ref(), &body, &asked).await
}

/// The variant she was shown, if she says so. A request without a body, or with `null`, does not.
fn seen(body: &[u8]) -> Outcome<Option<Uuid>> {
    if body.trim_ascii().is_empty() {
        return Ok(None);
    }
    let answer: Option<ExchangeAnswer> = serde_json::from_slice(body).map_err(|_| Code::MalformedBody)?;
    let Some(variant) = answer.and_then(|answer| answer.variant_id) else { return Ok(None) };
    match Uuid::try_parse(&variant) {
        Ok(variant) => Ok(Some(variant)),
        Err(_) => Err(Failure::field("variant_id", Fault::VariantUnknown)),
    }
}

/// What she does to one of hers.
#[derive(Clone, Copy)]
enum Act {
    Cancel,
    Extend,
    Move(Uuid),
    Answer { take: bool, seen: Option<Uuid> },
}

async fn carry_out(
    app: &Shared,
    (member, id): (Uuid, Uuid),
    act: Act,
    intent: Option<&Intent>,
    body: &[u8],
    asked: &Asked,
) -> Outcome<Response<Body>> {
    let (now, programme) = (app.now(), &app.programme);
    let subject = subject(member);
    let mut tx = app.database.begin().await?;
    if let Some(intent) = intent
        && let Some(replayed) = intent.claim(&mut tx, app, &subject, body).await?
    {
        return Ok(replayed);
    }
    let acted = match act {
        Act::Cancel => tx.cancel(member, id, programme, now).await?,
        Act::Extend => tx.extend(member, id, programme, now).await?,
        Act::Answer { take, seen } => tx.answer_exchange(member, id, take, seen, programme, now).await?,
        Act::Move(counter) => {
            // Whose it is comes before where it is to go: to somebody else's, every counter is as unknown.
            let of = tx.reservation(member, id).await?.ok_or(Code::NotFound)?;
            let to = tx.counter(counter).await?;
            let to = to.ok_or_else(|| Failure::field("counter_id", Fault::CounterUnknown))?;
            match tx.move_to(member, id, counter, programme, now).await? {
                Acted::OutOfStock => return Err(gifts::nearest(&mut tx, of.variant, &to, asked.locale, now).await?),
                acted => acted,
            }
        }
    };
    let reservation = done(acted)?;
    // What was to be told of how it stood is not true any more.
    tx.overtake_messages(member, id, now).await?;
    let rules = &programme.reservation;
    let body = answer::encode(&describe::for_member(&mut tx, &reservation, rules, asked.locale, now).await?)?;
    if let Some(intent) = intent {
        intent.save(&mut tx, &subject, StatusCode::OK, &body).await?;
    }
    tx.commit().await?;
    Ok(answer::json(StatusCode::OK, body))
}

/// What was done, or the problem that says why not. A wrong unit and a lack of stock are the caller's to explain.
pub fn done(acted: Acted) -> Outcome<storage::Reservation> {
    match acted {
        Acted::Done(reservation) => Ok(reservation),
        Acted::Refused(refusal, _) => Err(refused(refusal)),
        Acted::OutOfStock => Err(Code::OutOfStock.into()),
        Acted::WrongUnit(_) => Err(Code::VariantMismatch.into()),
        Acted::NotFound => Err(Code::NotFound.into()),
    }
}

fn refused(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::State(_) | Refusal::OfferPending | Refusal::SameCounter => Code::ReservationState.into(),
        Refusal::ExtensionsSpent => Code::ExtensionsSpent.into(),
        Refusal::NoOffer => Code::NoExchange.into(),
        Refusal::NoExchange => Failure::field("variant_id", Fault::VariantUnknown),
        Refusal::NotDue => Failure::internal("only a clock asks for what is not due"),
    }
}
