//! What is waited for, and how its result is read.

use contract::wechat::{Purpose, TemplateAnswers};
use screens::{Located, Reply, Request, Scanned};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::page::Came;
use crate::protocol::{HttpReply, Refusal, RefusalCode};

/// An effect whose result is waited for.
pub(crate) enum Pending {
    /// A page's request.
    Http(Errand),
    /// Something else that a page asked for.
    Other {
        /// Whose.
        page: u32,
        /// What.
        kind: Kind,
    },
    /// A code of WeChat's to sign in with.
    Login,
    /// Signing in with that code.
    SignIn {
        /// Only a binding was asked for.
        for_binding: bool,
    },
    /// The templates for which consent can be asked.
    Templates,
    /// Her consent.
    Consent(Purpose),
    /// The name of the request that takes her answers to the ledger.
    ConsentKey(TemplateAnswers),
    /// That request, and how often it was sent before.
    ConsentSent(Request, u32),
    /// It is sent again after a while.
    ConsentLater(Request, u32),
}

impl Pending {
    /// Whether it is about her consent to messages, which ends with her session.
    pub fn is_consent(&self) -> bool {
        matches!(
            self,
            Pending::Consent(_) | Pending::ConsentKey(_) | Pending::ConsentSent(..) | Pending::ConsentLater(..)
        )
    }
}

/// A page's request.
pub(crate) struct Errand {
    /// Whose.
    pub page: u32,
    /// For sending it once more.
    pub request: Request,
    /// It was set aside once, until it was known who she is: a refusal is hers to see.
    pub again: bool,
    /// How often that had been found out before it was sent.
    pub turn: u32,
}

/// What a page asked for.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Wait,
    Key,
    Scan,
    Locate,
    Copy,
    Pass,
}

impl Kind {
    /// What came.
    pub fn read(self, value: Value) -> Result<Came, Refusal> {
        Ok(match self {
            Kind::Wait => Came::Time,
            Kind::Key => Came::Bytes(of(value)?),
            Kind::Scan => Came::Scanned(of::<ScanResult>(value)?.into()),
            Kind::Locate => Came::Located(of::<LocateResult>(value)?.into()),
            Kind::Copy => Came::Copied(of(value)?),
            Kind::Pass => Came::Text(of(value)?),
        })
    }
}

/// `value` as the result of an effect.
pub(crate) fn of<T: DeserializeOwned>(value: Value) -> Result<T, Refusal> {
    serde_json::from_value(value).map_err(|error| Refusal::new(RefusalCode::MalformedResult, error.to_string()))
}

/// What came of a request, and the `Programme-Time` with it.
pub(crate) fn reply(value: Value) -> Result<(Reply, Option<String>), Refusal> {
    Ok(match of::<Option<HttpReply>>(value)? {
        Some(HttpReply { status, body, etag, programme_time }) => {
            (Reply::Answered { status, body, etag }, programme_time)
        }
        None => (Reply::Lost, None),
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum ScanResult {
    Read(String),
    Closed,
    Forbidden,
    Unavailable,
}

impl From<ScanResult> for Scanned {
    fn from(result: ScanResult) -> Self {
        match result {
            ScanResult::Read(text) => Scanned::Read(text),
            ScanResult::Closed => Scanned::Closed,
            ScanResult::Forbidden => Scanned::Forbidden,
            ScanResult::Unavailable => Scanned::Unavailable,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum LocateResult {
    Near { lat: f64, lng: f64 },
    Forbidden,
    Unavailable,
}

impl From<LocateResult> for Located {
    fn from(result: LocateResult) -> Self {
        match result {
            LocateResult::Near { lat, lng } if lat.abs() <= 90.0 && lng.abs() <= 180.0 => Located::near(lat, lng),
            LocateResult::Forbidden => Located::Forbidden,
            LocateResult::Near { .. } | LocateResult::Unavailable => Located::Unavailable,
        }
    }
}
