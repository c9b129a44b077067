//! `Effect::Remember` and `Effect::Recall`: one text, for as long as the tab lives.
//!
//! The browser's memory of a tab outlives a reload and nothing else. Not the entry of the history, which the shell itself writes.

use leptos::prelude::*;

const WISH: &str = "wish";

/// Remembers a text in place of the one before; `None` forgets it. Where the browser forbids it, a reload forgets it.
pub(super) fn remember(text: Option<&str>) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = match text {
            Some(text) => storage.set_item(WISH, text),
            None => storage.remove_item(WISH),
        };
    }
}

/// What is remembered.
pub(super) fn recall() -> Option<String> {
    window().session_storage().ok()??.get_item(WISH).ok()?
}
