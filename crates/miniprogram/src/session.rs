//! Who she is to the server: a bearer token, and how one is come by without asking her.
//!
//! WeChat says who she is whenever it is asked (`wx.login`). A number that was bound to her account once is enough to sign in again in
//! silence, so a request that is refused for want of a session is parked, she is signed in, and it is sent again: the page never knows.
//! That ends where she has signed out: on this phone she is asked for her number then, whoever bound the account elsewhere meanwhile.

use contract::auth::Session as Opened;
use contract::wechat::PhoneBindingRequired;
use contract::{Code, Method, Problem, json};
use screens::{Reply, Request};
use serde::{Deserialize, Serialize};

/// Who she is to the server.
#[derive(Default)]
pub(crate) struct Session {
    /// Sent with every request.
    pub token: Option<String>,
    /// Whose that is, if anybody has said.
    pub who: Option<Who>,
    /// She has signed out on this phone, and has proved no number since: nobody is signed in in silence.
    pub left: bool,
    /// Names her WeChat account until a number is bound to it.
    pub binding: Option<String>,
    /// WeChat was asked in this run.
    pub tried: bool,
    /// She is being signed in.
    pub renewing: bool,
    /// How often it has been found out who she is. A refusal of a request that was sent before the last time is no news.
    pub turn: u32,
    /// Requests that wait for that.
    pub parked: Vec<Parked>,
}

/// Whose a session is. Kept encrypted, beside its token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Who {
    /// Her number, masked.
    phone: String,
    /// Her membership's identifier; `None` before she has joined.
    member: Option<String>,
}

impl Who {
    /// Of a session's description.
    pub fn of(session: &Opened) -> Self {
        Self { phone: session.phone.clone(), member: session.member.as_ref().map(|member| member.id.clone()) }
    }

    /// Whether both are the same person. She may have joined meanwhile; her number may be another.
    pub fn is(&self, other: &Self) -> bool {
        match (&self.member, &other.member) {
            (Some(one), Some(other)) => one == other,
            _ => self.phone == other.phone,
        }
    }
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
    /// She is: whose session it is, and its token.
    Yes(Who, String),
    /// Nobody has bound a number to her account, or it was not asked; this names it.
    Unbound(String),
    /// Nobody can: this server has no WeChat.
    Never,
    /// Nobody knows: WeChat has no code.
    NoCode,
    /// Nobody knows: no network, or the server can't tell now. This is what pages hear.
    Unknown(Reply),
}

impl SignedIn {
    /// What the answer to `POST /auth/wechat` says.
    pub fn of(reply: &Reply) -> Self {
        let Reply::Answered { status, body, .. } = reply else { return SignedIn::Unknown(Reply::Lost) };
        match (status, code(body)) {
            (200..300, _) => opened(body).map_or(BROKEN, |(who, token)| SignedIn::Yes(who, token)),
            (_, Some(Code::PhoneBindingRequired)) => {
                json::decode::<PhoneBindingRequired>(body).map_or(BROKEN, |unbound| SignedIn::Unbound(unbound.binding))
            }
            (_, Some(Code::WechatNotSetUp)) => SignedIn::Never,
            (422 | 429 | 500.., _) => SignedIn::Unknown(reply.clone()),
            // It would mean something else to a page.
            _ => BROKEN,
        }
    }
}

/// The server has answered nothing that can be an answer.
const BROKEN: SignedIn = SignedIn::Unknown(Reply::Answered { status: 502, body: String::new(), etag: None });

/// Whose session the answer to a sign-in has opened, and its token.
pub(crate) fn opened(body: &str) -> Option<(Who, String)> {
    let session = json::decode::<Opened>(body).ok()?;
    let who = Who::of(&session);
    Some((who, session.token?))
}

/// Whose session the answer to `GET /session` describes.
pub(crate) fn described(body: &str) -> Option<Who> {
    json::decode(body).ok().as_ref().map(Who::of)
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

/// Whether a good answer to `request` says whose it is.
pub(crate) fn describes(request: &Request) -> bool {
    request.method == Method::Get && request.path == "/session"
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
