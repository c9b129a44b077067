//! Joining, in words.

use catalogue::text::{common, join as words};
use contract::member::SkinType;
use contract::programme::Programme;
use serde::Serialize;

use super::form::{Answer, BIRTHDAY, Form, Mistake, NAME};
use super::{Join, Sending, Stage, Who};
use crate::env::Env;
use crate::plain::{self, Section, TierWords};
use crate::route::Route;
use crate::skin;
use crate::view::{Alert, Body, Choices, DateField, Field, Submit};
use crate::{chrome, format};

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// The explanation, then the form.
    pub body: Body<Page>,
}

/// The explanation, then the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// What it is that she joins.
    Explanation(Explanation),
    /// Who she is, and what she agrees to.
    Form(FormView),
}

/// What it is that she joins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// In a sentence or two.
    pub summary: String,
    /// Since when all of it is true.
    pub as_of: String,
    /// The heading over the tiers.
    pub tiers_heading: String,
    /// From the first to the top.
    pub tiers: Vec<TierWords>,
    /// Earning, expiry with its promise, tiers.
    pub sections: Vec<Section>,
    /// Sends `Continue`.
    pub next: String,
}

/// Who she is, and what she agrees to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormView {
    /// What is asked and what not.
    pub lead: String,
    /// `autocomplete="name"`.
    pub name: Field,
    /// `type="date"`, `autocomplete="bday"`.
    pub birthday: DateField,
    /// What the first choice, of saying nothing, is for too.
    pub skin_type: Choices<Option<SkinType>>,
    /// The heading over the consents. The group's id is `consents`.
    pub consents_heading: String,
    /// Each on its own, none of them given beforehand.
    pub consents: Vec<ConsentView>,
    /// Sends `Submit`.
    pub submit: Submit,
    /// Why she is not a member yet.
    pub alert: Option<Alert>,
    /// Sends `Explain`.
    pub explain: String,
}

/// One consent, its text in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ConsentView {
    /// What `Consent` sends.
    pub id: String,
    /// Of the checkbox.
    pub input_id: String,
    /// Of the text, for `aria-describedby`; with that of the error, if there is one.
    pub described_by: String,
    /// Of the text.
    pub text_id: String,
    /// What it is about, with the mark of a required one.
    pub title: String,
    /// All of it.
    pub text: String,
    /// She can't join without.
    pub required: bool,
    /// She said yes.
    pub checked: bool,
    /// What is wrong.
    pub error: Option<String>,
    /// Of the error.
    pub error_id: String,
}

pub(super) fn view(join: &Join, env: &Env) -> View {
    let as_of = |programme: &Programme| Some(programme.as_of);
    View {
        heading: chrome::name(&Route::Join { back: String::new() }, env).to_owned(),
        body: join.programme.body(env, as_of, |programme| match &join.stage {
            Stage::Explaining(_) => Page::Explanation(explanation(programme, join.who == Who::Nobody, env)),
            Stage::Filling { form, sending } => Page::Form(form_view(form, sending, programme, join.alert(env), env)),
        }),
    }
}

fn explanation(programme: &Programme, sign_in_first: bool, env: &Env) -> Explanation {
    let locale = env.locale;
    Explanation {
        summary: programme.summary.clone(),
        as_of: format::as_of(env, programme.as_of),
        tiers_heading: words::tiers(locale).to_owned(),
        tiers: plain::tiers(programme, env),
        sections: vec![plain::earning(programme, env), plain::expiry(programme, env), plain::window(programme, env)],
        next: (if sign_in_first { words::next_sign_in(locale) } else { words::next(locale) }).to_owned(),
    }
}

fn form_view(form: &Form, sending: &Sending, programme: &Programme, alert: Option<Alert>, env: &Env) -> FormView {
    let locale = env.locale;
    let busy = !matches!(sending, Sending::No(_));
    let error = |mistake: &Option<Mistake>| mistake.as_ref().map(|mistake| mistake_words(mistake, env));
    FormView {
        lead: words::lead(locale).to_owned(),
        name: Field::new(NAME, words::name(locale), &form.name)
            .hint(words::name_hint(locale))
            .error(error(&form.name_mistake)),
        birthday: DateField::until_today(
            Field::new(BIRTHDAY, &optional(words::birthday(locale), env), &form.birthday)
                .hint(words::birthday_hint(locale))
                .error(error(&form.birthday_mistake)),
            env,
        ),
        skin_type: skin::choices(&optional(words::skin_type(locale), env), form.skin_type, env),
        consents_heading: words::consents(locale).to_owned(),
        consents: form
            .consents
            .iter()
            .zip(&programme.consents)
            .map(|(answer, consent)| consent_view(answer, &consent.title, &consent.text, env))
            .collect(),
        submit: Submit {
            label: (if busy { words::joining(locale) } else { words::join(locale) }).to_owned(),
            can_submit: !busy,
            busy,
        },
        alert,
        explain: words::explain(locale).to_owned(),
    }
}

fn consent_view(answer: &Answer, title: &str, text: &str, env: &Env) -> ConsentView {
    let with = |suffix: &str| {
        let mut id = String::from("consent-");
        id.push_str(&answer.id);
        id.push_str(suffix);
        id
    };
    let error = answer.mistake.as_ref().map(|mistake| match mistake {
        Mistake::Refused(words) => words.clone(),
        _ => words::consent_missing(env.locale).to_owned(),
    });
    let mut described_by = with("-text");
    if error.is_some() {
        described_by.push(' ');
        described_by.push_str(&with("-error"));
    }
    let mark = if answer.required { common::required(env.locale) } else { words::may_be_left(env.locale) };
    ConsentView {
        id: answer.id.clone(),
        input_id: with(""),
        described_by,
        text_id: with("-text"),
        title: common::marked(env.locale, title, mark),
        text: text.to_owned(),
        required: answer.required,
        checked: answer.granted,
        error,
        error_id: with("-error"),
    }
}

fn mistake_words(mistake: &Mistake, env: &Env) -> String {
    match mistake {
        Mistake::Missing => words::name_missing(env.locale).to_owned(),
        Mistake::TooLong => words::name_too_long(env.locale).to_owned(),
        Mistake::NoBirthday => words::birthday_wrong(env.locale).to_owned(),
        Mistake::Refused(words) => words.clone(),
    }
}

fn optional(label: &str, env: &Env) -> String {
    common::marked(env.locale, label, common::optional(env.locale))
}
