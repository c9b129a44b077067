//! Good answers: JSON with a version, and 304 for who has that version already.

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use catalogue::Locale;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::problem::{Failure, Outcome};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// How an answer is to be given: in which language, and which version is known already.
pub struct Asked {
    /// The caller's language.
    pub locale: Locale,
    if_none_match: Option<HeaderValue>,
}

/// Who may keep an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Anybody, if they ask each time whether it is still true.
    Anyone,
    /// Her browser alone.
    Member,
    /// Nobody: the staff share a tablet, and a pass must not lie around.
    Nobody,
}

/// The caller's language.
pub fn locale(headers: &HeaderMap) -> Locale {
    let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok());
    header.map(Locale::from_accept_language).unwrap_or_default()
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = core::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self { locale: locale(&parts.headers), if_none_match: parts.headers.get(header::IF_NONE_MATCH).cloned() })
    }
}

/// JSON text. None of the contract's types fails to encode; if one did, it would be a defect.
pub fn encode<T: Serialize>(value: &T) -> Outcome<Vec<u8>> {
    serde_json::to_vec(value).map_err(Failure::internal)
}

/// A strong version of a body: its SHA-256, with the values of every `as_of` left out, which change with every second.
pub fn etag(body: &[u8]) -> String {
    const AS_OF: &[u8] = br#""as_of":""#;
    let mut hash = Sha256::new();
    let mut rest = body;
    // A text that somebody typed has its quotes escaped, so this is never found inside one.
    while let Some(at) = rest.windows(AS_OF.len()).position(|window| window == AS_OF) {
        let (before, after) = rest.split_at(at + AS_OF.len());
        hash.update(before);
        rest = after.get(INSTANT..).unwrap_or_default();
    }
    hash.update(rest);
    // Half of it tells versions apart as well, and travels with every request.
    let digest = hash.finalize();
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(digest.get(..16).unwrap_or(&digest)))
}

/// How long the text of a [`contract::Instant`] is.
const INSTANT: usize = "2026-11-22T01:41:07Z".len();

impl Asked {
    /// The answer to a read.
    pub fn read<T: Serialize>(&self, audience: Audience, value: &T) -> Outcome<Response<Body>> {
        let body = encode(value)?;
        let etag = etag(&body);
        let mut response = if self.knows(&etag) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response
        } else {
            json(StatusCode::OK, body)
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, HeaderValue::from_str(&etag).map_err(Failure::internal)?);
        let (cache, vary) = match audience {
            Audience::Anyone => ("public, no-cache", "Accept-Language"),
            Audience::Member => ("private, no-cache", "Accept-Language, Authorization, Cookie"),
            Audience::Nobody => ("no-store", "Accept-Language, Authorization, Cookie"),
        };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        headers.insert(header::VARY, HeaderValue::from_static(vary));
        Ok(response)
    }

    fn knows(&self, etag: &str) -> bool {
        let Some(known) = self.if_none_match.as_ref().and_then(|known| known.to_str().ok()) else { return false };
        // A proxy that compresses may have marked the version as weak; for reading that is the same.
        known.split(',').map(|known| known.trim()).any(|known| known == "*" || known.trim_start_matches("W/") == etag)
    }
}

/// The answer to a write.
pub fn json(status: StatusCode, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, JSON);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The answer to a replacement: what holds now, with its version.
pub fn replaced<T: Serialize>(value: &T) -> Outcome<Response<Body>> {
    let body = encode(value)?;
    let version = HeaderValue::from_str(&etag(&body)).map_err(Failure::internal)?;
    let mut response = json(StatusCode::OK, body);
    response.headers_mut().insert(header::ETAG, version);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_does_not_age_but_notices_everything_else() {
        let body = |points: u8, second: u8| {
            let as_of = format!("2026-11-22T01:41:{second:02}Z");
            format!(
                r#"{{"name":"\"as_of\":\"x","in":{{"as_of":"{as_of}"}},"points":{points},"as_of":"{as_of}","z":1}}"#
            )
        };
        assert_eq!(etag(body(1, 7).as_bytes()), etag(body(1, 8).as_bytes()));
        assert_ne!(etag(body(1, 7).as_bytes()), etag(body(2, 7).as_bytes()));
        assert_ne!(etag(br#"{"a":1}"#), etag(br#"{"a":2}"#));
    }
}
