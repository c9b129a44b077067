//! The tier, explained.

use leptos::prelude::*;
use screens::tier::{Contents, Event, HistoryRow, Trace, TraceRow, View, WhatIfRow};

use crate::components::body::body;
use crate::components::plain::swatch;
use crate::components::ring::ring;
use crate::components::rows::{row, rows};
use crate::components::text::{link, stressed};
use crate::intent::Intent;
use crate::pages::programme::clause;

/// The tier.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, body: explained } = view;
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {body(explained, intent.act(|| Event::Retry), "cpp", contents)}
    }
    .into_any()
}

fn contents(contents: Contents) -> AnyView {
    let Contents {
        name,
        material,
        valid,
        as_of,
        standing,
        keep,
        what_if_heading,
        what_if,
        trace: counted,
        clause_heading,
        clause: rule,
        history_heading,
        history,
        programme,
    } = contents;
    let what_if = (!what_if.is_empty()).then(|| {
        let what_if: Vec<_> = what_if.into_iter().map(would).collect();
        view! { <section class="panel"><h2>{what_if_heading}</h2><ul class="tiers">{what_if}</ul></section> }
    });
    let history = (!history.is_empty()).then(|| {
        let history: Vec<_> = history.into_iter().map(change).collect();
        view! { <section class="panel"><h2>{history_heading}</h2><ol class="tiers">{history}</ol></section> }
    });
    view! {
        <section class="card low" data-tier=material>
            <h2>{name}</h2>
            <p class="number">{stressed(valid)}</p>
        </section>
        <section class="panel standing">
            {ring(standing.ring)}
            <div>
                <p>{stressed(standing.what)}</p>
                {standing.then.map(|then| view! { <p>{then}</p> })}
                <p class="faint">{as_of}</p>
            </div>
            {keep.map(|keep| view! { <p class="keep">{stressed(keep)}</p> })}
        </section>
        {what_if}
        {trace(counted)}
        <section class="panel">
            <h2>{clause_heading}</h2>
            {clause(rule)}
            <p>{link(programme)}</p>
        </section>
        {history}
    }
    .into_any()
}

fn would(row: WhatIfRow) -> impl IntoView {
    let WhatIfRow { what, then, material } = row;
    view! { <li>{swatch(material)}<div><p>{stressed(what)}</p><p class="faint">{then}</p></div></li> }
}

fn trace(trace: Trace) -> AnyView {
    let Trace { heading, window, rows: counted, empty, sum_label, sum } = trace;
    let list = (!counted.is_empty()).then(|| {
        let sum = row("sum", sum_label, Vec::new(), sum, None);
        rows(counted.into_iter().map(purchase).chain([sum]).collect())
    });
    view! {
        <section class="panel">
            <h2>{heading}</h2>
            <p class="faint">{window}</p>
            {empty.map(|empty| view! { <p>{empty}</p> })}
            {list}
        </section>
    }
    .into_any()
}

fn purchase(purchase: TraceRow) -> AnyView {
    let TraceRow { date, receipt, counted, reduced, until, .. } = purchase;
    row("", date, vec![Some(receipt), Some(until), reduced], counted, None)
}

fn change(row: HistoryRow) -> impl IntoView {
    let HistoryRow { date, what, spent, material } = row;
    view! {
        <li>
            {swatch(material)}
            <div><p>{what}</p><p class="faint">{date}</p>{spent.map(|spent| view! { <p class="faint">{spent}</p> })}</div>
        </li>
    }
}
