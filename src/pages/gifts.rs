//! Gifts.

use leptos::prelude::*;
use screens::gifts::{Absence, Contents, Dot, Event, FilterView, GiftCard, PlaceChoice, PlaceGroup, View};
use screens::view::Switch;

use crate::components::body::body;
use crate::components::button::plain;
use crate::components::text::{button_link, link};
use crate::components::variant::dot;
use crate::intent::{Intent, With};

/// Gifts.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    // A browser reads no codes for her: there is no button that opens a camera, and nothing to say of one.
    let View { heading, scan: _, alert: _, filter: narrowed, body: gifts } = view;
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {narrowed.map(|narrowed| filter(narrowed, intent))}
        {body(gifts, intent.act(|| Event::Retry), "pp", |shown| contents(shown, intent))}
    }
    .into_any()
}

fn filter(filter: FilterView, intent: Intent<Event>) -> AnyView {
    // A browser's list shows its groups.
    let FilterView { label, for_skin, enough, tell_skin, place_label, places, row: _ } = filter;
    let for_skin = for_skin.map(|switch| chip(switch, intent.with(Event::ForSkin)));
    let places = (!places.is_empty()).then(|| {
        let groups: Vec<_> = places.into_iter().map(place_group).collect();
        view! {
            <label>
                <span class="unseen">{place_label}</span>
                <select id="place" on:change=move |event| intent.send(Event::At(event_target_value(&event)))>{groups}</select>
            </label>
        }
    });
    view! {
        <fieldset class="choices chips">
            <legend class="unseen">{label}</legend>
            <div>{for_skin}{chip(enough, intent.with(Event::Enough))}{places}</div>
        </fieldset>
        {tell_skin.map(|to| view! { <p>{link(to)}</p> })}
    }
    .into_any()
}

fn chip(switch: Switch, set: With<bool>) -> AnyView {
    let Switch { id, label, on, .. } = switch;
    view! {
        <label>
            <input
                type="checkbox"
                id=id
                checked=on
                prop:checked=on
                on:change=move |event| set(event_target_checked(&event))
            />
            <span>{label}</span>
        </label>
    }
    .into_any()
}

fn place_group(group: PlaceGroup) -> AnyView {
    let options: Vec<_> = group
        .choices
        .into_iter()
        .map(|PlaceChoice { label, value, chosen }| view! { <option value=value selected=chosen>{label}</option> })
        .collect();
    match group.heading {
        Some(city) => view! { <optgroup label=city>{options}</optgroup> }.into_any(),
        None => options.into_any(),
    }
}

fn contents(contents: Contents, intent: Intent<Event>) -> AnyView {
    let Contents { have, stock, gifts, none } = contents;
    let gifts = (!gifts.is_empty()).then(|| {
        let gifts: Vec<_> = gifts.into_iter().map(card).collect();
        view! { <ul class="gifts">{gifts}</ul> }
    });
    view! {
        <div class="told">
            {have.map(|have| view! { <p>{have}</p> })}
            {stock.map(|stock| view! { <p class="faint">{stock}</p> })}
        </div>
        {none.map(|none| absence(none, intent))}
        {gifts}
    }
    .into_any()
}

fn absence(none: Absence, intent: Intent<Event>) -> AnyView {
    let Absence { heading, text, show_all, link: to } = none;
    view! {
        <section class="panel trouble" role="status">
            <h2>{heading}</h2>
            <p>{text}</p>
            <div class="actions">
                {show_all.map(|label| plain(label, intent.act(|| Event::All)))}
                {to.map(button_link)}
            </div>
        </section>
    }
    .into_any()
}

fn card(gift: GiftCard) -> impl IntoView {
    let GiftCard { path, picture, name, points, dots, hers, stock, in_stock, notes } = gift;
    let dots: Vec<_> =
        dots.into_iter().map(|Dot { colour, label }| view! { <span>{dot(colour)}{label}</span> }).collect();
    let notes: Vec<_> = notes.into_iter().map(|note| view! { <small>{note}</small> }).collect();
    view! {
        <li class=if in_stock { "" } else { "gone" }>
            <a href=path>
                <img src=picture alt="" width="400" height="300" loading="lazy"/>
                <h2>{name}</h2>
                <p class="cost">{points}</p>
                <p class="dots">{dots}</p>
                {hers.map(|hers| view! { <em>{hers}</em> })}
                <small>{stock}</small>
                {notes}
            </a>
        </li>
    }
}
