//! Pages with their screens, in a browser.

use leptos::prelude::*;
use screens::Screen;
use screens::staff::{OnDuty, sign_in as entrance};
use ui::intent::Intent;
use ui::shell::{Open, Shell};

use super::{attention, hold, not_found, pickup, reservation, sign_in, stock, today};

pub(crate) fn sign_in(shell: Shell, back: String, ended: bool) -> AnyView {
    drawn(shell.open::<entrance::SignIn>(entrance::Params { back, ended }), sign_in::draw)
}

pub(crate) fn today(shell: Shell, on_duty: OnDuty) -> AnyView {
    use screens::staff::today::{Event, Today};
    drawn(shell.open::<Today>(on_duty).when_back(|| Event::CameBack), today::draw)
}

pub(crate) fn reservation(shell: Shell, on_duty: OnDuty, id: String) -> AnyView {
    use screens::staff::reservation::{Event, Params, Reservation};
    drawn(shell.open::<Reservation>(Params { on_duty, id }).when_back(|| Event::CameBack), reservation::draw)
}

pub(crate) fn pickup(shell: Shell, on_duty: OnDuty) -> AnyView {
    drawn(shell.open::<screens::staff::pickup::Pickup>(on_duty), pickup::draw)
}

pub(crate) fn stock(shell: Shell, on_duty: OnDuty, counter: Option<String>) -> AnyView {
    use screens::staff::stock::{Event, Params, Stock};
    drawn(shell.open::<Stock>(Params { on_duty, counter }).when_back(|| Event::CameBack), stock::draw)
}

pub(crate) fn hold(shell: Shell, on_duty: OnDuty, counter: Option<String>, variant: Option<String>) -> AnyView {
    use screens::staff::hold::{Hold, Params};
    drawn(shell.open::<Hold>(Params { on_duty, counter, variant }), hold::draw)
}

pub(crate) fn attention(shell: Shell, on_duty: OnDuty) -> AnyView {
    use screens::staff::attention::{Attention, Event};
    drawn(shell.open::<Attention>(on_duty).when_back(|| Event::CameBack), attention::draw)
}

pub(crate) fn not_found(shell: Shell) -> AnyView {
    (move || not_found::draw(screens::staff::not_found::view(&shell.tracked_env()))).into_any()
}

/// A screen that is open, drawn anew whenever its view changes.
fn drawn<S: Screen>(open: Open<S>, draw: fn(S::View, Intent<S::Event>) -> AnyView) -> AnyView {
    (move || draw(open.view.get(), open.intent)).into_any()
}
