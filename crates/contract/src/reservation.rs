//! Reservations: points and the very unit, locked in one step, at a counter named beforehand.

use serde::{Deserialize, Serialize};

use crate::counter::Counter;
use crate::gift::Variant;
use crate::list::Page;
use crate::{Endpoint, Id, Instant};

/// How far a reservation has come. Safe to travel is a state: [`ReservationState::Ready`], and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReservationState {
    /// Points and unit are locked; the counter has not confirmed yet.
    Held,
    /// The counter has scanned the unit and put it aside.
    Ready,
    /// She has it. The end.
    Collected,
    /// She gave it up; points and unit are back. The end.
    Cancelled,
    /// The time ran out; points and unit are back. The end.
    Expired,
    /// The counter could not keep it; points and unit are back. The end.
    Failed,
}

impl ReservationState {
    /// Every state.
    pub const ALL: [Self; 6] = [Self::Held, Self::Ready, Self::Collected, Self::Cancelled, Self::Expired, Self::Failed];
    /// As on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Ready => "ready",
            Self::Collected => "collected",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Failed => "failed",
        }
    }
    /// `None` for a text that names no state.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
    /// Whether points and unit are locked.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Held | Self::Ready)
    }
}

/// Reserves one unit. `Idempotency-Key` is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReservationRequest {
    /// Which variant.
    pub variant_id: Id,
    /// At which counter.
    pub counter_id: Id,
    /// What she was told it costs. Refused with `price-changed` if it does not any more; without it the price of the moment
    /// holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<i64>,
}

/// A reservation, as the member sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reservation {
    /// Its identifier.
    pub id: Id,
    /// How far it has come. `Expired` from the deadline on, whether or not anybody has swept.
    pub state: ReservationState,
    /// The counter has not confirmed by `ready_by`: the four ways out are open. Only in `held`.
    pub late: bool,
    /// Of which gift.
    pub gift: GiftName,
    /// Which variant.
    pub variant: Variant,
    /// Where.
    pub counter: Counter,
    /// Points that are locked for it; after `collected` those that were spent, after any other end zero.
    pub points_held: i64,
    /// What it costs.
    pub points: i64,
    /// Points and unit are hers until then.
    pub hold_until: Instant,
    /// The counter has to have confirmed by then.
    pub ready_by: Instant,
    /// When she reserved.
    pub made_at: Instant,
    /// Another variant that the counter offers in exchange, and that waits for her word.
    pub exchange: Option<ExchangeOffer>,
    /// Who did what when, oldest first.
    pub history: Vec<ReservationEvent>,
    /// What she may do now.
    pub actions: Vec<ReservationAction>,
    /// When this was true.
    pub as_of: Instant,
}

/// A gift by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GiftName {
    /// Its identifier.
    pub id: Id,
    /// In the caller's language.
    pub name: String,
    /// The address of its picture.
    pub picture: String,
}

/// Another variant instead of the one she has or is about to have; nothing changes unless she says so on her own phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExchangeOffer {
    /// What she would get. One unit of it is held until `until`.
    pub variant: Variant,
    /// Who offers it.
    pub by: String,
    /// The offer ends then, and nothing has changed.
    pub until: Instant,
}

/// What happened to a reservation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReservationEvent {
    /// When.
    pub at: Instant,
    /// What.
    pub what: ReservationEventKind,
    /// Who.
    pub by: ActorKind,
    /// The name of a person of the staff; `None` for herself and for the clock.
    pub name: Option<String>,
    /// In the caller's language where it has words: the counter it moved to, the variant it was exchanged for. For
    /// `failed` the reason, as the counter wrote it.
    pub note: Option<String>,
}

/// What can happen to a reservation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReservationEventKind {
    /// Points and unit were locked.
    Held,
    /// The counter had not confirmed in time.
    Late,
    /// The unit was scanned and put aside.
    Ready,
    /// She took it.
    Collected,
    /// She gave it up.
    Cancelled,
    /// The time ran out.
    Expired,
    /// The counter could not keep it.
    Failed,
    /// It is held longer.
    Extended,
    /// It is at another counter now.
    Moved,
    /// Another variant was offered.
    ExchangeOffered,
    /// She took the other variant.
    Exchanged,
    /// She did not want it.
    ExchangeDeclined,
}

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// Herself.
    Member,
    /// A person of the staff.
    Staff,
    /// A deadline that passed.
    Clock,
}

/// What she may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReservationAction {
    /// Give it up: points back at once.
    Cancel,
    /// Have it held longer.
    Extend,
    /// Have it at another counter.
    Move,
    /// See the pass.
    Pass,
    /// Take the other variant, or not.
    AnswerExchange,
}

