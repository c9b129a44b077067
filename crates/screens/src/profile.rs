//! Her profile: read, edited, saved as a whole.

mod form;
mod view;

use contract::counter::{Counter, counters};
use contract::list::Page;
use contract::member::{Profile as Saved, SkinType, profile, replace_profile};
use serde::{Deserialize, Serialize};

pub use view::{FormView, View};

use crate::document::{Document, Next};
use crate::effect::{Effect, Fresh};
use crate::env::Env;
use crate::failure::Failure;
use crate::route::Route;
use crate::{Screen, trouble};

use form::Form;

/// Her profile.
#[derive(Debug)]
pub struct Profile {
    document: Document<Form>,
    /// To choose a home counter from; without them the one chosen stays as it is.
    counters: Option<Vec<Counter>>,
    /// What can't be right, found before anything is sent.
    mistakes: Vec<form::Mistake>,
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// It was read.
    #[serde(skip)]
    Arrived(Result<Fresh<Saved>, Failure>),
    /// The counters.
    #[serde(skip)]
    Counters(Result<Fresh<Page<Counter>>, Failure>),
    /// She asks again.
    Retry,
    /// An input now holds this.
    Typed(FieldName, String),
    /// Her skin type.
    SkinType(Option<SkinType>),
    /// The counter with this id; `None` for none.
    HomeCounter(Option<String>),
    /// Save.
    Save,
    /// The answer to that.
    #[serde(skip)]
    Saved(Result<Fresh<Saved>, Failure>),
}

/// What is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    /// As she wants to be called.
    Name,
    /// Optional.
    Email,
    /// `YYYY-MM-DD` or empty.
    Birthday,
    /// Optional.
    Address,
}

impl Profile {
    fn read() -> Effect<Event> {
        Effect::http(profile(), Event::Arrived)
    }

    fn next(next: Next, env: &Env) -> Vec<Effect<Event>> {
        match next {
            Next::Nothing => Vec::new(),
            Next::Read => vec![Self::read()],
            Next::Saved => vec![Effect::Announce(trouble::saved(env))],
            Next::Conflict => vec![Effect::Announce(trouble::changed_elsewhere(env).title)],
        }
    }

    fn save(&mut self, env: &Env) -> Vec<Effect<Event>> {
        let Some(open) = self.document.open() else { return Vec::new() };
        self.mistakes = open.draft.mistakes(env.clock.map(|clock| clock.today()));
        if let Some(first) = self.mistakes.first() {
            return vec![Effect::Focus(first.id())];
        }
        let Some((draft, version)) = self.document.save() else { return Vec::new() };
        vec![Effect::http(replace_profile(&draft.to_profile(), &version), Event::Saved)]
    }
}

/// The form of what was read.
fn as_form(result: Result<Fresh<Saved>, Failure>) -> Result<Fresh<Form>, Failure> {
    result.map(|fresh| Fresh { value: Form::of(&fresh.value), version: fresh.version })
}

impl Screen for Profile {
    type Params = ();
    type Event = Event;
    type View = View;

    fn open((): (), _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let screen = Self { document: Document::Reading, counters: None, mistakes: Vec::new() };
        (screen, vec![Self::read(), Effect::http(counters(), Event::Counters)])
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        if let Event::Arrived(Err(failure)) | Event::Saved(Err(failure)) = &event
            && let Some(away) = trouble::leads_away(failure, &Route::Profile, env)
        {
            return away;
        }
        match event {
            Event::Arrived(result) => return Self::next(self.document.arrived(as_form(result)), env),
            Event::Saved(result) => return Self::next(self.document.saved(as_form(result)), env),
            Event::Save => return self.save(env),
            Event::Counters(result) => {
                if let Ok(fresh) = result {
                    self.counters = Some(fresh.value.items);
                }
            }
            Event::Retry if self.document.retry() => {
                let mut effects = vec![Self::read()];
                if self.counters.is_none() {
                    effects.push(Effect::http(counters(), Event::Counters));
                }
                return effects;
            }
            Event::Retry => {}
            Event::Typed(field, text) => {
                self.mistakes.retain(|mistake| mistake.field() != field);
                self.document.edit(|form| form.put(field, text));
            }
            Event::SkinType(skin_type) => self.document.edit(|form| form.skin_type = skin_type),
            Event::HomeCounter(id) => self.document.edit(|form| form.home_counter = id),
        }
        Vec::new()
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

#[cfg(test)]
mod tests;
