//! A view transition around a change of page, where the browser has them and she does not mind movement.

use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// Calls `change`, now or at the browser's next opportunity, and `drawn` once it is drawn; lets both be seen as one
/// movement.
pub(super) fn run(change: impl FnOnce() + 'static, drawn: impl FnOnce() + 'static) {
    let document = document();
    // Not in web-sys without its unstable interfaces.
    let start = js_sys::Reflect::get(&document, &"startViewTransition".into())
        .ok()
        .and_then(|start| start.dyn_into::<js_sys::Function>().ok());
    match start {
        Some(start) if !calm() => {
            let update = Closure::once_into_js(move || -> js_sys::Promise {
                change();
                wasm_bindgen_futures::future_to_promise(async {
                    tick().await;
                    drawn();
                    Ok(JsValue::UNDEFINED)
                })
            });
            // A transition that another one overtakes rejects its promises; nobody waits for them.
            if let Ok(transition) = start.call1(&document, &update) {
                hush(&transition, "ready");
                hush(&transition, "finished");
            }
        }
        _ => {
            change();
            super::focus::after_drawing(drawn);
        }
    }
}

/// Whether she asks for less movement.
fn calm() -> bool {
    window().match_media("(prefers-reduced-motion: reduce)").ok().flatten().is_some_and(|query| query.matches())
}

fn hush(transition: &JsValue, promise: &str) {
    if let Ok(promise) = js_sys::Reflect::get(transition, &promise.into()) {
        super::hush(js_sys::Promise::from(promise));
    }
}
