//! The application's route table, and its start.

use leptos::mount::mount_to;
use leptos::prelude::{Effect as Watch, *};
use screens::staff::chrome::{Chrome, Event, Page};
use screens::staff::{OnDuty, Route, chrome};
use screens::view::Trouble;
use ui::components::body::skeleton;
use ui::components::trouble::trouble;
use ui::shell::{FrontEnd, Open, Place, Shell, mark, signal};
use wasm_bindgen::JsCast;

use crate::pages::open;
use crate::{camera, frame};

const STAFF: FrontEnd = FrontEnd {
    is_page: |address| Route::parse(address) != Route::NotFound,
    unsaved: screens::chrome::unsaved,
    is_private: |request| request.path.starts_with("/staff/"),
};

/// Which page is drawn for an address, and for whom; `None` where nobody has to be known.
fn page(shell: Shell, route: Route, on_duty: Option<OnDuty>) -> AnyView {
    match (route, on_duty) {
        (Route::SignIn { back, ended }, _) => open::sign_in(shell, back, ended),
        (Route::Today, Some(on_duty)) => open::today(shell, on_duty),
        (Route::Reservation(id), Some(on_duty)) => open::reservation(shell, on_duty, id),
        (Route::Pickup, Some(on_duty)) => open::pickup(shell, on_duty),
        (Route::Stock { counter }, Some(on_duty)) => open::stock(shell, on_duty, counter),
        (Route::Hold { counter, variant }, Some(on_duty)) => open::hold(shell, on_duty, counter, variant),
        (Route::Attention, Some(on_duty)) => open::attention(shell, on_duty),
        (Route::NotFound, _) | (_, None) => open::not_found(shell),
    }
}

/// Draws the application over what the server sent, and takes over from there.
pub fn start() {
    let Some(root) = document().get_element_by_id("app").and_then(|root| root.dyn_into().ok()) else { return };
    mount_to(root, app).forget();
    mark("interactive");
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-ready", "");
    }
}

fn app() -> impl IntoView {
    let shell = Shell::start(&STAFF);
    shell.bring(|tools| {
        tools.scan = Some(camera::scan);
        tools.signal = Some(signal::signal);
    });
    signal::prepare();
    let chrome = shell.open::<Chrome>(Route::parse(&shell.place().path));
    Watch::new(move |before: Option<()>| {
        let route = Route::parse(&shell.place().path);
        if before.is_some() {
            frame::fold();
            chrome.intent.send(Event::At(route));
        }
    });
    Watch::new(move |_| document().set_title(&chrome.view.get().title));
    let shown = Memo::new(move |_| shown(shell.place(), chrome.view.get().page));
    let view = view! {
        {move || frame::above(chrome.view.get(), chrome.intent)}
        <main id="main" tabindex="-1">{move || contents(shell, chrome, shown.get())}</main>
        {move || frame::below(chrome.view.get())}
        {move || camera::viewfinder(&shell.tracked_env())}
    };
    // In the same task as the mounting that follows: there is no frame without contents.
    if let Some(root) = document().get_element_by_id("app") {
        root.replace_children_with_node_0();
    }
    view
}

/// What stands in the middle. The address has the last word: what surrounds the page hears of a new one a little later.
#[derive(Clone, PartialEq)]
enum Shown {
    Page(Place, Option<OnDuty>),
    Loading(Place),
    Trouble(Place, Trouble),
}

fn shown(place: Place, page: Page) -> Shown {
    match (Route::parse(&place.path), page) {
        (Route::SignIn { .. } | Route::NotFound, _) => Shown::Page(place, None),
        (_, Page::For(on_duty)) => Shown::Page(place, Some(on_duty)),
        (_, Page::Trouble(what)) => Shown::Trouble(place, what),
        (_, Page::Open | Page::Loading(_)) => Shown::Loading(place),
    }
}

fn contents(shell: Shell, chrome: Open<Chrome>, shown: Shown) -> AnyView {
    let (place, below) = match shown {
        Shown::Page(place, on_duty) => return page(shell, Route::parse(&place.path), on_duty),
        Shown::Loading(place) => {
            on_cleanup(move || shell.settle());
            (place, skeleton(screens::chrome::loading(&shell.env()), "pp"))
        }
        Shown::Trouble(place, what) => (place, trouble(what, chrome.intent.act(|| Event::Retry))),
    };
    let heading = chrome::name(&Route::parse(&place.path), &shell.env());
    (view! { <h1 tabindex="-1">{heading}</h1> }, below).into_any()
}
