//! What the counter scans.

use leptos::prelude::*;
use screens::card::Drawing;

/// A drawing of dark modules; `class` says whether it may be stretched.
pub(crate) fn code(drawing: Option<Drawing>, class: &'static str) -> AnyView {
    let stretch = (class == "barcode").then_some("none");
    drawing
        .map(|Drawing { view_box, path, label }| {
            view! {
                <svg class=class viewBox=view_box preserveAspectRatio=stretch role="img" aria-label=label>
                    <path d=path/>
                </svg>
            }
        })
        .into_any()
}
