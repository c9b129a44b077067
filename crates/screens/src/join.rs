//! Joining: what the programme is, in plain words; then a form, with each consent on its own.

mod form;
mod view;

use contract::auth::{Session, session};
use contract::member::{Enrolment, Member, SkinType, enrol};
use contract::programme::{Programme, programme};
use contract::{Code, Date};
use serde::Deserialize;

use crate::Screen;
use crate::effect::{Effect, Fresh, Navigation};
use crate::env::Env;
use crate::failure::Failure;
use crate::load::Load;
use crate::route::Route;
use crate::trouble;

pub use form::{BIRTHDAY, NAME};
pub use view::{ConsentView, Explanation, FormView, Page, View};

use form::Form;
pub(crate) use form::birthday as parse_birthday;

/// How often a request whose first copy is still running is looked after, a second apart.
const PATIENCE: u8 = 10;

/// Joining.
#[derive(Debug)]
pub struct Join {
    back: String,
    programme: Load<Programme>,
    who: Who,
    stage: Stage,
}

/// Whether there is a session to enrol with.
#[derive(Debug, PartialEq)]
enum Who {
    /// Not known yet; the server will say when she sends the form.
    Unknown,
    /// Nobody is signed in.
    Nobody,
    /// Signed in.
    SignedIn,
}

#[derive(Debug)]
enum Stage {
    /// With the form she began, if she came back from it.
    Explaining(Option<Form>),
    Filling {
        form: Form,
        sending: Sending,
    },
}

#[derive(Debug)]
enum Sending {
    /// She fills it in; `Some` after the server found mistakes or nothing arrived.
    No(Option<Failed>),
    /// The key of this intent is being drawn.
    Drawing(Enrolment),
    /// On its way.
    Running { intent: Intent, patience: u8 },
}

/// A sent form that got no good answer. Sent again unchanged it is the same intent.
#[derive(Debug)]
struct Failed {
    intent: Intent,
    failure: Failure,
}

/// What was sent, under which key.
#[derive(Clone, Debug)]
struct Intent {
    key: String,
    enrolment: Enrolment,
}

/// What its address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// A path of this portal, or empty: where to go on to.
    pub back: String,
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// What the programme is.
    #[serde(skip)]
    Arrived(Result<Fresh<Programme>, Failure>),
    /// Who she is.
    #[serde(skip)]
    Who(Result<Fresh<Session>, Failure>),
    /// She asks again.
    Retry,
    /// On to the form.
    Continue,
    /// Back to the explanation; the form keeps what it holds.
    Explain,
    /// The name's input now holds this.
    NameTyped(String),
    /// The birthday's input now holds this: `YYYY-MM-DD` or empty.
    BirthdayTyped(String),
    /// Her skin type; `None` to say nothing.
    SkinType(Option<SkinType>),
    /// The consent with this id.
    Consent(String, bool),
    /// Join.
    Submit,
    /// The key of this intent.
    #[serde(skip)]
    Key(String),
    /// The first copy of the request was still running; a second went by.
    #[serde(skip)]
    StillRunning,
    /// The answer.
    #[serde(skip)]
    Joined(Result<Fresh<Member>, Failure>),
}

impl Screen for Join {
    type Params = Params;
    type Event = Event;
    type View = View;

    fn open(params: Params, _env: &Env) -> (Self, Vec<Effect<Event>>) {
        let screen =
            Self { back: params.back, programme: Load::Waiting, who: Who::Unknown, stage: Stage::Explaining(None) };
        (screen, vec![Effect::http(session(), Event::Who), Self::fetch()])
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::Arrived(result) => {
                self.programme.arrived(result);
                Vec::new()
            }
            Event::Retry if self.programme.ask_again() => vec![Self::fetch()],
            Event::Retry => Vec::new(),
            Event::Who(Ok(Fresh { value, .. })) if value.member.is_some() => self.leave(),
            Event::Who(Ok(_)) => {
                self.who = Who::SignedIn;
                Vec::new()
            }
            Event::Who(Err(Failure::SessionEnded)) => {
                self.who = Who::Nobody;
                Vec::new()
            }
            // Not worth stopping her for: sending the form will tell.
            Event::Who(Err(_)) => Vec::new(),
            Event::Continue => self.fill_in(),
            Event::Explain => {
                self.explain();
                Vec::new()
            }
            Event::Submit => self.submit(env),
            Event::Key(key) => self.send(key),
            Event::StillRunning => self.send_again(),
            Event::Joined(result) => self.joined(result, env),
            Event::NameTyped(_) | Event::BirthdayTyped(_) | Event::SkinType(_) | Event::Consent(..) => {
                if let Stage::Filling { form, sending: Sending::No(_) } = &mut self.stage {
                    form.take(event);
                }
                Vec::new()
            }
        }
    }

    fn view(&self, env: &Env) -> View {
        view::view(self, env)
    }
}

