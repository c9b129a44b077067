//! What surrounds every page of the counter's application: its title, the tabs, and who is signed in at which counter.
//!
//! A machine of its own, open as long as the application is: it asks once who is signed in, and no page opens before that is
//! known. A page then needs not ask again, and shows what that person may do.

mod view;

use contract::Id;
use contract::counter::Counter;
use contract::staff::{Role, StaffSession, session, sign_out};

pub use view::{Icon, Page, Person, Tab, View, name};

use super::{Route, trouble};
use crate::Screen;
use crate::effect::{Effect, Fresh, Navigation, Setting};
use crate::env::{Env, Theme};
use crate::failure::Failure;
use catalogue::Locale;

/// What surrounds every page.
#[derive(Debug)]
pub struct Chrome {
    route: Route,
    who: Who,
    leaving: Leaving,
}

/// Who is signed in.
#[derive(Debug)]
enum Who {
    /// Nobody asks: the page shown is for anyone.
    Unasked,
    /// Asked for.
    Asked,
    /// It could not be found out.
    Unknown(Failure),
    /// Known.
    Known(OnDuty),
}

/// Whether she is signing out.
#[derive(Debug)]
enum Leaving {
    No,
    Running,
    Failed(Failure),
}

/// Who is signed in, as far as a page needs to know.
#[derive(Clone, Debug, PartialEq)]
pub struct OnDuty {
    /// What members see of her in a history.
    pub name: String,
    /// What she may do.
    pub role: Role,
    /// Where she works; `None` for desk and managers, who see every counter.
    pub counter: Option<Counter>,
}

impl OnDuty {
    /// The counter she works at.
    pub(crate) fn counter_id(&self) -> Option<&Id> {
        self.counter.as_ref().map(|counter| &counter.id)
    }
    /// She sees every counter.
    pub(crate) fn sees_all(&self) -> bool {
        self.counter.is_none()
    }
}

impl From<StaffSession> for OnDuty {
    fn from(session: StaffSession) -> Self {
        let StaffSession { name, role, counter, .. } = session;
        Self { name, role, counter }
    }
}

/// What can happen on it.
#[derive(Debug)]
pub enum Event {
    /// Another page is shown.
    At(Route),
    /// Who is signed in.
    Arrived(Result<Fresh<StaffSession>, Failure>),
    /// She asks again.
    Retry,
    /// Another language.
    Language(Locale),
    /// Light, dark, or as the device.
    Theme(Theme),
    /// Out.
    SignOut,
    /// The answer to that.
    SignedOut(Result<Fresh<()>, Failure>),
}

impl Screen for Chrome {
    type Params = Route;
    type Event = Event;
    type View = View;

    fn open(route: Route, _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let mut screen = Self { route, who: Who::Unasked, leaving: Leaving::No };
        let effects = screen.ask();
        (screen, effects)
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::At(route) => {
                self.route = route;
                self.ask()
            }
            Event::Arrived(result) => self.arrived(result, env),
            Event::Retry if matches!(self.who, Who::Unknown(_)) => {
                self.who = Who::Unasked;
                self.ask()
            }
            Event::Retry => Vec::new(),
            Event::Language(locale) => vec![Effect::Store(Setting::Locale(locale))],
            Event::Theme(theme) => vec![Effect::Store(Setting::Theme(theme))],
            Event::SignOut if matches!(self.leaving, Leaving::Running) => Vec::new(),
            Event::SignOut => {
                self.leaving = Leaving::Running;
                vec![Effect::http(sign_out(), Event::SignedOut)]
            }
            // No session any more is what she wanted, whoever ended it.
            Event::SignedOut(Ok(_) | Err(Failure::SessionEnded)) => {
                self.leaving = Leaving::No;
                let sign_in = Route::SignIn { back: String::new(), ended: false };
                vec![Effect::Navigate(Navigation::AfterSessionChange(sign_in.path()))]
            }
            Event::SignedOut(Err(failure)) => {
                self.leaving = Leaving::Failed(failure);
                Vec::new()
            }
        }
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

impl Chrome {
    /// Asks who is signed in, if the page wants to know and nobody has asked. Behind the sign-in page it is forgotten: whoever
    /// comes out of there may be somebody else.
    fn ask(&mut self) -> Vec<Effect<Event>> {
        match (&self.route, &self.who) {
            (Route::SignIn { .. }, _) => {
                self.who = Who::Unasked;
                self.leaving = Leaving::No;
                Vec::new()
            }
            (_, Who::Unasked) => {
                self.who = Who::Asked;
                vec![Effect::http(session(), Event::Arrived)]
            }
            _ => Vec::new(),
        }
    }

    fn arrived(&mut self, result: Result<Fresh<StaffSession>, Failure>, env: &Env) -> Vec<Effect<Event>> {
        // The sign-in page has been opened meanwhile.
        if !matches!(self.who, Who::Asked) {
            return Vec::new();
        }
        match result {
            Ok(Fresh { value, .. }) => {
                self.who = Who::Known(value.into());
                Vec::new()
            }
            Err(failure) => {
                let away = trouble::leads_away(&failure, &self.route, env);
                self.who = Who::Unknown(failure);
                away.unwrap_or_default()
            }
        }
    }
}

#[cfg(test)]
mod tests;
