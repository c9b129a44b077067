//! The dates on which points expire, as bars.

use leptos::prelude::*;
use screens::view::Bar;

/// Height of the highest bar, in the units of its picture.
const FULL: u32 = 56;

/// The dates on which points expire, soonest first.
pub(crate) fn timeline(bars: Vec<Bar>) -> AnyView {
    let bars: Vec<_> = bars
        .into_iter()
        .map(|Bar { label, height, next, described }| {
            let height = u32::from(height) * FULL / 100;
            view! {
                <li class=if next { "next" } else { "" }>
                    <svg viewBox="0 0 40 56" aria-hidden="true">
                        <rect x="5" width="30" rx="4" y=FULL - height height=height + 5/>
                    </svg>
                    <span aria-hidden="true">{label}</span>
                    <span class="unseen">{described}</span>
                </li>
            }
        })
        .collect();
    view! { <ol class="timeline" tabindex="0">{bars}</ol> }.into_any()
}
