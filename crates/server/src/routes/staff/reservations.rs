//! A counter's reservations: the list without codes, putting aside, and saying that it can't be kept.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use chrono::{Days, NaiveTime};
use contract::list::Page;
use contract::reservation::ReservationState;
use contract::staff::{CannotKeep, Role, ScannedGift, ScannedUnit, StaffReservation, VariantMismatch};
use contract::{Code, Date};
use loyalty::reservation::State as Stage;
use serde::Deserialize;
use storage::{Acted, DueCursor, Reader, Reservation, ReservationFilter, Transaction};
use utoipa::IntoParams;
use uuid::Uuid;

use super::pickups::was_shown;
use super::record::{Action, Line, note};
use crate::answer::{self, Asked, Audience};
use crate::extract::{Asking, Clerk, JsonBody, PathId};
use crate::idempotency::{Intent, MaybeIntent};
use crate::outbox::{News, tell};
use crate::paging::Wanted;
use crate::pickup::PickupCode;
use crate::problem::{Failure, Fault, Outcome};
use crate::routes::gifts;
use crate::routes::reservations::describe::{self, Stories, masked};
use crate::routes::reservations::done;
use crate::state::{App, Shared};

/// Which reservations.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// In this state.
    #[param(inline)]
    state: Option<ReservationState>,
    /// Whose hold ends, or that ended, on this day.
    #[param(value_type = Option<String>, format = Date)]
    day: Option<Date>,
    /// Only those that the counter has not confirmed in time.
    late: Option<bool>,
    /// At most so many, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Whose keys these are.
pub fn subject(clerk: &Clerk) -> String {
    format!("staff {}", clerk.user)
}

/// As the rules of storage know a clerk.
pub fn at_work(clerk: &Clerk) -> storage::Clerk<'_> {
    storage::Clerk { name: &clerk.name, counter: clerk.counter }
}

/// Reservations, those with the earliest deadline first; never with their codes
#[utoipa::path(get, path = "/staff/reservations", tag = "clerk", security(("staff-cookie" = []), ("bearer" = [])),
    params(Which), responses((status = 200, body = Page<StaffReservation>)))]
pub async fn list(
    State(app): State<Shared>,
    clerk: Clerk,
    asked: Asked,
    Asking(which): Asking<Which>,
) -> Outcome<Response<Body>> {
    let page = Wanted::<DueCursor>::of(which.limit, which.cursor.as_deref())?;
    let now = app.now();
    let midnight = |day| app.programme.instant_of(day, NaiveTime::MIN);
    let filter = ReservationFilter {
        counter: clerk.counter,
        state: which.state.and_then(|state| Stage::from_text(state.as_str())),
        between: which.day.map(|Date(day)| {
            (midnight(day), midnight(day.checked_add_days(Days::new(1)).unwrap_or(chrono::NaiveDate::MAX)))
        }),
        late: which.late.unwrap_or(false),
    };
    let mut snapshot = app.snapshot().await?;
    let mut found = snapshot.staff_reservations(&filter, page.after, page.count, now).await?;
    let next = page.cut(&mut found, |last| last.position);
    let plain: Vec<&Reservation> = found.iter().map(|found| &found.reservation).collect();
    let stories = Stories::of(&mut snapshot, &plain).await?;
    drop(snapshot);
    let items = found
        .iter()
        .map(|found| stories.staff(&found.reservation, masked(&found.name, &found.phone), asked.locale, now))
        .collect::<Outcome<_>>()?;
    asked.read(Audience::Nobody, &Page { items, next })
}

/// One reservation; never with its code
#[utoipa::path(get, path = "/staff/reservations/{id}", tag = "clerk", security(("staff-cookie" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The reservation")), responses((status = 200, body = StaffReservation)))]
pub async fn one(State(app): State<Shared>, clerk: Clerk, asked: Asked, PathId(id): PathId) -> Outcome<Response<Body>> {
    let now = app.now();
    let mut snapshot = app.snapshot().await?;
    let found = find(&mut snapshot, &clerk, id).await?;
    asked.read(Audience::Nobody, &describe::for_staff(&mut snapshot, &found, asked.locale, now).await?)
}