impl Join {
    fn fetch() -> Effect<Event> {
        Effect::http(programme(), Event::Arrived)
    }

    fn leave(&self) -> Vec<Effect<Event>> {
        vec![Effect::Navigate(Navigation::Instead(Route::parse(&self.back).path()))]
    }

    fn sign_in(&self, env: &Env) -> Vec<Effect<Event>> {
        // Signing in leads back here by itself: she is not a member yet.
        let sign_in = Route::SignIn { back: self.back.clone(), ended: env.signed_in };
        vec![Effect::Navigate(Navigation::AfterSessionChange(sign_in.path()))]
    }

    fn fill_in(&mut self) -> Vec<Effect<Event>> {
        if self.who == Who::Nobody {
            let sign_in = Route::SignIn { back: self.back.clone(), ended: false };
            return vec![Effect::Navigate(Navigation::To(sign_in.path()))];
        }
        if let (Stage::Explaining(begun), Some(programme)) = (&mut self.stage, self.programme.shown()) {
            let form = begun.take().unwrap_or_else(|| Form::new(&programme.consents));
            self.stage = Stage::Filling { form, sending: Sending::No(None) };
            return vec![Effect::Focus(NAME)];
        }
        Vec::new()
    }

    fn explain(&mut self) {
        let explaining = Stage::Explaining(None);
        match core::mem::replace(&mut self.stage, explaining) {
            Stage::Filling { form, sending: Sending::No(_) } => self.stage = Stage::Explaining(Some(form)),
            sending => self.stage = sending,
        }
    }

    fn submit(&mut self, env: &Env) -> Vec<Effect<Event>> {
        let Stage::Filling { form, sending } = &mut self.stage else { return Vec::new() };
        let Sending::No(failed) = sending else { return Vec::new() };
        let today: Option<Date> = env.clock.map(|clock| clock.today());
        let enrolment = match form.enrolment(today) {
            Ok(enrolment) => enrolment,
            Err(first) => return vec![Effect::Focus(first)],
        };
        match failed.take() {
            // The same words again are the same intent: the server answers what it answered, if it did.
            Some(Failed { intent, .. }) if intent.enrolment == enrolment => {
                let effects = Self::request(&intent);
                *sending = Sending::Running { intent, patience: PATIENCE };
                effects
            }
            _ => {
                *sending = Sending::Drawing(enrolment);
                vec![Effect::MakeKey(Event::Key)]
            }
        }
    }

    fn send(&mut self, key: String) -> Vec<Effect<Event>> {
        let Stage::Filling { sending, .. } = &mut self.stage else { return Vec::new() };
        let Sending::Drawing(enrolment) = sending else { return Vec::new() };
        let intent = Intent { key, enrolment: enrolment.clone() };
        let effects = Self::request(&intent);
        *sending = Sending::Running { intent, patience: PATIENCE };
        effects
    }

    fn send_again(&mut self) -> Vec<Effect<Event>> {
        match &self.stage {
            Stage::Filling { sending: Sending::Running { intent, .. }, .. } => Self::request(intent),
            _ => Vec::new(),
        }
    }

    fn request(intent: &Intent) -> Vec<Effect<Event>> {
        vec![Effect::http(enrol(&intent.enrolment, &intent.key), Event::Joined)]
    }

    fn joined(&mut self, result: Result<Fresh<Member>, Failure>, env: &Env) -> Vec<Effect<Event>> {
        let Stage::Filling { form, sending } = &mut self.stage else { return Vec::new() };
        let Sending::Running { intent, patience } = sending else { return Vec::new() };
        let failure = match result {
            Ok(_) => return self.leave(),
            Err(failure) => failure,
        };
        match failure.code() {
            Some(Code::AlreadyMember) => return self.leave(),
            Some(Code::SessionMissing) => return self.sign_in(env),
            Some(Code::IdempotencyInProgress) if *patience > 0 => {
                *patience -= 1;
                return vec![Effect::Wait(1000, Event::StillRunning)];
            }
            _ => {}
        }
        let focus = form.refused(&failure);
        *sending = Sending::No(Some(Failed { intent: intent.clone(), failure }));
        focus.map(Effect::Focus).into_iter().collect()
    }

    /// Why she is not a member yet; `None` while nothing has failed, or if each mistake stands beside its field.
    fn alert(&self, env: &Env) -> Option<crate::view::Alert> {
        match &self.stage {
            Stage::Filling { form, sending: Sending::No(Some(Failed { failure, .. })) } if !form.has_mistakes() => {
                Some(trouble::alert(failure, env))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
