//! WeChat: signing in from the mini-program, and what she may be asked about there.

pub mod consents;

use std::net::IpAddr;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response};
use chrono::{DateTime, TimeDelta, Utc};
use contract::auth::Session;
use contract::wechat::{PhoneBindingRequired, Purpose, Template, Templates, WECHAT_BINDING, WechatSignIn};
use contract::{Code, Instant};
use storage::{Transaction, WechatAccount};

use crate::answer::{Asked, Audience};
use crate::extract::{Caller, JsonBody, NotCrossSite};
use crate::limits::network;
use crate::problem::{Failure, Outcome};
use crate::routes::auth;
use crate::session::Token;
use crate::settings::TemplateSettings;
use crate::state::{App, Shared};
use crate::tries::{Allowance, Tries};
use crate::wechat::Nobody;

/// How long an account waits for its number.
const BINDING_LIFE: TimeDelta = TimeDelta::minutes(10);
/// No code of `wx.login` is longer.
const LONGEST_CODE: usize = 256;

/// Sign in with the code of `wx.login`; a session as after a one-time code, if the account is bound to a number
///
/// With `for_binding` nothing is signed in: the answer is a binding, whatever the account is bound to.
#[utoipa::path(post, path = "/auth/wechat", tag = "anyone", request_body = WechatSignIn,
    params(("X-Session" = Option<String>, Header, description = "`bearer`: the token comes in the body, and no cookie")),
    responses((status = 200, body = Session)))]
pub async fn sign_in(
    State(app): State<Shared>,
    _: NotCrossSite,
    Caller(address): Caller,
    headers: HeaderMap,
    JsonBody { value, .. }: JsonBody<WechatSignIn>,
) -> Outcome<Response<Body>> {
    if value.code.is_empty() || value.code.len() > LONGEST_CODE {
        return Err(Code::WechatCodeRefused.into());
    }
    // Outside of transactions: the network has no place in one.
    let openid = match app.wechat.code2session(&value.code).await {
        Ok(openid) => openid,
        Err(Nobody::Refused) => return Err(refused(&app, address).await?),
        Err(Nobody::NotSetUp) => return Err(Code::WechatNotSetUp.into()),
        Err(Nobody::Unavailable(cause)) => return Err(Failure::unavailable(cause)),
    };
    let account = openid.account(app.secret.as_bytes());

    let now = app.now();
    let limits = &app.settings.wechat;
    let mut tx = app.database.begin().await?;
    // The account first: what is refused of it takes nothing from the others on its network.
    for (scope, allowed) in [
        (format!("WeChat sign-ins of {account}"), limits.per_account),
        (format!("WeChat sign-ins from {}", network(address)), limits.per_address),
    ] {
        Tries::of(scope, in_an_hour(allowed), now).count(&mut tx, Code::TooManyRequests, now).await?;
    }
    if !value.for_binding
        && let Some(phone) = tx.wechat_phone(&account, now).await?
    {
        return auth::open_session(&app, tx, &headers, &phone, Some(&account), now).await;
    }
    let token = Token::draw(app.entropy.as_ref())?;
    let expires_at = now + BINDING_LIFE;
    let waiting = WechatAccount { account, openid: openid.expose().to_owned() };
    tx.open_wechat_binding(&token.hash(), &waiting, expires_at).await?;
    tx.commit().await?;
    let members = PhoneBindingRequired { binding: token.into_text(), expires_at: Instant(expires_at) };
    Err(Failure::from(Code::PhoneBindingRequired).with(&members))
}

/// Counts a code that WeChat has refused, apart from sign-ins: behind one address of a mobile network are thousands of phones, and
/// whoever sends made-up codes from there must not lock them out. Which codes those are is known only afterwards.
async fn refused(app: &App, address: IpAddr) -> Outcome<Failure> {
    let now = app.now();
    let mut tx = app.database.begin().await?;
    let scope = format!("WeChat codes refused from {}", network(address));
    let tries = Tries::of(scope, in_an_hour(app.settings.wechat.refused_per_address), now);
    tries.count(&mut tx, Code::TooManyRequests, now).await?;
    tx.commit().await?;
    Ok(Code::WechatCodeRefused.into())
}

fn in_an_hour(tries: u32) -> Allowance {
    Allowance { tries, window: TimeDelta::hours(1) }
}

/// The binding that came with a request, by the hash of its token; it is this transaction's from here on. One that is void fails, so
/// that nothing else is used up.
pub async fn presented_binding(
    tx: &mut Transaction,
    headers: &HeaderMap,
    now: DateTime<Utc>,
) -> Outcome<Option<(String, WechatAccount)>> {
    let Some(binding) = headers.get(WECHAT_BINDING) else { return Ok(None) };
    let token = Token::given(binding.to_str().map_err(|_| Code::WechatBindingExpired)?.trim());
    let account = tx.wechat_binding(&token.hash(), now).await?.ok_or(Code::WechatBindingExpired)?;
    Ok(Some((token.hash(), account)))
}

/// The templates that `wx.requestSubscribeMessage` may ask about
#[utoipa::path(get, path = "/wechat/templates", tag = "anyone", responses((status = 200, body = Templates)))]
pub async fn templates(State(app): State<Shared>, asked: Asked) -> Outcome<Response<Body>> {
    let items = Purpose::ALL.into_iter().filter_map(|purpose| {
        let template_id = template(&app, purpose)?.id.clone();
        Some(Template { purpose, template_id })
    });
    asked.read(Audience::Anyone, &Templates { items: items.collect() })
}

/// What messages of this purpose are sent as, if they are.
pub fn template(app: &App, purpose: Purpose) -> Option<&TemplateSettings> {
    match purpose {
        Purpose::Reservation => app.settings.wechat.reservation.as_ref(),
    }
}
