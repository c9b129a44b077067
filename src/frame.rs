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
        Icon::Gifts => {
            "M4.5 11.5h15V20h-15zM3.5 7.5h17v4h-17zM12 7.5V20M12 7.5c-1.6-4.4-6.4-4.2-5.4-1.2.4 1.1 2.6 1.2 5.4 1.2zM12 7.5c1.6-4.4 6.4-4.2 5.4-1.2-.4 1.1-2.6 1.2-5.4 1.2z"
        }
        Icon::Reservations => "M4.5 6h15v14h-15zM4.5 10.5h15M8.5 4v4M15.5 4v4M9 15.2l2.1 2.1 4-4.1",
        Icon::Me => "M12 11.7a3.9 3.9 0 1 0 0-7.7 3.9 3.9 0 0 0 0 7.7zM4.5 20.3a7.5 7.5 0 0 1 15 0",
    }
}
