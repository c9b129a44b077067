//! The green pass.

use leptos::prelude::*;
use screens::pass::{Ended, Event, Face, PassView, View};
use screens::view::Body;

use crate::components::barcode::code as drawing;
use crate::components::body::body;
use crate::components::field::switch;
use crate::components::text::button_link;
use crate::components::variant::band;
use crate::components::venue::venue;
use crate::intent::Intent;

/// The green pass.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, green, body: face } = view;
    let (good, kept) = match &face {
        Body::Shown { content: Face::Good(pass), .. } => (Some(pass.good.clone()), pass.kept.clone()),
        _ => (None, None),
    };
    let class = if green { "pass" } else { "pass over" };
    view! {
        <div class=class>
            {kept.map(|kept| view! { <p class="kept">{kept}</p> })}
            <h1 tabindex="-1">{heading}</h1>
            {good.map(|good| view! { <p>{good}</p> })}
            {body(face, intent.act(|| Event::Retry), "c", |shown| match shown {
                Face::Good(pass) => ticket(pass, intent),
                Face::Ended(ended) => after(ended),
            })}
        </div>
    }
    .into_any()
}

fn ticket(pass: PassView, intent: Intent<Event>) -> AnyView {
    let PassView { qr, code_label, code, hint, variant, gift, venue: place, check, keep, as_of, .. } = pass;
    view! {
        <section class="ticket">
            <div class="code">
                {drawing(qr, "qr")}
                <p class="spoken"><span class="unseen">{code_label}</span>" "{code}</p>
                <p class="faint">{hint}</p>
            </div>
            {band(variant, Some(gift))}
            {venue(place)}
            <p class="check">{check}</p>
        </section>
        <section class="ticket">{switch(keep, intent.with(Event::Keep))}</section>
        <p class="faint">{as_of}</p>
    }
    .into_any()
}

fn after(ended: Ended) -> AnyView {
    let Ended { text, link } = ended;
    view! { <p class="lead">{text}</p>{button_link(link)} }.into_any()
}
