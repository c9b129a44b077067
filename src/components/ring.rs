//! The tier's ring.

use leptos::prelude::*;
use screens::view::Ring;

/// The tier's ring, from twelve o'clock.
pub(crate) fn ring(ring: Ring) -> AnyView {
    let Ring { percent, dash, text, label } = ring;
    // A round end would show a dot of something where there is nothing.
    let arc = (percent > 0).then(|| {
        view! { <circle class="arc" cx="40" cy="40" r="35" pathLength="100" stroke-dasharray=dash transform="rotate(-90 40 40)"/> }
    });
    view! {
        <svg class="ring" viewBox="0 0 80 80" role="img" aria-label=label>
            <circle cx="40" cy="40" r="35"/>
            {arc}
            <text x="40" y="45.5">{text}</text>
        </svg>
    }
    .into_any()
}
