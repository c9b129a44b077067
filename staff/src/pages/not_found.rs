//! An address that leads nowhere.

use leptos::prelude::*;
use screens::not_found::View;
use ui::components::text::button_link;

/// Says so, and leads on.
pub(crate) fn draw(view: View) -> AnyView {
    let View { heading, text, links } = view;
    let links: Vec<_> = links.into_iter().map(button_link).collect();
    view! {
        <h1 tabindex="-1">{heading}</h1>
        <p class="lead">{text}</p>
        <div class="actions">{links}</div>
    }
    .into_any()
}
