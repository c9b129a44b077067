//! Words: stressed ones, and links.

use leptos::prelude::*;
use screens::view::{Link, Stressed};

/// A sentence with one part that stands out, on one line.
pub fn stressed(sentence: Stressed) -> AnyView {
    let strong = (!sentence.strong.is_empty()).then(|| view! { <strong>{sentence.strong}</strong> });
    (sentence.before, strong, sentence.after).into_any()
}

/// A link among words.
pub fn link(link: Link) -> AnyView {
    styled("link", link)
}

/// A link that looks like a button.
pub fn button_link(link: Link) -> AnyView {
    styled("button quiet", link)
}

fn styled(class: &'static str, link: Link) -> AnyView {
    view! { <a class=class href=link.path>{link.label}</a> }.into_any()
}
