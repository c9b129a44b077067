//! `Effect::Announce`: reads a sentence out through the page's live region.

use leptos::prelude::*;

/// Of the live region in the page.
pub(super) const REGION: &str = "announcer";

/// Reads `sentence` out. The region is emptied first, or the same sentence would not be read twice.
pub(super) fn announce(sentence: String) {
    if let Some(region) = document().get_element_by_id(REGION) {
        region.set_text_content(None);
        request_animation_frame(move || region.set_text_content(Some(&sentence)));
    }
}
