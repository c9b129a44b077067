//! What is in the clerk's hand, or should be.

use leptos::prelude::*;
use screens::staff::work::Goods;
use screens::variant::VariantWords;
use ui::components::variant::variant;

/// A gift's variant, as it stands on the box.
pub(crate) fn goods(goods: Goods) -> AnyView {
    let Goods { gift, variant: kind, barcode } = goods;
    view! {
        <div class="goods">
            <p class="name">{gift}</p>
            {variant(kind)}
            {barcode.map(|barcode| view! { <p class="digits">{barcode}</p> })}
        </div>
    }
    .into_any()
}

/// Something with what it is over it; `class` says what to make of it.
pub(crate) fn labelled(class: &'static str, label: String, what: AnyView) -> AnyView {
    view! { <section class=class><h3>{label}</h3>{what}</section> }.into_any()
}

/// A variant, with what it is over it.
pub(crate) fn labelled_variant(class: &'static str, label: String, kind: VariantWords) -> AnyView {
    labelled(class, label, variant(kind))
}
