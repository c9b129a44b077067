//! What stands at the bottom of a page where one thing is done: what a tap does, or why there is nothing to tap.

use leptos::prelude::*;
use screens::gift::Bar;
use screens::view::{Alert, Submit};

use crate::components::notice::alert;
use crate::components::text::link;
use crate::intent::Act;

/// What a tap does, or why there is nothing to tap.
pub(crate) fn bar(bar: Bar, act: Act) -> AnyView {
    let Bar { barred, alert: wrong, terms, way_out, submit } = bar;
    let terms: Vec<_> = terms.into_iter().map(|term| view! { <p>{term}</p> }).collect();
    view! {
        <div class="bar">
            {barred.map(|Alert { title, detail }| view! { <p class="barred"><strong>{title}</strong>{detail}</p> })}
            {alert(wrong)}
            <div class="terms">{terms}</div>
            {submit.map(|submit| button(submit, act))}
            {way_out.map(|to| view! { <p>{link(to)}</p> })}
        </div>
    }
    .into_any()
}

/// The page's one button. Never `disabled`: a tap before the choice is made leads to it.
pub(crate) fn button(submit: Submit, act: Act) -> AnyView {
    let Submit { label, can_submit, busy } = submit;
    view! {
        <button
            class="button"
            type="button"
            aria-disabled=(!can_submit).then_some("true")
            aria-busy=busy.then_some("true")
            on:click=move |_| act()
        >
            {label}
        </button>
    }
    .into_any()
}
