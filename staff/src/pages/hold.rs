//! A hold for a member on the telephone, one question at a time.

use leptos::prelude::*;
use screens::staff::hold::{
    Chosen, City, Confirming, Elsewhere, Event, GiftChoice, Made, Place, STEP, StepView, VariantChoice, View,
};
use ui::components::body::body;
use ui::components::button::{plain, submit};
use ui::components::field::{Kind, field};
use ui::components::icon::{DONE, ON, icon};
use ui::components::notice::alert;
use ui::components::text::link;
use ui::components::variant::variant;
use ui::intent::Intent;

/// A hold for a member on the telephone.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, lead, chosen, step: asked } = view;
    let chosen = (!chosen.is_empty()).then(|| {
        let chosen: Vec<_> = chosen.into_iter().map(|part| said(part, intent)).collect();
        view! { <dl class="panel said">{chosen}</dl> }
    });
    view! {
        <h1 tabindex="-1">{heading}</h1>
        <div class="single">
            {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
            {chosen}
            {step(asked, intent)}
        </div>
    }
    .into_any()
}

fn said(part: Chosen, intent: Intent<Event>) -> impl IntoView {
    let Chosen { label, value, change } = part;
    let change = change.map(|change| {
        let part = change.part;
        let name = label.clone();
        view! {
            <button type="button" class="link" on:click=move |_| intent.send(Event::Change(part))>
                {change.label}
                <span class="unseen">{name}</span>
            </button>
        }
    });
    view! { <div><dt>{label}</dt><dd>{value}</dd><dd>{change}</dd></div> }
}

fn step(step: StepView, intent: Intent<Event>) -> AnyView {
    let retry = intent.act(|| Event::Retry);
    match step {
        StepView::Phone { field: number, submit: on } => {
            let kind = Kind { type_: "tel", mode: Some("tel"), fill: Some("off"), required: true, ..Kind::default() };
            let left = intent.act(|| Event::PhoneLeft);
            view! {
                <form
                    class="panel step"
                    novalidate=true
                    on:submit=move |event| { event.prevent_default(); intent.send(Event::Continue); }
                >
                    {field(number, kind, intent.with(Event::PhoneTyped), Some(left))}
                    <div class="bottom">{submit(on)}</div>
                </form>
            }
            .into_any()
        }
        StepView::Counter { question, body: all } => asked(
            question,
            body(all, retry, "pp", |cities| cities.into_iter().map(|of| city(of, intent)).collect_view().into_any()),
        ),
        StepView::Gift { question, body: all } => {
            asked(question, body(all, retry, "pp", |gifts| list(gifts, intent, gift)))
        }
        StepView::Variant { question, body: all } => {
            asked(question, body(all, retry, "pp", |all| list(all, intent, kind)))
        }
        StepView::Confirm(view) => confirm(view, intent),
        StepView::Elsewhere(view) => elsewhere(view, intent),
        StepView::Made(view) => made(view, intent),
    }
}

fn asked(question: String, answers: AnyView) -> AnyView {
    view! { <section class="step"><h2 id=STEP tabindex="-1">{question}</h2>{answers}</section> }.into_any()
}

fn list<T>(all: Vec<T>, intent: Intent<Event>, draw: fn(T, Intent<Event>) -> AnyView) -> AnyView {
    let all: Vec<_> = all.into_iter().map(|one| view! { <li>{draw(one, intent)}</li> }).collect();
    view! { <ul class="answers">{all}</ul> }.into_any()
}

fn city(city: City, intent: Intent<Event>) -> AnyView {
    let City { name, counters } = city;
    view! { <section><h3>{name}</h3>{list(counters, intent, place)}</section> }.into_any()
}

fn place(place: Place, intent: Intent<Event>) -> AnyView {
    let Place { id, name, detail } = place;
    let words = view! { <span class="name">{name}</span><span class="faint">{detail}</span> };
    answer(words.into_any(), Event::Counter, id, intent)
}

fn gift(gift: GiftChoice, intent: Intent<Event>) -> AnyView {
    let GiftChoice { id, name, picture, note } = gift;
    let words = view! {
        <img src=picture alt="" loading="lazy"/>
        <span class="name">{name}</span>
        {note.map(|note| view! { <span class="faint">{note}</span> })}
    };
    answer(words.into_any(), Event::Gift, id, intent)
}

fn kind(choice: VariantChoice, intent: Intent<Event>) -> AnyView {
    let VariantChoice { id, variant: kind, note } = choice;
    let words = (variant(kind), note.map(|note| view! { <span class="faint">{note}</span> }));
    answer(words.into_any(), Event::Variant, id, intent)
}

/// A button as wide as the hand's reach.
fn answer(words: AnyView, event: fn(String) -> Event, id: String, intent: Intent<Event>) -> AnyView {
    view! {
        <button type="button" class="answer" on:click=move |_| intent.send(event(id.clone()))>
            <span>{words}</span>
            {icon(ON)}
        </button>
    }
    .into_any()
}

fn confirm(view: Confirming, intent: Intent<Event>) -> AnyView {
    let Confirming { question, consequence, variant: kind, submit: hold, alert: wrong } = view;
    view! {
        <form class="panel step" on:submit=move |event| { event.prevent_default(); intent.send(Event::Confirm); }>
            <h2 id=STEP tabindex="-1">{question}</h2>
            {kind.map(variant)}
            <p class="aside">{consequence}</p>
            {alert(wrong)}
            <div class="bottom">{submit(hold)}</div>
        </form>
    }
    .into_any()
}

fn elsewhere(view: Elsewhere, intent: Intent<Event>) -> AnyView {
    let Elsewhere { title, text, places, choose, other_gift } = view;
    let places: Vec<_> = places
        .into_iter()
        .map(|Place { id, name, detail }| {
            let choose = choose.clone().map(|label| plain(label, intent.act(move || Event::Counter(id.clone()))));
            view! { <li><p class="name">{name}</p><p class="faint">{detail}</p>{choose}</li> }
        })
        .collect();
    view! {
        <section class="panel step" role="alert">
            <h2 id=STEP tabindex="-1">{title}</h2>
            <p class="aside">{text}</p>
            <ul class="elsewhere">{places}</ul>
            <div class="bottom">
                {plain(other_gift, intent.act(|| Event::Change(screens::staff::hold::Part::Gift)))}
            </div>
        </section>
    }
    .into_any()
}

fn made(view: Made, intent: Intent<Event>) -> AnyView {
    let Made { title, read_out_label, read_out, whose, variant: kind, details, another } = view;
    view! {
        <section class="panel step" role="status">
            <p class="notice good done" id=STEP tabindex="-1">{icon(DONE)}<strong>{title}</strong></p>
            <p>{whose}</p>
            {variant(kind)}
            <h2>{read_out_label}</h2>
            <blockquote>{read_out}</blockquote>
            <p>{link(details)}</p>
            <div class="bottom">{plain(another, intent.act(|| Event::Another))}</div>
        </section>
    }
    .into_any()
}
