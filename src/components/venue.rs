//! A counter to go to.

use leptos::prelude::*;
use screens::venue::Venue;

/// Name, address, hours, and the way there.
pub(crate) fn venue(venue: Venue) -> AnyView {
    // Where it is, a browser is told by the way's address.
    let Venue { name, address, hours, way, latitude: _, longitude: _ } = venue;
    view! {
        <div class="venue">
            <div>
                <p><strong>{name}</strong></p>
                <p class="faint">{address}</p>
                <p class="faint">{hours}</p>
            </div>
            <a class="link" href=way.path target="_blank" rel="noreferrer">{way.label}</a>
        </div>
    }
    .into_any()
}
