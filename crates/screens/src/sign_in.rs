//! Signing in: a phone number, then the six digits sent to it.

mod input;

use catalogue::text::sign_in as words;
use contract::auth::{CodeAttempt, CodeRequest, CodeSent, Session, request_code, try_code};
use contract::{Code, Instant};

use crate::effect::{Effect, Fresh, Navigation};
use crate::env::Env;
use crate::failure::Failure;
use crate::route::Route;
use crate::view::{Alert, Field, Link, Submit};
use crate::{Screen, chrome, format, trouble};

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
    Mistyped(&'static str),
    /// The server says the code is wrong.
    Wrong(Failure),
    /// It failed for another reason.
    Failed(Failure),
}

/// Seconds during which something can't be asked for again.
#[derive(Debug, Default)]
struct Wait {
    /// Seconds left at the last tick.
    left: u32,
    /// When it is over, by the server's clock.
    until: Option<Instant>,
    /// What may not be done meanwhile.
    kind: WaitFor,
    /// A tick is on its way.
    ticking: bool,
}

#[derive(Debug, Default, PartialEq)]
enum WaitFor {
    /// Another code.
    #[default]
    Resend,
    /// Anything: the server said too many.
    All,
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
#[derive(Debug)]
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
    Tick,
    /// The answer to asking for a code.
    Sent(Result<Fresh<CodeSent>, Failure>),
    /// The answer to trying one.
    Opened(Result<Fresh<Session>, Failure>),
}

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// What signing in takes.
    pub lead: String,
    /// Why she is here although she wanted another page.
    pub notice: Option<String>,
    /// What is asked for.
    pub step: Step,
    /// To the programme, which is open to anyone.
    pub programme: Link,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Her phone number: `type="tel"`, `autocomplete="tel"`.
    Phone {
        /// The number.
        field: Field,
        /// Sends the code.
        submit: Submit,
        /// Why no code was sent.
        alert: Option<Alert>,
    },
    /// The code: `inputmode="numeric"`, `autocomplete="one-time-code"`. No `maxlength`, or a pasted message is cut.
    Code {
        /// To which number.
        sent_to: String,
        /// The six digits.
        field: Field,
        /// Tries it; also happens by itself at the sixth digit.
        submit: Submit,
        /// Why it could not be tried, or another not be sent.
        alert: Option<Alert>,
        /// Another code, with the countdown until then.
        resend: Submit,
        /// Back to the number.
        change_phone: String,
    },
}

impl Screen for SignIn {
    type Params = Params;
    type Event = Event;
    type View = View;

    fn open(params: Params, _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let Params { back, ended } = params;
        let screen =
            Self { back, ended, phone: String::new(), stage: Stage::Phone(Doing::Nothing), wait: Wait::default() };
        (screen, Vec::new())
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
                Stage::Code { .. } if self.wait.left == 0 => self.send(),
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
        let locale = env.locale;
        let page = Route::parse(&self.back);
        let page = chrome::name(&page, env);
        let notice = match (self.ended, self.back.is_empty()) {
            (true, _) => Some(words::ended(locale, page)),
            (false, false) => Some(words::first(locale, page)),
            (false, true) => None,
        };
        View {
            heading: words::heading(locale).to_owned(),
            lead: words::lead(locale).to_owned(),
            notice,
            step: self.step(env),
            programme: Link { label: words::programme(locale).to_owned(), route: Route::Programme },
        }
    }
}

