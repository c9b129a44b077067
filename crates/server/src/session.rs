//! Session tokens: where they travel, and how they are stored.

use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use sha2::{Digest, Sha256};

use crate::code::hex;
use crate::entropy::{self, Entropy, Exhausted};

/// A session ends when it was not used for so long.
pub const IDLE: TimeDelta = TimeDelta::days(30);
/// Its use is written down at most so often; a write for every read would make reading dear.
pub const TOUCH_AFTER: TimeDelta = TimeDelta::hours(1);

/// A token as it travels. No `Debug`: it must not reach a log.
pub struct Token(String);

/// How a token came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// In a cookie: a browser sends it by itself, so writes must prove where they come from.
    Cookie,
    /// In `Authorization`: no other site can make a browser send it.
    Bearer,
}

impl Token {
    /// 256 random bits.
    pub fn draw(entropy: &dyn Entropy) -> Result<Self, Exhausted> {
        Ok(Self(URL_SAFE_NO_PAD.encode(entropy::bytes::<32>(entropy)?)))
    }

    /// What is stored of it. Not keyed: nobody guesses 256 bits.
    pub fn hash(&self) -> String {
        hash(&self.0)
    }

    /// For the body of an answer that asked for it.
    pub fn into_text(self) -> String {
        self.0
    }

    /// `Set-Cookie`.
    pub fn cookie(&self, secure: bool) -> Option<HeaderValue> {
        HeaderValue::from_str(&cookie(&self.0, secure, IDLE.num_seconds())).ok()
    }
}

/// `Set-Cookie` that removes it.
pub fn no_cookie(secure: bool) -> Option<HeaderValue> {
    HeaderValue::from_str(&cookie("", secure, 0)).ok()
}

fn cookie(value: &str, secure: bool, seconds: i64) -> String {
    let name = cookie_name(secure);
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

/// The prefix makes browsers refuse a cookie that another subdomain set; it needs `Secure`, so TLS.
fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-session" } else { "session" }
}

/// The hash of the token a request brings, and how it came. A bearer token goes before a cookie.
pub fn presented(headers: &HeaderMap, secure: bool) -> Option<(String, Carrier)> {
    if let Some(token) = bearer(headers) {
        return Some((hash(token), Carrier::Bearer));
    }
    let token = cookie_value(headers, cookie_name(secure)).filter(|token| !token.is_empty())?;
    Some((hash(token), Carrier::Cookie))
}

/// The token of `Authorization: Bearer …`.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The value of a cookie.
pub fn cookie_value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .find_map(|pair| pair.trim().split_once('=').filter(|(found, _)| *found == name))
        .map(|(_, value)| value)
}

fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}
