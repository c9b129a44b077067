//! A phone that keeps every effect, so that a test says what becomes of it. It goes where the core says, as WeChat does.

use std::collections::BTreeMap;

use miniprogram::{App, call};
use serde_json::{Value, json};

use crate::fixtures::problem;

/// What the server's clock says in every answer unless a test says otherwise.
pub const NOW: &str = "2026-11-22T09:41:07+08:00";
const TABS: [&str; 4] = ["pages/home/home", "pages/gifts/gifts", "pages/reservations/reservations", "pages/me/me"];

pub struct Phone {
    app: App,
    /// The device's clock, milliseconds.
    pub at: f64,
    /// What each page was drawn from last.
    drawn: BTreeMap<u64, Value>,
    /// Pages that are open, the topmost last, with their files.
    pub stack: Vec<(u64, String)>,
    last: u64,
    /// Effects whose results are awaited.
    pending: Vec<Value>,
    /// Effects without results, since they were last asked for.
    done: Vec<Value>,
    /// What is kept on the device.
    pub kept: BTreeMap<String, Value>,
    /// What was kept or forgotten, in order.
    pub writes: Vec<(String, Value, bool)>,
    pub programme_time: Option<String>,
}

impl Phone {
    /// Before its start.
    pub fn off() -> Self {
        Self {
            app: App::default(),
            at: 1_000.0,
            drawn: BTreeMap::new(),
            stack: Vec::new(),
            last: 0,
            pending: Vec::new(),
            done: Vec::new(),
            kept: BTreeMap::new(),
            writes: Vec::new(),
            programme_time: Some(NOW.to_owned()),
        }
    }

    pub fn started(language: &str, stored: Value) -> Self {
        let mut phone = Self::off();
        phone.kept = stored.as_object().unwrap().clone().into_iter().collect();
        phone.tell(start(language, stored));
        phone
    }

    /// In Chinese, with nothing stored.
    pub fn new() -> Self {
        Self::started("zh_CN", json!({}))
    }

