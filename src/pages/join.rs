//! Joining: what the programme is, then the form.

use leptos::prelude::*;
use screens::join::{ConsentView, Event, Explanation, FormView, Page, View};

use crate::components::body::body;
use crate::components::button::{plain, submit};
use crate::components::field::{Kind, chips, field};
use crate::components::notice::alert;
use crate::components::plain::{sections, tiers};
use crate::intent::Intent;

/// Joining.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, body: page } = view;
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {body(page, intent.act(|| Event::Retry), "lpp", |page| match page {
            Page::Explanation(words) => explanation(words, intent),
            Page::Form(view) => form(view, intent),
        })}
    }
    .into_any()
}

fn explanation(words: Explanation, intent: Intent<Event>) -> AnyView {
    let Explanation { summary, as_of, tiers_heading, tiers: steps, sections: rules, next } = words;
    view! {
        <p class="lead">{summary}</p>
        {tiers(tiers_heading, steps)}
        {sections(rules)}
        <p class="faint">{as_of}</p>
        <button class="button" type="button" on:click=move |_| intent.send(Event::Continue)>{next}</button>
    }
    .into_any()
}

fn form(view: FormView, intent: Intent<Event>) -> AnyView {
    let FormView { lead, name, birthday, skin_type, consents_heading, consents, submit: join, alert: wrong, explain } =
        view;
    let named = Kind { type_: "text", fill: Some("name"), required: true, ..Kind::default() };
    let born = Kind { type_: "date", fill: Some("bday"), max: birthday.max, ..Kind::default() };
    let consents: Vec<_> = consents.into_iter().map(|asked| consent(asked, intent)).collect();
    view! {
        <p class="lead">{lead}</p>
        <form novalidate=true on:submit=move |event| { event.prevent_default(); intent.send(Event::Submit); }>
            {field(name, named, intent.with(Event::NameTyped), None)}
            {field(birthday.field, born, intent.with(Event::BirthdayTyped), None)}
            {chips("skin", skin_type, intent.with(Event::SkinType))}
            <fieldset id="consents" class="consents" tabindex="-1"><legend>{consents_heading}</legend>{consents}</fieldset>
            {alert(wrong)}
            {submit(join)}
        </form>
        {plain(explain, intent.act(|| Event::Explain))}
    }
    .into_any()
}

fn consent(consent: ConsentView, intent: Intent<Event>) -> impl IntoView {
    let ConsentView { id, input_id, described_by, text_id, title, text, required, checked, error, error_id } = consent;
    view! {
        <div class="consent">
            <input
                type="checkbox"
                id=input_id.clone()
                aria-describedby=described_by
                aria-required=required.then_some("true")
                aria-invalid=error.is_some().then_some("true")
                checked=checked
                prop:checked=checked
                on:change=move |event| intent.send(Event::Consent(id.clone(), event_target_checked(&event)))
            />
            <label for=input_id>{title}</label>
            <p class="faint" id=text_id>{text}</p>
            {error.map(|error| view! { <p class="error" id=error_id role="alert">{error}</p> })}
        </div>
    }
}
