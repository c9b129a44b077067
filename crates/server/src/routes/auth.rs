//! Signing in with a one-time code, and what every sign-in ends with.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode, header};
use catalogue::Locale;
use chrono::{DateTime, Days, Duration, NaiveTime, Timelike, Utc};
use contract::auth::{CodeAttempt, CodeRequest, CodeSent, Session};
use contract::{Code, Instant};
use storage::{Attempt, NewChallenge, Transaction};

use crate::answer::{self, Asked};
use crate::code;
use crate::extract::{Caller, JsonBody, NotCrossSite};
use crate::gateway::Message;
use crate::phone::Phone;
use crate::problem::{Failure, Fault, Outcome};
use crate::routes::session::describe;
use crate::routes::wechat;
use crate::session::{self, Token};
use crate::state::{App, Shared};

/// Send a one-time code; the answer is the same for known and unknown numbers
#[utoipa::path(post, path = "/auth/otp", tag = "anyone", request_body = CodeRequest, responses((status = 202, body = CodeSent)))]
pub async fn send(
    State(app): State<Shared>,
    _: NotCrossSite,
    Caller(address): Caller,
    asked: Asked,
    JsonBody { value, .. }: JsonBody<CodeRequest>,
) -> Outcome<Response<Body>> {
    let phone = Phone::parse(&value.phone).ok_or_else(|| Failure::field("phone", Fault::PhoneMalformed))?;
    let now = app.now();
    let challenge_id = app.id()?.to_string();
    let digits = code::draw(app.entropy.as_ref())?;
    let expires_at = now + code::LIFE;

    // Nobody asks here whether the number is known: the way of a stranger's number is the way of a member's.
    let mut tx = app.database.begin().await?;
    take_quotas(&app, &mut tx, &phone, &address.to_string(), now).await?;
    let challenge = NewChallenge {
        id: challenge_id.clone(),
        phone: phone.expose().to_owned(),
        code_hash: code::hash(app.secret.as_bytes(), &challenge_id, &digits),
        expires_at,
        tries: code::TRIES,
    };
    tx.open_challenge(&challenge, now).await?;
    tx.commit().await?;

    // After the commit: the network has no place in a transaction.
    app.gateway.send(message(&app, asked.locale, &phone, digits)).await.map_err(Failure::unavailable)?;
    let resend_after = app.settings.codes.resend_seconds;
    let sent = CodeSent { challenge_id, expires_at: Instant(expires_at), resend_after };
    Ok(answer::json(StatusCode::ACCEPTED, answer::encode(&sent)?))
}

fn message(app: &App, locale: Locale, phone: &Phone, code: String) -> Message {
    Message {
        phone: phone.expose().to_owned(),
        text: catalogue::text::server::code_message(locale, app.brand_name(locale), &code),
        purpose: "one-time-code".to_owned(),
        code: Some(code),
    }
}

/// Counts this code for the address, the number and everybody; what is refused is not counted, because nothing of the
/// transaction lasts.
async fn take_quotas(app: &App, tx: &mut Transaction, phone: &Phone, address: &str, now: DateTime<Utc>) -> Outcome<()> {
    let limits = app.settings.codes;
    let today = app.programme.date_of(now);
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    let day_ends = app.programme.instant_of(tomorrow, NaiveTime::MIN);
    let day = contract::Date(today).to_string();
    let until_tomorrow = (day_ends - now).num_seconds() + 1;

    // The number comes first: on PostgreSQL two requests for it wait for one another here, so that the second one sees when
    // the first one's code went out.
    let scope = format!("codes to {}", phone.expose());
    if tx.take_quota(&scope, &day, limits.per_number, day_ends).await?.is_none() {
        return Err(Failure::from(Code::CodeQuotaSpent).retry_after(until_tomorrow));
    }
    if let Some(last) = tx.last_challenge_at(phone.expose()).await? {
        let wait = Duration::seconds(i64::from(limits.resend_seconds)) - (now - last);
        if wait > Duration::zero() {
            return Err(Failure::from(Code::TooManyRequests).retry_after((wait.num_milliseconds() + 999) / 1000));
        }
    }
    let hour = format!("{day} {:02} UTC", now.hour());
    let hour_ends = now + Duration::hours(1);
    let scope = format!("codes from {address}");
    if tx.take_quota(&scope, &hour, limits.per_address, hour_ends).await?.is_none() {
        let seconds = 3600 - i64::from(now.minute() * 60 + now.second());
        return Err(Failure::from(Code::TooManyRequests).retry_after(seconds));
    }
    if tx.take_quota("codes", &day, limits.per_day, day_ends).await?.is_none() {
        return Err(Failure::from(Code::TooManyRequests).retry_after(until_tomorrow));
    }
    Ok(())
}

