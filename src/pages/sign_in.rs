//! Signing in.

use leptos::prelude::*;
use screens::sign_in::{Event, Step, View};

use crate::components::button::{other, plain, submit};
use crate::components::field::{Kind, field};
use crate::components::notice::{alert, note};
use crate::components::text::link;
use crate::intent::Intent;

/// Signing in.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, lead, notice, step, programme } = view;
    view! {
        <div class="drop" aria-hidden="true"></div>
        <h1 tabindex="-1">{heading}</h1>
        <p class="lead">{lead}</p>
        {note(notice)}
        <form
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                intent.send(Event::Submit);
            }
        >
            {asked(step, intent)}
        </form>
        <p class="aside">{link(programme)}</p>
    }
    .into_any()
}

fn asked(step: Step, intent: Intent<Event>) -> AnyView {
    match step {
        Step::Phone { field: phone, submit: send, alert: wrong } => {
            let kind = Kind { type_: "tel", mode: Some("tel"), fill: Some("tel"), required: true, ..Kind::default() };
            let left = intent.act(|| Event::PhoneLeft);
            view! {
                {field(phone, kind, intent.with(Event::PhoneTyped), Some(left))}
                {alert(wrong)}
                {submit(send)}
            }
            .into_any()
        }
        Step::Code { sent_to, field: code, submit: check, alert: wrong, resend, change_phone } => {
            let kind = Kind {
                type_: "text",
                mode: Some("numeric"),
                fill: Some("one-time-code"),
                required: true,
                ..Kind::default()
            };
            view! {
                <p class="sent">{sent_to}</p>
                {field(code, kind, intent.with(Event::CodeTyped), None)}
                {alert(wrong)}
                {submit(check)}
                <div class="actions">
                    {other(resend, intent.act(|| Event::Resend))}
                    {plain(change_phone, intent.act(|| Event::ChangePhone))}
                </div>
            }
            .into_any()
        }
    }
}
