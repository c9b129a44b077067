//! Her profile.

use leptos::prelude::*;
use screens::profile::{Event, FieldName, FormView, View};
use screens::view::Row;

use crate::components::body::body;
use crate::components::button::submit;
use crate::components::field::{Kind, area, chips, field};
use crate::components::notice::{alert, saved};
use crate::components::rows::facts;
use crate::intent::Intent;

/// Her profile.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, body: read } = view;
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {body(read, intent.act(|| Event::Retry), "lll", |view| form(view, intent))}
    }
    .into_any()
}

fn form(view: FormView, intent: Intent<Event>) -> AnyView {
    let FormView {
        phone,
        phone_hint,
        name,
        email,
        birthday,
        skin_type,
        home_counter,
        address,
        submit: save,
        saved: done,
        alert: wrong,
        elsewhere,
        ..
    } = view;
    let typed = |field| intent.with(move |text| Event::Typed(field, text));
    let named = Kind { type_: "text", fill: Some("name"), required: true, ..Kind::default() };
    let mail = Kind { type_: "email", mode: Some("email"), fill: Some("email"), ..Kind::default() };
    let born = Kind { type_: "date", fill: Some("bday"), max: birthday.max, ..Kind::default() };
    let elsewhere = (!elsewhere.is_empty()).then(|| facts(elsewhere));
    view! {
        <form novalidate=true on:submit=move |event| { event.prevent_default(); intent.send(Event::Save); }>
            <div>
                {facts(vec![Row { label: phone.label, value: phone.value }])}
                <p class="faint">{phone_hint}</p>
            </div>
            {field(name, named, typed(FieldName::Name), None)}
            {field(email, mail, typed(FieldName::Email), None)}
            {field(birthday.field, born, typed(FieldName::Birthday), None)}
            {chips("skin", skin_type, intent.with(Event::SkinType))}
            {chips("counter", home_counter, intent.with(Event::HomeCounter))}
            {area(address, "street-address", typed(FieldName::Address))}
            {alert(wrong)}
            {elsewhere}
            {submit(save)}
            {saved(done)}
        </form>
    }
    .into_any()
}
