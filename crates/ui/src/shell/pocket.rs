//! `Effect::ReadPass` and `Effect::KeepPass`: the one thing of hers that is kept on this device, with her consent, for a place
//! without signal.
//!
//! Kept in the browser's cache storage and not in its database, which takes five times the code for one text.

use core::cell::Cell;
use core::future::Future;

use js_sys::{Array, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Cache, CacheStorage, Response, ServiceWorkerRegistration};

use super::Hear;

/// The cache that holds the text. Those of the worker are called otherwise.
const POCKET: &str = "pocket";
/// What the text is kept as; no such address is ever asked for.
const TEXT: &str = "/pocket";
/// Opens the portal without a network; `public/sw.js`.
const WORKER: &str = "/sw.js";

thread_local! {
    /// What was asked for last. The next waits for it: a text on its way in must not arrive after it was wiped.
    static LAST: Cell<Option<Promise>> = const { Cell::new(None) };
}

/// Hands over what is kept. Brought as a [tool](super::Tools).
pub fn read(hear: Hear<Option<String>>) {
    in_turn(async move {
        let text = find().await;
        // Not in this turn: what it leads to may ask for another.
        spawn_local(async move { hear(text) });
    });
}

/// Keeps a text, or wipes everything. Brought as a [tool](super::Tools).
pub fn keep(text: Option<String>) {
    in_turn(async move {
        // What can't be kept is not kept: she sees the pass now, and is told nothing that is not so when there is no signal.
        let _ = match text {
            Some(text) => put(&text).await,
            // Whatever becomes of the one: the other is tried.
            None => forget().await.and(dismiss().await),
        };
    });
}

fn in_turn(job: impl Future<Output = ()> + 'static) {
    let before = LAST.take();
    LAST.set(Some(future_to_promise(async move {
        if let Some(before) = before {
            let _ = JsFuture::from(before).await;
        }
        job.await;
        Ok(JsValue::UNDEFINED)
    })));
}

async fn find() -> Option<String> {
    let found = JsFuture::from(storage()?.match_with_str(TEXT)).await.ok()?;
    let text = found.dyn_into::<Response>().ok()?.text().ok()?;
    JsFuture::from(text).await.ok()?.as_string()
}

async fn put(text: &str) -> Option<()> {
    let cache = JsFuture::from(storage()?.open(POCKET)).await.ok()?.dyn_into::<Cache>().ok()?;
    let response = Response::new_with_opt_str(Some(text)).ok()?;
    JsFuture::from(cache.put_with_str(TEXT, &response)).await.ok()?;
    let opens = match workers() {
        Some(workers) => JsFuture::from(workers.register(WORKER)).await.is_ok(),
        None => false,
    };
    // A text that nothing can open without a network is not kept.
    if opens { Some(()) } else { forget().await }
}

/// Everything that is kept, by the worker too.
async fn forget() -> Option<()> {
    let storage = storage()?;
    let names = JsFuture::from(storage.keys()).await.ok()?.dyn_into::<Array>().ok()?;
    for name in names {
        JsFuture::from(storage.delete(&name.as_string()?)).await.ok()?;
    }
    Some(())
}

/// The worker goes: without a pass nobody has to open the portal without a network.
async fn dismiss() -> Option<()> {
    let registration = JsFuture::from(workers()?.get_registration()).await.ok()?;
    let registration = registration.dyn_into::<ServiceWorkerRegistration>().ok()?;
    JsFuture::from(registration.unregister().ok()?).await.ok()?;
    Some(())
}

/// `None` where the browser has none, or the connection is not safe.
fn storage() -> Option<CacheStorage> {
    let window = window();
    there(&window, "caches").then(|| window.caches().ok()).flatten()
}

/// `None` where the browser has none, or the connection is not safe.
fn workers() -> Option<web_sys::ServiceWorkerContainer> {
    let navigator = window().navigator();
    there(&navigator, "serviceWorker").then(|| navigator.service_worker())
}

fn there(object: &JsValue, name: &str) -> bool {
    Reflect::has(object, &name.into()).unwrap_or_default()
}
