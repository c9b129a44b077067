//! Signing in: one-time codes and sessions.

use serde::{Deserialize, Serialize};

use crate::member::Member;
use crate::{Endpoint, Instant};

/// Asks for a one-time code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeRequest {
    /// E.164 (`+8613800000001`), or a national number of the programme's country with or without spaces.
    pub phone: String,
}

/// A one-time code is on its way, or would be if it could: the answer is the same for known and unknown numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeSent {
    /// Names this challenge when the code is tried.
    pub challenge_id: String,
    /// The code is good until then.
    pub expires_at: Instant,
    /// Another one can be asked for in so many seconds.
    pub resend_after: u32,
}

/// Tries a one-time code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeAttempt {
    /// From [`CodeSent`].
    pub challenge_id: String,
    /// Six digits.
    pub code: String,
}

/// Who am I.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The number the session was opened with, masked: `+86 138****0001`.
    pub phone: String,
    /// `None` until she enrols.
    pub member: Option<Member>,
    /// The session ends then, if not used before.
    pub expires_at: Instant,
    /// Only in the answer to a sign-in that asked for `X-Session: bearer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// Send a one-time code.
pub fn request_code(request: &CodeRequest) -> Endpoint<CodeSent> {
    Endpoint::post("/auth/otp", request)
}
/// Try a one-time code; opens a session.
pub fn try_code(attempt: &CodeAttempt) -> Endpoint<Session> {
    Endpoint::post("/auth/otp/verify", attempt)
}
/// Who am I.
pub fn session() -> Endpoint<Session> {
    Endpoint::get("/session")
}
/// Sign out. Answered with 204 and no body.
pub fn sign_out() -> Endpoint<()> {
    Endpoint::delete("/session")
}
