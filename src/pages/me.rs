//! Me: who she is, and how the portal is set up on this device.

use leptos::prelude::*;
use screens::me::{Event, Summary, View};
use screens::view::Link;

use crate::components::body::body;
use crate::components::button::other;
use crate::components::field::{choices, switch};
use crate::components::icon::{ON, icon};
use crate::components::notice::alert;
use crate::components::text::button_link;
use crate::intent::Intent;

/// Me.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, summary: who, language, theme, large_text, more, links, sign_out, alert: wrong } = view;
    let links: Vec<_> = links.into_iter().map(onward).collect();
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {body(who, intent.act(|| Event::Retry), "p", summary)}
        <nav class="panel onward" aria-label=more>{links}</nav>
        <section class="panel settings">
            {choices("language", language, intent.with(Event::Language))}
            {choices("theme", theme, intent.with(Event::Theme))}
            {switch(large_text, intent.with(Event::LargeText))}
        </section>
        {alert(wrong)}
        {other(sign_out, intent.act(|| Event::SignOut))}
    }
    .into_any()
}

fn summary(summary: Summary) -> AnyView {
    match summary {
        Summary::Member { name, phone, since, card } => view! {
            <section class="panel who">
                <h2>{name}</h2>
                <p>{phone}</p>
                <p class="faint">{card}</p>
                <p class="faint">{since}</p>
            </section>
        }
        .into_any(),
        Summary::NotEnrolled { phone, text, join } => view! {
            <section class="panel who"><h2>{phone}</h2><p>{text}</p>{button_link(join)}</section>
        }
        .into_any(),
    }
}

fn onward(link: Link) -> impl IntoView {
    view! { <a href=link.path>{link.label}{icon(ON)}</a> }
}
