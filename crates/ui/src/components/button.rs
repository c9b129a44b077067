//! Buttons.

use leptos::prelude::*;
use screens::view::Submit;

use crate::intent::Act;

/// Submits its form. Never `disabled`, so that it can be found and read; the screen ignores what it can't do.
pub fn submit(submit: Submit) -> AnyView {
    let Submit { label, can_submit, busy } = submit;
    view! {
        <button class="button" type="submit" aria-disabled=off(!can_submit) aria-busy=off(busy)>
            {label}
        </button>
    }
    .into_any()
}

/// Does something else than submit its form.
pub fn other(button: Submit, act: Act) -> AnyView {
    let Submit { label, can_submit, busy } = button;
    view! {
        <button
            class="button quiet"
            type="button"
            aria-disabled=off(!can_submit)
            aria-busy=off(busy)
            on:click=move |_| act()
        >
            {label}
        </button>
    }
    .into_any()
}

/// A quiet button of a few words.
pub fn plain(label: String, act: Act) -> AnyView {
    other(Submit { label, can_submit: true, busy: false }, act)
}

const fn off(is: bool) -> Option<&'static str> {
    if is { Some("true") } else { None }
}
