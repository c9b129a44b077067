//! For tests: a shell that keeps every effect, so that a test says what becomes of it.

pub(crate) mod fixtures;
pub(crate) mod reading;

use catalogue::Locale;
use contract::{Code, Instant};

use crate::env::{Appearance, Clock, Env};
use crate::{Effect, Located, Navigation, Purpose, Reply, Request, Route, Scanned, Screen, Setting, Signal};

/// Sunday, 22 November 2026, 09:41 in Shanghai.
pub(crate) fn env(locale: Locale) -> Env {
    Env {
        locale,
        brand: match locale {
            Locale::ZhCn => "晨露".to_owned(),
            Locale::En => "Morning Dew".to_owned(),
        },
        clock: Some(Clock { now: instant("2026-11-22T01:41:07Z"), utc_offset_minutes: 480 }),
        appearance: Appearance::default(),
        signed_in: false,
        can_scan: false,
    }
}

pub(crate) fn instant(text: &str) -> Instant {
    text.parse().unwrap()
}

type Waiting<E> = (Request, Box<dyn FnOnce(Reply) -> E>);

/// A text on its way to the clipboard, and what becomes of the news that it is there.
type Copying<E> = (String, fn(bool) -> E);

/// A screen and what it asked for.
pub(crate) struct Shell<S: Screen> {
    pub screen: S,
    pub env: Env,
    requests: Vec<Waiting<S::Event>>,
    waits: Vec<(u32, S::Event)>,
    keys: Vec<fn(String) -> S::Event>,
    scans: Vec<fn(Scanned) -> S::Event>,
    locations: Vec<fn(Located) -> S::Event>,
    searches: Vec<fn(Option<String>) -> S::Event>,
    pub went: Vec<Navigation>,
    pub said: Vec<String>,
    pub focused: Vec<&'static str>,
    pub stored: Vec<Setting>,
    pub signals: Vec<Signal>,
    copies: Vec<Copying<S::Event>>,
    /// What she was asked before anything else of the same event.
    pub consents: Vec<Purpose>,
    /// What the pocket was told, oldest first; `None` wiped it.
    pub kept: Vec<Option<String>>,
    /// What the tab remembers; a test that reloads hands it on.
    pub remembered: Option<String>,
}

impl<S: Screen> Shell<S> {
    pub fn open(params: S::Params, env: Env) -> Self {
        Self::reloaded(params, env, None)
    }

    /// Opened in a tab that remembers something.
    pub fn reloaded(params: S::Params, env: Env, remembered: Option<String>) -> Self {
        let (screen, effects) = S::open(params, &env);
        let mut shell = Self {
            screen,
            env,
            requests: Vec::new(),
            waits: Vec::new(),
            keys: Vec::new(),
            scans: Vec::new(),
            locations: Vec::new(),
            searches: Vec::new(),
            went: Vec::new(),
            said: Vec::new(),
            focused: Vec::new(),
            stored: Vec::new(),
            signals: Vec::new(),
            copies: Vec::new(),
            consents: Vec::new(),
            kept: Vec::new(),
            remembered,
        };
        shell.run(effects);
        shell
    }

    pub fn send(&mut self, event: S::Event) -> &mut Self {
        let effects = self.screen.update(event, &self.env);
        self.run(effects);
        self
    }

