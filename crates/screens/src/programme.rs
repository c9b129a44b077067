//! The programme: tiers, benefits, points and rules. Open to anyone.

use catalogue::text::programme as words;
use contract::programme::{Programme as Rules, programme};
use serde::{Deserialize, Serialize};

pub use crate::plain::{Section, TierWords};

use crate::effect::{Effect, Fresh};
use crate::env::Env;
use crate::failure::Failure;
use crate::load::Load;
use crate::route::Route;
use crate::view::{Body, Link};
use crate::{Screen, chrome, format, plain};

/// The programme.
#[derive(Debug)]
pub struct Programme {
    rules: Load<Rules>,
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// The rules.
    #[serde(skip)]
    Arrived(Result<Fresh<Rules>, Failure>),
    /// She asks again.
    Retry,
}

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// The rules.
    pub body: Body<Contents>,
    /// To joining, for those who are not signed in.
    pub join: Option<Link>,
}

/// The rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contents {
    /// What it is, in a sentence or two.
    pub summary: String,
    /// Since when all of it is true.
    pub as_of: String,
    /// The heading over the tiers.
    pub tiers_heading: String,
    /// From the first to the top.
    pub tiers: Vec<TierWords>,
    /// Earning, expiry, tiers.
    pub sections: Vec<Section>,
    /// The heading over the clauses.
    pub clauses_heading: String,
    /// Every rule in full.
    pub clauses: Vec<ClauseView>,
}

/// A rule in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClauseView {
    /// Of the element: other pages link to it.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// The rule.
    pub text: String,
    /// `第 3 版，自2026年1月1日起`
    pub version: String,
}

impl Programme {
    fn fetch() -> Vec<Effect<Event>> {
        vec![Effect::http(programme(), Event::Arrived)]
    }
}

impl Screen for Programme {
    type Params = ();
    type Event = Event;
    type View = View;

    fn open((): (), _env: &Env) -> (Self, Vec<Effect<Event>>) {
        (Self { rules: Load::Waiting }, Self::fetch())
    }

    fn update(&mut self, event: Event, _env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::Arrived(result) => {
                self.rules.arrived(result);
                Vec::new()
            }
            Event::Retry if self.rules.ask_again() => Self::fetch(),
            Event::Retry => Vec::new(),
        }
    }

    fn view(&self, env: &Env) -> View {
        let join = Link::to(words::join(env.locale), &Route::SignIn { back: String::new(), ended: false });
        View {
            heading: chrome::name(&Route::Programme, env).to_owned(),
            body: self.rules.body(env, |rules| Some(rules.as_of), |rules| contents(rules, env)),
            join: (!env.signed_in).then_some(join),
        }
    }
}

fn contents(rules: &Rules, env: &Env) -> Contents {
    let locale = env.locale;
    Contents {
        summary: rules.summary.clone(),
        as_of: format::as_of(env, rules.as_of),
        tiers_heading: words::tiers(locale).to_owned(),
        tiers: plain::tiers(rules, env),
        sections: vec![plain::earning(rules, env), plain::expiry(rules, env), plain::window(rules, env)],
        clauses_heading: words::clauses(locale).to_owned(),
        clauses: rules.clauses.iter().map(|clause| clause_view(clause, env)).collect(),
    }
}

/// A rule in full, with its version and its date.
pub(crate) fn clause_view(clause: &contract::tier::Clause, env: &Env) -> ClauseView {
    ClauseView {
        id: clause.id.clone(),
        title: clause.title.clone(),
        text: clause.text.clone(),
        version: words::version(env.locale, &format::date(env.locale, clause.since), &clause.version),
    }
}

#[cfg(test)]
mod tests;
