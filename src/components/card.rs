//! The member's card.

use leptos::prelude::*;
use screens::home::CardPanel;

use crate::components::icon::{CODE, icon};

/// The member's card, in the material of her tier.
pub(crate) fn card(card: CardPanel) -> AnyView {
    let CardPanel { tier, material, number_label, number, available, available_label, held, pending, show } = card;
    let beside: Vec<_> = [held, pending].into_iter().flatten().map(|text| view! { <span>{text}</span> }).collect();
    view! {
        <section class="card" data-tier=material>
            <h2>{tier}</h2>
            <p class="number"><span class="unseen">{number_label}</span>" "{number}</p>
            <a class="show" href=show.path>{icon(CODE)}{show.label}</a>
            <p class="figure"><strong>{available}</strong>" "<span>{available_label}</span></p>
            <p class="beside">{beside}</p>
        </section>
    }
    .into_any()
}
