//! Icons: strokes on a grid of 24.

use leptos::prelude::*;
use screens::chrome;

pub(crate) const CODE: &str =
    "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM17.5 17.5H20V20h-2.5zM20 14v.01M14 20v.01";
pub(crate) const BACK: &str = "m14.5 5.5-6.5 6.5 6.5 6.5";
pub(crate) const ON: &str = "m9.5 5.5 6.5 6.5-6.5 6.5";
pub(crate) const DONE: &str = "m5 12.5 4.5 4.5L19 7.5";
pub(crate) const NOTICE: &str = "M12 8v5M12 16.2v.01M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z";

/// Of a tab.
pub(crate) const fn tab(icon: chrome::Icon) -> &'static str {
    match icon {
        chrome::Icon::Home => "M4 10.7 12 4l8 6.7V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z",
        chrome::Icon::Points => {
            "M12 3.5c3.6 4.2 5.8 7.2 5.8 10.3a5.8 5.8 0 0 1-11.6 0c0-3.1 2.2-6.1 5.8-10.3zM9.4 14.2a2.8 2.8 0 0 0 2.8 2.8"
        }
        chrome::Icon::Tier => "M7.2 4.5h9.6L20.5 9.3 12 20 3.5 9.3zM3.5 9.3h17M9 9.3 12 20l3-10.7",
        chrome::Icon::Me => "M12 11.7a3.9 3.9 0 1 0 0-7.7 3.9 3.9 0 0 0 0 7.7zM4.5 20.3a7.5 7.5 0 0 1 15 0",
    }
}

/// One of the above. Words beside it say what it means, so it is silent.
pub(crate) fn icon(path: &'static str) -> AnyView {
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=path/></svg> }.into_any()
}
