//! WeChat, as far as a mini-program's server speaks with it: whose code this is, and subscribe messages.

mod api;
pub mod template;

use std::future::Future;
use std::io::Write;
use std::pin::Pin;
use std::sync::Arc;

pub use api::WechatApi;
use chrono::TimeDelta;

use crate::clock::Clock;
use crate::code::{hex, mac};
use crate::gateway::NotSent;
use crate::settings::WechatGatewaySettings;

/// A WeChat account is bound to its number no more when it was not used for so long: by then the number may be somebody else's.
pub const BINDING_IDLE: TimeDelta = TimeDelta::days(180);

/// What WeChat calls a person towards this one mini-program. No `Debug`: it must not reach a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Openid(String);

impl Openid {
    /// No openid is longer, by a wide margin.
    const LONGEST: usize = 128;

    /// `None` for a text that can't be one.
    pub fn parse(text: &str) -> Option<Self> {
        let good = (1..=Self::LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        good.then(|| Self(text.to_owned()))
    }

    /// The text, for where it is stored and where it is sent to.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What everything that only has to recognise her knows her by.
    pub fn account(&self, secret: &[u8]) -> String {
        hex(&mac(secret, &[b"wechat account", self.0.as_bytes()]))
    }
}

/// Why a code is nobody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Nobody {
    /// WeChat does not know it, or it was used, or is too old.
    Refused,
    /// There is no WeChat here.
    NotSetUp,
    /// WeChat does not answer, or not with what it should; for the log.
    Unavailable(String),
}

/// A subscribe message. No `Debug`, as for the openid in it.
#[derive(Clone, PartialEq, Eq)]
pub struct SubscribeMessage {
    /// To whom.
    pub openid: String,
    /// Of which template.
    pub template: String,
    /// The page of the mini-program that it opens.
    pub page: String,
    /// `zh_CN` or `en_US`.
    pub language: &'static str,
    /// The template's fields with what they show.
    pub fields: Vec<(String, String)>,
}

/// A future that the gateway answers with. Boxed, so that the gateway can be chosen at start.
pub type Answering<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// WeChat's side.
pub trait WechatGateway: Send + Sync + 'static {
    /// Whose code of `wx.login` this is. The session key that WeChat gives along never leaves this function: nothing here
    /// needs it, and it opens what she has encrypted.
    fn code2session<'a>(&'a self, code: &'a str) -> Answering<'a, Result<Openid, Nobody>>;

    /// Sends one; ready when WeChat has taken it.
    fn send_subscribe_message<'a>(&'a self, message: &'a SubscribeMessage) -> Answering<'a, Result<(), NotSent>>;
}

/// For the demo and tests: the code `demo-<name>` is that of the account `<name>`, and messages are printed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Demo;

impl WechatGateway for Demo {
    fn code2session<'a>(&'a self, code: &'a str) -> Answering<'a, Result<Openid, Nobody>> {
        Box::pin(async move { code.strip_prefix("demo-").and_then(Openid::parse).ok_or(Nobody::Refused) })
    }

    fn send_subscribe_message<'a>(&'a self, message: &'a SubscribeMessage) -> Answering<'a, Result<(), NotSent>> {
        Box::pin(async move {
            let shown: Vec<&str> = message.fields.iter().map(|(_, value)| value.as_str()).collect();
            let mut out = std::io::stdout().lock();
            let written = writeln!(out, "WeChat message to {}: {}", message.openid, shown.join(" · "));
            written.and_then(|()| out.flush()).map_err(|error| NotSent(error.to_string()))
        })
    }
}

/// There is no WeChat here.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nowhere;

impl WechatGateway for Nowhere {
    fn code2session<'a>(&'a self, _code: &'a str) -> Answering<'a, Result<Openid, Nobody>> {
        Box::pin(async { Err(Nobody::NotSetUp) })
    }

    fn send_subscribe_message<'a>(&'a self, _message: &'a SubscribeMessage) -> Answering<'a, Result<(), NotSent>> {
        Box::pin(async { Err(NotSent("WeChat is not set up: wechat-app-id".to_owned())) })
    }
}

/// The gateway that was set up.
pub fn gateway(settings: &WechatGatewaySettings, clock: Arc<dyn Clock>) -> Result<Arc<dyn WechatGateway>, NotSent> {
    Ok(match settings.clone() {
        WechatGatewaySettings::Demo => Arc::new(Demo),
        WechatGatewaySettings::Nowhere => Arc::new(Nowhere),
        WechatGatewaySettings::Http { url, app_id, app_secret } => {
            Arc::new(WechatApi::new(url, app_id, app_secret, clock)?)
        }
    })
}
