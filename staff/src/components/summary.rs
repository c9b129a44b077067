//! A reservation in as few words as tell it from others.

use leptos::prelude::*;
use screens::staff::standing::{HistoryRow, Standing, StandingView, Summary};
use ui::components::variant::variant;

/// What a reservation is about: what, for whom, until when.
pub(crate) fn summary(summary: Summary) -> AnyView {
    let Summary { gift, picture, variant: kind, member, phone, counter, state } = summary;
    view! {
        <img src=picture alt="" loading="lazy"/>
        <div>
            <p class="name">{gift}</p>
            {variant(kind)}
            <p class="faint">{member}" "{phone}</p>
            {counter.map(|counter| view! { <p class="faint">{counter}</p> })}
            {standing(state)}
        </div>
    }
    .into_any()
}

/// How it stands, in words and colour.
pub(crate) fn standing(state: StandingView) -> AnyView {
    let StandingView { label, standing, deadline } = state;
    view! { <p class="standing" data-standing=name(standing)><strong>{label}</strong>" "<span>{deadline}</span></p> }
        .into_any()
}

/// Names its colours.
pub(crate) const fn name(standing: Standing) -> &'static str {
    match standing {
        Standing::Late => "late",
        Standing::ToPutAside => "due",
        Standing::Ready => "ready",
        Standing::Ended => "ended",
    }
}

/// Who did what when.
pub(crate) fn history(heading: String, rows: Vec<HistoryRow>) -> AnyView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|HistoryRow { when, what, note }| {
            view! {
                <li>
                    <p class="faint">{when}</p>
                    <p>{what}{note.map(|note| view! { <small>{note}</small> })}</p>
                </li>
            }
        })
        .collect();
    view! { <section class="panel"><h2>{heading}</h2><ol class="history">{rows}</ol></section> }.into_any()
}
