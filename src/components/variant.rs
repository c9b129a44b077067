//! A variant of a gift, in words and colour.

use leptos::prelude::*;
use screens::variant::VariantWords;

/// The dot of its mark.
pub(crate) fn dot(colour: &'static str) -> AnyView {
    view! { <i class="dot" data-colour=colour></i> }.into_any()
}

/// A band in its colour, with the words.
pub(crate) fn band(variant: VariantWords, gift: Option<String>) -> AnyView {
    let VariantWords { label, fits, colour, mark } = variant;
    view! {
        <div class="band" data-colour=colour>
            <i class="dot"></i>
            <div>
                <p><strong>{label}</strong>" "<span>{fits}</span></p>
                <p><small>{mark}</small>{gift.map(|gift| view! { <small>{gift}</small> })}</p>
            </div>
        </div>
    }
    .into_any()
}
