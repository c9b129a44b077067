//! Another counter.

use leptos::prelude::*;
use screens::relocate::{Contents, Event, View};

use crate::components::bar::bar;
use crate::components::body::body;
use crate::components::pick::counters;
use crate::components::variant::band;
use crate::intent::Intent;

/// Another counter.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, body: places } = view;
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {body(places, intent.act(|| Event::Retry), "lpp", |shown| contents(shown, intent))}
    }
    .into_any()
}

fn contents(contents: Contents, intent: Intent<Event>) -> AnyView {
    let Contents { gift, variant, now, counters: places, bar: bottom } = contents;
    view! {
        {band(variant, Some(gift))}
        {now.map(|now| view! { <p class="lead">{now}</p> })}
        {counters(places, intent.with(Event::Counter), intent.act(|| Event::Near))}
        {bar(bottom, intent.act(|| Event::Move))}
    }
    .into_any()
}
