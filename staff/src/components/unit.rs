//! A unit's barcode: by the camera, by a scanner that types, or typed in.

use leptos::prelude::*;
use screens::staff::unit::UnitView;
use screens::view::Submit;
use ui::components::button::other;
use ui::components::field::{Kind, field};
use ui::components::icon::icon;
use ui::components::notice::alert;
use ui::intent::{Act, With};

/// A scanner's frame.
const SCAN: &str = "M4 8.5V6a2 2 0 0 1 2-2h2.5M15.5 4H18a2 2 0 0 1 2 2v2.5M20 15.5V18a2 2 0 0 1-2 2h-2.5M8.5 20H6a2 2 0 0 1-2-2v-2.5M4 12h16";

/// Camera, input and button. The camera's button is the one under the thumb.
pub(crate) fn unit(view: UnitView, open: Act, typed: With<String>, submit: Act) -> AnyView {
    let UnitView { scan, field: barcode, submit: done, alert: wrong } = view;
    let digits = Kind { type_: "text", mode: Some("numeric"), fill: Some("off"), ..Kind::default() };
    let send = submit.clone();
    view! {
        <form class="typed" novalidate=true on:submit=move |event| { event.prevent_default(); send(); }>
            {field(barcode, digits, typed, None)}
            {other(done, submit)}
        </form>
        {alert(wrong)}
        <div class="bottom">{camera(scan, open)}</div>
    }
    .into_any()
}

/// The button that opens the camera.
pub(crate) fn camera(button: Submit, open: Act) -> AnyView {
    let Submit { label, can_submit, .. } = button;
    view! {
        <button type="button" class="button" aria-disabled=(!can_submit).then_some("true") on:click=move |_| open()>
            {icon(SCAN)}
            {label}
        </button>
    }
    .into_any()
}
