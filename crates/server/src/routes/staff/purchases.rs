//! Purchases and refunds, as the till reports them.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use chrono::{DateTime, Utc};
use contract::purchase::{MemberReference, Purchase, PurchaseReport, RefundReport};
use contract::{Code, Money};
use loyalty::tier::{Counted, tier_before};
use loyalty::{earn, lot};
use storage::{NewPurchase, NewRefund, Recorded, Transaction};
use uuid::Uuid;

use crate::answer;
use crate::extract::{JsonBody, PathId, Till};
use crate::idempotency::{Intent, MaybeIntent, mark_replayed};
use crate::phone::Phone;
use crate::problem::{Failure, Fault, Faults, Outcome};
use crate::routes::purchases::describe;
use crate::state::{App, Shared};

/// Whose keys these are: there is one till, as far as this server knows.
const SUBJECT: &str = "till";
const LONGEST_NUMBER: usize = 64;
const MOST_LINES: usize = 500;
/// Beyond what a purchase can be, and far below where sums of them would overflow: minor units.
const LARGEST_AMOUNT: i64 = 1_000_000_000_000_000;

/// Record a purchase; idempotent by receipt number
#[utoipa::path(post, path = "/staff/purchases", tag = "staff", security(("service" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Welcome, but the receipt number does the same")),
    request_body = PurchaseReport, responses((status = 201, body = Purchase)))]
pub async fn record(
    State(app): State<Shared>,
    _: Till,
    MaybeIntent(intent): MaybeIntent,
    JsonBody { value, bytes }: JsonBody<PurchaseReport>,
) -> Outcome<Response<Body>> {
    check_report(&app, &value)?;
    let mut tx = app.database.begin().await?;
    if let Some(intent) = &intent
        && let Some(replayed) = intent.claim(&mut tx, &app, SUBJECT, &bytes).await?
    {
        return Ok(replayed);
    }
    let member = find(&mut tx, &value.member).await?.ok_or_else(|| Failure::field("member", Fault::MemberUnknown))?;
    // Her row is locked before her history is read, so that two tills take turns.
    if !tx.lock_member(member).await? {
        return Err(Failure::field("member", Fault::MemberUnknown));
    }
    let new = priced(&app, &mut tx, member, &value).await?;
    let (purchase, repeated) = told_apart(tx.record_purchase(member, &new).await?);
    finish(&app, tx, intent.as_ref(), &purchase, repeated).await
}

/// Record money back on a purchase; idempotent by refund number
#[utoipa::path(post, path = "/staff/purchases/{id}/refund", tag = "staff", security(("service" = [])),
    params(("id" = String, Path, description = "The purchase"),
        ("Idempotency-Key" = Option<String>, Header, description = "Welcome, but the refund number does the same")),
    request_body = RefundReport, responses((status = 201, body = Purchase)))]
pub async fn refund(
    State(app): State<Shared>,
    _: Till,
    MaybeIntent(intent): MaybeIntent,
    PathId(id): PathId,
    JsonBody { value, bytes }: JsonBody<RefundReport>,
) -> Outcome<Response<Body>> {
    check_refund(&app, &value)?;
    let mut tx = app.database.begin().await?;
    if let Some(intent) = &intent
        && let Some(replayed) = intent.claim(&mut tx, &app, SUBJECT, &bytes).await?
    {
        return Ok(replayed);
    }
    let receipt_no = tx.receipt_of(id).await?.ok_or(Code::NotFound)?;
    let new = NewRefund {
        id: app.id()?,
        receipt_no: receipt_no.clone(),
        refund_no: value.refund_no,
        amount: value.refunded.amount,
        at: value.at.0,
        on: app.programme.date_of(value.at.0),
    };
    let (_, repeated) = told_apart(tx.record_refund(&new).await?.ok_or(Code::NotFound)?);
    let purchase = tx.purchase_by_receipt(&receipt_no).await?.ok_or(Code::NotFound)?;
    finish(&app, tx, intent.as_ref(), &purchase, repeated).await
}

fn told_apart<T>(recorded: Recorded<T>) -> (T, bool) {
    match recorded {
        Recorded::New(value) => (value, false),
        Recorded::Existing(value) => (value, true),
    }
}

