//! What a screen asks of its shell.

use catalogue::Locale;
use contract::{Endpoint, Method, Problem, json};
use serde::de::DeserializeOwned;

use crate::env::Theme;
use crate::failure::Failure;

/// What a screen asks of its shell. `E` is what the screen hears in return.
pub enum Effect<E> {
    /// Send a request; the reply becomes an event. Given up when the screen closes.
    Http(Request, Box<dyn FnOnce(Reply) -> E>),
    /// Come back after so many milliseconds. Given up when the screen closes.
    Wait(u32, E),
    /// Draw a fresh random UUID: the name of one intent over all its retries.
    MakeKey(fn(String) -> E),
    /// Go somewhere.
    Navigate(Navigation),
    /// Remember a setting on this device, and apply it.
    Store(Setting),
    /// Read it out, through a live region.
    Announce(String),
    /// Put the focus on the element with this id.
    Focus(&'static str),
}

/// Where to: the address of a page of the same front end. Addresses and not routes, because each front end has pages of its
/// own, and everything else here is the same for all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Navigation {
    /// A new page; back leads here.
    To(String),
    /// Instead of this page.
    Instead(String),
    /// Instead of this page, after signing in or out: whatever the shell still holds of the former session is dropped.
    AfterSessionChange(String),
}

/// What is remembered on the device. No personal data, ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Her language.
    Locale(Locale),
    /// Light, dark, or as the device.
    Theme(Theme),
    /// For older members.
    LargeText(bool),
}

/// A request, its answer's type left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// How.
    pub method: Method,
    /// Path and query, from [`contract::endpoint::BASE`] on.
    pub path: String,
    /// JSON text.
    pub body: Option<String>,
    /// `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// `If-Match`.
    pub if_match: Option<String>,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The server answered.
    Answered {
        /// HTTP status.
        status: u16,
        /// The body's text.
        body: String,
        /// `ETag`.
        etag: Option<String>,
    },
    /// It did not: no network, a timeout, a broken connection. Nobody knows whether it arrived.
    Lost,
}

/// A good answer with the version it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh<T> {
    /// What came.
    pub value: T,
    /// Its `ETag`, for a later `If-Match`; empty if there was none.
    pub version: String,
}

impl<E> Effect<E> {
    /// Sends `endpoint`, and turns its answer into an event.
    pub fn http<T>(endpoint: Endpoint<T>, arrived: impl FnOnce(Result<Fresh<T>, Failure>) -> E + 'static) -> Self
    where
        T: DeserializeOwned + 'static,
    {
        let Endpoint { method, path, body, idempotency_key, if_match, .. } = endpoint;
        Effect::Http(
            Request { method, path, body, idempotency_key, if_match },
            Box::new(move |reply| arrived(read(reply))),
        )
    }
}

fn read<T: DeserializeOwned>(reply: Reply) -> Result<Fresh<T>, Failure> {
    match reply {
        Reply::Lost => Err(Failure::Unreachable),
        Reply::Answered { status, body, etag } if (200..300).contains(&status) => {
            // An answer without a body (204) is JSON's `null`, which `()` reads.
            let text = if body.is_empty() { "null" } else { &body };
            let value = json::decode(text).map_err(|_| Failure::Garbled)?;
            Ok(Fresh { value, version: etag.unwrap_or_default() })
        }
        Reply::Answered { status, body, .. } => {
            let problem = json::decode::<Problem>(&body).ok();
            Err(Failure::of(status, problem.map(|problem| Problem { body, ..problem })))
        }
    }
}
