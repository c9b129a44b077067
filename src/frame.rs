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
        Icon::Home => include_str!("../style/icons/home.path"),
        Icon::Gifts => include_str!("../style/icons/gifts.path"),
        Icon::Reservations => include_str!("../style/icons/reservations.path"),
        Icon::Me => include_str!("../style/icons/me.path"),
    }
}
