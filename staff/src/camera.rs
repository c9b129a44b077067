//! `Effect::Scan`: the camera's picture over the page, and what reads it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use screens::staff::camera::{View, view};
use screens::{Env, Scanned};
use ui::shell::{Close, Hear, Shell};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, DomException, HtmlDialogElement, HtmlVideoElement};

const DIALOG: &str = "camera";
const PICTURE: &str = "camera-picture";

/// The place of the camera's picture; closed until something is to be read.
pub(crate) fn viewfinder(env: &Env) -> AnyView {
    let View { hint, close: words } = view(env);
    let name = hint.clone();
    view! {
        <dialog id=DIALOG class="camera" aria-label=name>
            <video id=PICTURE prop:muted=true playsinline=""></video>
            <p>{hint}</p>
            <button type="button" class="button" on:click=|_| close()>{words}</button>
        </dialog>
    }
    .into_any()
}

/// Opens the camera; `hear` gets what it read.
pub(crate) fn scan(_: Shell, hear: Hear<Scanned>) -> Close {
    let (Some(dialog), Some(picture), Ok(controller)) =
        (element::<HtmlDialogElement>(DIALOG), element::<HtmlVideoElement>(PICTURE), AbortController::new())
    else {
        hear(Scanned::Unavailable);
        return Box::new(|| ());
    };
    let signal = controller.signal();
    // However it is closed: by its button, with the key for it, or because the page closes.
    let closed = Closure::once_into_js(move || controller.abort());
    dialog.set_onclose(Some(closed.unchecked_ref()));
    let _ = dialog.show_modal();
    spawn_local(async move {
        let scanned = match read(&picture, &signal).await {
            Ok(text) => text.as_string().map_or(Scanned::Unavailable, Scanned::Read),
            Err(error) => failure(&error),
        };
        close();
        hear(scanned);
    });
    Box::new(close)
}

fn close() {
    if let Some(dialog) = element::<HtmlDialogElement>(DIALOG) {
        dialog.close();
    }
}

/// Fetches the script that reads the picture (the page knows where it is), and lets it read.
async fn read(picture: &HtmlVideoElement, signal: &AbortSignal) -> Result<JsValue, JsValue> {
    let fetch: js_sys::Function = js_sys::Reflect::get(&window(), &"camera".into())?.dyn_into()?;
    let script = JsFuture::from(js_sys::Promise::from(fetch.call0(&JsValue::NULL)?)).await?;
    let read: js_sys::Function = js_sys::Reflect::get(&script, &"read".into())?.dyn_into()?;
    JsFuture::from(js_sys::Promise::from(read.call2(&JsValue::NULL, picture, signal)?)).await
}

fn failure(error: &JsValue) -> Scanned {
    match error.dyn_ref::<DomException>().map(DomException::name).as_deref() {
        Some("AbortError") => Scanned::Closed,
        Some("NotAllowedError" | "SecurityError") => Scanned::Forbidden,
        _ => Scanned::Unavailable,
    }
}

fn element<Kind: JsCast>(id: &str) -> Option<Kind> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
