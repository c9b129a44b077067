//! A server of one's own for every test, with a clock that is moved by hand and an outbox in place of text messages.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use loyalty::Programme;
use reqwest::header::{HeaderMap, HeaderName};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::ambient::SystemEntropy;
use server::clock::Clock;
use server::gateway::{Message, MessageGateway, NotSent, Sending};
use server::jobs;
use server::serve::Server;
use server::settings::Options;
use server::state::{App, Parts, Shared};
use server::wechat;
use storage::testing::Fresh;
use storage::{Database, Engine};
use tokio::sync::oneshot;

/// The brand's own rules, which the tests' figures are worked out from.
pub const PROGRAMME: &str = include_str!("../../../../programme.toml");
pub const PHONE: &str = "+8613800000001";
pub const TILL: &str = "the till's token";
/// Nobody signs in on the day of the tests.
const NOON: &str = "2026-11-22T04:00:00Z";

pub struct ManualClock(Mutex<DateTime<Utc>>);

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// Keeps what would have been sent, and may be told to fail.
#[derive(Default)]
pub struct Outbox {
    sent: Mutex<Vec<Message>>,
    broken: Mutex<bool>,
}

impl MessageGateway for Outbox {
    fn send(&self, message: Message) -> Sending<'_> {
        Box::pin(async move {
            if *self.broken.lock().unwrap() {
                return Err(NotSent("out of order".to_owned()));
            }
            self.sent.lock().unwrap().push(message);
            Ok(())
        })
    }
}

pub struct House {
    pub base: String,
    pub database: Database,
    pub app: Shared,
    clock: Arc<ManualClock>,
    outbox: Arc<Outbox>,
    client: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
    fresh: Fresh,
    options: Options,
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

async fn parts(options: Options, database: Database, clock: Arc<ManualClock>, gateway: Arc<Outbox>) -> Shared {
    let settings = options.settle().unwrap();
    let programme = Programme::parse(PROGRAMME).unwrap();
    let entropy = Arc::new(SystemEntropy);
    let wechat = wechat::gateway(&settings.wechat.gateway, clock.clone()).unwrap();
    App::open(Parts { settings, programme, database, clock, entropy, gateway, wechat }).await.unwrap()
}

/// A house on SQLite as it comes.
pub async fn house() -> House {
    House::open(Engine::Sqlite, Options::default()).await
}

impl House {
    pub async fn open(engine: Engine, options: Options) -> Self {
        let fresh = storage::testing::fresh(engine).await.unwrap();
        let database = Database::open(&fresh.url).await.unwrap();
        database.migrate().await.unwrap();
        let options = Options {
            listen: "127.0.0.1:0".parse().ok(),
            service_token: options.service_token.or(Some(TILL.to_owned())),
            demo: Some(true),
            ..options
        };
        let clock = Arc::new(ManualClock(Mutex::new(NOON.parse().unwrap())));
        let outbox = Arc::new(Outbox::default());
        let app = parts(options.clone(), database.clone(), clock.clone(), outbox.clone()).await;
        let server = Server::bind(app.clone()).await.unwrap().without_jobs();
        let base = format!("http://{}", server.address().unwrap());
        let (stop, stopped) = oneshot::channel();
        tokio::spawn(server.run(async move {
            let _ = stopped.await;
        }));
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { base, database, app, clock, outbox, client, stop: Some(stop), fresh, options }
    }

    pub fn advance(&self, by: TimeDelta) {
        *self.clock.0.lock().unwrap() += by;
    }

    /// Breaks, or mends, what no query of ours would.
    pub async fn sabotage(&self, sql: &str) {
        storage::testing::run(&self.fresh, sql).await.unwrap();
    }

    /// Does every job once, as the server would in its time.
    pub async fn work(&self) {
        jobs::run_all(&self.app).await.unwrap();
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// An instant so long before now, as it travels.
    pub fn ago(&self, span: TimeDelta) -> String {
        contract::Instant(self.now() - span).to_string()
    }

    /// Whether messages leave the house from now on.
    pub fn set_gateway(&self, works: bool) {
        *self.outbox.broken.lock().unwrap() = !works;
    }

    /// Another server on the same database, by connections of its own, with the same settings, clock and gateway. It does not listen.
    pub async fn second_server(&self) -> Shared {
        let database = Database::open(&self.fresh.url).await.unwrap();
        parts(self.options.clone(), database, self.clock.clone(), self.outbox.clone()).await
    }

    pub fn messages(&self) -> Vec<Message> {
        self.outbox.sent.lock().unwrap().clone()
    }

    /// The newest code that was sent to this number.
    pub fn code(&self, phone: &str) -> String {
        let sent = self.outbox.sent.lock().unwrap();
        let codes = sent.iter().rev().filter(|message| message.phone == phone).find_map(|message| message.code.clone());
        codes.unwrap()
    }

    fn ask(&self, method: Method, path: &str) -> Ask<'_> {
        // Outside the API only the portal and the health checks are asked.
        let url = match path.strip_prefix("root:") {
            Some(path) => format!("{}{path}", self.base),
            None => format!("{}/api/v1{path}", self.base),
        };
        Ask { house: self, request: self.client.request(method, url) }
    }

    pub fn get(&self, path: &str) -> Ask<'_> {
        self.ask(Method::GET, path)
    }

