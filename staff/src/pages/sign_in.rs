//! Signing in.

use leptos::prelude::*;
use screens::staff::sign_in::{Event, View};
use ui::components::button::submit;
use ui::components::field::{Kind, choices, field};
use ui::components::notice::{alert, note};
use ui::intent::Intent;

/// Signing in.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, lead, notice, user, password, totp, alert: wrong, submit: enter, language } = view;
    let name =
        Kind { type_: "text", fill: Some("username"), capitals: Some("none"), required: true, ..Kind::default() };
    let secret = Kind { type_: "password", fill: Some("current-password"), required: true, ..Kind::default() };
    let digits =
        Kind { type_: "text", mode: Some("numeric"), fill: Some("one-time-code"), required: true, ..Kind::default() };
    view! {
        <h1 tabindex="-1">{heading}</h1>
        <p class="lead">{lead}</p>
        {note(notice)}
        <form novalidate=true on:submit=move |event| { event.prevent_default(); intent.send(Event::Submit); }>
            {field(user, name, intent.with(Event::UserTyped), None)}
            {field(password, secret, intent.with(Event::PasswordTyped), None)}
            {field(totp, digits, intent.with(Event::TotpTyped), None)}
            {alert(wrong)}
            {submit(enter)}
        </form>
        {choices("language", language, intent.with(Event::Language))}
    }
    .into_any()
}
