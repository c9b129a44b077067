//! Signing in: a phone number, then the six digits sent to it.

pub(crate) mod input;
mod view;
mod wait;

use catalogue::text::sign_in as words;
use contract::Code;
use contract::auth::{CodeAttempt, CodeRequest, CodeSent, Session, request_code, try_code};
use serde::Deserialize;

pub use view::{Step, View};

use crate::Screen;
use crate::effect::{Effect, Fresh, Navigation};
use crate::env::Env;
use crate::failure::Failure;
use crate::route::Route;

use wait::{Wait, WaitFor};

/// The id of the phone number's input.
pub const PHONE: &str = "phone";
/// The id of the code's input.
pub const CODE: &str = "code";

/// Signing in.
#[derive(Debug)]
pub struct SignIn {
    back: String,
    ended: bool,
    /// As she types it; kept over every failure.
    phone: String,
    stage: Stage,
    wait: Wait,
}

/// Either the number or the code is asked for.
#[derive(Debug)]
enum Stage {
    Phone(Doing),
    Code { sent: CodeSent, code: String, doing: Doing },
}

/// What became of the latest thing she did.
#[derive(Debug)]
enum Doing {
    /// Nothing yet.
    Nothing,
    /// A code was asked for, the first one or another.
    Sending,
    /// The code is being checked.
    Checking,
    /// What she typed can't be right.
    Mistyped(Mistyped),
    /// The server says the code is wrong.
    Wrong(Failure),
    /// It failed for another reason.
    Failed(Failure),
}

/// What can't be right about what she typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mistyped {
    Empty,
    NoPhone,
}

/// What its address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// A path of this portal, or empty.
    pub back: String,
    /// A session that was in use has ended.
    pub ended: bool,
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// The phone's input now holds this.
    PhoneTyped(String),
    /// The phone's input was left.
    PhoneLeft,
    /// The code's input now holds this: typed, filled in by the phone, or pasted as a whole message.
    CodeTyped(String),
    /// The step's button, or Enter.
    Submit,
    /// Another code, please.
    Resend,
    /// Another number, please.
    ChangePhone,
    /// A second went by.
    #[serde(skip)]
    Tick,
    /// The answer to asking for a code.
    #[serde(skip)]
    Sent(Result<Fresh<CodeSent>, Failure>),
    /// The answer to trying one.
    #[serde(skip)]
    Opened(Result<Fresh<Session>, Failure>),
}

impl Screen for SignIn {
    type Params = Params;
    type Event = Event;
    type View = View;

    fn open(params: Params, _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let Params { back, ended } = params;
        let screen =
            Self { back, ended, phone: String::new(), stage: Stage::Phone(Doing::Nothing), wait: Wait::default() };
        // Ended, perhaps from elsewhere because this phone is lost: what is kept on it goes with the session.
        let effects = if screen.ended { vec![Effect::KeepPass(None)] } else { Vec::new() };
        (screen, effects)
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::PhoneTyped(text) => {
                if let Stage::Phone(doing) = &mut self.stage
                    && !doing.busy()
                {
                    self.phone = input::phone_typed(&self.phone, &text);
                    doing.forgive();
                }
                Vec::new()
            }
            Event::PhoneLeft => {
                self.phone = input::phone_grouped(&self.phone);
                Vec::new()
            }
            Event::CodeTyped(text) => self.code_typed(&text),
            Event::Submit => match &self.stage {
                Stage::Phone(_) => self.send(),
                Stage::Code { .. } => self.try_code(),
            },
            Event::Resend => match &self.stage {
                Stage::Code { .. } if self.wait.is_over() => self.send(),
                _ => Vec::new(),
            },
            Event::ChangePhone => {
                self.stage = Stage::Phone(Doing::Nothing);
                vec![Effect::Focus(PHONE)]
            }
            Event::Tick => self.wait.tick(env),
            Event::Sent(result) => self.sent(result, env),
            Event::Opened(result) => self.opened(result, env),
        }
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

impl SignIn {
    /// Asks for a code for the number that is typed in; from either step.
    fn send(&mut self) -> Vec<Effect<Event>> {
        if self.doing().busy() || self.wait.blocks_all() {
            return Vec::new();
        }
        match input::phone_to_send(&self.phone) {
            Some(phone) => {
                *self.doing() = Doing::Sending;
                vec![Effect::http(request_code(&CodeRequest { phone }), Event::Sent)]
            }
            None => {
                let what = if self.phone.is_empty() { Mistyped::Empty } else { Mistyped::NoPhone };
                *self.doing() = Doing::Mistyped(what);
                vec![Effect::Focus(PHONE)]
            }
        }
    }