/// A reservation that is this person's to see.
pub async fn find(reader: &mut Reader, clerk: &Clerk, id: Uuid) -> Outcome<Reservation> {
    let found = reader.reservation_anywhere(id).await?.ok_or(Code::NotFound)?;
    clerk.must_see(found.counter)?;
    Ok(found)
}

/// The unit was scanned and put aside: the member's pass turns green. Another unit than the reserved one changes nothing
#[utoipa::path(post, path = "/staff/reservations/{id}/ready", tag = "clerk",
    security(("staff-cookie" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The reservation"),
        ("Idempotency-Key" = Option<String>, Header, description = "Welcome: a repeat then is answered as the first")),
    request_body = ScannedUnit, responses((status = 200, body = StaffReservation)))]
pub async fn make_ready(
    State(app): State<Shared>,
    clerk: Clerk,
    MaybeIntent(intent): MaybeIntent,
    asked: Asked,
    PathId(id): PathId,
    JsonBody { value, bytes }: JsonBody<ScannedUnit>,
) -> Outcome<Response<Body>> {
    clerk.must_be(&[Role::Counter])?;
    scan(&app, &clerk, Scan::MakeReady, id, &value, intent.as_ref(), &bytes, &asked).await
}

/// What a scanned unit is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scan {
    /// To be put aside.
    MakeReady,
    /// To be handed over.
    Collect,
}

/// Puts a unit aside or hands it over, if it is the one that was reserved.
#[expect(clippy::too_many_arguments, reason = "the two handlers that call it take them one by one")]
pub async fn scan(
    app: &Shared,
    clerk: &Clerk,
    what: Scan,
    id: Uuid,
    unit: &ScannedUnit,
    intent: Option<&Intent>,
    body: &[u8],
    asked: &Asked,
) -> Outcome<Response<Body>> {
    let barcode = barcode(&unit.barcode)?;
    let (now, programme) = (app.now(), &app.programme);
    let subject = subject(clerk);
    let mut tx = app.database.begin().await?;
    if let Some(intent) = intent
        && let Some(replayed) = intent.claim(&mut tx, app, &subject, body).await?
    {
        return Ok(replayed);
    }
    let Reservation { member, .. } = find(&mut tx, clerk, id).await?;
    let scanned = tx.variant_by_barcode(&barcode).await?;
    // No variant has this identifier, so an unknown barcode is a wrong unit.
    let variant = scanned.as_ref().map_or(Uuid::nil(), |(_, variant)| variant.id);
    let acted = match what {
        Scan::MakeReady => {
            let secret = app.secret.as_bytes();
            let hash = |number| PickupCode::derive(secret, id, number).hash(secret);
            tx.make_ready(member, id, at_work(clerk), variant, &hash, programme, now).await?
        }
        Scan::Collect => tx.collect(member, id, at_work(clerk), variant, programme, now).await?,
    };
    // Asked under the lock of her row: the pass that counts is the one that is good at this moment.
    if let (Scan::Collect, Acted::Done(of) | Acted::WrongUnit(of)) = (what, &acted)
        && !was_shown(&mut tx, clerk, of, now).await?
    {
        return unseen(app, tx, clerk, of).await;
    }
    if let Acted::WrongUnit(reservation) = acted {
        return mismatch(app, tx, clerk, &reservation, &barcode, scanned, asked).await;
    }
    let reservation = done(acted)?;
    let action = match what {
        Scan::MakeReady => {
            tell(app, &mut tx, &reservation, News::Ready, now).await?;
            Action::Ready
        }
        Scan::Collect => {
            tell(app, &mut tx, &reservation, News::Collected, now).await?;
            Action::Collected
        }
    };
    let line = Line { about: Some(id), detail: &barcode, counter: Some(reservation.counter), ..Line::by(clerk) };
    note(app, &mut tx, action, line).await?;
    finish(tx, &reservation, intent, &subject, StatusCode::OK, asked, now).await
}

/// Describes what was done, saves the answer and commits.
pub async fn finish(
    mut tx: Transaction,
    reservation: &Reservation,
    intent: Option<&Intent>,
    subject: &str,
    status: StatusCode,
    asked: &Asked,
    now: chrono::DateTime<chrono::Utc>,
) -> Outcome<Response<Body>> {
    let body = answer::encode(&describe::for_staff(&mut tx, reservation, asked.locale, now).await?)?;
    if let Some(intent) = intent {
        intent.save(&mut tx, subject, status, &body).await?;
    }
    tx.commit().await?;
    Ok(answer::json(status, body))
}

