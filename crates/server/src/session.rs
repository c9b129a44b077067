//! Session tokens: where they travel, and how they are stored. Members and staff are two worlds that share nothing but this code.

use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use sha2::{Digest, Sha256};

use crate::code::hex;
use crate::entropy::{self, Entropy, Exhausted};

/// Whose sessions: a world has its own cookie and its own table.
pub struct World {
    /// Over plain HTTP.
    cookie: &'static str,
    /// The prefix makes browsers refuse a cookie that another subdomain set; it needs `Secure`, so TLS.
    host_cookie: &'static str,
    same_site: &'static str,
    /// A session ends when it was not used for so long.
    pub idle: TimeDelta,
    /// Its use is written down at most so often; a write for every read would make reading dear.
    pub touch_after: TimeDelta,
}

/// Members: signed in for as long as they come back.
pub const MEMBERS: World = World {
    cookie: "session",
    host_cookie: "__Host-session",
    // A link in a message has to find her signed in.
    same_site: "Lax",
    idle: TimeDelta::days(30),
    touch_after: TimeDelta::hours(1),
};

/// The staff: a shift, on a tablet that several people use.
pub const STAFF: World = World {
    cookie: "staff",
    host_cookie: "__Host-staff",
    same_site: "Strict",
    idle: TimeDelta::hours(12),
    touch_after: TimeDelta::minutes(10),
};

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
    /// One that came with a request.
    pub fn given(text: &str) -> Self {
        Self(text.to_owned())
    }

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
}

impl World {
    /// `Set-Cookie`.
    pub fn set_cookie(&self, token: &Token, secure: bool) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.cookie(&token.0, secure, self.idle.num_seconds())).ok()
    }

    /// `Set-Cookie` that removes it.
    pub fn no_cookie(&self, secure: bool) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.cookie("", secure, 0)).ok()
    }

    fn cookie(&self, value: &str, secure: bool, seconds: i64) -> String {
        let Self { same_site, .. } = self;
        let name = self.cookie_name(secure);
        let secure = if secure { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite={same_site}{secure}")
    }

    fn cookie_name(&self, secure: bool) -> &'static str {
        if secure { self.host_cookie } else { self.cookie }
    }

    /// The hash of the token a request brings, and how it came. A bearer token goes before a cookie.
    pub fn presented(&self, headers: &HeaderMap, secure: bool) -> Option<(String, Carrier)> {
        if let Some(token) = bearer(headers) {
            return Some((hash(token), Carrier::Bearer));
        }
        let token = cookie_value(headers, self.cookie_name(secure)).filter(|token| !token.is_empty())?;
        Some((hash(token), Carrier::Cookie))
    }
}

/// Whether the token is to come in the body: `X-Session: bearer`.
pub fn wants_bearer(headers: &HeaderMap) -> bool {
    headers.get("x-session").is_some_and(|wish| wish.as_bytes().eq_ignore_ascii_case(b"bearer"))
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
