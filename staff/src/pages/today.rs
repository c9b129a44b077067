//! Today's list.

use leptos::prelude::*;
use screens::staff::today::{Event, Filter, Group, Lists, Row, View};
use ui::components::body::body;
use ui::components::field::chips;
use ui::intent::Intent;

use crate::components::summary::{name, summary};

/// Today's list.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, body: contents } = view;
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {body(contents, intent.act(|| Event::Retry), "ppp", |shown| lists(shown, intent))}
    }
    .into_any()
}

fn lists(lists: Lists, intent: Intent<Event>) -> AnyView {
    let Lists { as_of, filter: wanted, groups, empty } = lists;
    let groups: Vec<_> = groups.into_iter().map(group).collect();
    view! {
        {wanted.map(|wanted| filter(wanted, intent))}
        {groups}
        {empty.map(|empty| view! { <p class="empty">{empty}</p> })}
        {as_of.map(|as_of| view! { <p class="faint">{as_of}</p> })}
    }
    .into_any()
}

fn filter(filter: Filter, intent: Intent<Event>) -> AnyView {
    let Filter { city, counter } = filter;
    (chips("city", city, intent.with(Event::City)), chips("counter", counter, intent.with(Event::Counter))).into_any()
}

fn group(group: Group) -> impl IntoView {
    let Group { standing, heading, count, rows } = group;
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    view! {
        <section class="group" data-standing=name(standing)>
            <h2>{heading}" "<span class="count">{count}</span></h2>
            <ul class="cards">{rows}</ul>
        </section>
    }
}

/// A reservation, leading to its page.
pub(super) fn row(row: Row) -> impl IntoView {
    view! { <li><a class="entry" href=row.path>{summary(row.summary)}</a></li> }
}
