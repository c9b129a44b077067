//! What a counter has, counted and received.

use leptos::prelude::*;
use screens::staff::stock::{City, Contents, EditView, Event, Figure, GiftStock, LineView, Shelf, View};
use screens::staff::work::TOLD;
use screens::view::Alert;
use ui::components::body::body;
use ui::components::button::{plain, submit};
use ui::components::field::{Kind, chips, field};
use ui::components::icon::{DONE, icon};
use ui::components::notice::alert;
use ui::components::text::{button_link, link};
use ui::components::variant::variant;
use ui::intent::Intent;

const FEWER: &str = "M5 12h14";
const MORE: &str = "M5 12h14M12 5v14";

/// What a counter has.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, body: contents } = view;
    view! {
        <h1 tabindex="-1">{heading}</h1>
        {body(contents, intent.act(|| Event::Retry), "ppp", |shown| match shown {
            Contents::Choose { lead, cities: all } => choose(lead, all),
            Contents::Shelf(all) => shelf(all, intent),
        })}
    }
    .into_any()
}

fn choose(lead: String, cities: Vec<City>) -> AnyView {
    let cities: Vec<_> = cities
        .into_iter()
        .map(|City { name, counters }| {
            let counters: Vec<_> = counters.into_iter().map(button_link).collect();
            view! { <section class="panel"><h2>{name}</h2><div class="actions">{counters}</div></section> }
        })
        .collect();
    view! {
        <p class="lead">{lead}</p>
        <div class="cards">{cities}</div>
    }
    .into_any()
}

fn shelf(shelf: Shelf, intent: Intent<Event>) -> AnyView {
    let Shelf { counter, others, lead, gifts, empty, edit, as_of } = shelf;
    let mut edit = edit;
    let gifts: Vec<_> = gifts.into_iter().map(|gift| of_gift(gift, &mut edit, intent)).collect();
    view! {
        {counter.map(|counter| view! { <p class="head"><strong>{counter}</strong>{others.map(link)}</p> })}
        <p class="aside">{lead}</p>
        <div class="shelf">{gifts}</div>
        {empty.map(|empty| view! { <p class="empty">{empty}</p> })}
        <p class="faint">{as_of}</p>
    }
    .into_any()
}

fn of_gift(gift: GiftStock, edit: &mut Option<EditView>, intent: Intent<Event>) -> AnyView {
    let GiftStock { gift, picture, lines, .. } = gift;
    let lines: Vec<_> = lines
        .into_iter()
        .map(|shown| {
            let edit = edit.take_if(|edit| edit.variant_id == shown.id);
            line(shown, edit, intent)
        })
        .collect();
    view! {
        <section class="panel stock">
            <h2><img src=picture alt="" loading="lazy"/>{gift}</h2>
            <ul>{lines}</ul>
        </section>
    }
    .into_any()
}

/// A variant's figures; in place of what can be done about them, the form of what is being done.
fn line(line: LineView, edit: Option<EditView>, intent: Intent<Event>) -> AnyView {
    let LineView { id, variant: kind, on_hand, held, free, told, short, counted, count, receive, hold } = line;
    let below = match edit {
        Some(edit) => form(edit, intent),
        None => {
            let received = id.clone();
            view! {
                <div class="actions">
                    {button_link(hold)}
                    {count.map(|label| plain(label, intent.act(move || Event::Count(id.clone()))))}
                    {receive.map(|label| plain(label, intent.act(move || Event::Receive(received.clone()))))}
                </div>
            }
            .into_any()
        }
    };
    view! {
        <li>
            {variant(kind)}
            <dl class="figures">{figure(on_hand)}{figure(held)}{figure(free)}</dl>
            {told.map(done)}
            {alert(short)}
            <p class="faint">{counted}</p>
            {below}
        </li>
    }
    .into_any()
}

/// What was changed just now; the focus goes there.
fn done(told: Alert) -> AnyView {
    let Alert { title, detail } = told;
    view! {
        <div class="notice good" role="status" id=TOLD tabindex="-1">
            {icon(DONE)}
            <p><strong>{title}</strong>{detail}</p>
        </div>
    }
    .into_any()
}

fn figure(figure: Figure) -> impl IntoView {
    view! { <div><dt>{figure.label}</dt><dd>{figure.number}</dd></div> }
}

fn form(edit: EditView, intent: Intent<Event>) -> AnyView {
    let EditView {
        heading,
        of,
        now,
        number,
        fewer,
        more,
        reasons,
        note,
        warning,
        submit: save,
        cancel,
        alert: wrong,
        ..
    } = edit;
    let digits = Kind { type_: "text", mode: Some("numeric"), fill: Some("off"), ..Kind::default() };
    view! {
        <form class="edit" novalidate=true on:submit=move |event| { event.prevent_default(); intent.send(Event::Save); }>
            <div>
                <h3>{heading}</h3>
                <p>{of}</p>
                <p class="faint">{now}</p>
            </div>
            <div class="stepper">
                {step(fewer, FEWER, -1, intent)}
                {field(number, digits, intent.with(Event::NumberTyped), None)}
                {step(more, MORE, 1, intent)}
            </div>
            {reasons.map(|reasons| chips("why", reasons, intent.with(Event::Reason)))}
            {field(note, Kind { fill: Some("off"), ..Kind::default() }, intent.with(Event::NoteTyped), None)}
            {alert(warning)}
            {alert(wrong)}
            <div class="bottom">{submit(save)}{plain(cancel, intent.act(|| Event::Leave))}</div>
        </form>
    }
    .into_any()
}

fn step(words: String, sign: &'static str, by: i64, intent: Intent<Event>) -> impl IntoView {
    view! {
        <button type="button" class="button quiet" aria-label=words on:click=move |_| intent.send(Event::Step(by))>
            {icon(sign)}
        </button>
    }
}
