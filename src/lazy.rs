//! Pages off the home page's path, in chunks of wasm of their own (feature `split`; without it they are simply there).

use leptos::prelude::*;
use leptos::task::spawn_local;
use screens::{Route, chrome};

use crate::components::body::skeleton;
use crate::components::trouble::trouble;
use crate::pages::open;
use crate::shell::{Shell, clipboard, locate, pocket};

/// Opens a page of a chunk. A pointer and not an asynchronous function, so that once the chunk is there, its pages open
/// without a frame of waiting.
type Opener = fn(Shell, Route) -> AnyView;

/// The chunks, and how far they have come.
#[derive(Clone, Copy)]
pub(crate) struct Chunks {
    /// Signing in and joining.
    pub account: Chunk,
    /// Gifts, reservations and the pass.
    pub gifts: Chunk,
    /// Everything else.
    pub pages: Chunk,
}

/// One chunk.
#[derive(Clone, Copy)]
pub(crate) struct Chunk {
    which: Which,
    state: RwSignal<State, LocalStorage>,
}

#[derive(Clone, Copy)]
enum Which {
    Account,
    Gifts,
    Pages,
}

#[derive(Clone, Copy)]
enum State {
    Away,
    Coming,
    Here(Opener),
    Failed,
}

impl Chunks {
    /// None of them is there.
    pub fn new() -> Self {
        let chunk = |which| Chunk { which, state: RwSignal::new_local(State::Away) };
        Self { account: chunk(Which::Account), gifts: chunk(Which::Gifts), pages: chunk(Which::Pages) }
    }
}

impl Chunk {
    /// Fetches it, unless it is there or on its way. Whoever tracks it hears of the outcome, not of the asking.
    fn fetch(self) {
        if matches!(self.state.get_untracked(), State::Here(_) | State::Coming) {
            return;
        }
        self.state.update_untracked(|state| *state = State::Coming);
        spawn_local(async move {
            let opener = match self.which {
                Which::Account => chunk::account().await,
                Which::Gifts => chunk::gifts().await,
                Which::Pages => chunk::pages().await,
            };
            self.state.set(opener.map_or(State::Failed, State::Here));
        });
    }
}

/// The page of `chunk` at `route`; until the chunk is there, its heading and a skeleton.
pub(crate) fn page(shell: Shell, chunk: Chunk, route: Route) -> AnyView {
    // Not tracked once it is there: nothing about it will change, and the page would open twice.
    if let State::Here(open) = chunk.state.get_untracked() {
        return open(shell, route);
    }
    let env = shell.env();
    let contents = if matches!(chunk.state.get(), State::Failed) {
        let retry = std::rc::Rc::new(move || chunk.state.set(State::Away));
        trouble(chrome::unreachable(&env), retry)
    } else {
        chunk.fetch();
        on_cleanup(move || shell.settle());
        skeleton(chrome::loading(&env), "pp")
    };
    let heading = view! { <h1 tabindex="-1">{chrome::name(&route, &env)}</h1> };
    (heading, contents).into_any()
}

/// Fetches these chunks once the browser has nothing better to do.
pub(crate) fn prefetch(chunks: [Chunk; 2]) {
    let fetch = move || chunks.into_iter().for_each(Chunk::fetch);
    let idle = js_sys::Reflect::has(&window(), &"requestIdleCallback".into()).unwrap_or_default();
    // Safari has no such thing.
    if idle { request_idle_callback(fetch) } else { set_timeout(fetch, SOON) }
}

/// The first function of its chunk, and the only one that the first wasm does not reach otherwise: so what it brings is in the
/// chunk, too.
fn account(shell: Shell, route: Route) -> AnyView {
    shell.bring(|tools| tools.keep_pass = Some(pocket::keep));
    open::account(shell, route)
}

/// The same.
fn gifts(shell: Shell, route: Route) -> AnyView {
    shell.bring(|tools| {
        tools.locate = Some(locate::locate);
        tools.read_pass = Some(pocket::read);
        tools.keep_pass = Some(pocket::keep);
    });
    open::gifts(shell, route)
}

/// The same.
fn others(shell: Shell, route: Route) -> AnyView {
    shell.bring(|tools| {
        tools.copy = Some(clipboard::copy);
        tools.keep_pass = Some(pocket::keep);
    });
    open::others(shell, route)
}

const SOON: core::time::Duration = core::time::Duration::from_millis(1500);

#[cfg(feature = "split")]
mod chunk {
    use leptos::wasm_split::{SplitLoaderError, wasm_split};

    use super::Opener;

    pub async fn account() -> Option<Opener> {
        account_chunk().await.ok()
    }

    pub async fn gifts() -> Option<Opener> {
        gifts_chunk().await.ok()
    }

    pub async fn pages() -> Option<Opener> {
        pages_chunk().await.ok()
    }

    // Not Leptos's own `#[lazy]`, which panics where a chunk can't be fetched.
    #[wasm_split(account, wasm_split_path = ::leptos::wasm_split, preload(preload_account), fallible)]
    fn account_chunk() -> Result<Opener, SplitLoaderError> {
        Ok(super::account)
    }

    #[wasm_split(gifts, wasm_split_path = ::leptos::wasm_split, preload(preload_gifts), fallible)]
    fn gifts_chunk() -> Result<Opener, SplitLoaderError> {
        Ok(super::gifts)
    }

    #[wasm_split(pages, wasm_split_path = ::leptos::wasm_split, preload(preload_pages), fallible)]
    fn pages_chunk() -> Result<Opener, SplitLoaderError> {
        Ok(super::others)
    }
}

#[cfg(not(feature = "split"))]
mod chunk {
    use super::Opener;

    pub async fn account() -> Option<Opener> {
        Some(super::account)
    }

    pub async fn gifts() -> Option<Opener> {
        Some(super::gifts)
    }

    pub async fn pages() -> Option<Opener> {
        Some(super::others)
    }
}
