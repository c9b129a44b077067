//! A gift.

use leptos::prelude::*;
use screens::gift::{Already, Event, GiftView, View};
use screens::view::Body;

use crate::components::bar::bar;
use crate::components::body::body;
use crate::components::icon::{NOTICE, icon};
use crate::components::pick::{counters, variants};
use crate::components::text::link;
use crate::intent::Intent;

/// A gift.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, body: gift } = view;
    // Where the picture will be, so that the heading under it stays where it is.
    let hero = matches!(gift, Body::Loading(_)).then(|| view! { <div class="hero bone"></div> });
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {hero}
        {body(gift, intent.act(|| Event::Retry), "lpp", |shown| contents(shown, intent))}
    }
    .into_any()
}

fn contents(gift: GiftView, intent: Intent<Event>) -> AnyView {
    let GiftView { picture, points, have, description, rules, already, variants: which, counters: places, bar: bottom } =
        gift;
    let rules: Vec<_> = rules.into_iter().map(|rule| view! { <p class="faint">{rule}</p> }).collect();
    let already: Vec<_> = already.into_iter().map(one_already).collect();
    view! {
        <img class="hero" src=picture alt="" width="400" height="300"/>
        <div class="told">
            <p class="price"><strong>{points}</strong>" "<span>{have}</span></p>
            <p>{description}</p>
            {rules}
        </div>
        {already}
        {variants(which, intent.with(Event::Variant))}
        {counters(places, intent.with(Event::Counter), intent.act(|| Event::Near))}
        {bar(bottom, intent.act(|| Event::Reserve))}
    }
    .into_any()
}

fn one_already(already: Already) -> impl IntoView {
    let Already { text, link: to } = already;
    view! { <div class="notice" role="status">{icon(NOTICE)}<p>{text}</p>{link(to)}</div> }
}
