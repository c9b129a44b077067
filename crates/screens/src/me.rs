//! Me: who she is, and how the portal is set up on this device.

use catalogue::{Locale, text::me as words};
use contract::auth::{Session, session, sign_out};
use serde::{Deserialize, Serialize};

use crate::effect::{Effect, Fresh, Navigation, Setting};
use crate::env::{Env, Theme};
use crate::failure::Failure;
use crate::load::Load;
use crate::route::Route;
use crate::view::{Alert, Body, Choice, Choices, Link, Submit, Switch};
use crate::{Screen, chrome, format, trouble};

/// Me.
#[derive(Debug)]
pub struct Me {
    session: Load<Session>,
    leaving: Leaving,
}

/// Whether she is signing out.
#[derive(Debug)]
enum Leaving {
    No,
    Running,
    Failed(Failure),
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// Who she is.
    #[serde(skip)]
    Arrived(Result<Fresh<Session>, Failure>),
    /// She asks again.
    Retry,
    /// Another language.
    Language(Locale),
    /// Light, dark, or as the device.
    Theme(Theme),
    /// Large text on or off.
    LargeText(bool),
    /// Out.
    SignOut,
    /// The answer to that.
    #[serde(skip)]
    SignedOut(Result<Fresh<()>, Failure>),
}

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// Who she is.
    pub summary: Body<Summary>,
    /// Of the portal on this device.
    pub language: Choices<Locale>,
    /// Of the portal on this device.
    pub theme: Choices<Theme>,
    /// Of the portal on this device.
    pub large_text: Switch,
    /// The heading over the links.
    pub more: String,
    /// Profile, preferences, programme.
    pub links: Vec<Link>,
    /// Out.
    pub sign_out: Submit,
    /// Why she is still in.
    pub alert: Option<Alert>,
}

/// Who she is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Summary {
    /// A member.
    Member {
        /// As she wrote it.
        name: String,
        /// Masked.
        phone: String,
        /// Since when.
        since: String,
        /// `卡号 8801 2231 0047`
        card: String,
    },
    /// Signed in, but not enrolled.
    NotEnrolled {
        /// Masked.
        phone: String,
        /// That.
        text: String,
        /// To joining.
        join: Link,
    },
}

impl Screen for Me {
    type Params = ();
    type Event = Event;
    type View = View;

    fn open((): (), _env: &Env) -> (Self, Vec<Effect<Event>>) {
        (Self { session: Load::Waiting, leaving: Leaving::No }, Self::fetch())
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::Arrived(result) => {
                if let Some(away) =
                    result.as_ref().err().and_then(|failure| trouble::leads_away(failure, &Route::Me, env))
                {
                    return away;
                }
                self.session.arrived(result);
                Vec::new()
            }
            Event::Retry if self.session.ask_again() => Self::fetch(),
            Event::Retry => Vec::new(),
            Event::Language(locale) => vec![Effect::Store(Setting::Locale(locale))],
            Event::Theme(theme) => vec![Effect::Store(Setting::Theme(theme))],
            Event::LargeText(on) => vec![Effect::Store(Setting::LargeText(on))],
            Event::SignOut if matches!(self.leaving, Leaving::Running) => Vec::new(),
            Event::SignOut => {
                self.leaving = Leaving::Running;
                vec![Effect::http(sign_out(), Event::SignedOut)]
            }
            // No session any more is what she wanted, whoever ended it.
            Event::SignedOut(Ok(_) | Err(Failure::SessionEnded)) => {
                let sign_in = Route::SignIn { back: String::new(), ended: false };
                vec![Effect::KeepPass(None), Effect::Navigate(Navigation::AfterSessionChange(sign_in.path()))]
            }
            Event::SignedOut(Err(failure)) => {
                self.leaving = Leaving::Failed(failure);
                Vec::new()
            }
        }
    }

    fn view(&self, env: &Env) -> View {
        let locale = env.locale;
        let leaving = matches!(self.leaving, Leaving::Running);
        View {
            heading: chrome::name(&Route::Me, env).to_owned(),
            summary: self.session.body(env, |_| None, |session| summary(session, env)),
            language: language(env),
            theme: theme(env),
            large_text: Switch {
                id: "large-text".to_owned(),
                label: words::large_text(locale).to_owned(),
                hint: Some(words::large_text_hint(locale).to_owned()),
                on: env.appearance.large_text,
            },
            more: words::more(locale).to_owned(),
            links: [Route::Profile, Route::Preferences, Route::Programme]
                .into_iter()
                .map(|route| Link::to(chrome::name(&route, env), &route))
                .collect(),
            sign_out: Submit {
                label: (if leaving { words::signing_out(locale) } else { words::sign_out(locale) }).to_owned(),
                can_submit: !leaving,
                busy: leaving,
            },
            alert: self.alert(env),
        }
    }
}

impl Me {
    fn fetch() -> Vec<Effect<Event>> {
        vec![Effect::http(session(), Event::Arrived)]
    }

    fn alert(&self, env: &Env) -> Option<Alert> {
        match &self.leaving {
            Leaving::No | Leaving::Running => None,
            // She must not walk away from a shared phone in the belief of being out.
            Leaving::Failed(Failure::Unreachable) => Some(Alert {
                title: words::still_in_title(env.locale).to_owned(),
                detail: words::still_in_detail(env.locale).to_owned(),
            }),
            Leaving::Failed(failure) => Some(trouble::alert(failure, env)),
        }
    }
}

fn summary(session: &Session, env: &Env) -> Summary {
    let locale = env.locale;
    let phone = session.phone.clone();
    match &session.member {
        Some(member) => Summary::Member {
            name: member.name.clone(),
            phone,
            since: words::member_since(locale, &format::date(locale, member.joined_on)),
            card: words::card_number(locale, &format::card_number(&member.card.number)),
        },
        None => Summary::NotEnrolled {
            phone,
            text: words::not_enrolled(locale).to_owned(),
            join: Link::to(words::join(locale), &Route::Join { back: String::new() }),
        },
    }
}

/// Each language in its own words, so that she finds hers on a page she can't read.
pub(crate) fn language(env: &Env) -> Choices<Locale> {
    Choices {
        label: words::language(env.locale).to_owned(),
        choices: Locale::ALL
            .into_iter()
            .map(|locale| Choice {
                label: words::own_name(locale).to_owned(),
                value: locale,
                chosen: locale == env.locale,
            })
            .collect(),
    }
}

/// Light, dark, or as the device.
pub(crate) fn theme(env: &Env) -> Choices<Theme> {
    let locale = env.locale;
    let choice = |value, label: &str| Choice { label: label.to_owned(), value, chosen: env.appearance.theme == value };
    Choices {
        label: words::theme(locale).to_owned(),
        choices: vec![
            choice(Theme::Device, words::theme_device(locale)),
            choice(Theme::Light, words::theme_light(locale)),
            choice(Theme::Dark, words::theme_dark(locale)),
        ],
    }
}

#[cfg(test)]
mod tests;
