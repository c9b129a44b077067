//! The programme, open to anyone.

use leptos::prelude::*;
use screens::programme::{ClauseView, Contents, Event, View};

use crate::components::body::body;
use crate::components::plain::{sections, tiers};
use crate::components::text::button_link;
use crate::intent::Intent;

/// The programme.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, body: rules, join } = view;
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {body(rules, intent.act(|| Event::Retry), "lpp", contents)}
        {join.map(button_link)}
    }
    .into_any()
}

fn contents(contents: Contents) -> AnyView {
    let Contents { summary, as_of, tiers_heading, tiers: steps, sections: rules, clauses_heading, clauses } = contents;
    let clauses: Vec<_> = clauses.into_iter().map(clause).collect();
    view! {
        <p class="lead">{summary}</p>
        {tiers(tiers_heading, steps)}
        {sections(rules)}
        <section class="panel"><h2>{clauses_heading}</h2>{clauses}</section>
        <p class="faint">{as_of}</p>
    }
    .into_any()
}

/// A rule in full, with its version.
pub(crate) fn clause(clause: ClauseView) -> AnyView {
    let ClauseView { id, title, text, version } = clause;
    view! { <div class="clause" id=id><h3>{title}</h3><p>{text}</p><p class="faint">{version}</p></div> }.into_any()
}
