//! WeChat: signing in from the mini-program, and her consents to messages there.

use serde::{Deserialize, Serialize};

use crate::auth::Session;
use crate::{Endpoint, Id, Instant};

/// Sent along with [`crate::auth::try_code`]: binds the WeChat account of [`PhoneBindingRequired`] to the number that is proved
/// by the code.
pub const WECHAT_BINDING: &str = "Wechat-Binding";

/// Signs in with what `wx.login` gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WechatSignIn {
    /// Good once, for five minutes.
    pub code: String,
    /// She is about to prove a number, perhaps another: answer with a binding (`phone-binding-required`) even if the account is bound.
    /// Nothing is signed in then.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub for_binding: bool,
}

/// Beside the code `phone-binding-required`: this WeChat account is bound to no number yet, or a binding to another was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhoneBindingRequired {
    /// What to send as [`WECHAT_BINDING`]. Opaque, good once.
    pub binding: String,
    /// From then on it is void.
    pub expires_at: Instant,
}

/// What a subscribe message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// News of a reservation.
    Reservation,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 1] = [Self::Reservation];
    /// As on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reservation => "reservation",
        }
    }
    /// `None` for a text that names no purpose.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == text)
    }
}

/// What she answered when WeChat asked her about a template, in WeChat's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConsentChoice {
    /// One message may be sent.
    Accept,
    /// None.
    Reject,
    /// The template is banned by WeChat.
    Ban,
    /// WeChat left the template out, because another one has the same title.
    Filter,
}

impl ConsentChoice {
    /// Every answer.
    pub const ALL: [Self; 4] = [Self::Accept, Self::Reject, Self::Ban, Self::Filter];
    /// As on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Ban => "ban",
            Self::Filter => "filter",
        }
    }
    /// `None` for a text that names no answer.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.as_str() == text)
    }
}

/// Her answer about one template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateAnswer {
    /// From [`Template`].
    pub template_id: String,
    /// What she said.
    pub answer: ConsentChoice,
}

/// Adds her answers to the ledger. `Idempotency-Key` is needed: each consent is one message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TemplateAnswers {
    /// What she was asked for.
    pub purpose: Purpose,
    /// One for each template she was asked about, three at most.
    pub answers: Vec<TemplateAnswer>,
}

/// One line of the ledger of consents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageConsent {
    /// Its identifier.
    pub id: Id,
    /// What she was asked for.
    pub purpose: Purpose,
    /// About which template.
    pub template_id: String,
    /// What she said.
    pub answer: ConsentChoice,
    /// When the server heard of it.
    pub at: Instant,
    /// When a message was sent with it; `None` while none was. Only accepted ones are ever used.
    pub used_at: Option<Instant>,
}

/// How many messages may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnusedConsents {
    /// What for.
    pub purpose: Purpose,
    /// Accepted and not used yet, for the WeChat account of this session.
    pub count: i64,
}

/// What was added to the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordedConsents {
    /// In the order of the answers.
    pub items: Vec<MessageConsent>,
    /// Every purpose, with what it has now.
    pub unused: Vec<UnusedConsents>,
}

/// One page of the ledger of consents, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Consents {
    /// At most as many as `?limit=` asked for (100 at most).
    pub items: Vec<MessageConsent>,
    /// What to send as `?cursor=` for the page after this one; `None` on the last.
    pub next: Option<String>,
    /// Every purpose, whatever is on this page.
    pub unused: Vec<UnusedConsents>,
}

/// A template that she may be asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Template {
    /// What for.
    pub purpose: Purpose,
    /// What `wx.requestSubscribeMessage` takes.
    pub template_id: String,
}

/// The templates of this server; none if none was set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Templates {
    /// Every one.
    pub items: Vec<Template>,
}

/// Sign in with WeChat; `phone-binding-required` if the account is bound to no number, or if it is asked for.
pub fn sign_in_with_wechat(request: &WechatSignIn) -> Endpoint<Session> {
    Endpoint::post("/auth/wechat", request)
}
/// Add her answers to the ledger; 201.
pub fn record_consents(answers: &TemplateAnswers, idempotency_key: &str) -> Endpoint<RecordedConsents> {
    Endpoint::post("/me/wechat/consents", answers).keyed(idempotency_key)
}
/// The ledger, newest first. `cursor` is the `next` of the page before.
pub fn consents(cursor: Option<&str>) -> Endpoint<Consents> {
    let mut path = String::from("/me/wechat/consents?limit=50");
    if let Some(cursor) = cursor {
        // Cursors are url-safe by contract, so they need no escaping.
        path.push_str("&cursor=");
        path.push_str(cursor);
    }
    Endpoint::get(path)
}
/// What she may be asked about.
pub fn templates() -> Endpoint<Templates> {
    Endpoint::get("/wechat/templates")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_and_answers_survive_their_text() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::from_text(purpose.as_str()), Some(purpose));
            assert_eq!(serde_json::to_string(&purpose).unwrap_or_default(), format!("\"{}\"", purpose.as_str()));
        }
        for choice in ConsentChoice::ALL {
            assert_eq!(ConsentChoice::from_text(choice.as_str()), Some(choice));
            assert_eq!(serde_json::to_string(&choice).unwrap_or_default(), format!("\"{}\"", choice.as_str()));
        }
        assert_eq!((Purpose::from_text("advertising"), ConsentChoice::from_text("yes")), (None, None));
    }
}
