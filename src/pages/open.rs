//! Pages with their screens, in a browser: what the lazy chunks consist of.

use leptos::prelude::{Effect as Watch, *};
use screens::view::Body;
use screens::{Route, Screen};

use super::{
    card, gift, gifts, join, me, not_found, pass, points, preferences, profile, programme, relocate, reservation,
    reservations, sign_in, tier,
};
use crate::intent::Intent;
use crate::shell::{Open, Shell};

/// Signing in and joining.
pub(crate) fn account(shell: Shell, route: Route) -> AnyView {
    use screens::{join::Join, sign_in::SignIn};
    match route {
        Route::SignIn { back, ended } => {
            drawn(shell.open::<SignIn>(screens::sign_in::Params { back, ended }), sign_in::draw)
        }
        Route::Join { back } => drawn(shell.open::<Join>(screens::join::Params { back }), join::draw),
        _ => nowhere(shell),
    }
}

/// Gifts, reservations and the pass.
pub(crate) fn gifts(shell: Shell, route: Route) -> AnyView {
    use screens::{
        gift::Gift, gifts::Gifts, pass::Pass, relocate::Relocate, reservation::Reservation, reservations::Reservations,
    };
    match route {
        Route::Gifts => drawn(shell.open::<Gifts>(()).when_back(|| screens::gifts::Event::CameBack), gifts::draw),
        Route::Gift { id, counter, variant } => {
            let params = screens::gift::Params { id, counter, variant };
            drawn(shell.open::<Gift>(params).when_seen(screens::gift::Event::Seen), gift::draw)
        }
        Route::Reservations => drawn(
            shell.open::<Reservations>(()).when_back(|| screens::reservations::Event::CameBack),
            reservations::draw,
        ),
        Route::Reservation { id } => {
            drawn(shell.open::<Reservation>(id).when_seen(screens::reservation::Event::Seen), reservation::draw)
        }
        Route::Pass { id } => drawn(shell.open::<Pass>(id).when_seen(screens::pass::Event::Seen), pass::draw),
        Route::Move { id } => {
            drawn(shell.open::<Relocate>(id).when_seen(screens::relocate::Event::Seen), relocate::draw)
        }
        _ => nowhere(shell),
    }
}

/// The pages that are neither home nor on the way in.
pub(crate) fn others(shell: Shell, route: Route) -> AnyView {
    use screens::{
        card::Card, me::Me, points::Points, preferences::Preferences, profile::Profile, programme::Programme,
        tier::Tier,
    };
    match route {
        Route::Card => drawn(shell.open::<Card>(()).when_back(|| screens::card::Event::CameBack), card::draw),
        Route::Points => drawn(shell.open::<Points>(()).when_back(|| screens::points::Event::CameBack), points::draw),
        Route::Tier => drawn(shell.open::<Tier>(()).when_back(|| screens::tier::Event::CameBack), tier::draw),
        Route::Programme => drawn(shell.open::<Programme>(()), programme::draw),
        Route::Me => drawn(shell.open::<Me>(()), me::draw),
        Route::Profile => {
            let open = shell.open::<Profile>(());
            Watch::new(move |_| shell.set_unsaved(open.view.with(|view| dirty(&view.body, |form| form.dirty))));
            drawn(open, profile::draw)
        }
        Route::Preferences => {
            let open = shell.open::<Preferences>(());
            Watch::new(move |_| shell.set_unsaved(open.view.with(|view| dirty(&view.body, |form| form.dirty))));
            drawn(open, preferences::draw)
        }
        _ => nowhere(shell),
    }
}

fn dirty<Form>(body: &Body<Form>, dirty: impl Fn(&Form) -> bool) -> bool {
    matches!(body, Body::Shown { content, .. } if dirty(content))
}

fn nowhere(shell: Shell) -> AnyView {
    (move || not_found::draw(screens::not_found::view(&shell.tracked_env()))).into_any()
}

/// A screen that is open, drawn anew whenever its view changes.
fn drawn<S: Screen>(open: Open<S>, draw: fn(S::View, Intent<S::Event>) -> AnyView) -> AnyView {
    (move || draw(open.view.get(), open.intent)).into_any()
}
