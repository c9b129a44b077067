//! `Effect::Copy`: text for her to paste elsewhere.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::Hear;

/// Puts `text` on the clipboard, and says whether it is there. Brought as a [tool](super::Tools). A browser may refuse; nothing is lost by it,
/// the text stands on the page.
pub fn copy(text: &str, hear: Hear<bool>) {
    // Absent where the page came over plain http.
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into());
    if clipboard.is_ok_and(|clipboard| !clipboard.is_undefined()) {
        let written = JsFuture::from(window().navigator().clipboard().write_text(text));
        spawn_local(async move { hear(written.await.is_ok()) });
    } else {
        hear(false);
    }
}
