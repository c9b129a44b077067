//! What WeChat would answer, on an address of its own: codes are good once, an access token as long as it says, a consent for one
//! message.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};
use server::settings::Options;

pub const APP_ID: &str = "wx0123456789";
pub const APP_SECRET: &str = "the-apps-secret";
pub const SESSION_KEY: &str = "the-session-key";
pub const TEMPLATE: &str = "TEMPLATE-1";

#[derive(Default)]
pub struct Wechat {
    /// What is answered instead, if anything.
    pub errcode: i64,
    /// What is answered to messages instead, if anything.
    pub message_errcode: i64,
    /// Codes that were used.
    used: Vec<String>,
    /// How many access tokens were given out; the newest is good.
    pub tokens: u32,
    /// Every message that was taken.
    pub messages: Vec<Value>,
    /// How many messages were brought, taken or not.
    pub brought: u32,
}

type Shared = Arc<Mutex<Wechat>>;

/// A double of WeChat, and what it was asked.
pub struct Double {
    url: String,
    pub wechat: Shared,
}

impl Double {
    pub async fn start() -> Self {
        let wechat = Shared::default();
        let router = Router::new()
            .route("/sns/jscode2session", get(code2session))
            .route("/cgi-bin/stable_token", post(token))
            .route("/cgi-bin/message/subscribe/send", post(send))
            .with_state(wechat.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, wechat }
    }

    /// The settings that lead here.
    pub fn options(&self) -> Options {
        let text = |text: &str| Some(text.to_owned());
        Options {
            wechat_app_id: text(APP_ID),
            wechat_app_secret: text(APP_SECRET),
            wechat_url: text(&self.url),
            wechat_template_reservation: text(TEMPLATE),
            wechat_template_reservation_fields: text(
                "thing1=gift,thing2=counter,phrase3=state,time4=until,thing5=variant,thing6=until",
            ),
            ..Options::default()
        }
    }

    pub fn set(&self, change: impl FnOnce(&mut Wechat)) {
        change(&mut self.wechat.lock().unwrap());
    }
}

async fn code2session(State(wechat): State<Shared>, Query(asked): Query<HashMap<String, String>>) -> String {
    let mut wechat = wechat.lock().unwrap();
    let code = asked["js_code"].clone();
    let right =
        asked["appid"] == APP_ID && asked["secret"] == APP_SECRET && asked["grant_type"] == "authorization_code";
    let answer = match code.split_once(" of ") {
        _ if wechat.errcode != 0 => json!({"errcode": wechat.errcode, "errmsg": "as the test wants"}),
        _ if !right => json!({"errcode": 40125, "errmsg": "invalid appsecret"}),
        None => json!({"errcode": 40029, "errmsg": "invalid code"}),
        Some(_) if wechat.used.contains(&code) => json!({"errcode": 40163, "errmsg": "code been used"}),
        Some((_, openid)) => {
            let answer = json!({"openid": openid, "session_key": SESSION_KEY, "unionid": "u"});
            wechat.used.push(code.clone());
            answer
        }
    };
    // As text/plain, as WeChat does.
    answer.to_string()
}

async fn token(State(wechat): State<Shared>, Json(asked): Json<Value>) -> String {
    let mut wechat = wechat.lock().unwrap();
    assert_eq!((&asked["appid"], &asked["secret"]), (&json!(APP_ID), &json!(APP_SECRET)));
    wechat.tokens += 1;
    json!({"access_token": format!("token {}", wechat.tokens), "expires_in": 7200}).to_string()
}

async fn send(
    State(wechat): State<Shared>,
    Query(asked): Query<HashMap<String, String>>,
    Json(message): Json<Value>,
) -> String {
    let mut wechat = wechat.lock().unwrap();
    if asked["access_token"] != format!("token {}", wechat.tokens) {
        return json!({"errcode": 42001, "errmsg": "access_token expired"}).to_string();
    }
    wechat.brought += 1;
    if wechat.message_errcode == 0 {
        wechat.messages.push(message);
    }
    json!({"errcode": wechat.message_errcode, "errmsg": "", "msgid": 1}).to_string()
}
