//! What surrounds every page: the way to its contents, the brand or the way back, and the tabs.

use leptos::prelude::*;
use screens::chrome::{Current, Icon, Tab, View};

use crate::components::icon::{self, icon};

/// Above the page.
pub(crate) fn above(chrome: &View) -> AnyView {
    let mark = match &chrome.back {
        Some(back) => {
            view! { <a class="back" href=back.path.clone()>{icon(icon::BACK)}{back.label.clone()}</a> }.into_any()
        }
        None => view! { <p class="mark">{chrome.brand.clone()}</p> }.into_any(),
    };
    view! {
        <a class="skip" href="#main">{chrome.skip.clone()}</a>
        <header>{mark}</header>
    }
    .into_any()
}

/// Below the page.
pub(crate) fn below(chrome: View) -> AnyView {
    let View { tabs, tabs_label, .. } = chrome;
    (!tabs.is_empty())
        .then(|| {
            let tabs: Vec<_> = tabs.into_iter().map(tab).collect();
            view! { <nav class="tabs" aria-label=tabs_label>{tabs}</nav> }
        })
        .into_any()
}

fn tab(tab: Tab) -> impl IntoView {
    let Tab { icon: picture, label, path, current } = tab;
    let current = match current {
        Current::Page => Some("page"),
        Current::Below => Some("true"),
        Current::No => None,
    };
    view! { <a href=path aria-current=current>{icon(drawing(picture))}{label}</a> }
}

/// A tab's strokes.
const fn drawing(icon: Icon) -> &'static str {
    match icon {
        Icon::Home => "M4 10.7 12 4l8 6.7V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z",
        Icon::Points => {
            "M12 3.5c3.6 4.2 5.8 7.2 5.8 10.3a5.8 5.8 0 0 1-11.6 0c0-3.1 2.2-6.1 5.8-10.3zM9.4 14.2a2.8 2.8 0 0 0 2.8 2.8"
        }
        Icon::Tier => "M7.2 4.5h9.6L20.5 9.3 12 20 3.5 9.3zM3.5 9.3h17M9 9.3 12 20l3-10.7",
        Icon::Me => "M12 11.7a3.9 3.9 0 1 0 0-7.7 3.9 3.9 0 0 0 0 7.7zM4.5 20.3a7.5 7.5 0 0 1 15 0",
    }
}
