//! Her reservations.

use leptos::prelude::*;
use screens::reservations::{Card, Contents, Event, Group, Nothing, View};

use crate::components::body::body;
use crate::components::button::other;
use crate::components::notice::alert;
use crate::components::text::button_link;
use crate::components::tone::{self, sign};
use crate::intent::Intent;

/// Her reservations.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, body: list } = view;
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {body(list, intent.act(|| Event::Retry), "pp", |shown| contents(shown, intent))}
    }
    .into_any()
}

fn contents(contents: Contents, intent: Intent<Event>) -> AnyView {
    let Contents { none, groups, more, alert: wrong } = contents;
    let groups: Vec<_> = groups.into_iter().map(group).collect();
    view! {
        {none.map(nothing)}
        {groups}
        {alert(wrong)}
        {more.map(|button| other(button, intent.act(|| Event::More)))}
    }
    .into_any()
}

fn nothing(none: Nothing) -> AnyView {
    let Nothing { heading, text, link } = none;
    view! {
        <section class="panel trouble">
            <h2>{heading}</h2>
            <p>{text}</p>
            <div class="actions">{button_link(link)}</div>
        </section>
    }
    .into_any()
}

fn group(group: Group) -> impl IntoView {
    let Group { heading, cards } = group;
    let cards: Vec<_> = cards.into_iter().map(card).collect();
    view! { <section class="stack"><h2>{heading}</h2><ul class="stack">{cards}</ul></section> }
}

fn card(card: Card) -> impl IntoView {
    let Card { path, picture, name, state, tone, counter, when } = card;
    view! {
        <li>
            <a class="standing-card" data-tone=tone::name(tone) href=path>
                <img src=picture alt="" width="400" height="300" loading="lazy"/>
                <div>
                    <p class="state">{sign(tone)}<strong>{state}</strong></p>
                    <p>{name}</p>
                    <p class="faint">{counter}</p>
                    <p class="faint">{when}</p>
                </div>
            </a>
        </li>
    }
}
