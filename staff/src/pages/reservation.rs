//! One reservation: putting its unit aside, and what became of it.

use leptos::prelude::*;
use screens::staff::reservation::{Contents, Event, View};
use ui::components::body::body;
use ui::components::text::button_link;
use ui::intent::Intent;

use crate::components::summary::{history, summary};
use crate::components::work::work;

/// One reservation.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, body: contents } = view;
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {body(contents, intent.act(|| Event::Retry), "pp", |shown| reservation(shown, intent))}
    }
    .into_any()
}

fn reservation(contents: Contents, intent: Intent<Event>) -> AnyView {
    let Contents { summary: about, work: at_hand, pickup, made, history_heading, history: rows, as_of } = contents;
    view! {
        <div class="halves">
            <div class="half">
                <section class="panel entry">{summary(about)}</section>
                {work(at_hand, &intent.with(Event::Work))}
                {pickup.map(button_link)}
            </div>
            <div class="half">
                {history(history_heading, rows)}
                <p class="faint">{made}</p>
                <p class="faint">{as_of}</p>
            </div>
        </div>
    }
    .into_any()
}
