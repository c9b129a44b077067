//! The programme in plain words: tiers, and sections of sentences.

use leptos::prelude::*;
use screens::programme::{Section, TierWords};

/// Every tier, in its material.
pub(crate) fn tiers(heading: String, tiers: Vec<TierWords>) -> AnyView {
    let tiers: Vec<_> = tiers.into_iter().map(tier).collect();
    view! { <section class="panel"><h2>{heading}</h2><ol class="tiers">{tiers}</ol></section> }.into_any()
}

fn tier(tier: TierWords) -> impl IntoView {
    let TierWords { material, name, reached, kept, multiplier, benefits } = tier;
    let benefits: Vec<_> = benefits.into_iter().map(|benefit| view! { <li>{benefit}</li> }).collect();
    view! {
        <li>
            {swatch(material)}
            <div>
                <h3>{name}<span class="faint">{multiplier}</span></h3>
                <p>{reached}</p>
                {kept.map(|kept| view! { <p class="faint">{kept}</p> })}
                <ul class="points">{benefits}</ul>
            </div>
        </li>
    }
}

/// A little of a tier's material.
pub(crate) fn swatch(material: String) -> AnyView {
    view! { <i class="swatch" data-tier=material></i> }.into_any()
}

/// Sentences under their headings.
pub(crate) fn sections(sections: Vec<Section>) -> AnyView {
    let sections: Vec<_> = sections
        .into_iter()
        .map(|Section { heading, sentences }| {
            let sentences: Vec<_> = sentences.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect();
            view! { <section class="panel"><h2>{heading}</h2><ul class="points">{sentences}</ul></section> }
        })
        .collect();
    sections.into_any()
}
