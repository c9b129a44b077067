//! A variant of a gift, in words and colour: what member and counter compare before they trust it.

use leptos::prelude::*;
use screens::variant::VariantWords;

/// A variant. The colour stands in words, too, for those who can't tell it.
pub fn variant(variant: VariantWords) -> AnyView {
    let VariantWords { label, fits, colour, mark } = variant;
    view! {
        <p class="variant" data-colour=colour>
            <strong>{label}</strong>
            <span>{fits}</span>
            <small>{mark}</small>
        </p>
    }
    .into_any()
}
