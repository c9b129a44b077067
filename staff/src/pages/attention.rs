//! To look at: what is overdue anywhere, and what the record calls an alert.

use leptos::prelude::*;
use screens::staff::attention::{AlertRow, Alerts, Contents, Event, Late, View};
use screens::view::{Body, Trouble};
use ui::components::body::body;
use ui::components::button::other;
use ui::components::text::{button_link, link};
use ui::intent::Intent;

use super::today;

/// To look at.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, contents } = view;
    let contents = match contents {
        Contents::Elsewhere(trouble) => elsewhere(trouble),
        Contents::Here { late_heading, late: overdue, alerts: record } => {
            (late(late_heading, overdue, intent), record.map(|record| alerts(record, intent))).into_any()
        }
    };
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {contents}
    }
    .into_any()
}

fn elsewhere(trouble: Trouble) -> AnyView {
    let Trouble { title, detail, way_out, .. } = trouble;
    view! {
        <section class="panel">
            <h2>{title}</h2>
            <p>{detail}</p>
            {way_out.map(button_link)}
        </section>
    }
    .into_any()
}

fn late(heading: String, late: Body<Late>, intent: Intent<Event>) -> AnyView {
    let contents = body(late, intent.act(|| Event::Retry), "pp", |Late { rows, empty }| {
        let rows: Vec<_> = rows.into_iter().map(today::row).collect();
        view! {
            <ul class="cards">{rows}</ul>
            {empty.map(|empty| view! { <p class="calm">{empty}</p> })}
        }
        .into_any()
    });
    view! { <section class="group" data-standing="late"><h2>{heading}</h2>{contents}</section> }.into_any()
}

fn alerts(alerts: Alerts, intent: Intent<Event>) -> AnyView {
    let Alerts { heading, body: rows, empty, more, more_failed } = alerts;
    let contents = body(rows, intent.act(|| Event::Retry), "pp", |rows| {
        let rows: Vec<_> = rows.into_iter().map(alert).collect();
        view! { <ol class="alerts">{rows}</ol> }.into_any()
    });
    view! {
        <section class="group">
            <h2>{heading}</h2>
            {contents}
            {empty.map(|empty| view! { <p class="calm">{empty}</p> })}
            {more_failed.map(|words| view! { <p class="error" role="alert">{words}</p> })}
            {more.map(|more| other(more, intent.act(|| Event::More)))}
        </section>
    }
    .into_any()
}

fn alert(row: AlertRow) -> impl IntoView {
    let AlertRow { what, when_where_who, detail, link: onward, .. } = row;
    view! {
        <li class="panel">
            <p class="name">{what}</p>
            <p class="faint">{when_where_who}</p>
            {detail.map(|detail| view! { <p class="digits">{detail}</p> })}
            {onward.map(|onward| view! { <p>{link(onward)}</p> })}
        </li>
    }
}
