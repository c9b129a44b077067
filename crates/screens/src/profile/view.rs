//! The profile in words.

use catalogue::text::{common, join as join_words, profile as words};
use contract::counter::Counter;
use contract::member::SkinType;
use serde::Serialize;

use super::form::{Form, Mistake};
use super::{FieldName, Profile};
use crate::document::{Document, Open, Saving};
use crate::env::Env;
use crate::route::Route;
use crate::view::{Alert, Body, Choice, Choices, DateField, Field, Row, Submit};
use crate::{chrome, skin, trouble};

/// What to draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// The page's heading.
    pub heading: String,
    /// The form.
    pub body: Body<FormView>,
}

/// The form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormView {
    /// Her number, and that it is not changed here.
    pub phone: Row,
    /// Why the number is not an input.
    pub phone_hint: String,
    /// `autocomplete="name"`.
    pub name: Field,
    /// `type="email"`, `autocomplete="email"`.
    pub email: Field,
    /// `type="date"`, `autocomplete="bday"`.
    pub birthday: DateField,
    /// Her skin type.
    pub skin_type: Choices<Option<SkinType>>,
    /// Her counter; only the present one while the counters are not there.
    pub home_counter: Choices<Option<String>>,
    /// `autocomplete="street-address"`; several lines.
    pub address: Field,
    /// Sends `Save`.
    pub submit: Submit,
    /// She has changes that are not saved: leaving the page asks first.
    pub dirty: bool,
    /// It is saved; stands beside the button until she goes on editing.
    pub saved: Option<String>,
    /// Why it is not saved, or that it changed elsewhere.
    pub alert: Option<Alert>,
    /// What it says elsewhere now, for each field that she changed too.
    pub elsewhere: Vec<Row>,
}

pub(super) fn view(profile: &Profile, env: &Env) -> View {
    let body = match &profile.document {
        Document::Reading => Body::Loading(trouble::loading(env)),
        Document::Unread(failure) => Body::Trouble(trouble::trouble(failure, env)),
        Document::Open(open) => {
            Body::Shown { content: form(open, &profile.mistakes, profile.counters.as_deref(), env), banner: None }
        }
    };
    View { heading: chrome::name(&Route::Profile, env).to_owned(), body }
}

fn form(open: &Open<Form>, mistakes: &[Mistake], counters: Option<&[Counter]>, env: &Env) -> FormView {
    let locale = env.locale;
    let field = |name: FieldName| {
        let mistake = mistakes.iter().find(|mistake| mistake.field() == name);
        let refused = open.failure().and_then(|failure| failure.of_field(name.id()));
        let error = mistake.map(|mistake| mistake_words(*mistake, env)).or(refused);
        Field::new(name.id(), &label(name, env), open.draft.get(name)).error(error.map(str::to_owned))
    };
    FormView {
        phone: Row { label: words::phone(locale).to_owned(), value: open.draft.phone.clone() },
        phone_hint: words::phone_hint(locale).to_owned(),
        name: field(FieldName::Name),
        email: field(FieldName::Email),
        birthday: DateField::until_today(field(FieldName::Birthday), env),
        skin_type: skin::choices(&optional(join_words::skin_type(locale), env), open.draft.skin_type, env),
        home_counter: home_counter(open.draft.home_counter.as_deref(), counters, env),
        address: field(FieldName::Address),
        submit: Submit {
            label: (if open.is_busy() { common::saving(locale) } else { common::save(locale) }).to_owned(),
            can_submit: open.can_save(),
            busy: open.is_busy(),
        },
        dirty: open.is_dirty(),
        saved: matches!(open.saving, Saving::Done).then(|| trouble::saved(env)),
        alert: alert(open, mistakes, env),
        elsewhere: elsewhere(open, counters, env),
    }
}

fn alert(open: &Open<Form>, mistakes: &[Mistake], env: &Env) -> Option<Alert> {
    match &open.saving {
        Saving::Conflict { .. } => Some(trouble::changed_elsewhere(env)),
        Saving::Failed(failure) if mistakes.is_empty() => Some(trouble::alert(failure, env)),
        _ => None,
    }
}

/// Both sides of each conflict stay in sight: hers in the input, the other one here.
fn elsewhere(open: &Open<Form>, counters: Option<&[Counter]>, env: &Env) -> Vec<Row> {
    let Saving::Conflict { before } = &open.saving else { return Vec::new() };
    let mut rows = Vec::new();
    let mut push = |label: String, before: &str, theirs: &str, mine: &str| {
        if before != theirs && theirs != mine {
            let value = if theirs.is_empty() { words::empty(env.locale) } else { theirs };
            rows.push(Row { label, value: value.to_owned() });
        }
    };
    for name in [FieldName::Name, FieldName::Email, FieldName::Birthday, FieldName::Address] {
        push(label(name, env), before.get(name), open.base.get(name), open.draft.get(name));
    }
    let skin_type = |form: &Form| skin::name(form.skin_type, env);
    push(
        optional(join_words::skin_type(env.locale), env),
        skin_type(before),
        skin_type(&open.base),
        skin_type(&open.draft),
    );
    let counter = |form: &Form| counter_name(form.home_counter.as_deref(), counters, env);
    push(optional(words::home_counter(env.locale), env), &counter(before), &counter(&open.base), &counter(&open.draft));
    rows
}

fn label(name: FieldName, env: &Env) -> String {
    let locale = env.locale;
    match name {
        FieldName::Name => join_words::name(locale).to_owned(),
        FieldName::Email => optional(words::email(locale), env),
        FieldName::Birthday => optional(join_words::birthday(locale), env),
        FieldName::Address => optional(words::address(locale), env),
    }
}

fn optional(label: &str, env: &Env) -> String {
    common::marked(env.locale, label, common::optional(env.locale))
}

fn home_counter(chosen: Option<&str>, counters: Option<&[Counter]>, env: &Env) -> Choices<Option<String>> {
    let mut choices =
        vec![Choice { label: words::no_counter(env.locale).to_owned(), value: None, chosen: chosen.is_none() }];
    for counter in counters.unwrap_or_default() {
        choices.push(Choice {
            label: counter_label(counter, env),
            value: Some(counter.id.clone()),
            chosen: chosen == Some(counter.id.as_str()),
        });
    }
    // A counter that is not in the list (closed, or the list did not come) is still hers until she says otherwise.
    if let Some(id) = chosen
        && !choices.iter().any(|choice| choice.chosen)
    {
        choices.push(Choice {
            label: words::present_counter(env.locale).to_owned(),
            value: Some(id.to_owned()),
            chosen: true,
        });
    }
    Choices { label: optional(words::home_counter(env.locale), env), choices }
}

fn counter_label(counter: &Counter, env: &Env) -> String {
    words::counter(env.locale, &counter.city, &counter.name)
}

fn counter_name(id: Option<&str>, counters: Option<&[Counter]>, env: &Env) -> String {
    let Some(id) = id else { return words::no_counter(env.locale).to_owned() };
    match counters.unwrap_or_default().iter().find(|counter| counter.id == id) {
        Some(counter) => counter_label(counter, env),
        None => words::present_counter(env.locale).to_owned(),
    }
}

fn mistake_words(mistake: Mistake, env: &Env) -> &'static str {
    let locale = env.locale;
    match mistake {
        Mistake::NameMissing => join_words::name_missing(locale),
        Mistake::NameTooLong => join_words::name_too_long(locale),
        Mistake::NoEmail => words::email_wrong(locale),
        Mistake::NoBirthday => join_words::birthday_wrong(locale),
        Mistake::AddressTooLong => words::address_too_long(locale),
    }
}
