//! Who she is to the server: a bearer token, and how one is come by without asking her.
//!
//! WeChat says who she is whenever it is asked (`wx.login`). A number that was bound to her account once is enough to sign in again in
//! silence, so a request that is refused for want of a session is parked, she is signed in, and it is sent again: the page never knows.

use contract::auth::Session as Opened;
use contract::wechat::PhoneBindingRequired;
use contract::{Code, Method, Problem, json};
use screens::{Reply, Request};

/// Who she is to the server.
#[derive(Default)]
pub(crate) struct Session {
    /// Sent with every request.
    pub token: Option<String>,
    /// Names her WeChat account until a number is bound to it.
    pub binding: Option<String>,
    /// She is being signed in.
    pub renewing: bool,
    /// How often it has been found out who she is. A refusal of a request that was sent before the last time is no news.
    pub turn: u32,
    /// Requests that wait for that.
    pub parked: Vec<Parked>,
}

/// A request that waits until she is signed in.
pub(crate) struct Parked {
    /// The number of its effect.
    pub effect: u32,
    /// What it was refused with; `None` if it was not sent at all.
    pub refusal: Option<Reply>,
}

impl Parked {
    /// What its page hears if there is no session to be had: what the server said, or would have said.
    pub fn refusal(self) -> Reply {
        self.refusal.unwrap_or(Reply::Answered { status: 401, body: String::new(), etag: None })
    }
}

/// What became of signing in with WeChat.
pub(crate) enum SignedIn {
    /// She is; this is the token.
    Yes(String),
    /// Nobody has bound a number to her account; this names it.
    Unbound(String),
    /// Nobody knows: no network, or the server can't tell now. This is what it said.
    Unknown(Reply),
    /// No.
    No,
}

impl SignedIn {
    /// What the answer to `POST /auth/wechat` says.
    pub fn of(reply: &Reply) -> Self {
        match reply {
            Reply::Lost | Reply::Answered { status: 500.., .. } => SignedIn::Unknown(reply.clone()),
            Reply::Answered { status: 200..300, body, .. } => token(body).map_or(SignedIn::No, SignedIn::Yes),
            Reply::Answered { body, .. } => match code(body) {
                Some(Code::PhoneBindingRequired) => json::decode::<PhoneBindingRequired>(body)
                    .map_or(SignedIn::No, |unbound| SignedIn::Unbound(unbound.binding)),
                _ => SignedIn::No,
            },
        }
    }
}

/// The token in the answer to a sign-in.
pub(crate) fn token(body: &str) -> Option<String> {
    json::decode::<Opened>(body).ok()?.token
}

/// The problem's code in an answer.
pub(crate) fn code(body: &str) -> Option<Code> {
    Code::from_text(&json::decode::<Problem>(body).ok()?.code)
}

/// Whether a good answer to `request` opens a session.
pub(crate) fn opens(request: &Request) -> bool {
    proves(request) || request.method == Method::Post && request.path == "/auth/wechat"
}

/// Whether `request` proves her number.
pub(crate) fn proves(request: &Request) -> bool {
    request.method == Method::Post && request.path == "/auth/otp/verify"
}

/// Whether a good answer to `request` ends it.
pub(crate) fn ends(request: &Request) -> bool {
    request.method == Method::Delete && request.path == "/session"
}

/// Whether `request` is good for nothing without a session.
pub(crate) fn needs_session(request: &Request) -> bool {
    !request.path.starts_with("/auth/") && (request.method != Method::Get || request.is_private())
}

/// Whether `reply` refuses `request` for want of a session that could be had by signing in with WeChat. Signing out is no exception: only
/// a session can undo the binding that would sign her in again.
pub(crate) fn wants_session(request: &Request, reply: &Reply) -> bool {
    matches!(reply, Reply::Answered { status: 401, .. }) && !request.path.starts_with("/auth/")
}
