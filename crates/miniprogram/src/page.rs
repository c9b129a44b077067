//! A page that is open: its screen, and what it waits for.

use std::collections::BTreeMap;

use screens::effect::key_of;
use screens::{Effect, Env, Located, Navigation, Purpose, Reply, Request, Scanned, Screen, Setting};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::protocol::Ground;

/// A screen of a member, with what a shell has to know of it beyond [`Screen`].
pub(crate) trait Member: Screen<Event: DeserializeOwned, View: Serialize> {
    /// What it hears when she looks at it again (`true`) or away.
    fn seen(_seen: bool) -> Option<Self::Event> {
        None
    }
    /// What it hears when she pulls it down.
    fn refresh() -> Option<Self::Event> {
        Self::seen(true)
    }
    /// Whether it has changes that are not saved.
    fn dirty(_view: &Self::View) -> bool {
        false
    }
    /// The name of the gift it shows.
    fn gift(_view: &Self::View) -> Option<String> {
        None
    }
    /// What it stands on.
    fn ground(_view: &Self::View) -> Ground {
        Ground::Paper
    }
}

/// What surrounds a page while something happens on it.
pub(crate) struct Around<'a> {
    /// What it may know of the world.
    pub env: &'a Env,
    /// The number of the last effect.
    pub last: &'a mut u32,
    /// What [`Effect::Remember`] remembers.
    pub remembered: &'a mut Option<String>,
    /// What the page asks for, in order.
    pub asked: Vec<Asked>,
}

/// What a page asks for.
pub(crate) enum Asked {
    /// Something with an answer.
    For(u32, Question),
    /// Something without.
    Do(Deed),
}

/// Something with an answer.
pub(crate) enum Question {
    Http(Request),
    Wait(u32),
    Key,
    Scan,
    Locate,
    Copy(String),
    Pass,
}

/// Something without an answer.
pub(crate) enum Deed {
    Navigate(Navigation),
    Set(Setting),
    Announce(String),
    Focus(&'static str),
    AskConsent(Purpose),
    KeepPass(Option<String>),
    Remember,
}

/// What came of a question.
pub(crate) enum Came {
    Reply(Reply),
    Time,
    Bytes([u8; 16]),
    Scanned(Scanned),
    Located(Located),
    Copied(bool),
    Text(Option<String>),
}

/// A page that is open.
pub(crate) trait Page {
    /// She did something; an error if that can't happen here.
    fn event(&mut self, event: Value, around: &mut Around) -> Result<(), serde_json::Error>;
    /// An answer to one of its questions.
    fn came(&mut self, id: u32, what: Came, around: &mut Around);
    /// She looks at it again, or away.
    fn seen(&mut self, seen: bool, around: &mut Around);
    /// She pulled it down.
    fn refresh(&mut self, around: &mut Around);
    /// What to draw.
    fn view(&self, env: &Env) -> Looks;
    /// The name of the gift it shows.
    fn gift(&self, env: &Env) -> Option<String>;
}

/// How a page looks.
pub(crate) struct Looks {
    /// The screen's view.
    pub view: Option<Box<RawValue>>,
    /// It has changes that are not saved.
    pub dirty: bool,
    /// What it stands on.
    pub ground: Ground,
}

/// Opens a screen.
pub(crate) fn open<S: Member>(params: S::Params, around: &mut Around) -> Box<dyn Page> {
    let (screen, effects) = S::open(params, around.env);
    let mut running = Running { screen, waiting: BTreeMap::new() };
    running.run(effects, around);
    Box::new(running)
}

struct Running<S: Screen> {
    screen: S,
    waiting: BTreeMap<u32, Waiting<S::Event>>,
}

/// What becomes of an answer.
enum Waiting<E> {
    Reply(Box<dyn FnOnce(Reply) -> E>),
    Time(E),
    Key(fn(String) -> E),
    Scanned(fn(Scanned) -> E),
    Located(fn(Located) -> E),
    Copied(fn(bool) -> E),
    Text(fn(Option<String>) -> E),
}

impl<S: Member> Page for Running<S> {
    fn event(&mut self, event: Value, around: &mut Around) -> Result<(), serde_json::Error> {
        let event = serde_json::from_value(event)?;
        self.hear(event, around);
        Ok(())
    }

