//! What a member's phone says to the server.

use contract::gift::Gift;
use contract::list::Page;
use contract::reservation::Reservation;
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::process::Server;

/// An answer that came whole.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub replayed: bool,
    pub body: Value,
}

pub struct Client {
    http: reqwest::Client,
    base: String,
}

impl Client {
    pub fn new(address: &str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { http: reqwest::Client::new(), base: format!("{address}/api/v1") }
    }

    /// `None` if no whole answer came.
    pub async fn write(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        token: &str,
        key: &str,
    ) -> Option<Answer> {
        let mut request = self.http.request(method, format!("{}{path}", self.base)).bearer_auth(token);
        request = request.header("idempotency-key", key);
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await.ok()?;
        let status = response.status().as_u16();
        let replayed = response.headers().contains_key("idempotency-replayed");
        let body = response.bytes().await.ok()?;
        assert!(status < 500, "{path} answers {status}: {body:?}");
        Some(Answer { status, replayed, body: serde_json::from_slice(&body).unwrap() })
    }

    pub async fn read<T: DeserializeOwned>(&self, path: &str, token: &str) -> T {
        let response = self.http.get(format!("{}{path}", self.base)).bearer_auth(token).send().await.unwrap();
        let status = response.status();
        let text = response.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}: {text}"))
    }

    pub async fn reservation(&self, id: &str, token: &str) -> Reservation {
        self.read(&format!("/reservations/{id}"), token).await
    }

    /// All of hers.
    pub async fn reservations(&self, token: &str) -> Vec<Reservation> {
        let mut all = Vec::new();
        let mut cursor = String::new();
        loop {
            let page: Page<Reservation> = self.read(&format!("/reservations?limit=100{cursor}"), token).await;
            all.extend(page.items);
            match page.next {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return all,
            }
        }
    }

    /// Every gift, with its counters.
    pub async fn gifts(&self, token: &str) -> Vec<Gift> {
        let page: Page<Gift> = self.read("/gifts?limit=100", token).await;
        let mut all = Vec::new();
        for gift in page.items {
            all.push(self.gift(&gift.id, token).await);
        }
        all
    }

    pub async fn gift(&self, id: &str, token: &str) -> Gift {
        self.read(&format!("/gifts/{id}"), token).await
    }

    /// A bearer token.
    pub async fn sign_in(&self, phone: &str, server: &Server) -> String {
        let challenge = self.post("/auth/otp", &json!({"phone": phone})).await;
        let code = server.line(&format!("one-time code for {phone}: "));
        let opened =
            self.post("/auth/otp/verify", &json!({"challenge_id": challenge["challenge_id"], "code": code})).await;
        opened["token"].as_str().unwrap().to_owned()
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        let request = self.http.post(format!("{}{path}", self.base)).header("x-session", "bearer").json(body);
        let response = request.send().await.unwrap();
        let (status, text) = (response.status(), response.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }
}
