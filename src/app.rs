//! The portal's route table, and its start.

use leptos::mount::mount_to;
use leptos::prelude::{Effect as Watch, *};
use screens::{Request, Route, chrome};
use ui::shell::{FrontEnd, Shell, mark};
use wasm_bindgen::JsCast;

use crate::lazy::{self, Chunks};
use crate::{frame, pages};

const PORTAL: FrontEnd = FrontEnd {
    is_page: |address| Route::parse(address) != Route::NotFound,
    unsaved: chrome::unsaved,
    is_private: Request::is_private,
};

/// Which page is drawn for a route. Home is in the first wasm; the others come when they are asked for.
fn page(shell: Shell, chunks: Chunks, route: Route) -> AnyView {
    match route {
        Route::Home => pages::home::open(shell),
        Route::SignIn { .. } | Route::Join { .. } => lazy::page(shell, chunks.account, route),
        Route::Gifts
        | Route::Gift { .. }
        | Route::Reservations
        | Route::Reservation { .. }
        | Route::Pass { .. }
        | Route::Move { .. } => lazy::page(shell, chunks.gifts, route),
        Route::Card
        | Route::Points
        | Route::Tier
        | Route::Programme
        | Route::Me
        | Route::Profile
        | Route::Preferences
        | Route::NotFound => lazy::page(shell, chunks.pages, route),
    }
}

/// Draws the portal over what the server sent, and takes over from there.
pub fn start() {
    let Some(root) = document().get_element_by_id("app").and_then(|root| root.dyn_into().ok()) else { return };
    mount_to(root, app).forget();
    mark("interactive");
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-ready", "");
    }
}

fn app() -> impl IntoView {
    let shell = Shell::start(&PORTAL);
    let chunks = Chunks::new();
    let chrome = move || chrome::view(&route(shell), &shell.tracked_env());
    Watch::new(move |_| document().set_title(&chrome().title));
    lazy::prefetch([chunks.gifts, chunks.pages]);
    let view = view! {
        {move || frame::above(&chrome())}
        <main id="main" tabindex="-1">{move || page(shell, chunks, route(shell))}</main>
        {move || frame::below(chrome())}
    };
    // In the same task as the mounting that follows: there is no frame without contents.
    if let Some(root) = document().get_element_by_id("app") {
        root.replace_children_with_node_0();
    }
    view
}

/// The page that is shown; tracked.
fn route(shell: Shell) -> Route {
    Route::parse(&shell.place().path)
}
