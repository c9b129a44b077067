//! Work at one reservation: scanning its unit, the wrong unit, another variant, giving up.

use std::rc::Rc;

use leptos::prelude::*;
use screens::staff::exchange::{ChoosingView, Other, WaitingView};
use screens::staff::work::{Event, GiveUpView, MISMATCH, MismatchView, STEP, Step, TOLD, UnitStep, View};
use screens::view::Alert;
use ui::components::button::{plain, submit};
use ui::components::field::{Kind, chips, field};
use ui::components::icon::{DONE, icon};
use ui::components::notice::{alert, note};
use ui::components::variant::variant;
use ui::intent::{Act, With};

use super::goods::{goods, labelled, labelled_variant};
use super::unit::{Acts, unit};

/// The work at hand; `say` sends what happens.
pub(crate) fn work(view: View, say: &With<Event>) -> AnyView {
    let View { told, good, step, offer, give_up } = view;
    let others = (offer.is_some() || give_up.is_some()).then(|| {
        view! {
            <div class="actions">
                {offer.map(|label| plain(label, act(say, || Event::OfferOther)))}
                {give_up.map(|label| plain(label, act(say, || Event::GiveUp)))}
            </div>
        }
    });
    (outcome(told, good), draw(step, say), others).into_any()
}

fn draw(step: Step, say: &With<Event>) -> AnyView {
    match step {
        Step::Unit(step) => unit_step(step, say),
        Step::Mismatch(view) => mismatch(view, say),
        Step::Choosing(view) => choosing(view, say),
        Step::Waiting { waiting: view, blind } => (waiting(view), note(blind)).into_any(),
        Step::GivingUp(view) => giving_up(view, say),
        Step::Nothing => ().into_any(),
    }
}

/// What was done last, read out when it appears.
fn outcome(told: Option<Alert>, good: bool) -> Option<AnyView> {
    let told = told?;
    let words = if good {
        let Alert { title, detail } = told;
        view! { <div class="notice good done" role="status">{icon(DONE)}<p><strong>{title}</strong>{detail}</p></div> }
            .into_any()
    } else {
        alert(Some(told))
    };
    Some(view! { <div id=TOLD tabindex="-1">{words}</div> }.into_any())
}

fn unit_step(step: UnitStep, say: &With<Event>) -> AnyView {
    let UnitStep { heading, lead, unit: asked, alert: wrong } = step;
    let acts = Acts {
        scan: act(say, || Event::Scan),
        typed: with(say, Event::UnitTyped),
        submit: act(say, || Event::SubmitUnit),
    };
    view! {
        <section class="panel step">
            <h2 id=STEP tabindex="-1">{heading}</h2>
            <p class="aside">{lead}</p>
            {alert(wrong)}
            {unit(asked, acts)}
        </section>
    }
    .into_any()
}

/// Over everything: the two boxes, one above the other, so that what differs is seen before it is read.
fn mismatch(view: MismatchView, say: &With<Event>) -> AnyView {
    let MismatchView { heading, text, expected_label, expected, scanned_label, scanned, unknown, again, offer } = view;
    let found = match scanned {
        Some(scanned) => goods(scanned),
        None => view! { <p class="name">{unknown}</p> }.into_any(),
    };
    let once_more = act(say, || Event::Again);
    view! {
        <section class="mismatch" role="alertdialog" aria-labelledby=MISMATCH aria-describedby="mismatch-text">
            <h2 id=MISMATCH tabindex="-1">{heading}</h2>
            <p id="mismatch-text">{text}</p>
            <div class="boxes">
                {labelled("box scanned", scanned_label, found)}
                {labelled("box expected", expected_label, goods(expected))}
            </div>
            <div class="bottom">
                <button type="button" class="button" on:click=move |_| once_more()>{again}</button>
                {offer.map(|label| plain(label, act(say, || Event::OfferOther)))}
            </div>
        </section>
    }
    .into_any()
}

fn choosing(view: ChoosingView, say: &With<Event>) -> AnyView {
    let ChoosingView { heading, lead, now, now_label, others_label, others, submit: ask, cancel, alert: wrong } = view;
    let others: Vec<_> = others.into_iter().map(|option| other_variant(option, say)).collect();
    let send = act(say, || Event::Ask);
    view! {
        <section class="panel step">
            <h2 id=STEP tabindex="-1">{heading}</h2>
            <p class="aside">{lead}</p>
            {labelled_variant("box", now_label, now)}
            <form on:submit=move |event| { event.prevent_default(); send(); }>
                <fieldset class="options"><legend>{others_label}</legend><div>{others}</div></fieldset>
                {alert(wrong)}
                <div class="bottom">{submit(ask)}{plain(cancel, act(say, || Event::Leave))}</div>
            </form>
        </section>
    }
    .into_any()
}

fn other_variant(option: Other, say: &With<Event>) -> AnyView {
    let Other { id, variant: kind, chosen } = option;
    let say = say.clone();
    view! {
        <label>
            <input
                type="radio"
                name="other"
                checked=chosen
                prop:checked=chosen
                on:change=move |_| say(Event::Choose(id.clone()))
            />
            {variant(kind)}
        </label>
    }
    .into_any()
}

fn waiting(view: WaitingView) -> AnyView {
    let WaitingView { heading, text, from_label, from, to_label, to, countdown, countdown_label } = view;
    view! {
        <section class="panel step">
            <h2 id=STEP tabindex="-1">{heading}</h2>
            <p class="aside">{text}</p>
            <p class="countdown"><strong>{countdown}</strong>" "<span class="faint">{countdown_label}</span></p>
            <div class="boxes">
                {labelled_variant("box", from_label, from)}
                {labelled_variant("box expected", to_label, to)}
            </div>
        </section>
    }
    .into_any()
}

fn giving_up(view: GiveUpView, say: &With<Event>) -> AnyView {
    let GiveUpView { heading, consequence, reasons, reasons_error, field: words, submit: really, cancel, alert: wrong } =
        view;
    let send = act(say, || Event::ConfirmGiveUp);
    view! {
        <section class="panel step">
            <h2 id=STEP tabindex="-1">{heading}</h2>
            <p class="aside">{consequence}</p>
            <form novalidate=true on:submit=move |event| { event.prevent_default(); send(); }>
                {chips("why", reasons, with(say, Event::Reason))}
                {reasons_error.map(|error| view! { <p class="error" role="alert">{error}</p> })}
                {words.map(|words| field(words, Kind::default(), with(say, Event::ReasonTyped), None))}
                {alert(wrong)}
                <div class="bottom">{submit(really)}{plain(cancel, act(say, || Event::Leave))}</div>
            </form>
        </section>
    }
    .into_any()
}

/// Sends `event()` whenever it is called.
fn act(say: &With<Event>, event: fn() -> Event) -> Act {
    let say = Rc::clone(say);
    Rc::new(move || say(event()))
}

/// Sends `event(value)` whenever it is called with a value.
fn with<T: 'static>(say: &With<Event>, event: fn(T) -> Event) -> With<T> {
    let say = Rc::clone(say);
    Rc::new(move |value| say(event(value)))
}
