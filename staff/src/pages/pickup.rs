//! Pick-up: the pass, then the unit.

use leptos::prelude::*;
use screens::staff::pickup::{Asking, Event, Found, View};
use screens::view::Trouble;
use ui::components::button::{other, submit};
use ui::components::field::Kind;
use ui::components::notice::alert;
use ui::components::text::{button_link, link};
use ui::intent::Intent;

use crate::components::summary::summary;
use crate::components::unit::{Acts, code};
use crate::components::work::work;

/// Pick-up.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    match view {
        View::Nowhere { heading, trouble } => nowhere(heading, trouble),
        View::Asking(view) => asking(view, intent),
        View::Found(view) => found(view, intent),
    }
}

fn nowhere(heading: String, trouble: Trouble) -> AnyView {
    let Trouble { title, detail, way_out, .. } = trouble;
    view! {
        <h1 tabindex="-1">{heading}</h1>
        <section class="panel">
            <h2>{title}</h2>
            <p>{detail}</p>
            {way_out.map(button_link)}
        </section>
    }
    .into_any()
}

fn asking(view: Asking, intent: Intent<Event>) -> AnyView {
    let Asking { heading, lead, scan, field, submit, alert: wrong, ways } = view;
    let letters = Kind { type_: "text", fill: Some("off"), capitals: Some("characters"), ..Kind::default() };
    let acts = Acts {
        scan: intent.act(|| Event::Scan),
        typed: intent.with(Event::Typed),
        submit: intent.act(|| Event::Submit),
    };
    let ways = (!ways.is_empty()).then(|| {
        let ways: Vec<_> = ways.into_iter().map(|way| view! { <li>{way}</li> }).collect();
        view! { <ul class="ways">{ways}</ul> }
    });
    view! {
        <h1 tabindex="-1">{heading}</h1>
        <section class="panel step single">
            <p class="aside">{lead}</p>
            {alert(wrong)}
            {ways}
            {code(scan, field, letters, submit, None, acts)}
        </section>
    }
    .into_any()
}

fn found(view: Found, intent: Intent<Event>) -> AnyView {
    let Found { heading, summary: about, work: at_hand, refusal, done, next, details } = view;
    let onward = intent.act(|| Event::Next);
    // After the end there is one thing to do; before, it is a way out.
    let next = if done {
        view! {
            <form class="last" on:submit=move |event| { event.prevent_default(); onward(); }>
                <div class="bottom">{submit(next)}</div>
            </form>
        }
        .into_any()
    } else {
        other(next, onward)
    };
    view! {
        <h1 tabindex="-1">{heading}</h1>
        <div class="single">
            <section class="panel entry">{summary(about)}</section>
            {alert(refusal)}
            {work(at_hand, &intent.with(Event::Work))}
            {next}
            <p>{link(details)}</p>
        </div>
    }
    .into_any()
}
