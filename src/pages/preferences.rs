//! Her preferences: channels, topics, quiet hours.

use leptos::prelude::*;
use screens::preferences::{Event, FormView, Toggle, View};

use crate::components::body::body;
use crate::components::button::submit;
use crate::components::field::{Kind, choices, field, switch};
use crate::components::notice::{alert, saved};
use crate::intent::Intent;

/// Her preferences.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, body: read } = view;
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {body(read, intent.act(|| Event::Retry), "lpp", |view| form(view, intent))}
    }
    .into_any()
}

fn form(view: FormView, intent: Intent<Event>) -> AnyView {
    let FormView {
        lead,
        channels_heading,
        channels,
        topics_heading,
        topics,
        language,
        quiet,
        quiet_hours,
        submit: save,
        saved: done,
        alert: wrong,
        ..
    } = view;
    let time = || Kind { type_: "time", ..Kind::default() };
    let hours = quiet_hours.map(|(from, to)| {
        view! {
            <div class="pair">
                {field(from, time(), intent.with(Event::QuietFrom), None)}
                {field(to, time(), intent.with(Event::QuietTo), None)}
            </div>
        }
    });
    view! {
        <p class="lead">{lead}</p>
        <form novalidate=true on:submit=move |event| { event.prevent_default(); intent.send(Event::Save); }>
            {toggles(channels_heading, channels, intent)}
            {toggles(topics_heading, topics, intent)}
            <div class="panel">{choices("messages", language, intent.with(Event::Language))}</div>
            <div class="panel">
                {switch(quiet, intent.with(Event::Quiet))}
                {hours}
            </div>
            {alert(wrong)}
            {submit(save)}
            {saved(done)}
        </form>
    }
    .into_any()
}

fn toggles(heading: String, toggles: Vec<Toggle>, intent: Intent<Event>) -> AnyView {
    let toggles: Vec<_> = toggles
        .into_iter()
        .map(|Toggle { name, switch: view }| switch(view, intent.with(move |on| Event::Toggle(name, on))))
        .collect();
    view! { <fieldset class="panel settings"><legend>{heading}</legend>{toggles}</fieldset> }.into_any()
}
