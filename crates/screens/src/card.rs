//! The card: what the counter scans.
//!
//! An expired code is never shown as a valid one: whether it is valid is worked out each time the page is drawn, from the
//! server's clock, so that a phone which slept does not wake up to an old one.

pub(crate) mod drawing;

use catalogue::text::card as words;
use contract::member::{CardToken, card};
use serde::{Deserialize, Serialize};

pub use drawing::Drawing;

use crate::effect::{Effect, Fresh};
use crate::env::Env;
use crate::failure::Failure;
use crate::route::Route;
use crate::view::{Body, Trouble};
use crate::{Screen, chrome, format, trouble};

/// Seconds before its end at which the next code is fetched: longer than a slow network takes.
const AHEAD: u32 = 5;
/// Seconds between attempts while the network is away.
const BETWEEN_ATTEMPTS: u32 = 5;

/// The card.
#[derive(Debug)]
pub struct Card {
    stage: Stage,
    ticking: bool,
}

#[derive(Debug)]
enum Stage {
    Waiting,
    Failed(Failure),
    Shown(Box<Shown>),
}

#[derive(Debug)]
struct Shown {
    token: CardToken,
    barcode: Option<Drawing>,
    qr: Option<Drawing>,
    /// Seconds since it came, counted: what is left if there is no clock.
    ticks: u32,
    next: Next,
    /// The number was copied while this code was shown: the button says so, for those who hear no announcement.
    copied: bool,
}

/// The code after this one.
#[derive(Debug)]
enum Next {
    NotYet,
    Asked,
    Failed { failure: Failure, again_in: u32 },
}

/// What can happen on it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "on", content = "value")]
pub enum Event {
    /// Number and code.
    #[serde(skip)]
    Arrived(Result<Fresh<CardToken>, Failure>),
    /// A second went by.
    #[serde(skip)]
    Tick,
    /// She asks again.
    Retry,
    /// She wants the number where she can paste it.
    Copy,
    /// Whether it is there.
    #[serde(skip)]
    Copied(bool),
    /// She looks at the page again after a while.
    #[serde(skip)]
    CameBack,
}

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// The card.
    pub body: Body<Face>,
}

/// The card's face.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Face {
    /// What the number is.
    pub number_label: String,
    /// In groups of four; can be read out if nothing scans.
    pub number: String,
    /// The label of the button that sends `Copy`; that it is copied, once it is.
    pub copy: String,
    /// What is scanned.
    pub code: CodeView,
    /// How to make it scan well.
    pub hint: String,
    /// Since when the code is good.
    pub as_of: String,
}

/// What is scanned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeView {
    /// Good now.
    Valid {
        /// Code 128, for scanners of the older kind.
        barcode: Option<Drawing>,
        /// The same as a QR code.
        qr: Option<Drawing>,
        /// `42 秒后更新`. Not in a live region: nobody wants to hear it every second.
        countdown: String,
    },
    /// No longer good, and the next one is on its way.
    Renewing(String),
    /// No longer good, and the next one did not come.
    Covered(Trouble),
}

impl Card {
    fn fetch() -> Effect<Event> {
        Effect::http(card(), Event::Arrived)
    }
}

impl Screen for Card {
    type Params = ();
    type Event = Event;
    type View = View;

    fn open((): (), _env: &Env) -> (Self, Vec<Effect<Event>>) {
        (Self { stage: Stage::Waiting, ticking: false }, vec![Self::fetch()])
    }

