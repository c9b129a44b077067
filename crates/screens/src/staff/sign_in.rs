//! Signing in to the counter's application: user, password, and the six digits of an authenticator.

mod view;

use catalogue::Locale;
use contract::Code;
use contract::staff::{StaffSession, StaffSignIn, sign_in};

pub use view::View;

use super::lock::Lock;
use super::route::Route;
use crate::Screen;
use crate::effect::{Effect, Fresh, Navigation, Setting};
use crate::env::Env;
use crate::failure::Failure;

/// The id of the user's input.
pub const USER: &str = "user";
/// The id of the password's input.
pub const PASSWORD: &str = "password";
/// The id of the digits' input.
pub const TOTP: &str = "totp";

/// Digits of an authenticator's code.
const TOTP_LENGTH: usize = 6;

/// Signing in.
#[derive(Debug)]
pub struct SignIn {
    back: String,
    ended: bool,
    user: String,
    password: String,
    totp: String,
    doing: Doing,
}

/// What became of the latest attempt.
#[derive(Debug)]
enum Doing {
    /// Nothing yet.
    Nothing,
    /// On its way.
    Running,
    /// This input can't be right as it is.
    Incomplete(&'static str),
    /// Refused, or it did not arrive.
    Failed(Failure),
    /// Too many wrong ones.
    Locked(Lock, Failure),
}

/// What its address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// A path of this application, or empty.
    pub back: String,
    /// A session that was in use has ended.
    pub ended: bool,
}

/// What can happen on it.
#[derive(Debug)]
pub enum Event {
    /// The user's input now holds this.
    UserTyped(String),
    /// The password's input now holds this.
    PasswordTyped(String),
    /// The digits' input now holds this.
    TotpTyped(String),
    /// The button, or Enter.
    Submit,
    /// A second went by.
    Tick,
    /// Another language.
    Language(Locale),
    /// The answer.
    Opened(Result<Fresh<StaffSession>, Failure>),
}

impl Screen for SignIn {
    type Params = Params;
    type Event = Event;
    type View = View;

    fn open(params: Params, _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let Params { back, ended } = params;
        let empty = String::new;
        (Self { back, ended, user: empty(), password: empty(), totp: empty(), doing: Doing::Nothing }, Vec::new())
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::UserTyped(text) => self.edit(|this| this.user = text),
            Event::PasswordTyped(text) => self.edit(|this| this.password = text),
            Event::TotpTyped(text) => self.totp_typed(&text),
            Event::Submit => self.submit(),
            Event::Tick => self.tick(env),
            Event::Language(locale) => vec![Effect::Store(Setting::Locale(locale))],
            Event::Opened(result) => self.opened(result, env),
        }
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

impl SignIn {
    /// What is on its way is not edited; what was wrong is not held against whoever corrects it. A lock stays.
    fn edit(&mut self, change: impl FnOnce(&mut Self)) -> Vec<Effect<Event>> {
        match self.doing {
            Doing::Running => return Vec::new(),
            Doing::Incomplete(_) | Doing::Failed(_) => self.doing = Doing::Nothing,
            Doing::Nothing | Doing::Locked(..) => {}
        }
        change(self);
        Vec::new()
    }

    fn totp_typed(&mut self, text: &str) -> Vec<Effect<Event>> {
        let typed: String = text.chars().filter_map(digit).take(TOTP_LENGTH).collect();
        let complete = typed.len() == TOTP_LENGTH && typed != self.totp;
        self.edit(|this| this.totp = typed);
        // Only once the rest is there: nobody is to lose a code by filling in the fields from the bottom up.
        if complete && !self.user.trim().is_empty() && !self.password.is_empty() { self.submit() } else { Vec::new() }
    }

    fn submit(&mut self) -> Vec<Effect<Event>> {
        if matches!(self.doing, Doing::Running | Doing::Locked(..)) {
            return Vec::new();
        }
        let user = self.user.trim();
        let missing = if user.is_empty() {
            Some(USER)
        } else if self.password.is_empty() {
            Some(PASSWORD)
        } else if self.totp.len() != TOTP_LENGTH {
            Some(TOTP)
        } else {
            None
        };
        if let Some(field) = missing {
            self.doing = Doing::Incomplete(field);
            return vec![Effect::Focus(field)];
        }
        let credentials =
            StaffSignIn { user: user.to_owned(), password: self.password.clone(), totp: self.totp.clone() };
        self.doing = Doing::Running;
        vec![Effect::http(sign_in(&credentials), Event::Opened)]
    }

    fn opened(&mut self, result: Result<Fresh<StaffSession>, Failure>, env: &Env) -> Vec<Effect<Event>> {
        let failure = match result {
            Ok(_) => {
                let page = Route::parse(&self.back);
                return vec![Effect::Navigate(Navigation::AfterSessionChange(page.path()))];
            }
            Err(failure) => failure,
        };
        // Each code is good once, and this one may have been used up, whatever else was wrong.
        self.totp.clear();
        match Lock::of(&failure, Code::SignInLocked, env) {
            Some(lock) => {
                self.doing = Doing::Locked(lock, failure);
                vec![Effect::Wait(1000, Event::Tick)]
            }
            None => {
                self.doing = Doing::Failed(failure);
                vec![Effect::Focus(TOTP)]
            }
        }
    }

    fn tick(&mut self, env: &Env) -> Vec<Effect<Event>> {
        let Doing::Locked(lock, _) = &mut self.doing else { return Vec::new() };
        if lock.tick(env) {
            return vec![Effect::Wait(1000, Event::Tick)];
        }
        self.doing = Doing::Nothing;
        Vec::new()
    }
}

/// A digit, also the full-width one that a Chinese keyboard may give.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
