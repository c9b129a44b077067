//! `Effect::Locate`: the browser's idea of where she is, made coarse before anybody sees it.

use leptos::prelude::*;
use screens::Located;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Position, PositionError, PositionOptions};

use super::Hear;

/// So long it may take, milliseconds, her answer to the browser's question not included.
const PATIENCE: u32 = 10_000;
/// Where she was so long ago, milliseconds, is good enough for the nearest counter.
const RECENT: u32 = 300_000;

/// Asks the browser. Brought as a [tool](super::Tools).
pub fn locate(hear: Hear<Located>) {
    let Ok(geolocation) = window().navigator().geolocation() else { return hear(Located::Unavailable) };
    let options = PositionOptions::new();
    options.set_timeout(PATIENCE);
    options.set_maximum_age(RECENT);
    // Exactly one of the two is called, once.
    let hear = std::rc::Rc::new(core::cell::Cell::new(Some(hear)));
    let say = move |located| {
        if let Some(hear) = hear.take() {
            hear(located);
        }
    };
    let refused = say.clone();
    let found = Closure::once_into_js(move |position: Position| {
        let coordinates = position.coords();
        say(Located::near(coordinates.latitude(), coordinates.longitude()));
    });
    let lost = Closure::once_into_js(move |error: PositionError| {
        let denied = error.code() == PositionError::PERMISSION_DENIED;
        refused(if denied { Located::Forbidden } else { Located::Unavailable });
    });
    let _ = geolocation.get_current_position_with_error_callback_and_options(
        found.unchecked_ref(),
        Some(lost.unchecked_ref()),
        &options,
    );
}
