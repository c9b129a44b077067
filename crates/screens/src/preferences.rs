//! Her preferences: which channels, about what, in which language, and when not.

mod view;

use catalogue::Locale;
use contract::member::{Channels, Preferences as Saved, QuietHours, Topics, preferences, replace_preferences};
use serde::Deserialize;

pub use view::{FormView, Toggle, ToggleName, View};

use crate::document::{Document, Draft, Next, merged};
use crate::effect::{Effect, Fresh};
use crate::env::Env;
use crate::failure::Failure;
use crate::route::Route;
use crate::{Screen, trouble};

/// Her preferences.
#[derive(Debug)]
pub struct Preferences {
    document: Document<Saved>,
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// They were read.
    #[serde(skip)]
    Arrived(Result<Fresh<Saved>, Failure>),
    /// She asks again.
    Retry,
    /// A channel or a topic, on or off.
    Toggle(ToggleName, bool),
    /// The language of messages.
    Language(Locale),
    /// Quiet hours, on or off.
    Quiet(bool),
    /// The input of their beginning holds this: `HH:MM`.
    QuietFrom(String),
    /// The input of their end holds this: `HH:MM`.
    QuietTo(String),
    /// Save.
    Save,
    /// The answer to that.
    #[serde(skip)]
    Saved(Result<Fresh<Saved>, Failure>),
}

/// What quiet hours begin with: the night.
const NIGHT: (&str, &str) = ("22:00", "08:00");

impl Preferences {
    fn read() -> Effect<Event> {
        Effect::http(preferences(), Event::Arrived)
    }

    fn next(next: Next, env: &Env) -> Vec<Effect<Event>> {
        match next {
            Next::Nothing => Vec::new(),
            Next::Read => vec![Self::read()],
            Next::Saved => vec![Effect::Announce(trouble::saved(env))],
            Next::Conflict => vec![Effect::Announce(trouble::changed_elsewhere(env).title)],
        }
    }

    fn save(&mut self) -> Vec<Effect<Event>> {
        if let Some(id) = self.document.open().and_then(|open| view::mistake(&open.draft)) {
            return vec![Effect::Focus(id)];
        }
        match self.document.save() {
            Some((draft, version)) => {
                vec![Effect::http(replace_preferences(&draft, &version), Event::Saved)]
            }
            None => Vec::new(),
        }
    }
}

impl Screen for Preferences {
    type Params = ();
    type Event = Event;
    type View = View;

    fn open((): (), _env: &Env) -> (Self, Vec<Effect<Event>>) {
        (Self { document: Document::Reading }, vec![Self::read()])
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        if let Event::Arrived(Err(failure)) | Event::Saved(Err(failure)) = &event
            && let Some(away) = trouble::leads_away(failure, &Route::Preferences, env)
        {
            return away;
        }
        match event {
            Event::Arrived(result) => return Self::next(self.document.arrived(result), env),
            Event::Saved(result) => return Self::next(self.document.saved(result), env),
            Event::Save => return self.save(),
            Event::Retry if self.document.retry() => return vec![Self::read()],
            Event::Retry => {}
            Event::Toggle(name, on) => self.document.edit(|draft| *name.of(draft) = on),
            Event::Language(locale) => self.document.edit(|draft| draft.language = locale.tag().to_owned()),
            Event::Quiet(on) => self.document.edit(|draft| {
                let (from, to) = NIGHT;
                draft.quiet_hours = on.then(|| QuietHours { from: from.to_owned(), to: to.to_owned() });
            }),
            Event::QuietFrom(from) => self.document.edit(|draft| {
                if let Some(hours) = &mut draft.quiet_hours {
                    hours.from = from;
                }
            }),
            Event::QuietTo(to) => self.document.edit(|draft| {
                if let Some(hours) = &mut draft.quiet_hours {
                    hours.to = to;
                }
            }),
        }
        Vec::new()
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

impl Draft for Saved {
    fn merge(base: &Self, mine: &Self, theirs: &Self) -> Self {
        Self {
            language: merged(&base.language, &mine.language, &theirs.language),
            channels: Channels {
                sms: merged(&base.channels.sms, &mine.channels.sms, &theirs.channels.sms),
                email: merged(&base.channels.email, &mine.channels.email, &theirs.channels.email),
                wechat: merged(&base.channels.wechat, &mine.channels.wechat, &theirs.channels.wechat),
            },
            topics: Topics {
                gifts: merged(&base.topics.gifts, &mine.topics.gifts, &theirs.topics.gifts),
                campaigns: merged(&base.topics.campaigns, &mine.topics.campaigns, &theirs.topics.campaigns),
                surveys: merged(&base.topics.surveys, &mine.topics.surveys, &theirs.topics.surveys),
            },
            quiet_hours: merged(&base.quiet_hours, &mine.quiet_hours, &theirs.quiet_hours),
        }
    }
}

#[cfg(test)]
mod tests;
