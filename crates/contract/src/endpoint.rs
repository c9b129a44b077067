//! Requests as data: what to send where, and what type comes back.

use core::marker::PhantomData;

use serde::Serialize;

use crate::json;

/// What every path starts with.
pub const BASE: &str = "/api/v1";
/// Names one intent of a member over all its retries.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
/// Answers carry the programme's local time, RFC 3339 with its offset: `2026-11-22T09:41:07+08:00`. A front end takes
/// "today" and the offset from here and never from the phone.
pub const PROGRAMME_TIME: &str = "Programme-Time";

/// The methods of this contract. No PATCH: `wx.request` has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Create, or do.
    Post,
    /// Replace the whole.
    Put,
    /// End or remove.
    Delete,
}

impl Method {
    /// As on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
        }
    }
}

/// One request of this contract whose good answer is an `Answer`.
#[derive(Debug)]
pub struct Endpoint<Answer> {
    /// How.
    pub method: Method,
    /// Path and query, from [`BASE`] on.
    pub path: String,
    /// JSON text.
    pub body: Option<String>,
    /// `Idempotency-Key`, for what creates or spends.
    pub idempotency_key: Option<String>,
    /// `If-Match`, for the replacement of a whole.
    pub if_match: Option<String>,
    answer: PhantomData<fn() -> Answer>,
}

impl<Answer> Endpoint<Answer> {
    fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), body: None, idempotency_key: None, if_match: None, answer: PhantomData }
    }
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self::new(Method::Get, path)
    }
    pub(crate) fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::Delete, path)
    }
    pub(crate) fn post<Body: Serialize>(path: impl Into<String>, body: &Body) -> Self {
        Self::new(Method::Post, path).body(body)
    }
    pub(crate) fn put<Body: Serialize>(path: impl Into<String>, body: &Body, version: &str) -> Self {
        let mut endpoint = Self::new(Method::Put, path).body(body);
        endpoint.if_match = Some(version.to_owned());
        endpoint
    }
    /// A replacement that needs no version: it says what is, and not what to make of what was.
    pub(crate) fn put_as_is<Body: Serialize>(path: impl Into<String>, body: &Body) -> Self {
        Self::new(Method::Put, path).body(body)
    }
    /// With the key of the intent behind this request.
    #[must_use]
    pub fn keyed(mut self, idempotency_key: &str) -> Self {
        self.idempotency_key = Some(idempotency_key.to_owned());
        self
    }
    fn body<Body: Serialize>(mut self, body: &Body) -> Self {
        // No type of this contract fails to encode; if one ever did, the server would say `malformed-body`.
        self.body = Some(json::encode(body).unwrap_or_default());
        self
    }
}
