//! What handlers ask of a request; each says no with the right problem.

use std::net::{IpAddr, SocketAddr};

use axum::body::Bytes;
use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use chrono::{DateTime, Utc};
use contract::Code;
use contract::staff::Role;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::problem::{Failure, Outcome};
use crate::session::{self, Carrier, World};
use crate::settings::Settings;
use crate::state::Shared;

/// The address a request comes from, with trusted proxies looked through.
pub struct Caller(pub IpAddr);

impl FromRequestParts<Shared> for Caller {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Outcome<Self> {
        Ok(Self(caller(parts.extensions.get(), &parts.headers, &app.settings)))
    }
}

/// The last address in the chain that is not one of our proxies: what stands before it, anybody may have written.
pub fn caller(peer: Option<&ConnectInfo<SocketAddr>>, headers: &HeaderMap, settings: &Settings) -> IpAddr {
    let mut address = peer.map_or(IpAddr::from([0, 0, 0, 0]), |ConnectInfo(peer)| peer.ip().to_canonical());
    let trusted = |address: IpAddr| settings.trusted_proxies.iter().any(|network| network.contains(&address));
    if !trusted(address) {
        return address;
    }
    let values: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
    for hop in values.iter().rev().flat_map(|value| value.rsplit(',')) {
        let Ok(hop) = hop.trim().parse::<IpAddr>() else { break };
        address = hop.to_canonical();
        if !trusted(address) {
            break;
        }
    }
    address
}

/// A session, whether she is a member or not.
pub struct SignedIn(pub storage::Session);

impl FromRequestParts<Shared> for SignedIn {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Outcome<Self> {
        let hash = presented(&session::MEMBERS, parts, app)?.ok_or(Code::SessionMissing)?;
        Ok(Self(find(app, &hash).await?.ok_or(Code::SessionMissing)?))
    }
}

/// The hash of the token that a request brings into this world, if no other site caused it and it does not come too often.
fn presented(world: &World, parts: &Parts, app: &Shared) -> Outcome<Option<String>> {
    let Some((hash, carrier)) = world.presented(&parts.headers, app.settings.secure()) else { return Ok(None) };
    if carrier == Carrier::Cookie && !parts.method.is_safe() && !said_same_origin(&parts.headers, &app.settings) {
        return Err(Code::CrossSite.into());
    }
    app.limits.session(&hash)?;
    Ok(Some(hash))
}

/// Asked of the database every time, so that a session that was revoked anywhere is over at once.
pub async fn find(app: &Shared, hash: &str) -> Outcome<Option<storage::Session>> {
    let now = app.now();
    let Some(mut session) = app.database.read().await?.session(hash, now).await? else { return Ok(None) };
    if now - session.used_at >= session::MEMBERS.touch_after {
        let ends = now + session::MEMBERS.idle;
        let mut tx = app.database.begin().await?;
        let alive = tx.touch_session(hash, now, ends).await?;
        tx.commit().await?;
        if !alive {
            return Ok(None);
        }
        session.expires_at = ends;
    }
    Ok(Some(session))
}

/// The member behind a session.
pub struct Member(pub Uuid);

impl FromRequestParts<Shared> for Member {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Outcome<Self> {
        let SignedIn(session) = SignedIn::from_request_parts(parts, app).await?;
        Ok(Self(session.member.ok_or(Code::NotEnrolled)?))
    }
}

/// A member whose session came through a WeChat account that is still bound to her number.
pub struct ThroughWechat {
    /// Her.
    pub member: Uuid,
    /// The keyed hash of the account.
    pub account: String,
}

impl FromRequestParts<Shared> for ThroughWechat {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Outcome<Self> {
        let SignedIn(session) = SignedIn::from_request_parts(parts, app).await?;
        let member = session.member.ok_or(Code::NotEnrolled)?;
        Ok(Self { member, account: session.account.ok_or(Code::WechatBindingMissing)? })
    }
}

/// A person of the staff.
pub struct Clerk {
    /// The user's name; what the record calls them.
    pub user: String,
    /// What members see of it.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Where they work; `None` for desk and managers.
    pub counter: Option<Uuid>,
    /// Of the session's token.
    pub token_hash: String,
    /// The session ends then, if not used before.
    pub expires_at: DateTime<Utc>,
}

impl FromRequestParts<Shared> for Clerk {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Outcome<Self> {
        let hash = presented(&session::STAFF, parts, app)?.ok_or(Code::StaffSessionMissing)?;
        let now = app.now();
        let found = app.database.read().await?.staff_session(&hash, now).await?.ok_or(Code::StaffSessionMissing)?;
        let mut expires_at = found.expires_at;
        if now - found.used_at >= session::STAFF.touch_after {
            expires_at = now + session::STAFF.idle;
            let mut tx = app.database.begin().await?;
            let alive = tx.touch_staff_session(&hash, now, expires_at).await?;
            tx.commit().await?;
            if !alive {
                return Err(Code::StaffSessionMissing.into());
            }
        }
        let role =
            Role::from_text(&found.role).ok_or_else(|| Failure::internal("a role the contract does not know"))?;
        let storage::StaffSession { user, name, counter, .. } = found;
        Ok(Self { user, name, role, counter, token_hash: hash, expires_at })
    }
}