    fn update(&mut self, event: Event, env: &Env) -> Vec<Effect<Event>> {
        match event {
            Event::Arrived(Ok(Fresh { value: token, .. })) => {
                self.stage = Stage::Shown(Box::new(Shown {
                    barcode: drawing::barcode(&token.token, words::barcode(env.locale)),
                    qr: drawing::qr(&token.token, words::qr(env.locale)),
                    token,
                    ticks: 0,
                    next: Next::NotYet,
                    copied: false,
                }));
                if self.ticking {
                    return Vec::new();
                }
                self.ticking = true;
                vec![Effect::Wait(1000, Event::Tick)]
            }
            Event::Arrived(Err(failure)) => {
                if let Some(away) = trouble::leads_away(&failure, &Route::Card, env) {
                    return away;
                }
                match &mut self.stage {
                    Stage::Shown(shown) => shown.next = Next::Failed { failure, again_in: BETWEEN_ATTEMPTS },
                    stage => *stage = Stage::Failed(failure),
                }
                Vec::new()
            }
            Event::Tick => {
                let Stage::Shown(shown) = &mut self.stage else {
                    self.ticking = false;
                    return Vec::new();
                };
                let mut effects = vec![Effect::Wait(1000, Event::Tick)];
                if shown.tick(env) {
                    effects.push(Self::fetch());
                }
                effects
            }
            Event::Copy => match &self.stage {
                // As it is on the wire: its groups are for reading out, where it is pasted they would have to be taken out again.
                Stage::Shown(shown) => vec![Effect::Copy(shown.token.number.clone(), Event::Copied)],
                Stage::Waiting | Stage::Failed(_) => Vec::new(),
            },
            Event::Copied(done) => match &mut self.stage {
                Stage::Shown(shown) if done => {
                    shown.copied = true;
                    vec![Effect::Announce(words::copied(env.locale).to_owned())]
                }
                _ => Vec::new(),
            },
            Event::Retry | Event::CameBack => match &mut self.stage {
                Stage::Waiting => Vec::new(),
                Stage::Failed(_) => {
                    self.stage = Stage::Waiting;
                    vec![Self::fetch()]
                }
                Stage::Shown(shown) => {
                    if shown.ask(env) {
                        vec![Self::fetch()]
                    } else {
                        Vec::new()
                    }
                }
            },
        }
    }

    fn view(&self, env: &Env) -> View {
        let body = match &self.stage {
            Stage::Waiting => Body::Loading(trouble::loading(env)),
            Stage::Failed(failure) => Body::Trouble(trouble::trouble(failure, env)),
            Stage::Shown(shown) => Body::Shown { content: shown.face(env), banner: None },
        };
        View { heading: chrome::name(&Route::Card, env).to_owned(), body }
    }
}

impl Shown {
    /// Seconds for which the code is still good; by the server's clock, so that the time the answer took counts too.
    fn left(&self, env: &Env) -> u32 {
        let counted = self.token.valid_for.saturating_sub(self.ticks);
        match env.clock {
            Some(clock) => {
                let age = clock.now.unix_seconds() - self.token.as_of.unix_seconds();
                let left = i64::from(self.token.valid_for) - age.max(0);
                u32::try_from(left.max(0)).unwrap_or(0).min(counted)
            }
            None => counted,
        }
    }

    /// A second went by. Whether to ask for the next code.
    fn tick(&mut self, env: &Env) -> bool {
        self.ticks = self.ticks.saturating_add(1);
        match &mut self.next {
            Next::Failed { again_in: 0, .. } => self.ask(env),
            Next::Failed { again_in, .. } => {
                *again_in -= 1;
                false
            }
            Next::NotYet | Next::Asked => self.ask(env),
        }
    }

    /// Whether to ask for the next code now. From here on it is asked for.
    fn ask(&mut self, env: &Env) -> bool {
        let due = match self.next {
            Next::NotYet => self.left(env) <= AHEAD.min(self.token.valid_for / 2),
            Next::Asked => false,
            Next::Failed { .. } => true,
        };
        if due {
            self.next = Next::Asked;
        }
        due
    }

    fn face(&self, env: &Env) -> Face {
        let locale = env.locale;
        let left = self.left(env);
        let code = match &self.next {
            _ if left > 0 => CodeView::Valid {
                barcode: self.barcode.clone(),
                qr: self.qr.clone(),
                countdown: words::countdown(locale, left.into(), &format::digits(left.into())),
            },
            Next::Failed { failure, .. } => {
                let mut trouble = trouble::trouble(failure, env);
                trouble.title = words::covered(locale).to_owned();
                trouble.way_out = None;
                CodeView::Covered(trouble)
            }
            Next::NotYet | Next::Asked => CodeView::Renewing(words::renewing(locale).to_owned()),
        };
        Face {
            number_label: words::number(locale).to_owned(),
            number: format::card_number(&self.token.number),
            copy: if self.copied { words::copied(locale) } else { words::copy(locale) }.to_owned(),
            code,
            hint: words::hint(locale).to_owned(),
            as_of: format::as_of(env, self.token.as_of),
        }
    }
}

#[cfg(test)]
mod tests;
