//! The staff's session: signing in with password and authenticator, who am I, signing out.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use chrono::TimeDelta;
use contract::staff::{Role, StaffSession, StaffSignIn};
use contract::{Code, Instant};
use storage::{Reader, StaffAccount};

use super::record::{Action, Line, note};
use crate::answer::{self, Asked, Audience};
use crate::credentials::{is_password, totp_step};
use crate::extract::{Caller, Clerk, JsonBody, NotCrossSite};
use crate::limits::network;
use crate::problem::{Failure, Outcome};
use crate::routes::counters;
use crate::session::{self, Token};
use crate::state::{App, Shared};
use crate::tries::{Allowance, Tries};

/// Wrong sign-ins as one user from one address: few, because who guesses stays where he is, or pays for moving.
const OF_USER_THERE: Allowance = Allowance { tries: 10, window: TimeDelta::minutes(15) };
/// Wrong sign-ins as one user from all addresses. Far more than from one: users' names are no secret, and with a low limit anybody
/// could keep a clerk from work. Against a password and an authenticator a hundred guesses an hour are still nothing.
const OF_USER: Allowance = Allowance { tries: 100, window: TimeDelta::hours(1) };
/// Wrong sign-ins from one address, as whomever: a whole shop may share one.
const FROM_ADDRESS: Allowance = Allowance { tries: 30, window: TimeDelta::minutes(15) };
/// Nobody is called more than that; what is longer is counted by its beginning.
const LONGEST_USER: usize = 64;

/// Sign in; opens a session, in a cookie, or in the body for `X-Session: bearer`
#[utoipa::path(post, path = "/staff/session", tag = "anyone", request_body = StaffSignIn,
    params(("X-Session" = Option<String>, Header, description = "`bearer`: the token comes in the body, and no cookie")),
    responses((status = 200, body = StaffSession)))]
pub async fn open(
    State(app): State<Shared>,
    _: NotCrossSite,
    Caller(address): Caller,
    asked: Asked,
    headers: HeaderMap,
    JsonBody { value, .. }: JsonBody<StaffSignIn>,
) -> Outcome<Response<Body>> {
    let now = app.now();
    let user = value.user.trim().to_lowercase();
    // PostgreSQL takes no zero byte, not even to look for it.
    let user: String = user.chars().filter(|character| !character.is_control()).take(LONGEST_USER).collect();
    let address = network(address);
    // In this order everywhere: two of them never wait for one another.
    let counted = [
        Tries::of(format!("wrong sign-ins as {user} from {address}"), OF_USER_THERE, now),
        Tries::of(format!("wrong sign-ins as {user}"), OF_USER, now),
        Tries::of(format!("wrong sign-ins from {address}"), FROM_ADDRESS, now),
    ];
    let mut tx = app.database.begin().await?;
    let mut last = [false; 3];
    for (tries, last) in counted.iter().zip(&mut last) {
        *last = tries.count(&mut tx, Code::SignInLocked, now).await?;
    }
    tx.commit().await?;
    // What many do as different users from one address locks nobody's account.
    let [there, anywhere, _] = last;
    let locked = if anywhere { Some(String::new()) } else { there.then(|| address.to_string()) };

    // Outside of every transaction: it takes longer than all the rest.
    let account = app.database.read().await?.staff_account(&user).await?;
    let right = is_password(value.password, account.as_ref().map(|account| account.password_hash.clone())).await?;
    let step = account.as_ref().filter(|_| right).and_then(|account| totp_step(&account.totp_secret, &value.totp, now));
    let (Some(account), Some(step)) = (account.as_ref(), step) else {
        return refuse(&app, account.as_ref(), locked.as_deref()).await;
    };

    let mut tx = app.database.begin().await?;
    if !tx.use_totp_step(&account.user, step).await? {
        tx.roll_back().await?;
        return refuse(&app, Some(account), locked.as_deref()).await;
    }
    for tries in &counted {
        tries.give_back(&mut tx).await?;
    }
    let secure = app.settings.secure();
    if let Some((former, _)) = session::STAFF.presented(&headers, secure) {
        tx.revoke_staff_session(&former).await?;
    }
    let token = Token::draw(app.entropy.as_ref())?;
    let expires_at = now + session::STAFF.idle;
    tx.open_staff_session(&token.hash(), &account.user, now, expires_at).await?;
    let line = Line { user: Some(&account.user), counter: account.counter, ..Line::default() };
    note(&app, &mut tx, Action::SignedIn, line).await?;
    let role = Role::from_text(&account.role).ok_or_else(|| Failure::internal("a role the contract does not know"))?;
    let clerk = Clerk {
        user: account.user.clone(),
        name: account.name.clone(),
        role,
        counter: account.counter,
        token_hash: token.hash(),
        expires_at,
    };
    let mut opened = describe(&mut tx, &clerk, &asked).await?;
    tx.commit().await?;

    let bearer = session::wants_bearer(&headers);
    let cookie = if bearer { None } else { session::STAFF.set_cookie(&token, secure) };
    if bearer {
        opened.token = Some(token.into_text());
    }
    let mut response = answer::json(StatusCode::OK, answer::encode(&opened)?);
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Says no, never why. `locked`: from now on this user can't sign in for a while from this address, or from anywhere if it is
/// empty, which a manager should know if the user exists.
async fn refuse(app: &App, account: Option<&StaffAccount>, locked: Option<&str>) -> Outcome<Response<Body>> {
    if let Some((account, detail)) = account.zip(locked) {
        tracing::warn!(user = account.user, everywhere = detail.is_empty(), "too many wrong sign-ins");
        let mut tx = app.database.begin().await?;
        let line = Line { user: Some(&account.user), counter: account.counter, detail, ..Line::default() };
        note(app, &mut tx, Action::SignInLocked, line).await?;
        tx.commit().await?;
    }
    Err(Code::CredentialsWrong.into())
}

/// Who am I
#[utoipa::path(get, path = "/staff/session", tag = "clerk", security(("staff-cookie" = []), ("bearer" = [])),
    responses((status = 200, body = StaffSession)))]
pub async fn who(State(app): State<Shared>, clerk: Clerk, asked: Asked) -> Outcome<Response<Body>> {
    let mut reader = app.database.read().await?;
    asked.read(Audience::Nobody, &describe(&mut reader, &clerk, &asked).await?)
}

/// Sign out; the session is over at once, everywhere
#[utoipa::path(delete, path = "/staff/session", tag = "clerk", security(("staff-cookie" = []), ("bearer" = [])),
    responses((status = 204, description = "Signed out")))]
pub async fn end(State(app): State<Shared>, clerk: Clerk) -> Outcome<Response<Body>> {
    let mut tx = app.database.begin().await?;
    tx.revoke_staff_session(&clerk.token_hash).await?;
    tx.commit().await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = session::STAFF.no_cookie(app.settings.secure()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn describe(reader: &mut Reader, clerk: &Clerk, asked: &Asked) -> Outcome<StaffSession> {
    let counter = match clerk.counter {
        Some(id) => reader.counter(id).await?,
        None => None,
    };
    Ok(StaffSession {
        user: clerk.user.clone(),
        name: clerk.name.clone(),
        role: clerk.role,
        counter: counter.map(|counter| counters::describe(&counter, None, asked.locale)),
        expires_at: Instant(clerk.expires_at),
        token: None,
    })
}
