//! What has to be fetched first: a skeleton, an error, or contents.

use leptos::prelude::*;
use screens::view::Body;

use crate::components::notice::banner;
use crate::components::trouble::trouble;
use crate::intent::Act;

/// The contents, drawn by `draw`, or what stands in their place.
pub fn body<Content>(
    body: Body<Content>,
    retry: Act,
    shape: &'static str,
    draw: impl FnOnce(Content) -> AnyView,
) -> AnyView {
    match body {
        Body::Loading(words) => skeleton(words, shape),
        Body::Trouble(what) => trouble(what, retry),
        Body::Shown { content, banner: above } => (banner(above, retry), draw(content)).into_any(),
    }
}

/// Grey shapes where contents will be: one for each letter of `shape`, `c`ard, `p`anel or `l`ine. The words are for those
/// who can't see them, and for browsers, to which only words are a first paint.
pub fn skeleton(words: String, shape: &'static str) -> AnyView {
    let shapes: Vec<_> = shape
        .chars()
        .map(|letter| match letter {
            'c' => "bone card-bone",
            'p' => "bone panel-bone",
            _ => "bone",
        })
        .map(|class| view! { <div class=class></div> })
        .collect();
    view! {
        <div class="skeleton" aria-busy="true">
            <p class="faint" role="status">{words}</p>
            {shapes}
        </div>
    }
    .into_any()
}