async fn finish(
    app: &Shared,
    mut tx: Transaction,
    intent: Option<&Intent>,
    purchase: &storage::Purchase,
    repeated: bool,
) -> Outcome<Response<Body>> {
    let body = answer::encode(&describe(&app.programme, purchase))?;
    if let Some(intent) = intent {
        intent.save(&mut tx, SUBJECT, StatusCode::CREATED, &body).await?;
    }
    tx.commit().await?;
    let response = answer::json(StatusCode::CREATED, body);
    Ok(if repeated { mark_replayed(response) } else { response })
}

async fn find(tx: &mut Transaction, reference: &MemberReference) -> Outcome<Option<Uuid>> {
    Ok(match reference {
        MemberReference::Card(number) => tx.member_by_card(number).await?,
        MemberReference::Phone(number) => match Phone::parse(number) {
            Some(phone) => tx.member_by_phone(phone.expose()).await?,
            None => None,
        },
        MemberReference::Id(id) => match Uuid::try_parse(id) {
            Ok(id) => tx.member(id).await?.map(|member| member.id),
            Err(_) => None,
        },
    })
}

/// What the purchase earns, at the tier she holds just before it.
async fn priced(app: &App, tx: &mut Transaction, member: Uuid, report: &PurchaseReport) -> Outcome<NewPurchase> {
    let programme = &app.programme;
    let on = programme.date_of(report.at.0);
    let joined_on = tx.member(member).await?.ok_or_else(|| Failure::internal("a member vanished"))?.joined_on;
    let earlier: Vec<Counted> = tx
        .history(member)
        .await?
        .iter()
        .filter(|purchase| purchase.on <= on)
        .map(|purchase| Counted { on: purchase.on, amount: purchase.paid - purchase.refunded })
        .collect();
    let tier = tier_before(programme, joined_on, &earlier, on);
    let items: u64 = report.lines.iter().map(|line| u64::from(line.quantity)).sum();
    Ok(NewPurchase {
        id: app.id()?,
        receipt_no: report.receipt_no.clone(),
        at: report.at.0,
        on,
        paid: report.paid.amount,
        items: if report.lines.is_empty() { None } else { i64::try_from(items).ok() },
        lines: if report.lines.is_empty() {
            None
        } else {
            Some(serde_json::to_string(&report.lines).map_err(Failure::internal)?)
        },
        points: earn::points(programme, tier, report.paid.amount),
        posts_on: earn::posts_on(programme, on),
        expires_on: lot::expires_on(&programme.expiry, on),
    })
}

fn check_report(app: &App, report: &PurchaseReport) -> Outcome<()> {
    let mut faults = Faults::default();
    check_number("receipt_no", &report.receipt_no, &mut faults);
    check_money(app, "paid", &report.paid, 0, &mut faults);
    check_instant(report.at.0, app.now(), &mut faults);
    faults.check(report.lines.len() <= MOST_LINES, "lines", Fault::LinesTooMany);
    for (index, line) in report.lines.iter().take(MOST_LINES).enumerate() {
        check_number(&format!("lines.{index}.barcode"), &line.barcode, &mut faults);
        check_money(app, &format!("lines.{index}.amount"), &line.amount, i64::MIN, &mut faults);
    }
    faults.finish()
}

fn check_refund(app: &App, report: &RefundReport) -> Outcome<()> {
    let mut faults = Faults::default();
    check_number("refund_no", &report.refund_no, &mut faults);
    check_money(app, "refunded", &report.refunded, 1, &mut faults);
    check_instant(report.at.0, app.now(), &mut faults);
    faults.finish()
}

fn check_number(field: &str, number: &str, faults: &mut Faults) {
    let good = (1..=LONGEST_NUMBER).contains(&number.chars().count()) && !number.chars().any(char::is_control);
    faults.check(good, field, Fault::NumberLength);
}

fn check_money(app: &App, field: &str, money: &Money, least: i64, faults: &mut Faults) {
    faults.check(money.currency == app.programme.currency.code(), field, Fault::CurrencyWrong);
    faults.check((least..=LARGEST_AMOUNT).contains(&money.amount), field, Fault::AmountRange);
}

/// A till's clock may be a little ahead.
fn check_instant(at: DateTime<Utc>, now: DateTime<Utc>, faults: &mut Faults) {
    let latest = now + chrono::TimeDelta::minutes(5);
    faults.check(at <= latest, "at", Fault::InstantFuture);
}
