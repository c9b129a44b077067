//! The card: what the counter scans.

use leptos::prelude::*;
use screens::card::{CodeView, Event, Face, View};

use crate::components::barcode::code;
use crate::components::body::body;
use crate::components::button::plain;
use crate::components::trouble::trouble;
use crate::intent::{Act, Intent};

/// The card.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, body: contents } = view;
    let retry = intent.act(|| Event::Retry);
    let again = retry.clone();
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {body(contents, retry, "c", |shown| face(shown, again, intent.act(|| Event::Copy)))}
    }
    .into_any()
}

fn face(face: Face, retry: Act, copy: Act) -> AnyView {
    let Face { number_label, number, copy: label, code: scanned, hint, as_of } = face;
    let scanned = match scanned {
        CodeView::Valid { barcode, qr, countdown } => view! {
            {code(barcode, "barcode")}
            {code(qr, "qr")}
            <p class="faint">{countdown}</p>
        }
        .into_any(),
        CodeView::Renewing(words) => {
            view! { <div class="qr bone"></div><p class="faint" role="status">{words}</p> }.into_any()
        }
        CodeView::Covered(what) => trouble(what, retry),
    };
    view! {
        <section class="code">
            {scanned}
            <p class="faint">{number_label}</p>
            <p class="digits">{number}</p>
            {plain(label, copy)}
        </section>
        <p class="aside">{hint}</p>
        <p class="faint">{as_of}</p>
    }
    .into_any()
}
