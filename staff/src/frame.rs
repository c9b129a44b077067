//! What surrounds every page: the way to its contents, the way back, who is signed in, and the tabs.

use leptos::prelude::*;
use screens::chrome::Current;
use screens::staff::chrome::{Event, Icon, Person, Tab, View};
use ui::components::button::other;
use ui::components::field::choices;
use ui::components::icon::{BACK, icon};
use ui::components::notice::alert;
use ui::intent::Intent;

/// Above the page.
pub(crate) fn above(chrome: View, intent: Intent<Event>) -> AnyView {
    let View { brand, skip, back, person: who, alert: wrong, .. } = chrome;
    let mark = match back {
        Some(back) => view! { <a class="back" href=back.path>{icon(BACK)}{back.label}</a> }.into_any(),
        None => view! { <p class="mark">{brand}</p> }.into_any(),
    };
    view! {
        <a class="skip" href="#main">{skip}</a>
        <header>{mark}{who.map(|who| person(who, intent))}</header>
        {alert(wrong)}
    }
    .into_any()
}

fn person(person: Person, intent: Intent<Event>) -> AnyView {
    let Person { name, place, menu, language, theme, sign_out } = person;
    view! {
        <details class="person">
            <summary>
                <span class="unseen">{menu}</span>
                <strong>{name}</strong>
                <span class="faint">{place}</span>
            </summary>
            <div class="panel settings">
                {choices("language", language, intent.with(Event::Language))}
                {choices("theme", theme, intent.with(Event::Theme))}
                {other(sign_out, intent.act(|| Event::SignOut))}
            </div>
        </details>
    }
    .into_any()
}

/// Folds up who is signed in: another page is shown.
#[cfg(feature = "csr")]
pub(crate) fn fold() {
    if let Some(open) = document().query_selector(".person[open]").ok().flatten() {
        let _ = open.remove_attribute("open");
    }
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
        Icon::Today => {
            "m4 6.5 1.5 1.5L8 5.5M4 12.5l1.5 1.5L8 11.5M4 18.5l1.5 1.5L8 17.5M11.5 7H20M11.5 13H20M11.5 19H20"
        }
        Icon::Pickup => {
            "M4 8.5V6a2 2 0 0 1 2-2h2.5M15.5 4H18a2 2 0 0 1 2 2v2.5M20 15.5V18a2 2 0 0 1-2 2h-2.5M8.5 20H6a2 2 0 0 1-2-2v-2.5M8 8.5v7M12 8.5v7M16 8.5v7"
        }
        Icon::Stock => "M4 8 12 4l8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8M8 6l8 4",
        Icon::Hold => {
            "M8.2 4.5 9.8 8.3 7.9 10a12 12 0 0 0 6.1 6.1l1.7-1.9 3.8 1.6v3.2a1.5 1.5 0 0 1-1.6 1.5A15.6 15.6 0 0 1 3.5 6.1 1.5 1.5 0 0 1 5 4.5z"
        }
        Icon::Attention => "M6.5 17V11a5.5 5.5 0 0 1 11 0v6M4.5 17h15M10.2 20a2 2 0 0 0 3.6 0",
    }
}
