//! Fields of forms.

use leptos::prelude::*;
use screens::view::{Choices, Field, Note, Switch};

use crate::intent::{Act, With};

/// What an input is for, as HTML says it.
#[derive(Default)]
pub struct Kind {
    /// `type`; `text` if empty.
    pub type_: &'static str,
    /// `inputmode`.
    pub mode: Option<&'static str>,
    /// `autocomplete`.
    pub fill: Option<&'static str>,
    /// `autocapitalize`; `none` for what is no sentence.
    pub capitals: Option<&'static str>,
    /// `max`; empty for none.
    pub max: String,
    /// It is no choice to leave it empty.
    pub required: bool,
}

/// A field with its label, how to fill it in, and what is wrong with it.
pub fn field(field: Field, kind: Kind, typed: With<String>, left: Option<Act>) -> AnyView {
    let Field { id, label, value, hint, error, described_by } = field;
    let wrong = error.is_some().then_some("true");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                name=id
                type=kind.type_
                inputmode=kind.mode
                autocomplete=kind.fill
                autocapitalize=kind.capitals
                max=(!kind.max.is_empty()).then_some(kind.max)
                aria-required=kind.required.then_some("true")
                aria-describedby=described_by
                aria-invalid=wrong
                value=on_paper(&value)
                prop:value=value
                on:input=move |event| typed(event_target_value(&event))
                on:blur=move |_| if let Some(left) = &left { left() }
            />
            {notes(error, hint)}
        </div>
    }
    .into_any()
}

/// A field of several lines.
pub fn area(field: Field, fill: &'static str, typed: With<String>) -> AnyView {
    let Field { id, label, value, hint, error, described_by } = field;
    let wrong = error.is_some().then_some("true");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <textarea
                id=id
                name=id
                rows="3"
                autocomplete=fill
                aria-describedby=described_by
                aria-invalid=wrong
                prop:value=value.clone()
                on:input=move |event| typed(event_target_value(&event))
            >
                {on_paper(&value)}
            </textarea>
            {notes(error, hint)}
        </div>
    }
    .into_any()
}

/// What an input holds where there is no program to put it in.
fn on_paper(value: &str) -> Option<String> {
    cfg!(feature = "ssr").then(|| value.to_owned())
}

fn notes(error: Option<Note>, hint: Option<Note>) -> AnyView {
    let error = error.map(|note| view! { <p class="error" id=note.id role="alert">{note.text}</p> });
    let hint = hint.map(|note| view! { <p class="faint" id=note.id>{note.text}</p> });
    (error, hint).into_any()
}

/// Exactly one of a few with short names, side by side.
pub fn choices<Value: Clone + 'static>(group: &'static str, choices: Choices<Value>, choose: With<Value>) -> AnyView {
    one_of("choices", group, choices, choose)
}

/// Exactly one of many, or with long names: each as wide as its words.
pub fn chips<Value: Clone + 'static>(group: &'static str, choices: Choices<Value>, choose: With<Value>) -> AnyView {
    one_of("choices chips", group, choices, choose)
}

fn one_of<Value: Clone + 'static>(
    class: &'static str,
    group: &'static str,
    choices: Choices<Value>,
    choose: With<Value>,
) -> AnyView {
    let Choices { label, choices } = choices;
    let options: Vec<_> = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let choose = choose.clone();
            let act: Act = std::rc::Rc::new(move || choose(choice.value.clone()));
            option(group, index, choice.label, choice.chosen, act)
        })
        .collect();
    view! { <fieldset class=class><legend>{label}</legend><div>{options}</div></fieldset> }.into_any()
}

fn option(group: &'static str, index: usize, label: String, chosen: bool, act: Act) -> AnyView {
    let mut id = String::from(group);
    id.push('-');
    id.push(char::from(b'a' + u8::try_from(index).unwrap_or_default()));
    view! {
        <label>
            <input type="radio" id=id name=group checked=chosen prop:checked=chosen on:change=move |_| act()/>
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// On or off.
pub fn switch(switch: Switch, set: With<bool>) -> AnyView {
    let Switch { id, label, hint, on } = switch;
    let hint_id = hint.is_some().then(|| id.clone() + "-hint");
    let described_by = hint_id.clone();
    view! {
        <div class="switch">
            <label for=id.clone()>
                {label}
                {hint.map(|hint| view! { <span class="faint" id=hint_id>{hint}</span> })}
            </label>
            <input
                type="checkbox"
                role="switch"
                id=id
                aria-describedby=described_by
                checked=on
                prop:checked=on
                on:change=move |event| set(event_target_checked(&event))
            />
        </div>
    }
    .into_any()
}