/// The green pass; only in `ready`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pass {
    /// Of which reservation.
    pub reservation_id: Id,
    /// What she reads out if nothing scans: nine letters and digits, no ones that look alike.
    pub code: String,
    /// What is scanned: the code, signed.
    pub qr: String,
    /// Of which gift.
    pub gift: GiftName,
    /// Which variant.
    pub variant: Variant,
    /// Where, with hours and position.
    pub counter: Counter,
    /// When the unit was scanned and put aside.
    pub ready_at: Instant,
    /// It is hers until then.
    pub hold_until: Instant,
    /// When this was true.
    pub as_of: Instant,
}

/// An open reservation, in as few words as the home page needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenReservation {
    /// Its identifier.
    pub id: Id,
    /// `held` or `ready`.
    pub state: ReservationState,
    /// The counter has not confirmed in time.
    pub late: bool,
    /// The gift's name, in the caller's language.
    pub gift: String,
    /// The counter's name, in the caller's language.
    pub counter: String,
    /// Points and unit are hers until then.
    pub hold_until: Instant,
    /// The counter has to have confirmed by then.
    pub ready_by: Instant,
}

/// Beside the code `out-of-stock`: where else it is to be had, the nearest first. At most five, none if nowhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutOfStock {
    /// Counters that have it.
    pub nearest: Vec<Nearest>,
}

/// A counter that has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Nearest {
    /// Where.
    pub counter: Counter,
    /// From the counter that was asked, along the great circle.
    pub distance_km: f64,
    /// Units that nobody holds; not held for her either.
    pub free: i64,
    /// When that was true.
    pub as_of: Instant,
    /// Always `false`.
    pub held_for_you: bool,
}

/// Beside the code `insufficient-points`: what is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InsufficientPoints {
    /// Points that are missing.
    pub missing: i64,
}

/// Moves a reservation. `Idempotency-Key` is needed: it locks a unit elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoveRequest {
    /// To which counter.
    pub counter_id: Id,
}

/// Which variant she was shown when she answered. Welcome: a tap on an old page then never takes another one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExchangeAnswer {
    /// That of the offer.
    #[serde(default)]
    pub variant_id: Option<Id>,
}

/// Reserve; 201.
pub fn reserve(request: &ReservationRequest, idempotency_key: &str) -> Endpoint<Reservation> {
    Endpoint::post("/reservations", request).keyed(idempotency_key)
}
/// Hers, open ones first, then the newest first. `cursor` is the `next` of the page before.
pub fn reservations(cursor: Option<&str>) -> Endpoint<Page<Reservation>> {
    let mut path = String::from("/reservations?limit=20");
    if let Some(cursor) = cursor {
        // Cursors are url-safe by contract, so they need no escaping.
        path.push_str("&cursor=");
        path.push_str(cursor);
    }
    Endpoint::get(path)
}
/// One of hers.
pub fn reservation(id: &str) -> Endpoint<Reservation> {
    Endpoint::get(of(id, ""))
}
/// The green pass.
pub fn pass(id: &str) -> Endpoint<Pass> {
    Endpoint::get(of(id, "/pass"))
}
/// Give it up.
pub fn cancel(id: &str, idempotency_key: &str) -> Endpoint<Reservation> {
    Endpoint::delete(of(id, "")).keyed(idempotency_key)
}
/// Have it held longer.
pub fn extend(id: &str, idempotency_key: &str) -> Endpoint<Reservation> {
    Endpoint::post(of(id, "/extend"), &()).keyed(idempotency_key)
}
/// Have it at another counter.
pub fn move_to(id: &str, request: &MoveRequest, idempotency_key: &str) -> Endpoint<Reservation> {
    Endpoint::post(of(id, "/move"), request).keyed(idempotency_key)
}
/// Take the other variant, the one she was shown, or keep things as they are.
pub fn answer_exchange(id: &str, take: bool, variant: &str, idempotency_key: &str) -> Endpoint<Reservation> {
    let answer = ExchangeAnswer { variant_id: Some(variant.to_owned()) };
    Endpoint::post(of(id, if take { "/exchange/confirm" } else { "/exchange/decline" }), &answer).keyed(idempotency_key)
}

fn of(id: &str, what: &str) -> String {
    let mut path = String::from("/reservations/");
    path.push_str(id);
    path.push_str(what);
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_survives_its_text() {
        for state in ReservationState::ALL {
            assert_eq!(ReservationState::from_text(state.as_str()), Some(state));
            let on_the_wire = serde_json::to_string(&state).unwrap_or_default();
            assert_eq!(on_the_wire, format!("\"{}\"", state.as_str()));
        }
        assert_eq!(ReservationState::from_text("lost"), None);
    }
}