    /// With a session that the server takes, and the home page shown.
    pub fn signed_in(language: &str) -> Self {
        let mut phone = Self::started(language, json!({"token": "t1"}));
        phone.open("pages/home/home", "/");
        phone.reply("GET /me/overview", 200, &crate::fixtures::overview(language));
        phone.reply("GET /wechat/templates", 200, r#"{"items":[]}"#);
        phone
    }

    /// The answer as it is.
    pub fn say(&mut self, request: &str) -> Value {
        serde_json::from_str(&call(&mut self.app, request)).expect("an answer is JSON")
    }

    /// The refusal's code.
    pub fn refused(&mut self, request: Value) -> String {
        let answer = self.say(&self.timed(request).to_string());
        assert!(answer["err"]["detail"].is_string(), "{answer}");
        answer["err"]["code"].as_str().expect("a refusal").to_owned()
    }

    fn timed(&self, mut request: Value) -> Value {
        if request.get("at").is_none() {
            request["at"] = json!(self.at);
        }
        request
    }

    /// Tells the core what makes sense, and does what it says.
    pub fn tell(&mut self, request: Value) -> Value {
        let request = self.timed(request).to_string();
        let answer = self.hear(&request);
        assert!(answer.get("err").is_none(), "{request}: {answer}");
        answer["ok"].clone()
    }

    /// Tells the core anything, and does what it says.
    pub fn hear(&mut self, request: &str) -> Value {
        let answer = self.say(request);
        assert_eq!(answer.as_object().map(serde_json::Map::len), Some(1), "{request}: {answer}");
        if answer.get("err").is_some() {
            return answer;
        }
        let told: Value = serde_json::from_str(request).unwrap();
        if told["op"] == "result" {
            self.pending.retain(|pending| pending["id"] != told["effect"]);
        }
        for draw in answer["ok"]["draw"].as_array().unwrap() {
            self.drawn.insert(draw["page"].as_u64().unwrap(), draw["data"].clone());
        }
        for run in answer["ok"]["run"].as_array().unwrap() {
            self.run(run);
        }
        answer
    }

    fn run(&mut self, run: &Value) {
        crate::protocol::check(run);
        match run["do"].as_str().unwrap() {
            "store" => {
                let key = run["key"].as_str().unwrap().to_owned();
                self.writes.push((key.clone(), run["value"].clone(), run["secret"].as_bool().unwrap()));
                if run["value"].is_null() {
                    self.kept.remove(&key);
                } else {
                    self.kept.insert(key, run["value"].clone());
                }
            }
            "give_up" => {
                let ids = run["ids"].as_array().unwrap();
                self.pending.retain(|pending| !ids.contains(&pending["id"]));
            }
            _ if run.get("id").is_some() => {
                assert!(self.pending.iter().all(|pending| pending["id"] != run["id"]), "{run} is under way already");
                self.pending.push(run.clone());
            }
            _ => self.done.push(run.clone()),
        }
    }

    /// Opens a page on top.
    pub fn open(&mut self, file: &str, path: &str) -> u64 {
        self.last += 1;
        self.stack.push((self.last, file.to_owned()));
        self.tell(json!({"op": "open", "page": self.last, "file": file, "path": path}));
        self.last
    }

    pub fn close(&mut self, page: u64) {
        self.stack.retain(|(open, _)| *open != page);
        self.drawn.remove(&page);
        self.tell(json!({"op": "close", "page": page}));
    }

    /// The page on top.
    pub fn top(&self) -> u64 {
        self.stack.last().expect("a page").0
    }

    /// Does something on the page on top.
    pub fn send(&mut self, on: &str, value: impl Into<Value>) -> Value {
        let (page, value) = (self.top(), value.into());
        let event = if value.is_null() { json!({"on": on}) } else { json!({"on": on, "value": value}) };
        self.tell(json!({"op": "event", "page": page, "event": event}))
    }

    /// What a page was drawn from last.
    pub fn data(&self, page: u64) -> &Value {
        &self.drawn[&page]
    }

    /// The view of the page on top.
    pub fn view(&self) -> &Value {
        &self.data(self.top())["view"]
    }

    /// She looks away from the page on top, and comes back to it.
    pub fn look(&mut self) -> Value {
        let page = self.top();
        self.tell(json!({"op": "seen", "page": page, "seen": false}));
        self.tell(json!({"op": "seen", "page": page, "seen": true}))
    }

    /// What is awaited but time: `GET /me/overview`, `login`.
    pub fn asked(&self) -> Vec<String> {
        self.pending.iter().map(name).filter(|name| name != "wait").collect()
    }

    /// Effects whose results are awaited, by number and name.
    pub fn under_way(&self) -> Vec<(u64, String)> {
        self.pending.iter().map(|run| (run["id"].as_u64().unwrap(), name(run))).collect()
    }

    /// The numbers of the effects whose results are awaited.
    pub fn awaited(&self) -> Vec<u64> {
        self.pending.iter().filter_map(|run| run["id"].as_u64()).collect()
    }

    /// How long is waited, milliseconds.
    pub fn waits(&self) -> Vec<u64> {
        self.pending.iter().filter_map(|run| run["milliseconds"].as_u64()).collect()
    }

    /// The oldest effect of this name.
    pub fn effect(&self, asked: &str) -> &Value {
        let found = self.pending.iter().find(|run| name(run) == asked);
        found.unwrap_or_else(|| panic!("{asked} is not among {:?}", self.asked()))
    }

    /// What came of the oldest effect of this name.
    pub fn result(&mut self, asked: &str, value: Value) -> Value {
        let id = self.effect(asked)["id"].clone();
        self.tell(json!({"op": "result", "effect": id, "value": value}))
    }

    pub fn reply(&mut self, asked: &str, status: u16, body: &str) -> Value {
        let time = self.programme_time.clone();
        let reply = json!({"status": status, "body": body, "etag": "\"1\"", "programme_time": time});
        self.result(asked, reply)
    }

    pub fn refuse(&mut self, asked: &str, code: &str, more: &str) -> Value {
        let (status, body) = problem(code, more);
        self.reply(asked, status, &body)
    }

    pub fn lose(&mut self, asked: &str) -> Value {
        self.result(asked, Value::Null)
    }

    /// Effects of this kind that have no result, since this was last asked.
    pub fn did(&mut self, kind: &str) -> Vec<Value> {
        let (these, others) = self.done.drain(..).partition(|run| run["do"] == kind);
        self.done = others;
        these
    }

    /// Where the core leads; `None` if it leads nowhere.
    pub fn led(&mut self) -> Option<(String, String)> {
        let mut led = self.did("navigate");
        assert!(led.len() < 2, "{led:?}");
        led.pop().map(|run| (run["how"].as_str().unwrap().to_owned(), run["url"].as_str().unwrap().to_owned()))
    }

    /// Goes where the core leads, as WeChat does. The address of the page that is on top then, within the portal.
    pub fn go(&mut self) -> String {
        let (how, url) = self.led().expect("led somewhere");
        let (file, query) = url.split_once('?').unwrap_or((&url, ""));
        let file = file.trim_start_matches('/').to_owned();
        let is_tab = TABS.contains(&file.as_str());
        assert_eq!(is_tab && how != "anew", how == "tab", "{url}");
        assert!(query.is_empty() || !is_tab, "{url}");
        let closing: Vec<u64> = match how.as_str() {
            "anew" => self.stack.iter().map(|(page, _)| *page).collect(),
            "instead" => vec![self.top()],
            "tab" => self.stack.iter().filter(|(_, f)| !TABS.contains(&f.as_str())).map(|(page, _)| *page).collect(),
            _ => Vec::new(),
        };
        closing.into_iter().for_each(|page| self.close(page));
        let path = match file.as_str() {
            "pages/home/home" => "/".to_owned(),
            "pages/gifts/gifts" => "/gifts".to_owned(),
            "pages/reservations/reservations" => "/reservations".to_owned(),
            "pages/me/me" => "/me".to_owned(),
            _ => unescaped(query.strip_prefix("path=").expect("a path")),
        };
        match self.stack.iter().position(|(_, open)| is_tab && *open == file) {
            Some(index) => {
                let open = self.stack.remove(index);
                let page = open.0;
                self.stack.push(open);
                self.tell(json!({"op": "seen", "page": page, "seen": true}));
            }
            None => {
                self.open(&file, &path);
            }
        }
        path
    }
}

pub fn start(language: &str, stored: Value) -> Value {
    json!({"op": "start", "brand": {"zh-CN": "晨露", "en": "Morning Dew"},
        "system": {"language": language, "dark": false}, "stored": stored})
}

fn name(run: &Value) -> String {
    match run["do"].as_str().unwrap() {
        "http" => {
            let path = run["path"].as_str().unwrap();
            let path = path.strip_prefix("/api/v1").expect("every path is below the base");
            format!("{} {path}", run["method"].as_str().unwrap())
        }
        other => other.to_owned(),
    }
}

/// As `decodeURIComponent`.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let hex: String = [rest.next().unwrap(), rest.next().unwrap()].map(char::from).iter().collect();
            bytes.push(u8::from_str_radix(&hex, 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}
