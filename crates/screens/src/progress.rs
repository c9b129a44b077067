//! How far a reservation has come, in words and tone.

use catalogue::text::state as words;
use contract::Instant;
use contract::reservation::{Reservation, ReservationEventKind, ReservationState};
use serde::Serialize;

use crate::env::Env;

/// What a reservation's colour says. Never the only sign: its words say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Safe to travel; or done, and hers.
    Good,
    /// Under way.
    Waiting,
    /// She has something to decide.
    Late,
    /// Over.
    Over,
}

/// In a few words. Never of the word that is kept for points: a reservation is no longer held, it does not expire.
pub(crate) fn name(state: ReservationState, late: bool, env: &Env) -> &'static str {
    let locale = env.locale;
    match state {
        ReservationState::Held if late => words::late(locale),
        ReservationState::Held => words::held(locale),
        ReservationState::Ready => words::ready(locale),
        ReservationState::Collected => words::collected(locale),
        ReservationState::Cancelled => words::cancelled(locale),
        ReservationState::Expired => words::lapsed(locale),
        ReservationState::Failed => words::failed(locale),
    }
}

/// What its colour says.
pub(crate) fn tone(state: ReservationState, late: bool) -> Tone {
    match state {
        ReservationState::Held if late => Tone::Late,
        ReservationState::Held => Tone::Waiting,
        ReservationState::Ready => Tone::Good,
        ReservationState::Failed => Tone::Late,
        ReservationState::Collected | ReservationState::Cancelled | ReservationState::Expired => Tone::Over,
    }
}

/// When this happened to it; the last time, if more than once.
pub(crate) fn when(reservation: &Reservation, what: ReservationEventKind) -> Option<Instant> {
    reservation.history.iter().rev().find(|event| event.what == what).map(|event| event.at)
}
