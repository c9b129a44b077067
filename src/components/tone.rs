//! How a reservation stands, as a colour and a sign.

use leptos::prelude::*;
use screens::progress::Tone;

use crate::components::icon::{DONE, NOTICE, icon};

/// A clock.
const CLOCK: &str = include_str!("../../style/icons/clock.path");
/// The end.
const END: &str = include_str!("../../style/icons/end.path");

/// What the colour is called in the style.
pub(crate) const fn name(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Waiting => "waiting",
        Tone::Late => "late",
        Tone::Over => "over",
    }
}

/// The sign in its circle. Words beside it say what it means.
pub(crate) fn sign(tone: Tone) -> AnyView {
    let strokes = match tone {
        Tone::Good => DONE,
        Tone::Waiting => CLOCK,
        Tone::Late => NOTICE,
        Tone::Over => END,
    };
    view! { <span class="sign">{icon(strokes)}</span> }.into_any()
}
