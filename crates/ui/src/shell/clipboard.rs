//! `Effect::Copy`: text for her to paste elsewhere.

use leptos::prelude::*;

/// Puts `text` on the clipboard. Brought as a [tool](super::Tools). A browser may refuse; nothing is lost by it, the text stands on the page.
pub fn copy(text: &str) {
    // Absent where the page came over plain http.
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into());
    if clipboard.is_ok_and(|clipboard| !clipboard.is_undefined()) {
        super::hush(window().navigator().clipboard().write_text(text));
    }
}