/// Try a one-time code; opens a session, in a cookie, or in the body for `X-Session: bearer`
///
/// With `Wechat-Binding` it binds that WeChat account to the number. A binding that is unknown, used or too old is refused before
/// the code is looked at, which is then as good as before.
#[utoipa::path(post, path = "/auth/otp/verify", tag = "anyone", request_body = CodeAttempt,
    params(("X-Session" = Option<String>, Header, description = "`bearer`: the token comes in the body, and no cookie"),
        ("Wechat-Binding" = Option<String>, Header, description = "From the problem `phone-binding-required`")),
    responses((status = 200, body = Session)))]
pub async fn verify(
    State(app): State<Shared>,
    _: NotCrossSite,
    headers: HeaderMap,
    JsonBody { value, .. }: JsonBody<CodeAttempt>,
) -> Outcome<Response<Body>> {
    let now = app.now();
    let digits = code::parse(&value.code).ok_or(Code::CodeWrong)?;
    let hash = code::hash(app.secret.as_bytes(), &value.challenge_id, &digits);

    let mut tx = app.database.begin().await?;
    let binding = wechat::presented_binding(&mut tx, &headers, now).await?;
    let phone = match tx.try_code(&value.challenge_id, &hash, now).await? {
        Attempt::Right(phone) => phone,
        tried @ (Attempt::Wrong(_) | Attempt::Void) => {
            // A wrong try counts; the binding goes on waiting.
            tx.commit().await?;
            let void = tried == Attempt::Void;
            return Err(Failure::from(if void { Code::CodeExpired } else { Code::CodeWrong }));
        }
    };
    let account = match binding {
        Some((token_hash, account)) => {
            tx.bind_wechat(&token_hash, &account, &phone, now).await?;
            Some(account.account)
        }
        None => None,
    };
    open_session(&app, tx, &headers, &phone, account.as_deref(), now).await
}

/// Opens a session for a number that is proved, commits, and answers with it. The former one that the request came with is over.
/// `account` is the WeChat account it comes through.
pub async fn open_session(
    app: &App,
    mut tx: Transaction,
    headers: &HeaderMap,
    phone: &str,
    account: Option<&str>,
    now: DateTime<Utc>,
) -> Outcome<Response<Body>> {
    let secure = app.settings.secure();
    if let Some((former, _)) = session::MEMBERS.presented(headers, secure) {
        tx.revoke_session(&former).await?;
    }
    let token = Token::draw(app.entropy.as_ref())?;
    let expires_at = now + session::MEMBERS.idle;
    let member = tx.open_session(&token.hash(), phone, account, now, expires_at).await?;
    let mut opened = describe(&mut tx, phone, member, expires_at).await?;
    tx.commit().await?;

    let bearer = session::wants_bearer(headers);
    let cookie = if bearer { None } else { session::MEMBERS.set_cookie(&token, secure) };
    if bearer {
        opened.token = Some(token.into_text());
    }
    let mut response = answer::json(StatusCode::OK, answer::encode(&opened)?);
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