    fn came(&mut self, id: u32, what: Came, around: &mut Around) {
        let event = match (self.waiting.remove(&id), what) {
            (Some(Waiting::Reply(event)), Came::Reply(reply)) => event(reply),
            (Some(Waiting::Time(event)), Came::Time) => event,
            (Some(Waiting::Key(event)), Came::Bytes(bytes)) => event(key_of(bytes)),
            (Some(Waiting::Scanned(event)), Came::Scanned(scanned)) => event(scanned),
            (Some(Waiting::Located(event)), Came::Located(located)) => event(located),
            (Some(Waiting::Copied(event)), Came::Copied(copied)) => event(copied),
            (Some(Waiting::Text(event)), Came::Text(text)) => event(text),
            // What is asked for and what comes are both sorted by the question's kind: nothing else can meet here.
            _ => return,
        };
        self.hear(event, around);
    }

    fn seen(&mut self, seen: bool, around: &mut Around) {
        if let Some(event) = S::seen(seen) {
            self.hear(event, around);
        }
    }

    fn refresh(&mut self, around: &mut Around) {
        if let Some(event) = S::refresh() {
            self.hear(event, around);
        }
    }

    fn view(&self, env: &Env) -> Looks {
        let view = self.screen.view(env);
        Looks { view: to_raw_value(&view).ok(), dirty: S::dirty(&view), ground: S::ground(&view) }
    }

    fn gift(&self, env: &Env) -> Option<String> {
        S::gift(&self.screen.view(env))
    }
}

impl<S: Member> Running<S> {
    fn hear(&mut self, event: S::Event, around: &mut Around) {
        let effects = self.screen.update(event, around.env);
        self.run(effects, around);
    }

    fn run(&mut self, effects: Vec<Effect<S::Event>>, around: &mut Around) {
        for effect in effects {
            match effect {
                Effect::Http(request, event) => self.ask(Question::Http(request), Waiting::Reply(event), around),
                Effect::Wait(milliseconds, event) => {
                    self.ask(Question::Wait(milliseconds), Waiting::Time(event), around);
                }
                Effect::MakeKey(event) => self.ask(Question::Key, Waiting::Key(event), around),
                Effect::Scan(event) => self.ask(Question::Scan, Waiting::Scanned(event), around),
                Effect::Locate(event) => self.ask(Question::Locate, Waiting::Located(event), around),
                Effect::Copy(text, event) => self.ask(Question::Copy(text), Waiting::Copied(event), around),
                Effect::ReadPass(event) => self.ask(Question::Pass, Waiting::Text(event), around),
                Effect::Recall(event) => {
                    let remembered = around.remembered.clone();
                    self.hear(event(remembered), around);
                }
                Effect::Remember(text) => {
                    *around.remembered = text;
                    around.asked.push(Asked::Do(Deed::Remember));
                }
                Effect::Navigate(navigation) => around.asked.push(Asked::Do(Deed::Navigate(navigation))),
                Effect::Store(setting) => around.asked.push(Asked::Do(Deed::Set(setting))),
                Effect::Announce(sentence) => around.asked.push(Asked::Do(Deed::Announce(sentence))),
                Effect::Focus(id) => around.asked.push(Asked::Do(Deed::Focus(id))),
                // The staff's alone.
                Effect::Signal(_) => {}
                Effect::AskConsent(purpose) => around.asked.push(Asked::Do(Deed::AskConsent(purpose))),
                Effect::KeepPass(text) => around.asked.push(Asked::Do(Deed::KeepPass(text))),
            }
        }
    }

    fn ask(&mut self, question: Question, waiting: Waiting<S::Event>, around: &mut Around) {
        *around.last = around.last.wrapping_add(1);
        self.waiting.insert(*around.last, waiting);
        around.asked.push(Asked::For(*around.last, question));
    }
}
