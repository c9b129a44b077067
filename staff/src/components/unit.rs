//! A code that is asked for, a unit's or a pass's: by the camera, by a scanner that types, or typed in.

use leptos::prelude::*;
use screens::staff::unit::UnitView;
use screens::view::{Alert, Field, Submit};
use ui::components::button::other;
use ui::components::field::{Kind, field};
use ui::components::icon::icon;
use ui::components::notice::alert;
use ui::intent::{Act, With};

/// A scanner's frame.
const SCAN: &str = "M4 8.5V6a2 2 0 0 1 2-2h2.5M15.5 4H18a2 2 0 0 1 2 2v2.5M20 15.5V18a2 2 0 0 1-2 2h-2.5M8.5 20H6a2 2 0 0 1-2-2v-2.5M4 12h16";

/// What happens to it.
pub(crate) struct Acts {
    /// Open the camera.
    pub scan: Act,
    /// The input holds this.
    pub typed: With<String>,
    /// What was typed is all.
    pub submit: Act,
}

/// A unit's barcode.
pub(crate) fn unit(view: UnitView, acts: Acts) -> AnyView {
    let UnitView { scan, field: barcode, submit, alert: wrong } = view;
    let digits = Kind { type_: "text", mode: Some("numeric"), fill: Some("off"), ..Kind::default() };
    code(scan, barcode, digits, submit, wrong, acts)
}

/// Camera, input and button. The camera's button is the one under the thumb.
pub(crate) fn code(
    scan: Submit,
    asked: Field,
    kind: Kind,
    submit: Submit,
    wrong: Option<Alert>,
    acts: Acts,
) -> AnyView {
    let Acts { scan: open, typed, submit: send } = acts;
    let entered = send.clone();
    view! {
        {alert(wrong)}
        <form class="typed" novalidate=true on:submit=move |event| { event.prevent_default(); entered(); }>
            {field(asked, kind, typed, None)}
            {other(submit, send)}
        </form>
        <div class="bottom">{camera(scan, open)}</div>
    }
    .into_any()
}

/// The button that opens the camera.
fn camera(button: Submit, open: Act) -> AnyView {
    let Submit { label, can_submit, .. } = button;
    view! {
        <button type="button" class="button" aria-disabled=(!can_submit).then_some("true") on:click=move |_| open()>
            {icon(SCAN)}
            {label}
        </button>
    }
    .into_any()
}
