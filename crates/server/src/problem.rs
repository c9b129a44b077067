//! Problems: one type for every way a request can fail, and one place that words it.
//!
//! A handler does not know the caller's language, and half of the errors are the framework's. So a [`Failure`] travels as an
//! extension of an empty response, and [`crate::middleware::dress`] turns it, or a bare error status, into
//! `application/problem+json` in the caller's language.

mod words;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use catalogue::Locale;
use contract::Code;
use contract::problem::{FieldProblem, Problem};

pub use words::Fault;

use crate::entropy::Exhausted;

/// Why a request failed.
#[derive(Clone, Debug)]
pub struct Failure {
    code: Code,
    faults: Vec<(String, Fault)>,
    retry_after: Option<u32>,
    /// What belongs to this code, such as [`contract::reservation::OutOfStock`]; stands in the body beside the rest.
    members: serde_json::Map<String, serde_json::Value>,
    /// For the log, never for the caller.
    cause: Option<String>,
}

/// What a problem looks like on the wire.
#[derive(serde::Serialize)]
struct Worded {
    #[serde(flatten)]
    problem: Problem,
    #[serde(flatten)]
    members: serde_json::Map<String, serde_json::Value>,
}

/// What a handler answers.
pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// A defect of ours or of something we depend on; `cause` goes to the log.
    pub fn internal(cause: impl core::fmt::Display) -> Self {
        Self { cause: Some(cause.to_string()), ..Self::from(Code::Internal) }
    }

    /// Something we depend on does not answer; `cause` goes to the log.
    pub fn unavailable(cause: impl core::fmt::Display) -> Self {
        Self { cause: Some(cause.to_string()), retry_after: Some(5), ..Self::from(Code::Unavailable) }
    }

    /// One field of the input is wrong.
    pub fn field(field: &str, fault: Fault) -> Self {
        Self::faults(vec![(field.to_owned(), fault)])
    }

    fn faults(faults: Vec<(String, Fault)>) -> Self {
        Self { faults, ..Self::from(Code::InputInvalid) }
    }

    /// Trying again helps after so many seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: i64) -> Self {
        self.retry_after = Some(u32::try_from(seconds.max(1)).unwrap_or(u32::MAX));
        self
    }

    /// With what belongs to its code, in the caller's language.
    #[must_use]
    pub fn with(mut self, members: &impl serde::Serialize) -> Self {
        match serde_json::to_value(members) {
            Ok(serde_json::Value::Object(members)) => {
                self.members = members;
                self
            }
            Ok(_) => Self::internal("the members of a problem are no object"),
            Err(error) => Self::internal(error),
        }
    }

    /// What goes to the log.
    pub fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The answer's body.
    pub fn body(&self, locale: Locale) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(&Worded { problem: self.problem(locale), members: self.members.clone() })
    }

    /// The HTTP status it is answered with.
    pub fn status(&self) -> u16 {
        self.code.status()
    }

    fn problem(&self, locale: Locale) -> Problem {
        Problem {
            kind: "about:blank".to_owned(),
            code: self.code.as_str().to_owned(),
            title: words::title(self.code, locale).to_owned(),
            status: self.code.status(),
            detail: words::detail(self.code, locale).to_owned(),
            errors: self
                .faults
                .iter()
                .map(|(field, fault)| FieldProblem {
                    field: field.clone(),
                    code: fault.as_str().to_owned(),
                    detail: fault.words(locale).to_owned(),
                })
                .collect(),
            retry_after: self.retry_after,
            body: String::new(),
        }
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Self { code, faults: Vec::new(), retry_after: None, members: serde_json::Map::new(), cause: None }
    }
}

impl From<storage::Error> for Failure {
    fn from(error: storage::Error) -> Self {
        match error {
            storage::Error::Conflict(storage::Conflict::Phone) => Code::AlreadyMember.into(),
            storage::Error::Conflict(storage::Conflict::Receipt | storage::Conflict::Refund) => {
                Code::ReceiptConflict.into()
            }
            storage::Error::Refused(loyalty::refund::RefundError::MoreThanPaid(_)) => Code::RefundTooLarge.into(),
            storage::Error::Refused(loyalty::refund::RefundError::NotPositive) => {
                Self::field("refunded", Fault::AmountRange)
            }
            storage::Error::Busy | storage::Error::Unavailable(_) => Self::unavailable(error),
            storage::Error::Conflict(_) | storage::Error::Defect(_) => Self::internal(error),
        }
    }
}

/// For what is not a request but fails like one: a job that does what handlers do, too.
impl core::fmt::Display for Failure {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}: {}", self.code.as_str(), self.cause.as_deref().unwrap_or("no cause"))
    }
}

impl std::error::Error for Failure {}

impl From<Exhausted> for Failure {
    fn from(error: Exhausted) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if matches!(self.code, Code::SessionMissing | Code::StaffSessionMissing | Code::ServiceTokenWrong) {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// Collects what is wrong with the fields of one input, so that a form hears of everything at once.
#[derive(Default)]
pub struct Faults(Vec<(String, Fault)>);

impl Faults {
    /// Notes a fault.
    pub fn add(&mut self, field: impl Into<String>, fault: Fault) {
        self.0.push((field.into(), fault));
    }

    /// Notes a fault unless `good`.
    pub fn check(&mut self, good: bool, field: &str, fault: Fault) {
        if !good {
            self.add(field, fault);
        }
    }

    /// Fails if anything was noted.
    pub fn finish(self) -> Outcome<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Failure::faults(self.0)) }
    }
}
