//! A reservation.

use leptos::prelude::*;
use screens::reservation::{
    ACTIONS, Act, ActionView, Actions, Contents, Event, HEADING, HistoryRow, OfferView, Open, Outlook, SURE, Sure, View,
};
use screens::view::Submit;

use crate::components::bar::button;
use crate::components::body::body;
use crate::components::button::other;
use crate::components::icon::{ON, icon};
use crate::components::notice::alert;
use crate::components::rows::facts;
use crate::components::tone::{self, sign};
use crate::components::variant::band;
use crate::components::venue::venue;
use crate::intent::Intent;

/// A reservation.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, outlook, body: known } = view;
    // The same elements before and after: the focus may be on the heading.
    let (tone, label, text) = match outlook {
        Some(Outlook { label, tone, text }) => (Some(tone), label, Some(text)),
        None => (None, None, None),
    };
    view! {
        <div class="outlook" data-tone=tone.map(tone::name)>
            {tone.map(sign)}
            <div>
                {label.map(|label| view! { <p class="label">{label}</p> })}
                <h1 id=HEADING tabindex="-1">{heading}</h1>
                {text.map(|text| view! { <p>{text}</p> })}
            </div>
        </div>
        {body(known, intent.act(|| Event::Retry), "pp", |shown| contents(shown, intent))}
    }
    .into_any()
}

fn contents(contents: Contents, intent: Intent<Event>) -> AnyView {
    let Contents {
        offer: other_variant,
        pass,
        alert: wrong,
        again,
        actions: can_do,
        sure: asked,
        what,
        gift,
        picture,
        variant,
        at,
        venue: where_,
        facts: figures,
        history_heading,
        history,
        as_of,
    } = contents;
    let history: Vec<_> = history.into_iter().map(event).collect();
    let urgent = can_do.as_ref().is_some_and(|can_do| can_do.urgent);
    let (before, after) = if urgent { (can_do, None) } else { (None, can_do) };
    view! {
        {pass.map(|to| view! { <a class="button go" href=to.path>{to.label}</a> })}
        {other_variant.map(|offered| offer(offered, intent))}
        {alert(wrong)}
        {again.map(|submit| button(submit, intent.act(|| Event::Again)))}
        {asked.map(|asked| sure(asked, intent))}
        {before.map(|can_do| actions(can_do, intent))}
        <section class="panel what">
            <h2 class="unseen">{what}</h2>
            <a class="who-what" href=gift.path>
                <img src=picture alt="" width="400" height="300"/>
                {gift.label}
                {icon(ON)}
            </a>
            {band(variant, None)}
            <h2 class="unseen">{at}</h2>
            {venue(where_)}
            {facts(figures)}
        </section>
        {after.map(|can_do| actions(can_do, intent))}
        <section class="panel">
            <h2>{history_heading}</h2>
            <ol class="rows">{history}</ol>
        </section>
        <p class="faint">{as_of}</p>
    }
    .into_any()
}

fn offer(offer: OfferView, intent: Intent<Event>) -> AnyView {
    let OfferView { heading, text, now_label, now, then_label, then, take, decline } = offer;
    view! {
        <section class="panel offer" role="status">
            <h2>{heading}</h2>
            <p>{text}</p>
            <p class="faint">{now_label}</p>
            {band(now, None)}
            <p class="faint">{then_label}</p>
            {band(then, None)}
            <div class="actions">
                {button(take, intent.act(|| Event::Exchange(true)))}
                {other(decline, intent.act(|| Event::Exchange(false)))}
            </div>
        </section>
    }
    .into_any()
}

fn sure(sure: Sure, intent: Intent<Event>) -> AnyView {
    let Sure { text, yes, no } = sure;
    view! {
        <section class="panel sure" id=SURE tabindex="-1">
            <p>{text}</p>
            <div class="actions">
                {button(yes, intent.act(|| Event::Cancel))}
                {other(no, intent.act(|| Event::Keep))}
            </div>
        </section>
    }
    .into_any()
}

fn actions(actions: Actions, intent: Intent<Event>) -> AnyView {
    let Actions { heading, actions, .. } = actions;
    let actions: Vec<_> = actions.into_iter().map(|one| action(one, intent)).collect();
    view! {
        <section class="panel deeds" id=ACTIONS tabindex="-1">
            <h2>{heading}</h2>
            <ul>{actions}</ul>
        </section>
    }
    .into_any()
}

fn action(action: ActionView, intent: Intent<Event>) -> impl IntoView {
    let ActionView { detail, open } = action;
    let deed = match open {
        Open::Page(to) => view! {
            <a href=to.path><span>{to.label}<small>{detail}</small></span>{icon(ON)}</a>
        }
        .into_any(),
        Open::Act(act, Submit { label, can_submit, busy }) => view! {
            <button
                type="button"
                aria-disabled=(!can_submit).then_some("true")
                aria-busy=busy.then_some("true")
                on:click=move |_| intent.send(sent(act))
            >
                <span>{label}<small>{detail}</small></span>{icon(ON)}
            </button>
        }
        .into_any(),
    };
    view! { <li>{deed}</li> }
}

fn sent(act: Act) -> Event {
    match act {
        Act::Extend => Event::Extend,
        Act::Cancel(why) => Event::Think(why),
        Act::Exchange(take) => Event::Exchange(take),
    }
}

fn event(row: HistoryRow) -> impl IntoView {
    let HistoryRow { what, reason, when } = row;
    view! {
        <li>
            <div><p>{what}</p>{reason.map(|reason| view! { <small>{reason}</small> })}</div>
            <div><small>{when}</small></div>
        </li>
    }
}
