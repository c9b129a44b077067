//! Problems: `application/problem+json` after RFC 9457, with a stable code.

use serde::{Deserialize, Serialize};

/// What every error answer looks like, the framework's own included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Always `about:blank`: the code is the identity of a problem, not an address.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// Stable, kebab-case. Clients decide by it.
    pub code: String,
    /// What happened, in the caller's language.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What to do about it, in the caller's language.
    #[serde(default)]
    pub detail: String,
    /// What is wrong with which field of the input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// How many seconds to wait before trying again, where that helps; the same number as in `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

/// What is wrong with one field of the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// The field's name on the wire, with dots into nested ones: `quiet_hours.from`.
    pub field: String,
    /// Stable, kebab-case.
    pub code: String,
    /// In the caller's language.
    pub detail: String,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $status:literal;)*) => {
        /// Every problem this contract knows, with its stable text and its status.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, in the order of the source.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];
            /// The stable text on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
            /// The HTTP status it is answered with.
            pub const fn status(self) -> u16 {
                match self { $(Code::$name => $status,)* }
            }
            /// `None` for a code this version does not know.
            pub fn from_text(text: &str) -> Option<Self> {
                match text { $($text => Some(Code::$name),)* _ => None }
            }
        }
    };
}

codes! {
    /// The body is not JSON, or not of the shape this endpoint takes.
    MalformedBody = "malformed-body", 400;
    /// A parameter of the path or the query can't be read.
    MalformedParameter = "malformed-parameter", 400;
    /// A write that creates or spends came without `Idempotency-Key`.
    IdempotencyKeyMissing = "idempotency-key-missing", 400;
    /// There is no session, or it has ended.
    SessionMissing = "session-missing", 401;
    /// A service token is missing or wrong.
    ServiceTokenWrong = "service-token-wrong", 401;
    /// A write that another site caused.
    CrossSite = "cross-site", 403;
    /// Signed in, but not a member yet.
    NotEnrolled = "not-enrolled", 403;
    /// Nothing here, or not the caller's.
    NotFound = "not-found", 404;
    /// The path is right, the method is not.
    MethodNotAllowed = "method-not-allowed", 405;
    /// Somebody with this number is a member already.
    AlreadyMember = "already-member", 409;
    /// The first request with this key is still running.
    IdempotencyInProgress = "idempotency-in-progress", 409;
    /// A purchase with this receipt number exists with other contents.
    ReceiptConflict = "receipt-conflict", 409;
    /// A refund of more than is left of the purchase.
    RefundTooLarge = "refund-too-large", 409;
    /// `If-Match` names a version that is no longer the newest.
    VersionStale = "version-stale", 412;
    /// The body is larger than this endpoint takes.
    BodyTooLarge = "body-too-large", 413;
    /// The body is not JSON by its `Content-Type`.
    MediaTypeUnsupported = "media-type-unsupported", 415;
    /// Fields of the input are wrong; `errors` says which and why.
    InputInvalid = "input-invalid", 422;
    /// The same key came with another body.
    IdempotencyKeyReused = "idempotency-key-reused", 422;
    /// The one-time code is not the one that was sent.
    CodeWrong = "code-wrong", 422;
    /// The one-time code is too old, was used, or was tried too often.
    CodeExpired = "code-expired", 422;
    /// A `PUT` came without `If-Match`.
    VersionMissing = "version-missing", 428;
    /// Too many requests; `Retry-After` says when again.
    TooManyRequests = "too-many-requests", 429;
    /// No more one-time codes today for this number.
    CodeQuotaSpent = "code-quota-spent", 429;
    /// A defect of ours; the request id in the answer finds it in the log.
    Internal = "internal", 500;
    /// The message gateway or the database does not answer.
    Unavailable = "unavailable", 503;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_survives_its_text_and_is_kebab_case() {
        for code in Code::ALL {
            assert_eq!(Code::from_text(code.as_str()), Some(*code));
            assert!(code.as_str().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
            assert!((400..600).contains(&code.status()));
        }
        assert_eq!(Code::from_text("no-such-code"), None);
    }
}
