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
    /// The whole body as it came. Some codes bring members of their own, such as [`crate::reservation::OutOfStock`]; only
    /// the pages that know what to do with them pay for reading them.
    #[serde(skip)]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    pub body: String,
}

impl Problem {
    /// The members that belong to this problem's code; `None` if it brought none of this shape.
    pub fn members<T: serde::de::DeserializeOwned>(&self) -> Option<T> {
        crate::json::decode(&self.body).ok()
    }
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
    /// There is no session of the staff, or it has ended.
    StaffSessionMissing = "staff-session-missing", 401;
    /// A service token is missing or wrong.
    ServiceTokenWrong = "service-token-wrong", 401;
    /// A write that another site caused.
    CrossSite = "cross-site", 403;
    /// Signed in, but not a member yet.
    NotEnrolled = "not-enrolled", 403;
    /// The session did not come through a WeChat account, or that is bound no longer.
    WechatBindingMissing = "wechat-binding-missing", 403;
    /// The person's role does not include this.
    RoleMissing = "role-missing", 403;
    /// Nothing here, or not the caller's.
    NotFound = "not-found", 404;
    /// This server was set up without WeChat.
    WechatNotSetUp = "wechat-not-set-up", 404;
    /// The path is right, the method is not.
    MethodNotAllowed = "method-not-allowed", 405;
    /// Somebody with this number is a member already.
    AlreadyMember = "already-member", 409;
    /// The WeChat account is bound to no number; [`crate::wechat::PhoneBindingRequired`] says how to bind it.
    PhoneBindingRequired = "phone-binding-required", 409;
    /// The first request with this key is still running.
    IdempotencyInProgress = "idempotency-in-progress", 409;
    /// A purchase with this receipt number exists with other contents.
    ReceiptConflict = "receipt-conflict", 409;
    /// A refund of more than is left of the purchase.
    RefundTooLarge = "refund-too-large", 409;
    /// No unit of this variant is free at this counter; [`crate::reservation::OutOfStock`] says where else.
    OutOfStock = "out-of-stock", 409;
    /// Not enough points; [`crate::reservation::InsufficientPoints`] says what is missing.
    InsufficientPoints = "insufficient-points", 409;
    /// The gift does not cost what the caller was told.
    PriceChanged = "price-changed", 409;
    /// The gift is for a higher tier.
    TierTooLow = "tier-too-low", 409;
    /// She has had as many of this gift as one member may have.
    GiftLimitReached = "gift-limit-reached", 409;
    /// As many reservations are open as one member may have open.
    TooManyReservations = "too-many-reservations", 409;
    /// The reservation can't do this, or can't do it any more.
    ReservationState = "reservation-state", 409;
    /// The hold can't be extended again.
    ExtensionsSpent = "extensions-spent", 409;
    /// The unit that was scanned is not the variant that was reserved; [`crate::staff::VariantMismatch`] says what is what.
    VariantMismatch = "variant-mismatch", 409;
    /// There is no pass: the reservation is not `ready`.
    PassNotReady = "pass-not-ready", 409;
    /// Whoever hands it over has not looked up its present pass, or not lately.
    PassNotShown = "pass-not-shown", 409;
    /// Nothing waits for the member's word, or not any more.
    NoExchange = "no-exchange", 409;
    /// `If-Match`, or a figure that was to be replaced, is no longer the newest.
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
    /// WeChat does not know the code of `wx.login`, or it was used, or is too old.
    WechatCodeRefused = "wechat-code-refused", 422;
    /// The binding is too old, was used, or never was; the one-time code that came with it is still good.
    WechatBindingExpired = "wechat-binding-expired", 422;
    /// User, password or the authenticator's code is wrong; which one is not said.
    CredentialsWrong = "credentials-wrong", 422;
    /// No pass of this counter has this code.
    PickupCodeWrong = "pickup-code-wrong", 422;
    /// A `PUT` came without `If-Match`.
    VersionMissing = "version-missing", 428;
    /// Too many requests; `Retry-After` says when again.
    TooManyRequests = "too-many-requests", 429;
    /// No more one-time codes today for this number.
    CodeQuotaSpent = "code-quota-spent", 429;
    /// Too many wrong sign-ins; `Retry-After` says when again.
    SignInLocked = "sign-in-locked", 429;
    /// Too many wrong pick-up codes; `Retry-After` says when again.
    PickupLocked = "pickup-locked", 429;
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
