//! Lists of rows: what it is on the left, how much on the right.

use leptos::prelude::*;
use screens::view::Row;

/// A row: what it is, what else there is to say, and how much.
pub fn row(
    class: &'static str,
    what: String,
    notes: Vec<Option<String>>,
    much: String,
    beside: Option<String>,
) -> AnyView {
    let notes: Vec<_> = notes.into_iter().flatten().map(|note| view! { <small>{note}</small> }).collect();
    view! {
        <li class=class>
            <div><p>{what}</p>{notes}</div>
            <div><p>{much}</p>{beside.map(|beside| view! { <small>{beside}</small> })}</div>
        </li>
    }
    .into_any()
}

/// Rows, one below the other.
pub fn rows(rows: Vec<AnyView>) -> AnyView {
    view! { <ol class="rows">{rows}</ol> }.into_any()
}

/// Names and values.
pub fn facts(facts: Vec<Row>) -> AnyView {
    let facts: Vec<_> =
        facts.into_iter().map(|Row { label, value }| view! { <div><dt>{label}</dt><dd>{value}</dd></div> }).collect();
    view! { <dl class="facts">{facts}</dl> }.into_any()
}
