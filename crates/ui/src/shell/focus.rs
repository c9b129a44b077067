//! `Effect::Focus`: puts the focus on an element, once it is drawn.

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

/// Puts the focus on the element with this id, after the next drawing.
pub(super) fn by_id(id: &'static str) {
    after_drawing(move || by_name(id));
}

/// Puts the focus on the element with this id now, if it is there.
pub(super) fn by_name(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        on(element, false);
    }
}

/// Puts the focus on the page's heading, so that a screen reader starts there; the page does not move.
pub(super) fn heading() {
    if let Some(heading) = document().query_selector("main h1").ok().flatten() {
        on(heading, true);
    }
}

/// After what has changed is drawn: drawing is a task that was put in the queue before this one.
pub(super) fn after_drawing(act: impl FnOnce() + 'static) {
    spawn_local(async {
        tick().await;
        act();
    });
}

fn on(element: web_sys::Element, stay: bool) {
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        let options = FocusOptions::new();
        options.set_prevent_scroll(stay);
        let _ = element.focus_with_options(&options);
    }
}
