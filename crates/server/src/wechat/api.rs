//! WeChat's own interface over HTTP.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use tokio::sync::Mutex;

use super::{Answering, Nobody, Openid, SubscribeMessage, WechatGateway};
use crate::clock::Clock;
use crate::gateway::NotSent;

/// She waits in front of the form meanwhile.
const PATIENCE: Duration = Duration::from_secs(5);
/// A token is not used in its last minutes: it has to live as long as the request that carries it.
const SPARE: TimeDelta = TimeDelta::minutes(5);

/// The code is not valid, was used already, or is of an account that WeChat has locked out.
const CODE_REFUSED: [i64; 3] = [40029, 40163, 40226];
/// The access token is not valid, or not any more.
const TOKEN_REFUSED: [i64; 3] = [40001, 40014, 42001];

/// WeChat itself, for one mini-program.
pub struct WechatApi {
    client: reqwest::Client,
    url: String,
    app_id: String,
    app_secret: String,
    clock: Arc<dyn Clock>,
    /// Held while a new one is asked for, so that one asks for all.
    token: Mutex<Option<AccessToken>>,
}

#[derive(Clone)]
struct AccessToken {
    text: String,
    good_until: DateTime<Utc>,
}

/// What code2Session answers, as far as it is of use: the session key stays in the bytes it came in.
#[derive(Deserialize)]
struct SessionAnswer {
    #[serde(default)]
    openid: String,
    #[serde(default)]
    errcode: i64,
}

#[derive(Deserialize)]
struct TokenAnswer {
    #[serde(default)]
    access_token: String,
    #[serde(default)]
    expires_in: i64,
    #[serde(default)]
    errcode: i64,
}

#[derive(Deserialize)]
struct SendAnswer {
    #[serde(default)]
    errcode: i64,
}

impl WechatApi {
    /// At this address, for this mini-program.
    pub fn new(url: String, app_id: String, app_secret: String, clock: Arc<dyn Clock>) -> Result<Self, NotSent> {
        // Refused only if another provider was installed before, which would do as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| NotSent(error.to_string()))?;
        Ok(Self { client, url, app_id, app_secret, clock, token: Mutex::new(None) })
    }

    fn address(&self, path: &str, query: &[(&str, &str)]) -> String {
        let mut address = [&self.url, path].concat();
        for (index, (name, value)) in query.iter().enumerate() {
            address.push(if index == 0 { '?' } else { '&' });
            address.push_str(name);
            address.push('=');
            contract::gift::escape(value, &mut address);
        }
        address
    }

    async fn whose(&self, code: &str) -> Result<Openid, Nobody> {
        let request = self.client.get(self.address(
            "/sns/jscode2session",
            &[
                ("appid", &self.app_id),
                ("secret", &self.app_secret),
                ("js_code", code),
                ("grant_type", "authorization_code"),
            ],
        ));
        let answer: SessionAnswer = ask(request).await.map_err(Nobody::Unavailable)?;
        match answer.errcode {
            0 => Openid::parse(&answer.openid)
                .ok_or_else(|| Nobody::Unavailable("code2Session answered without an openid".to_owned())),
            refused if CODE_REFUSED.contains(&refused) => Err(Nobody::Refused),
            // -1 and 45011 are a crowd; what else there is, such as a wrong secret, is for whoever runs the server.
            other => Err(Nobody::Unavailable(format!("code2Session answered {other}"))),
        }
    }

    async fn access_token(&self) -> Result<String, NotSent> {
        let mut kept = self.token.lock().await;
        let now = self.clock.now();
        if let Some(token) = kept.as_ref().filter(|token| now < token.good_until) {
            return Ok(token.text.clone());
        }
        // The stable one: asked for twice it is the same, so that several servers do not void one another's.
        let request = self.client.post(self.address("/cgi-bin/stable_token", &[])).json(&json!({
            "grant_type": "client_credential", "appid": self.app_id, "secret": self.app_secret, "force_refresh": false,
        }));
        let answer: TokenAnswer = ask(request).await.map_err(NotSent)?;
        if answer.errcode != 0 || answer.access_token.is_empty() {
            return Err(NotSent(format!("WeChat gave no access token: {}", answer.errcode)));
        }
        let life = TimeDelta::try_seconds(answer.expires_in).unwrap_or_default();
        *kept = Some(AccessToken { text: answer.access_token.clone(), good_until: now + life - SPARE });
        Ok(answer.access_token)
    }

    /// Forgets a token that WeChat did not take, unless another one is kept by now.
    async fn forget(&self, refused: &str) {
        let mut kept = self.token.lock().await;
        if kept.as_ref().is_some_and(|token| token.text == refused) {
            *kept = None;
        }
    }

    async fn deliver(&self, message: &SubscribeMessage) -> Result<(), NotSent> {
        let data: serde_json::Map<_, _> =
            message.fields.iter().map(|(name, value)| (name.clone(), json!({ "value": value }))).collect();
        let body = json!({
            "touser": message.openid, "template_id": message.template, "page": message.page, "data": data,
            "miniprogram_state": "formal", "lang": message.language,
        });
        let mut renewed = false;
        loop {
            let token = self.access_token().await?;
            let address = self.address("/cgi-bin/message/subscribe/send", &[("access_token", &token)]);
            let answer: SendAnswer = ask(self.client.post(address).json(&body)).await.map_err(NotSent)?;
            match answer.errcode {
                0 => return Ok(()),
                refused if TOKEN_REFUSED.contains(&refused) && !renewed => {
                    self.forget(&token).await;
                    renewed = true;
                }
                // 43101: she has taken her consent back. The rest is for whoever runs the server.
                other => return Err(NotSent(format!("subscribeMessage.send answered {other}"))),
            }
        }
    }
}

/// The answer, which WeChat gives with 200 whatever came of it. What goes wrong is told without the address, which carries
/// secrets, and without what was in the answer.
async fn ask<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> Result<T, String> {
    let reply = request.send().await.map_err(|error| error.without_url().to_string())?;
    if !reply.status().is_success() {
        return Err(format!("WeChat answered {}", reply.status()));
    }
    let bytes = reply.bytes().await.map_err(|error| error.without_url().to_string())?;
    // By hand: the type of the content says text/plain, and an error of the parser would quote from it.
    serde_json::from_slice(&bytes).map_err(|_| "WeChat answered with something else than JSON".to_owned())
}

impl WechatGateway for WechatApi {
    fn code2session<'a>(&'a self, code: &'a str) -> Answering<'a, Result<Openid, Nobody>> {
        Box::pin(self.whose(code))
    }

    fn send_subscribe_message<'a>(&'a self, message: &'a SubscribeMessage) -> Answering<'a, Result<(), NotSent>> {
        Box::pin(self.deliver(message))
    }
}