    fn run(&mut self, effects: Vec<Effect<S::Event>>) {
        for (index, effect) in effects.into_iter().enumerate() {
            match effect {
                Effect::Http(request, reply) => self.requests.push((request, reply)),
                Effect::Wait(milliseconds, event) => self.waits.push((milliseconds, event)),
                Effect::MakeKey(event) => self.keys.push(event),
                Effect::Navigate(navigation) => self.went.push(navigation),
                Effect::Store(setting) => self.stored.push(setting),
                Effect::Announce(words) => self.said.push(words),
                Effect::Focus(id) => self.focused.push(id),
                Effect::Scan(event) => self.scans.push(event),
                Effect::Signal(signal) => self.signals.push(signal),
                Effect::Copy(text, event) => self.copies.push((text, event)),
                Effect::AskConsent(purpose) => {
                    assert_eq!(index, 0, "consent is asked for first");
                    self.consents.push(purpose);
                }
                Effect::Locate(event) => self.locations.push(event),
                Effect::ReadPass(event) => self.searches.push(event),
                Effect::KeepPass(text) => self.kept.push(text),
                Effect::Remember(text) => self.remembered = text,
                Effect::Recall(event) => {
                    let text = self.remembered.clone();
                    self.send(event(text));
                }
            }
        }
    }

    pub fn view(&self) -> S::View {
        self.screen.view(&self.env)
    }

    /// What is on its way: `GET /me/overview`.
    pub fn asked(&self) -> Vec<String> {
        self.requests.iter().map(|(request, _)| name(request)).collect()
    }

    /// The one request on its way.
    pub fn request(&self) -> &Request {
        assert_eq!(self.requests.len(), 1, "{:?}", self.asked());
        &self.requests[0].0
    }

    /// Replies to the oldest request of this name.
    pub fn reply(&mut self, asked: &str, reply: Reply) -> &mut Self {
        let found = self.requests.iter().position(|(request, _)| name(request) == asked);
        let index = found.unwrap_or_else(|| panic!("{asked} is not among {:?}", self.asked()));
        let (_, event) = self.requests.remove(index);
        self.send(event(reply))
    }

    pub fn answer(&mut self, asked: &str, body: &str) -> &mut Self {
        self.reply(asked, ok(body))
    }

    pub fn lose(&mut self, asked: &str) -> &mut Self {
        self.reply(asked, Reply::Lost)
    }

    pub fn refuse(&mut self, asked: &str, code: Code) -> &mut Self {
        self.reply(asked, problem(code, ""))
    }

    /// Lets the only wait run out; how long it was, milliseconds.
    pub fn wait(&mut self) -> u32 {
        assert_eq!(self.waits.len(), 1, "waits");
        let (milliseconds, event) = self.waits.remove(0);
        self.pass(i64::from(milliseconds) / 1000);
        self.send(event);
        milliseconds
    }

    pub fn is_waiting(&self) -> bool {
        !self.waits.is_empty()
    }

    /// The server's clock goes on.
    pub fn pass(&mut self, seconds: i64) {
        if let Some(clock) = &mut self.env.clock {
            clock.now = Instant::from_unix_seconds(clock.now.unix_seconds() + seconds).unwrap();
        }
    }

    /// Draws the key that was asked for.
    pub fn make_key(&mut self, key: &str) -> &mut Self {
        assert_eq!(self.keys.len(), 1, "keys");
        let event = self.keys.remove(0);
        self.send(event(key.to_owned()))
    }

    pub fn wants_key(&self) -> bool {
        !self.keys.is_empty()
    }

    /// The camera that was opened has this to say.
    pub fn scan(&mut self, scanned: Scanned) -> &mut Self {
        assert_eq!(self.scans.len(), 1, "scans");
        let event = self.scans.remove(0);
        self.send(event(scanned))
    }

    pub fn is_scanning(&self) -> bool {
        !self.scans.is_empty()
    }

    /// The browser that was asked where she is has this to say.
    pub fn locate(&mut self, located: Located) -> &mut Self {
        assert_eq!(self.locations.len(), 1, "locations");
        let event = self.locations.remove(0);
        self.send(event(located))
    }

    /// The text that was to be copied; it was, or the device has refused.
    pub fn copy(&mut self, done: bool) -> String {
        assert_eq!(self.copies.len(), 1, "copies");
        let (text, event) = self.copies.remove(0);
        self.send(event(done));
        text
    }

    pub fn is_copying(&self) -> bool {
        !self.copies.is_empty()
    }

    pub fn is_locating(&self) -> bool {
        !self.locations.is_empty()
    }