/// Without her pass: of the transaction nothing lasts, and that it was tried is on record.
async fn unseen(app: &App, tx: Transaction, clerk: &Clerk, reservation: &Reservation) -> Outcome<Response<Body>> {
    tx.roll_back().await?;
    let mut tx = app.database.begin().await?;
    let line = Line { about: Some(reservation.id), counter: Some(reservation.counter), ..Line::by(clerk) };
    note(app, &mut tx, Action::PassNotShown, line).await?;
    tx.commit().await?;
    Err(Code::PassNotShown.into())
}

/// The wrong unit: of the transaction nothing lasts, and that it was tried is on record.
async fn mismatch(
    app: &App,
    mut tx: Transaction,
    clerk: &Clerk,
    reservation: &Reservation,
    barcode: &str,
    scanned: Option<(storage::Gift, storage::Variant)>,
    asked: &Asked,
) -> Outcome<Response<Body>> {
    let gift = tx.gift(reservation.gift).await?.ok_or_else(|| Failure::internal("a reservation of no gift"))?;
    tx.roll_back().await?;
    let expected = gift.variant(reservation.variant);
    let expected = expected.ok_or_else(|| Failure::internal("a reservation of no variant"))?;
    let mut tx = app.database.begin().await?;
    let detail = format!("{barcode} ≠ {}", expected.barcode);
    let about = Some(reservation.id);
    let line = Line { about, detail: &detail, counter: Some(reservation.counter), ..Line::by(clerk) };
    note(app, &mut tx, Action::VariantMismatch, line).await?;
    tx.commit().await?;
    let mismatch = VariantMismatch {
        expected: gifts::variant(expected, asked.locale),
        scanned: scanned.map(|(gift, variant)| ScannedGift {
            gift: gifts::name(&gift, asked.locale).name,
            variant: gifts::variant(&variant, asked.locale),
        }),
    };
    Err(Failure::from(Code::VariantMismatch).with(&mismatch))
}

/// What a scanner read: 8 to 14 digits, spaces and line ends around them are the scanner's.
fn barcode(text: &str) -> Outcome<String> {
    let text = text.trim();
    let good = (8..=14).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if good { Ok(text.to_owned()) } else { Err(Failure::field("barcode", Fault::BarcodeMalformed)) }
}

/// The counter can't keep it: points and unit are back at once, and the member hears of it
#[utoipa::path(post, path = "/staff/reservations/{id}/fail", tag = "clerk",
    security(("staff-cookie" = []), ("bearer" = [])),
    params(("id" = String, Path, description = "The reservation"),
        ("Idempotency-Key" = Option<String>, Header, description = "Welcome: a repeat then is answered as the first")),
    request_body = CannotKeep, responses((status = 200, body = StaffReservation)))]
pub async fn fail(
    State(app): State<Shared>,
    clerk: Clerk,
    MaybeIntent(intent): MaybeIntent,
    asked: Asked,
    PathId(id): PathId,
    JsonBody { value, bytes }: JsonBody<CannotKeep>,
) -> Outcome<Response<Body>> {
    const LONGEST_REASON: usize = 200;
    let reason = value.reason.trim();
    let good = (1..=LONGEST_REASON).contains(&reason.chars().count()) && !reason.chars().any(char::is_control);
    if !good {
        return Err(Failure::field("reason", Fault::ReasonLength));
    }
    let now = app.now();
    let subject = subject(&clerk);
    let mut tx = app.database.begin().await?;
    if let Some(intent) = &intent
        && let Some(replayed) = intent.claim(&mut tx, &app, &subject, &bytes).await?
    {
        return Ok(replayed);
    }
    let Reservation { member, .. } = find(&mut tx, &clerk, id).await?;
    let reservation = done(tx.fail(member, id, at_work(&clerk), reason, &app.programme, now).await?)?;
    tell(&app, &mut tx, &reservation, News::Failed, now).await?;
    let line = Line { about: Some(id), detail: reason, counter: Some(reservation.counter), ..Line::by(&clerk) };
    note(&app, &mut tx, Action::Failed, line).await?;
    finish(tx, &reservation, intent.as_ref(), &subject, StatusCode::OK, &asked, now).await
}
