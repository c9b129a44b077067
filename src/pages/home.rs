//! Home. On the boot path.

use leptos::prelude::*;
use screens::home::{Event, ExpiryPanel, Figures, GiftCard, GiftsPanel, ReservationPanel, TierPanel, View};
use screens::view::Body;

use crate::components::body::body;
use crate::components::card::card;
use crate::components::ring::ring;
use crate::components::text::{link, stressed};
use crate::components::timeline::timeline;
use crate::components::tone::{self, sign};
use crate::intent::Intent;

/// Home with its screen, in a browser.
#[cfg(feature = "csr")]
pub(crate) fn open(shell: crate::shell::Shell) -> AnyView {
    let open = shell.open::<screens::home::Home>(()).when_back(|| Event::CameBack);
    let measured = core::cell::Cell::new(false);
    let draw_now = move || {
        let view = open.view.get();
        if matches!(view.body, Body::Shown { .. }) && !measured.replace(true) {
            ui::shell::mark("first-figures");
        }
        draw(view, open.intent)
    };
    draw_now.into_any()
}

/// Home.
pub(crate) fn draw(view: View, intent: Intent<Event>) -> AnyView {
    let View { heading, body: contents } = view;
    // With figures, the status sentence is the heading. It is the same element before and after: the focus may be on it.
    let (class, line_one, as_of) = match &contents {
        Body::Shown { content, .. } => ("", stressed(content.status.clone()), Some(content.as_of.clone())),
        _ => ("unseen", heading.into_any(), None),
    };
    view! {
        <div class="status">
            <h1 class=class tabindex="-1">{line_one}</h1>
            {as_of.map(|as_of| view! { <p class="faint">{as_of}</p> })}
        </div>
        {body(contents, intent.act(|| Event::Retry), "lcpp", figures)}
    }
    .into_any()
}

fn figures(figures: Figures) -> AnyView {
    let Figures { card: her_card, reservations, tier, expiry: dates, gifts: can_have, .. } = figures;
    let reservations: Vec<_> = reservations.into_iter().map(reservation).collect();
    (card(her_card), reservations, standing(tier), expiry(dates), can_have.map(gifts)).into_any()
}

fn reservation(panel: ReservationPanel) -> impl IntoView {
    let ReservationPanel { path, tone, title, gift, text } = panel;
    view! {
        <a class="open" data-tone=tone::name(tone) href=path>
            {sign(tone)}
            <p><strong>{title}</strong>" · "{gift}<small>{text}</small></p>
        </a>
    }
}

fn gifts(panel: GiftsPanel) -> impl IntoView {
    let GiftsPanel { heading, all, gifts } = panel;
    let gifts: Vec<_> = gifts
        .into_iter()
        .map(|GiftCard { path, picture, name, points }| {
            // Not in the page as the server draws it: pictures would come before the program, and she waits for that. `loading="lazy"`
            // does not help, browsers begin well below the fold. Their place is kept, so nothing moves when they come.
            let picture = cfg!(feature = "csr").then_some(picture);
            view! {
                <li>
                    <a href=path><img src=picture alt="" width="400" height="300" loading="lazy"/>{name}<small>{points}</small></a>
                </li>
            }
        })
        .collect();
    view! {
        <section class="panel">
            <div class="head"><h2>{heading}</h2>{link(all)}</div>
            <ul class="few">{gifts}</ul>
        </section>
    }
}

fn standing(panel: TierPanel) -> AnyView {
    let TierPanel { standing, why } = panel;
    view! {
        <section class="panel standing">
            {ring(standing.ring)}
            <div>
                <p>{stressed(standing.what)}</p>
                {standing.then.map(|then| view! { <p>{then}</p> })}
                <p>{link(why)}</p>
            </div>
        </section>
    }
    .into_any()
}

fn expiry(panel: ExpiryPanel) -> AnyView {
    match panel {
        ExpiryPanel::Dates { heading, all, bars, next } => view! {
            <section class="panel">
                <div class="head"><h2>{heading}</h2>{link(all)}</div>
                {timeline(bars)}
                <p class="next">{stressed(next)}</p>
            </section>
        }
        .into_any(),
        ExpiryPanel::Never { heading, sentence } => view! {
            <section class="panel"><h2>{heading}</h2><p>{sentence}</p></section>
        }
        .into_any(),
        ExpiryPanel::Empty { heading, text, link: to } => view! {
            <section class="panel"><h2>{heading}</h2><p>{text}</p><p>{link(to)}</p></section>
        }
        .into_any(),
    }
}