impl Clerk {
    /// Fails unless the role is one of these.
    pub fn must_be(&self, roles: &[Role]) -> Outcome<()> {
        if roles.contains(&self.role) { Ok(()) } else { Err(Code::RoleMissing.into()) }
    }

    /// Fails unless what is at this counter is theirs to see. It is not said that there is something.
    pub fn must_see(&self, counter: Uuid) -> Outcome<()> {
        if self.counter.is_none_or(|own| own == counter) { Ok(()) } else { Err(Code::NotFound.into()) }
    }

    /// The counter they stand at; desk and managers stand at none.
    pub fn at_counter(&self) -> Outcome<Uuid> {
        self.counter.ok_or_else(|| Code::RoleMissing.into())
    }
}

/// A request that no other site caused; for the routes that make a session before there is one. Who sends neither header
/// is no browser.
pub struct NotCrossSite;

impl FromRequestParts<Shared> for NotCrossSite {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Outcome<Self> {
        let silent = !parts.headers.contains_key("sec-fetch-site") && !parts.headers.contains_key(header::ORIGIN);
        if silent || said_same_origin(&parts.headers, &app.settings) { Ok(Self) } else { Err(Code::CrossSite.into()) }
    }
}

fn said_same_origin(headers: &HeaderMap, settings: &Settings) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let site = text("sec-fetch-site");
    let origin = text("origin").map(|origin| match &settings.public_url {
        Some(own) => origin.eq_ignore_ascii_case(own),
        None => text("host").is_some_and(|host| {
            origin.split_once("://").is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host))
        }),
    });
    match (site, origin) {
        // `none`: she typed it herself. Another site's request never says so.
        (Some(site), origin) => matches!(site, "same-origin" | "none") && origin != Some(false),
        (None, Some(own)) => own,
        (None, None) => false,
    }
}

/// The till, by the service token.
pub struct Till;

impl FromRequestParts<Shared> for Till {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Outcome<Self> {
        let wanted = app.settings.service_token.as_deref().ok_or(Code::ServiceTokenWrong)?;
        let given = session::bearer(&parts.headers).ok_or(Code::ServiceTokenWrong)?;
        // Hashed first, so that not even the length shows in the time it takes.
        let same = Sha256::digest(wanted.as_bytes()).ct_eq(&Sha256::digest(given.as_bytes()));
        if bool::from(same) { Ok(Self) } else { Err(Code::ServiceTokenWrong.into()) }
    }
}

/// A JSON body, and its bytes for a fingerprint.
pub struct JsonBody<T> {
    /// What it says.
    pub value: T,
    /// As it came.
    pub bytes: Bytes,
}

impl<T: DeserializeOwned> FromRequest<Shared> for JsonBody<T> {
    type Rejection = Failure;
    async fn from_request(request: Request, app: &Shared) -> Outcome<Self> {
        if !is_json(request.headers()) {
            return Err(Code::MediaTypeUnsupported.into());
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|rejection| {
            let large =
                axum::response::IntoResponse::into_response(rejection).status() == StatusCode::PAYLOAD_TOO_LARGE;
            Failure::from(if large { Code::BodyTooLarge } else { Code::MalformedBody })
        })?;
        let value = serde_json::from_slice(&bytes).map_err(|_| Code::MalformedBody)?;
        Ok(Self { value, bytes })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()) else { return false };
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// Parameters of the query.
pub struct Asking<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Shared> for Asking<T> {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Outcome<Self> {
        match Query::from_request_parts(parts, app).await {
            Ok(Query(value)) => Ok(Self(value)),
            Err(_) => Err(Code::MalformedParameter.into()),
        }
    }
}

/// The identifier in the path. One that can't be an identifier leads to nothing, so it is not found.
pub struct PathId(pub Uuid);

impl FromRequestParts<Shared> for PathId {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Outcome<Self> {
        let Ok(Path(text)) = Path::<String>::from_request_parts(parts, app).await else {
            return Err(Code::NotFound.into());
        };
        Ok(Self(Uuid::try_parse(&text).map_err(|_| Code::NotFound)?))
    }
}

/// The two identifiers in the path.
pub struct PathPair(pub Uuid, pub Uuid);

impl FromRequestParts<Shared> for PathPair {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Outcome<Self> {
        let Ok(Path((one, other))) = Path::<(String, String)>::from_request_parts(parts, app).await else {
            return Err(Code::NotFound.into());
        };
        let parse = |text: &str| Uuid::try_parse(text).map_err(|_| Code::NotFound);
        Ok(Self(parse(&one)?, parse(&other)?))
    }
}

/// `If-Match`, which every replacement of a whole needs.
pub struct IfMatch(String);

impl FromRequestParts<Shared> for IfMatch {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _app: &Shared) -> Outcome<Self> {
        debug_assert_eq!(parts.method, Method::PUT);
        Self::of(parts.headers.get(header::IF_MATCH).ok_or(Code::VersionMissing)?)
    }
}

impl IfMatch {
    /// What the header says, where it is not needed but welcome.
    pub fn of(value: &HeaderValue) -> Outcome<Self> {
        Ok(Self(value.to_str().map_err(|_| Code::VersionStale)?.to_owned()))
    }

    /// Fails unless `etag` is among the versions named.
    pub fn check(&self, etag: &str) -> Outcome<()> {
        let named = self.0.split(',').map(str::trim).any(|named| named == "*" || named == etag);
        if named { Ok(()) } else { Err(Code::VersionStale.into()) }
    }
}