    pub fn is_searching(&self) -> bool {
        !self.searches.is_empty()
    }

    /// This is what was found in the pocket.
    pub fn find_pass(&mut self, text: Option<&str>) -> &mut Self {
        assert_eq!(self.searches.len(), 1, "searches of the pocket");
        let event = self.searches.remove(0);
        self.send(event(text.map(str::to_owned)))
    }
}

fn name(request: &Request) -> String {
    let mut name = request.method.as_str().to_owned();
    name.push(' ');
    name.push_str(&request.path);
    name
}

pub(crate) fn ok(body: &str) -> Reply {
    Reply::Answered { status: 200, body: body.to_owned(), etag: Some("\"1\"".to_owned()) }
}

pub(crate) fn versioned(body: &str, etag: &str) -> Reply {
    Reply::Answered { status: 200, body: body.to_owned(), etag: Some(etag.to_owned()) }
}

/// A problem as the server words it; `more` goes into the object: `,"retry_after":30`.
pub(crate) fn problem(code: Code, more: &str) -> Reply {
    let (status, text) = (code.status(), code.as_str());
    let body = format!(
        r#"{{"type":"about:blank","code":"{text}","title":"title of {text}","status":{status},"detail":"detail of {text}"{more}}}"#
    );
    Reply::Answered { status, body, etag: None }
}

/// The sign-in page that a session's end leads to.
pub(crate) fn sign_in(back: &str, ended: bool) -> Navigation {
    Navigation::AfterSessionChange(Route::SignIn { back: back.to_owned(), ended }.path())
}

#[cfg(test)]
mod tests {
    use contract::counter::Position;

    use super::*;

    /// A screen that asks for whatever it hears of, and remembers what came of it.
    struct Parrot(Vec<String>);

    enum Event {
        Ask(fn() -> Effect<Event>),
        Heard(String),
    }

    impl Screen for Parrot {
        type Params = ();
        type Event = Event;
        type View = Vec<String>;

        fn open((): (), _: &Env) -> (Self, Vec<Effect<Event>>) {
            (Self(Vec::new()), Vec::new())
        }

        fn update(&mut self, event: Event, _: &Env) -> Vec<Effect<Event>> {
            match event {
                Event::Ask(effect) => vec![effect()],
                Event::Heard(text) => {
                    self.0.push(text);
                    Vec::new()
                }
            }
        }

        fn view(&self, _: &Env) -> Vec<String> {
            self.0.clone()
        }
    }

    #[test]
    fn what_a_device_is_asked_for_waits_for_the_tests_word() {
        let mut shell = Shell::<Parrot>::open((), env(Locale::En));
        shell.send(Event::Ask(|| Effect::Scan(|scanned| Event::Heard(format!("{scanned:?}")))));
        assert!(shell.is_scanning() && shell.view().is_empty());
        shell.scan(Scanned::Read("6901234567892".to_owned()));
        shell.send(Event::Ask(|| Effect::Locate(|located| Event::Heard(format!("{located:?}")))));
        assert!(!shell.is_scanning() && shell.is_locating());
        shell.locate(Located::Near(Position { lat: 31.2, lng: 121.5 }));
        shell.send(Event::Ask(|| Effect::KeepPass(Some("pass".to_owned()))));
        shell.send(Event::Ask(|| Effect::KeepPass(None)));
        assert_eq!(shell.kept, [Some("pass".to_owned()), None]);
        shell.send(Event::Ask(|| Effect::ReadPass(|text| Event::Heard(format!("{text:?}")))));
        shell.find_pass(None);
        shell.send(Event::Ask(|| Effect::Signal(Signal::Bad)));
        assert_eq!(shell.signals, [Signal::Bad]);
        assert_eq!(
            shell.view(),
            ["Read(\"6901234567892\")", "Near(Position { lat: 31.2, lng: 121.5 })", "None"].map(str::to_owned)
        );
    }
}
