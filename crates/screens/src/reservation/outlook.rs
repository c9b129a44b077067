//! The first thing the page says: whether to set out.

use catalogue::text::reservation as words;
use contract::reservation::{Reservation as Known, ReservationEventKind, ReservationState};
use serde::Serialize;

use crate::env::Env;
use crate::format;
use crate::progress::{self, Tone};

/// Whether to set out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outlook {
    /// How far it has come, above the heading; `None` where the heading says it.
    pub label: Option<String>,
    /// What its colour says.
    pub tone: Tone,
    /// By when what has to happen, or what became of it.
    pub text: String,
}

/// Heading and outlook.
pub(super) fn outlook(known: &Known, env: &Env) -> (String, Outlook) {
    let locale = env.locale;
    let state = progress::name(known.state, known.late, env);
    let by = || format::moment(env, known.ready_by);
    let until = || format::moment(env, known.hold_until);
    let points = known.points;
    let number = || format::number(points);
    let (title, text) = match known.state {
        ReservationState::Held if known.late => (words::late_title(locale), words::late_text(locale, &by())),
        ReservationState::Held => (words::held_title(locale), words::held_text(locale, &by())),
        ReservationState::Ready => (
            state,
            match progress::when(known, ReservationEventKind::Ready) {
                Some(at) => words::ready_text(locale, &format::moment(env, at), &until()),
                None => words::ready_text_bare(locale, &until()),
            },
        ),
        ReservationState::Collected => {
            let at = progress::when(known, ReservationEventKind::Collected).unwrap_or(known.as_of);
            let at = format::moment(env, at);
            (words::collected_title(locale), words::collected_text(locale, points, &at, &number()))
        }
        ReservationState::Cancelled => {
            (words::cancelled_title(locale), words::cancelled_text(locale, points, &number()))
        }
        ReservationState::Expired => {
            (words::lapsed_title(locale), words::lapsed_text(locale, points, &number(), &until()))
        }
        ReservationState::Failed => (words::failed_title(locale), words::failed_text(locale, points, &number())),
    };
    let outlook = Outlook {
        label: (title != state).then(|| state.to_owned()),
        tone: progress::tone(known.state, known.late),
        text,
    };
    (title.to_owned(), outlook)
}
