//! What view models are made of, on more than one screen.

use catalogue::{Locale, text::common};
use serde::Serialize;

use crate::env::Env;
use crate::route::Route;

/// What a page shows of something that has to be fetched first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Body<Content> {
    /// Nothing yet: a skeleton, with these words for those who can't see it.
    Loading(String),
    /// It did not come.
    Trouble(Trouble),
    /// It came.
    Shown {
        /// What came.
        content: Content,
        /// It could not be renewed: what is shown is older than it should be.
        banner: Option<Banner>,
    },
}

impl<Content> Body<Content> {
    pub(crate) fn is_trouble(&self) -> bool {
        matches!(self, Body::Trouble(_))
    }

    pub(crate) fn hide_banner(&mut self) {
        if let Body::Shown { banner, .. } = self {
            *banner = None;
        }
    }
}

/// An error in place of the contents, with a way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// What happened.
    pub title: String,
    /// What to do about it.
    pub detail: String,
    /// The label of the button that sends `Retry`; `None` where trying again can't help.
    pub retry: Option<String>,
    /// Where else to go.
    pub way_out: Option<Link>,
}

/// An error above contents that are still there. Read out when it appears.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Banner {
    /// What happened, and since when the figures are true.
    pub text: String,
    /// The label of the button that sends `Retry`.
    pub retry: String,
    /// A retry is running: the button does nothing.
    pub busy: bool,
}

/// An error of something she did, beside what she did it with. Read out when it appears (`role="alert"`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alert {
    /// What happened.
    pub title: String,
    /// What to do about it; may be empty.
    pub detail: String,
}

impl Alert {
    /// As one text, for beside a field.
    pub(crate) fn text(&self, locale: Locale) -> String {
        let mut text = self.title.clone();
        if !self.detail.is_empty() {
            // The server's titles carry no full stop.
            text.push_str(common::pause(locale));
            text.push_str(&self.detail);
        }
        text
    }
}

/// A link to a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Its words.
    pub label: String,
    /// The address it leads to.
    pub path: String,
}

impl Link {
    pub(crate) fn to(label: &str, route: &Route) -> Self {
        Self { label: label.to_owned(), path: route.path() }
    }
}

/// A sentence with one part that stands out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stressed {
    /// Plain.
    pub before: String,
    /// Stands out, on one line; may be empty.
    pub strong: String,
    /// Plain.
    pub after: String,
}

impl Stressed {
    /// `sentence` with the last `part` of it standing out.
    pub fn new(sentence: &str, part: &str) -> Self {
        match sentence.rsplit_once(part) {
            Some((before, after)) => {
                Self { before: before.to_owned(), strong: part.to_owned(), after: after.to_owned() }
            }
            None => Self::plain(sentence),
        }
    }

    /// `sentence`, with nothing standing out.
    pub fn plain(sentence: &str) -> Self {
        Self { before: sentence.to_owned(), ..Self::default() }
    }

    /// The whole sentence.
    pub fn text(&self) -> String {
        let mut text = self.before.clone();
        text.push_str(&self.strong);
        text.push_str(&self.after);
        text
    }
}

/// A button that does something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Submit {
    /// Its words, those of being busy included.
    pub label: String,
    /// It would do something now. Otherwise `aria-disabled`, so that it can still be found and read.
    pub can_submit: bool,
    /// It is being done.
    pub busy: bool,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Of the input; also what [`crate::Effect::Focus`] names.
    pub id: &'static str,
    /// Its label, with the mark of an optional one.
    pub label: String,
    /// What it holds. A shell writes it into the input only where it differs from what is there.
    pub value: String,
    /// How to fill it in.
    pub hint: Option<Note>,
    /// What is wrong with it.
    pub error: Option<Note>,
    /// For `aria-describedby`: the ids of hint and error, those there are.
    pub described_by: Option<String>,
}

impl Field {
    pub(crate) fn new(id: &'static str, label: &str, value: &str) -> Self {
        Self { id, label: label.to_owned(), value: value.to_owned(), hint: None, error: None, described_by: None }
    }

    pub(crate) fn hint(mut self, text: &str) -> Self {
        self.hint = Some(self.note("-hint", text));
        self
    }

    pub(crate) fn error(mut self, text: Option<String>) -> Self {
        if let Some(text) = text {
            self.error = Some(self.note("-error", &text));
        }
        self
    }

    fn note(&mut self, suffix: &str, text: &str) -> Note {
        let mut id = self.id.to_owned();
        id.push_str(suffix);
        match &mut self.described_by {
            Some(ids) => {
                ids.push(' ');
                ids.push_str(&id);
            }
            None => self.described_by = Some(id.clone()),
        }
        Note { id, text: text.to_owned() }
    }
}

/// A field that holds a date of the past, or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateField {
    /// What it holds is `YYYY-MM-DD`, or empty.
    pub field: Field,
    /// The latest date, `YYYY-MM-DD`; empty while today is unknown.
    pub max: String,
    /// The words to empty it with, while it holds something. For a shell whose field of this kind can't be emptied by itself.
    pub clear: Option<String>,
}

impl DateField {
    /// `field`, for a date until today.
    pub(crate) fn until_today(field: Field, env: &Env) -> Self {
        let clear = (!field.value.is_empty()).then(|| common::clear(env.locale).to_owned());
        Self { field, max: env.clock.map(|clock| clock.today().to_string()).unwrap_or_default(), clear }
    }
}

/// Words that belong to a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Of the element, for `aria-describedby`.
    pub id: String,
    /// The words.
    pub text: String,
}

/// One of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice<Value> {
    /// Its words.
    pub label: String,
    /// What choosing it sends.
    pub value: Value,
    /// It is the one.
    pub chosen: bool,
}

/// Exactly one of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choices<Value> {
    /// What is chosen.
    pub label: String,
    /// In the order to show them.
    pub choices: Vec<Choice<Value>>,
}

/// On or off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Switch {
    /// Of the input.
    pub id: String,
    /// What is on or off.
    pub label: String,
    /// What that means.
    pub hint: Option<String>,
    /// It is on.
    pub on: bool,
}

/// A name and its value, as two cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The name.
    pub label: String,
    /// The value.
    pub value: String,
}

/// A tier's ring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ring {
    /// 0 to 100.
    pub percent: u8,
    /// `stroke-dasharray` of a circle whose `pathLength` is 100: `62 100`.
    pub dash: String,
    /// In the middle: `62%`.
    pub text: String,
    /// What it says, for those who can't see it.
    pub label: String,
}

/// The points that expire on one date, as a bar of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bar {
    /// Under it: `6/30`.
    pub label: String,
    /// 1 to 100, of the highest.
    pub height: u8,
    /// The soonest one; stands out.
    pub next: bool,
    /// What it says, for those who can't see it: `2027年6月30日：220 分`.
    pub described: String,
}
