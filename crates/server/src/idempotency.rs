//! One effect per intent: the claim, the effect and the saved answer are one transaction, which the handler begins and
//! commits in plain sight.

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Response, StatusCode};
use chrono::TimeDelta;
use contract::{Code, endpoint};
use sha2::{Digest, Sha256};
use storage::{Claim, Claimed, Transaction};
use uuid::Uuid;

use crate::answer;
use crate::code::hex;
use crate::problem::{Failure, Outcome};
use crate::state::Shared;

/// How long an answer is kept to be replayed.
const KEEP: TimeDelta = TimeDelta::hours(48);
const REPLAYED: &str = "idempotency-replayed";

/// One intent: its key, and what it is about.
pub struct Intent {
    key: String,
    method_and_path: String,
}

impl FromRequestParts<Shared> for Intent {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _app: &Shared) -> Outcome<Self> {
        let key = parts.headers.get(endpoint::IDEMPOTENCY_KEY).ok_or(Code::IdempotencyKeyMissing)?;
        let key = key.to_str().ok().and_then(|key| Uuid::try_parse(key.trim()).ok()).ok_or(Code::MalformedParameter)?;
        Ok(Self { key: key.to_string(), method_and_path: format!("{} {}", parts.method, parts.uri.path()) })
    }
}

/// An intent where a key is welcome but something else, such as a receipt's number, does the same.
pub struct MaybeIntent(pub Option<Intent>);

impl FromRequestParts<Shared> for MaybeIntent {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Outcome<Self> {
        if !parts.headers.contains_key(endpoint::IDEMPOTENCY_KEY) {
            return Ok(Self(None));
        }
        Ok(Self(Some(Intent::from_request_parts(parts, app).await?)))
    }
}

impl Intent {
    /// Claims the key for this subject and body. `Some` is the answer of the first time; there is nothing left to do.
    pub async fn claim(
        &self,
        tx: &mut Transaction,
        app: &Shared,
        subject: &str,
        body: &[u8],
    ) -> Outcome<Option<Response<Body>>> {
        let mut hash = Sha256::new();
        hash.update(self.method_and_path.as_bytes());
        hash.update([0]);
        hash.update(body);
        let body_hash = hex(&hash.finalize());
        let now = app.now();
        let claim = Claim { subject, key: &self.key, body_hash: &body_hash, now, keep_until: now + KEEP };
        match tx.claim(&claim).await? {
            Claimed::New => Ok(None),
            Claimed::Replay { status, body } => replay(status, body).map(Some),
            Claimed::Reused => Err(Code::IdempotencyKeyReused.into()),
            Claimed::InProgress => Err(Failure::from(Code::IdempotencyInProgress).retry_after(1)),
        }
    }

    /// Saves the answer, to be given again from now on.
    pub async fn save(&self, tx: &mut Transaction, subject: &str, status: StatusCode, body: &[u8]) -> Outcome<()> {
        let body = core::str::from_utf8(body).map_err(Failure::internal)?;
        Ok(tx.save_answer(subject, &self.key, status.as_u16(), body).await?)
    }
}

fn replay(status: i64, body: String) -> Outcome<Response<Body>> {
    let status = u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.ok_or_else(|| Failure::internal("a saved answer without a status"))?;
    Ok(mark_replayed(answer::json(status, body.into_bytes())))
}

/// Says of an answer that its request had been carried out before.
pub fn mark_replayed(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
