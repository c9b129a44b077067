//! An error in place of contents, with a way out.

use leptos::prelude::*;
use screens::view::Trouble;

use crate::components::button::plain;
use crate::components::text::button_link;
use crate::intent::Act;

/// An error in place of contents, with a way out.
pub fn trouble(trouble: Trouble, retry: Act) -> AnyView {
    let Trouble { title, detail, retry: label, way_out } = trouble;
    view! {
        <section class="panel trouble" role="alert">
            <h2>{title}</h2>
            <p>{detail}</p>
            <div class="actions">
                {label.map(|label| plain(label, retry))}
                {way_out.map(button_link)}
            </div>
        </section>
    }
    .into_any()
}