    pub fn delete(&self, path: &str) -> Ask<'_> {
        self.ask(Method::DELETE, path)
    }

    pub fn post(&self, path: &str, body: &Value) -> Ask<'_> {
        self.ask(Method::POST, path).json(body)
    }

    pub fn put(&self, path: &str, body: &Value) -> Ask<'_> {
        self.ask(Method::PUT, path).json(body)
    }

    pub fn method(&self, method: &str, path: &str) -> Ask<'_> {
        self.ask(method.parse().unwrap(), path)
    }

    /// Asks for a code; the challenge.
    pub async fn challenge(&self, phone: &str) -> String {
        let answer = self.post("/auth/otp", &json!({"phone": phone})).send().await;
        answer.status(202);
        answer.text("challenge_id")
    }

    /// A bearer token of a session.
    pub async fn sign_in(&self, phone: &str) -> String {
        let challenge = self.challenge(phone).await;
        let attempt = json!({"challenge_id": challenge, "code": self.code(phone)});
        let answer = self.post("/auth/otp/verify", &attempt).header("x-session", "bearer").send().await;
        answer.status(200);
        answer.text("token")
    }

    /// A cookie of a session, as a browser sends it.
    pub async fn sign_in_by_cookie(&self, phone: &str) -> String {
        let challenge = self.challenge(phone).await;
        let attempt = json!({"challenge_id": challenge, "code": self.code(phone)});
        let answer = self.post("/auth/otp/verify", &attempt).send().await;
        answer.status(200);
        answer.cookie()
    }

    /// A bearer token of a fresh member.
    pub async fn member(&self, phone: &str) -> String {
        let token = self.sign_in(phone).await;
        self.post("/members", &enrolment()).bearer(&token).key(&key()).send().await.status(201);
        token
    }

    /// A purchase of so many fen so many days ago.
    pub async fn purchase(&self, phone: &str, receipt: &str, fen: i64, days_ago: i64) -> Answer {
        let report = json!({
            "receipt_no": receipt,
            "member": {"phone": phone},
            "paid": {"amount": fen, "currency": "CNY"},
            "at": self.ago(TimeDelta::days(days_ago)),
        });
        self.post("/staff/purchases", &report).bearer(TILL).send().await
    }
}

/// What a woman who agrees to what she must and to nothing else sends.
pub fn enrolment() -> Value {
    let consent = |id: &str, granted: bool| json!({"id": id, "version": "1", "granted": granted});
    json!({
        "name": " 林晓 ",
        "birthday": "1990-03-08",
        "skin_type": "dry",
        "consents": [
            consent("terms", true),
            consent("privacy", true),
            consent("marketing-sms", false),
            consent("marketing-wechat", true),
        ],
    })
}

/// A fresh idempotency key.
pub fn key() -> String {
    server::entropy::id(&SystemEntropy, NOON.parse().unwrap()).unwrap().to_string()
}

pub struct Ask<'a> {
    house: &'a House,
    request: reqwest::RequestBuilder,
}

impl Ask<'_> {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// As a browser sends it from the portal's own page.
    pub fn by_portal(self, cookie: &str) -> Self {
        let origin = self.house.base.clone();
        self.header("cookie", cookie).header("origin", &origin).header("sec-fetch-site", "same-origin")
    }

    fn json(mut self, body: &Value) -> Self {
        self.request = self.request.header("content-type", "application/json").body(body.to_string());
        self
    }

    pub fn raw(mut self, body: impl Into<reqwest::Body>) -> Self {
        self.request = self.request.body(body);
        self
    }

    /// Without looking at the body.
    pub async fn send_raw(self) -> reqwest::Response {
        self.request.send().await.unwrap()
    }

    pub async fn send(self) -> Answer {
        let response = self.send_raw().await;
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, body: response.text().await.unwrap() }
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    #[track_caller]
    pub fn status(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }

    /// That it is this problem, in the shape every problem has.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> &Self {
        self.status(status);
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.body);
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], "about:blank");
        assert!(!problem["title"].as_str().unwrap().is_empty() && !problem["detail"].as_str().unwrap().is_empty());
        assert!(self.header("programme-time").is_some() && self.header("x-request-id").is_some());
        self
    }

    /// That these are the fields at fault, with these codes.
    #[track_caller]
    pub fn faults(&self, expected: &[(&str, &str)]) {
        self.problem(422, "input-invalid");
        let problem = self.json();
        let found: Vec<(&str, &str)> = problem["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fault| (fault["field"].as_str().unwrap(), fault["code"].as_str().unwrap()))
            .collect();
        assert_eq!(found, expected);
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }

    #[track_caller]
    pub fn text(&self, field: &str) -> String {
        self.json()[field].as_str().unwrap().to_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name.parse::<HeaderName>().unwrap()).map(|value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn etag(&self) -> String {
        self.header("etag").unwrap().to_owned()
    }

    /// Name and value of the cookie that was set.
    #[track_caller]
    pub fn cookie(&self) -> String {
        self.header("set-cookie").unwrap().split(';').next().unwrap().to_owned()
    }

    #[track_caller]
    pub fn retry_after(&self) -> i64 {
        let seconds = self.header("retry-after").unwrap().parse().unwrap();
        assert_eq!(self.json()["retry_after"], seconds);
        seconds
    }
}