    fn sent(&mut self, result: Result<Fresh<CodeSent>, Failure>, env: &Env) -> Vec<Effect<Event>> {
        // She may have gone back to the number meanwhile: the answer is then to a question nobody asks any more.
        if !matches!(self.doing(), Doing::Sending) {
            return Vec::new();
        }
        match result {
            Ok(Fresh { value: sent, .. }) => {
                let mut effects = self.wait.begin(WaitFor::Resend, sent.resend_after, env);
                self.stage = Stage::Code { sent, code: String::new(), doing: Doing::Nothing };
                effects.push(Effect::Announce(words::announce_sent(env.locale).to_owned()));
                effects.push(Effect::Focus(CODE));
                effects
            }
            Err(failure) => {
                let wrong = failure.of_field("phone").is_some();
                let effects = self.wait_if_told(&failure, env);
                *self.doing() = if wrong { Doing::Wrong(failure) } else { Doing::Failed(failure) };
                effects
            }
        }
    }

    fn code_typed(&mut self, text: &str) -> Vec<Effect<Event>> {
        let Stage::Code { code, doing, .. } = &mut self.stage else { return Vec::new() };
        if doing.busy() {
            return Vec::new();
        }
        let typed = input::code_typed(text);
        let complete = typed.len() == input::CODE_LENGTH && typed != *code;
        *code = typed;
        doing.forgive();
        if complete { self.try_code() } else { Vec::new() }
    }

    fn try_code(&mut self) -> Vec<Effect<Event>> {
        let blocked = self.wait.blocks_all();
        let Stage::Code { sent, code, doing } = &mut self.stage else { return Vec::new() };
        if doing.busy() || blocked {
            return Vec::new();
        }
        if code.len() != input::CODE_LENGTH {
            *doing = Doing::Mistyped(Mistyped::Empty);
            return vec![Effect::Focus(CODE)];
        }
        *doing = Doing::Checking;
        let attempt = CodeAttempt { challenge_id: sent.challenge_id.clone(), code: code.clone() };
        vec![Effect::http(try_code(&attempt), Event::Opened)]
    }

    fn opened(&mut self, result: Result<Fresh<Session>, Failure>, env: &Env) -> Vec<Effect<Event>> {
        let failure = match result {
            Ok(Fresh { value: session, .. }) => {
                let next = match session.member {
                    Some(_) => Route::parse(&self.back),
                    None => Route::Join { back: self.back.clone() },
                };
                // What is kept on this phone may be somebody else's, who was signed in before.
                return vec![Effect::KeepPass(None), Effect::Navigate(Navigation::AfterSessionChange(next.path()))];
            }
            Err(failure) => failure,
        };
        // She may have gone on to another number meanwhile.
        if !matches!(self.doing(), Doing::Checking) {
            return Vec::new();
        }
        let mut effects = self.wait_if_told(&failure, env);
        let Stage::Code { code, doing, .. } = &mut self.stage else { return effects };
        if let Some(Code::CodeWrong | Code::CodeExpired) = failure.code() {
            code.clear();
            effects.push(Effect::Focus(CODE));
        }
        let wrong = failure.code() == Some(Code::CodeWrong) || failure.of_field("code").is_some();
        *doing = if wrong { Doing::Wrong(failure) } else { Doing::Failed(failure) };
        effects
    }

    fn wait_if_told(&mut self, failure: &Failure, env: &Env) -> Vec<Effect<Event>> {
        match failure {
            Failure::Refused(problem) => match problem.retry_after {
                Some(seconds) => self.wait.begin(WaitFor::All, seconds, env),
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn doing(&mut self) -> &mut Doing {
        match &mut self.stage {
            Stage::Phone(doing) | Stage::Code { doing, .. } => doing,
        }
    }
}

impl Doing {
    fn busy(&self) -> bool {
        matches!(self, Doing::Sending | Doing::Checking)
    }

    /// She is correcting it: what was wrong before is not repeated at her.
    fn forgive(&mut self) {
        if !self.busy() {
            *self = Doing::Nothing;
        }
    }
}

#[cfg(test)]
mod tests;
