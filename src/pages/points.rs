//! Points: balances, every date, every entry.

use leptos::prelude::*;
use screens::points::{BalancesView, DateView, EntryView, Event, LedgerView, LotView, Rows, Sign, Timeline, View};

use crate::components::body::body;
use crate::components::button::other;
use crate::components::field::chips;
use crate::components::notice::alert;
use crate::components::rows::{facts, row, rows};
use crate::components::text::{link, stressed};
use crate::components::timeline::timeline;
use crate::intent::{Act, Intent};

/// Points.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, balances: hers, timeline: dated, ledger: book } = view;
    let retry = intent.act(|| Event::Retry);
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {body(hers, retry.clone(), "p", balances)}
        {dated.map(|dated| body(dated, retry.clone(), "p", dates))}
        {book.map(|book| ledger(book, retry, intent))}
    }
    .into_any()
}

fn balances(balances: BalancesView) -> AnyView {
    let BalancesView { available, available_label, others, holds, as_of } = balances;
    view! {
        <section class="panel">
            <p class="figure"><strong>{available}</strong>" "<span>{available_label}</span></p>
            {facts(others)}
            {holds.map(|to| view! { <p>{link(to)}</p> })}
            <p class="faint">{as_of}</p>
        </section>
    }
    .into_any()
}

fn dates(dates: Timeline) -> AnyView {
    let Timeline { heading, as_of, bars, next, promise, dates } = dates;
    let bars = (!bars.is_empty()).then(|| timeline(bars));
    let dates = (!dates.is_empty()).then(|| rows(dates.into_iter().map(date).collect()));
    view! {
        <section class="panel">
            <h2>{heading}</h2>
            {bars}
            <p class="next">{stressed(next)}</p>
            {promise.map(|promise| view! { <p class="faint">{promise}</p> })}
            {dates}
            <p class="faint">{as_of}</p>
        </section>
    }
    .into_any()
}

fn date(date: DateView) -> AnyView {
    let DateView { date, left, points, told, lots } = date;
    let lots = lots.into_iter().flat_map(|LotView { earned, points, held }| {
        // One line a lot: when it was earned, and how many points are left of it.
        [Some(earned + " · " + &points), held]
    });
    row("", date, core::iter::once(told).chain(lots).collect(), points, left)
}

fn ledger(book: LedgerView, retry: Act, intent: Intent<Event>) -> AnyView {
    let LedgerView { heading, filters, body: lines } = book;
    view! {
        <section class="panel">
            <h2>{heading}</h2>
            {chips("kind", filters, intent.with(Event::Filter))}
            {body(lines, retry, "lll", |shown| entries(shown, intent.act(|| Event::More)))}
        </section>
    }
    .into_any()
}

fn entries(shown: Rows, more: Act) -> AnyView {
    let Rows { entries, empty, more: button, alert: wrong } = shown;
    let list = (!entries.is_empty()).then(|| rows(entries.into_iter().map(entry).collect()));
    view! {
        {list}
        {empty.map(|empty| view! { <p>{empty}</p> })}
        {alert(wrong)}
        {button.map(|button| other(button, more))}
    }
    .into_any()
}

fn entry(entry: EntryView) -> AnyView {
    let EntryView { cause, date, points, sign, balance, pending, .. } = entry;
    let class = match (&pending, sign) {
        (Some(_), _) => "pending",
        (None, Sign::In) => "in",
        (None, Sign::Out) => "",
    };
    row(class, cause, vec![Some(date), pending], points, balance)
}