impl SignIn {
    /// Asks for a code for the number that is typed in; from either step.
    fn send(&mut self) -> Vec<Effect<Event>> {
        if self.doing().busy() || (self.wait.left > 0 && self.wait.kind == WaitFor::All) {
            return Vec::new();
        }
        match input::phone_to_send(&self.phone) {
            Some(phone) => {
                *self.doing() = Doing::Sending;
                vec![Effect::http(request_code(&CodeRequest { phone }), Event::Sent)]
            }
            None => {
                let wrong = if self.phone.is_empty() { "empty" } else { "wrong" };
                *self.doing() = Doing::Mistyped(wrong);
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
        let blocked = self.wait.left > 0 && self.wait.kind == WaitFor::All;
        let Stage::Code { sent, code, doing } = &mut self.stage else { return Vec::new() };
        if doing.busy() || blocked {
            return Vec::new();
        }
        if code.len() != input::CODE_LENGTH {
            *doing = Doing::Mistyped("empty");
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
                return vec![Effect::Navigate(Navigation::AfterSessionChange(next))];
            }
            Err(failure) => failure,
        };
        let mut effects = self.wait_if_told(&failure, env);
        let Stage::Code { code, doing, .. } = &mut self.stage else { return Vec::new() };
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

    fn step(&self, env: &Env) -> Step {
        let locale = env.locale;
        let blocked = (self.wait.left > 0 && self.wait.kind == WaitFor::All).then_some(self.wait.left);
        match &self.stage {
            Stage::Phone(doing) => {
                let error = match doing {
                    Doing::Mistyped("empty") => Some(words::phone_empty(locale).to_owned()),
                    Doing::Mistyped(_) => Some(words::phone_wrong(locale).to_owned()),
                    Doing::Wrong(failure) => Some(wrong(failure, "phone", env)),
                    _ => None,
                };
                Step::Phone {
                    field: Field::new(PHONE, words::phone(locale), &self.phone)
                        .hint(words::phone_hint(locale))
                        .error(error),
                    submit: submit(doing.busy(), words::send(locale), words::sending(locale), blocked, env),
                    alert: doing.alert(env),
                }
            }
            Stage::Code { code, doing, .. } => {
                let error = match doing {
                    Doing::Mistyped(_) => Some(words::code_empty(locale).to_owned()),
                    Doing::Wrong(failure) => Some(wrong(failure, "code", env)),
                    _ => None,
                };
                let checking = matches!(doing, Doing::Checking);
                let resend = match self.wait.left {
                    0 => submit(
                        matches!(doing, Doing::Sending),
                        words::resend(locale),
                        words::sending(locale),
                        None,
                        env,
                    ),
                    left => Submit {
                        label: words::resend_in(locale, left.into(), &format::digits(left.into())),
                        can_submit: false,
                        busy: false,
                    },
                };
                Step::Code {
                    sent_to: words::sent_to(locale, &self.phone),
                    field: Field::new(CODE, words::code(locale), code).hint(words::code_hint(locale)).error(error),
                    submit: submit(checking, words::check(locale), words::checking(locale), blocked, env),
                    alert: doing.alert(env),
                    resend,
                    change_phone: words::change_phone(locale).to_owned(),
                }
            }
        }
    }
}

fn submit(busy: bool, label: &str, busy_label: &str, blocked: Option<u32>, env: &Env) -> Submit {
    if let Some(left) = blocked {
        let label = words::wait(env.locale, left.into(), &format::digits(left.into()));
        return Submit { label, can_submit: false, busy: false };
    }
    Submit { label: (if busy { busy_label } else { label }).to_owned(), can_submit: !busy, busy }
}

/// The server's words on `field`, or on the whole.
fn wrong(failure: &Failure, field: &str, env: &Env) -> String {
    match failure.of_field(field) {
        Some(words) => words.to_owned(),
        None => trouble::alert(failure, env).text(env.locale),
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

    fn alert(&self, env: &Env) -> Option<Alert> {
        let Doing::Failed(failure) = self else { return None };
        let mut alert = trouble::alert(failure, env);
        if failure.code() == Some(Code::CodeExpired) && alert.detail.is_empty() {
            alert.detail = words::expired_detail(env.locale).to_owned();
        }
        Some(alert)
    }
}

impl Wait {
    fn begin(&mut self, kind: WaitFor, seconds: u32, env: &Env) -> Vec<Effect<Event>> {
        self.kind = kind;
        self.left = seconds;
        self.until = env
            .clock
            .and_then(|clock| Instant::from_unix_seconds(clock.now.unix_seconds().saturating_add(i64::from(seconds))));
        if self.ticking || seconds == 0 {
            return Vec::new();
        }
        self.ticking = true;
        vec![Effect::Wait(1000, Event::Tick)]
    }

    fn tick(&mut self, env: &Env) -> Vec<Effect<Event>> {
        // A phone that slept ticks late: by the clock, if there is one.
        let by_clock = self
            .until
            .zip(env.clock)
            .map(|(until, clock)| u32::try_from((until.unix_seconds() - clock.now.unix_seconds()).max(0)).unwrap_or(0));
        self.left = self.left.saturating_sub(1).min(by_clock.unwrap_or(u32::MAX));
        self.ticking = self.left > 0;
        if self.ticking { vec![Effect::Wait(1000, Event::Tick)] } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests;
