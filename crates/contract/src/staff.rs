//! The staff's world: sessions of its own, and what a counter does for a member. A counter sees its own counter; the
//! service desk and managers see all.

use serde::{Deserialize, Serialize};

use crate::counter::Counter;
use crate::gift::Variant;
use crate::list::{Page, Whole};
use crate::reservation::{ExchangeOffer, GiftName, ReservationEvent, ReservationState};
use crate::{Date, Endpoint, Id, Instant};

/// What a person of the staff may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works at one counter.
    Counter,
    /// Answers members, for all counters.
    Desk,
    /// Sees everything, alerts included.
    Manager,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 3] = [Role::Counter, Role::Desk, Role::Manager];
    /// As on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Counter => "counter",
            Role::Desk => "desk",
            Role::Manager => "manager",
        }
    }
    /// `None` for a text that names no role.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// Signs a person of the staff in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffSignIn {
    /// The user's name.
    pub user: String,
    /// The password.
    pub password: String,
    /// Six digits of the authenticator; each is good once.
    pub totp: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffSession {
    /// The user's name.
    pub user: String,
    /// What members see of it in a history.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Where it works; `None` for desk and managers.
    pub counter: Option<Counter>,
    /// The session ends then, if not used before.
    pub expires_at: Instant,
    /// Only in the answer to a sign-in that asked for `X-Session: bearer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// A member, as far as the counter needs to know her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaskedMember {
    /// `林*`
    pub name: String,
    /// `+86 138****0001`; empty if it is not known.
    pub phone: String,
}

/// A reservation, as the staff sees it: never with its pick-up code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StaffReservation {
    /// Its identifier.
    pub id: Id,
    /// How far it has come.
    pub state: ReservationState,
    /// The counter has not confirmed by `ready_by`.
    pub late: bool,
    /// Whose.
    pub member: MaskedMember,
    /// Of which gift.
    pub gift: GiftName,
    /// Which variant.
    pub variant: Variant,
    /// The gift's other variants: what may be offered in exchange.
    pub others: Vec<Variant>,
    /// Where.
    pub counter: Counter,
    /// What it costs.
    pub points: i64,
    /// Points and unit are hers until then.
    pub hold_until: Instant,
    /// The counter has to have confirmed by then.
    pub ready_by: Instant,
    /// When it was reserved.
    pub made_at: Instant,
    /// What waits for the member's word.
    pub exchange: Option<ExchangeOffer>,
    /// Who did what when, oldest first.
    pub history: Vec<ReservationEvent>,
    /// When this was true.
    pub as_of: Instant,
}

/// What a scanner read off a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScannedUnit {
    /// EAN-13; leading zeros count.
    pub barcode: String,
}

/// Beside the code `variant-mismatch`: nothing has changed, and it is on record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VariantMismatch {
    /// What was reserved.
    pub expected: Variant,
    /// What was scanned; `None` if no gift has this barcode.
    pub scanned: Option<ScannedGift>,
}

/// What a barcode belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScannedGift {
    /// The gift's name, in the caller's language.
    pub gift: String,
    /// The variant.
    pub variant: Variant,
}

/// The counter can't keep a reservation: points and unit go back to the member at once, and she hears of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CannotKeep {
    /// 1 to 200 characters; the member reads it.
    pub reason: String,
}

/// What she reads out or shows: the code, with or without spaces, or the contents of the pass's QR code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PickupLookup {
    /// As typed or scanned.
    pub code: String,
}

/// Another variant of the same gift, to be confirmed by the member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExchangeProposal {
    /// Which.
    pub variant_id: Id,
}

/// A hold for a member on the telephone: the only way to promise a unit. `Idempotency-Key` is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhoneHold {
    /// Whose, E.164 or national.
    pub phone: String,
    /// Which variant.
    pub variant_id: Id,
    /// At which counter.
    pub counter_id: Id,
}

/// What a counter has of a variant, as the staff counts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockLine {
    /// At which counter.
    pub counter_id: Id,
    /// Of which gift.
    pub gift: GiftName,
    /// Which variant.
    pub variant: Variant,
    /// Units that are there.
    pub on_hand: i64,
    /// Of those, held for members.
    pub held: i64,
    /// Units that nobody holds; never negative, though `held` may be more than is there.
    pub free: i64,
    /// When it was last counted or changed by hand; `None` if never.
    pub counted_at: Option<Instant>,
    /// By whom; `None` if never.
    pub counted_by: Option<String>,
    /// When this was true.
    pub as_of: Instant,
}

/// Units that were counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockCount {
    /// 0 to 100,000.
    pub on_hand: i64,
    /// What the person who counted took to be there before. If that is not so any more, because something was handed over or
    /// arrived meanwhile, nothing is changed: 412 `version-stale`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<i64>,
    /// Why it is not what it was.
    #[serde(default)]
    pub reason: CountReason,
    /// At most 200 characters.
    #[serde(default)]
    pub note: Option<String>,
}

/// Why a count is not what it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CountReason {
    /// Somebody counted.
    #[default]
    Counted,
    /// Broken, or can't be given away.
    Damaged,
    /// Not there any more.
    Lost,
    /// There again.
    Found,
}

impl CountReason {
    /// Every reason.
    pub const ALL: [CountReason; 4] =
        [CountReason::Counted, CountReason::Damaged, CountReason::Lost, CountReason::Found];
    /// As on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            CountReason::Counted => "counted",
            CountReason::Damaged => "damaged",
            CountReason::Lost => "lost",
            CountReason::Found => "found",
        }
    }
}

/// Units that arrived. `Idempotency-Key` is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockReceipt {
    /// 1 to 10,000.
    pub quantity: i64,
    /// At most 200 characters: a delivery's number.
    #[serde(default)]
    pub note: Option<String>,
}

/// A line of the staff's record: who saw or changed what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// Its identifier.
    pub id: Id,
    /// When.
    pub at: Instant,
    /// The user; `None` for the server itself.
    pub user: Option<String>,
    /// What: `signed-in`, `sign-in-locked`, `ready`, `collected`, `failed`, `variant-mismatch`, `exchange-offered`, `stock-counted`,
    /// `stock-received`, `phone-hold`, `pickup-refused`, `pickup-locked`, `pass-not-shown`, `late`.
    pub action: String,
    /// At which counter; `None` where that makes no sense.
    pub counter: Option<Counter>,
    /// The reservation or variant it is about; `None` where there is none.
    pub about: Option<Id>,
    /// In words, for whoever reads it; may be empty.
    pub detail: String,
    /// Somebody should look at it.
    pub alert: bool,
}

/// Which reservations a counter asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StaffFilter {
    /// In this state.
    pub state: Option<ReservationState>,
    /// Whose hold or end falls on this day.
    pub day: Option<Date>,
    /// That the counter has not confirmed in time.
    pub late: bool,
}

/// Sign in.
pub fn sign_in(credentials: &StaffSignIn) -> Endpoint<StaffSession> {
    Endpoint::post("/staff/session", credentials)
}
/// Who am I.
pub fn session() -> Endpoint<StaffSession> {
    Endpoint::get("/staff/session")
}
/// Sign out. Answered with 204 and no body.
pub fn sign_out() -> Endpoint<()> {
    Endpoint::delete("/staff/session")
}
/// Reservations, those with the earliest deadline first.
pub fn reservations(filter: &StaffFilter, cursor: Option<&str>) -> Endpoint<Page<StaffReservation>> {
    let mut path = String::from("/staff/reservations?limit=100");
    if let Some(state) = filter.state {
        path.push_str("&state=");
        path.push_str(state.as_str());
    }
    if let Some(day) = filter.day {
        path.push_str("&day=");
        path.push_str(&day.to_string());
    }
    if filter.late {
        path.push_str("&late=true");
    }
    if let Some(cursor) = cursor {
        path.push_str("&cursor=");
        path.push_str(cursor);
    }
    Endpoint::get(path)
}
/// One reservation.
pub fn reservation(id: &str) -> Endpoint<StaffReservation> {
    Endpoint::get(under("/staff/reservations/", id, ""))
}
/// The unit is scanned and put aside: the member's pass turns green.
pub fn make_ready(id: &str, unit: &ScannedUnit, idempotency_key: &str) -> Endpoint<StaffReservation> {
    Endpoint::post(under("/staff/reservations/", id, "/ready"), unit).keyed(idempotency_key)
}
/// The counter can't keep it.
pub fn fail(id: &str, why: &CannotKeep, idempotency_key: &str) -> Endpoint<StaffReservation> {
    Endpoint::post(under("/staff/reservations/", id, "/fail"), why).keyed(idempotency_key)
}
/// Whose pass this is; whoever looks it up may then hand the gift over. Wrong ones are counted: after a few the counter's
/// look-up is locked for a while.
pub fn look_up(lookup: &PickupLookup) -> Endpoint<StaffReservation> {
    Endpoint::post("/staff/pickups/lookup", lookup)
}
/// The unit is scanned and hers. Needs the pass: `pass-not-shown` unless the same user looked it up within half an hour.
pub fn collect(id: &str, unit: &ScannedUnit, idempotency_key: &str) -> Endpoint<StaffReservation> {
    Endpoint::post(under("/staff/pickups/", id, "/collect"), unit).keyed(idempotency_key)
}
/// Offer another variant; waits for the member's word.
pub fn propose_exchange(id: &str, proposal: &ExchangeProposal, idempotency_key: &str) -> Endpoint<StaffReservation> {
    Endpoint::post(under("/staff/pickups/", id, "/exchange"), proposal).keyed(idempotency_key)
}
/// A hold for a member on the telephone; 201.
pub fn hold(hold: &PhoneHold, idempotency_key: &str) -> Endpoint<StaffReservation> {
    Endpoint::post("/staff/holds", hold).keyed(idempotency_key)
}
/// What a counter has, by gift and variant. The own counter without one.
pub fn stock(counter: Option<&str>) -> Endpoint<Whole<StockLine>> {
    Endpoint::get(counter.map_or("/staff/stock".to_owned(), |counter| under("/staff/stock?counter=", counter, "")))
}
/// Set what was counted; 412 if [`StockCount::before`] is not what is there any more.
pub fn count(counter: &str, variant: &str, count: &StockCount) -> Endpoint<StockLine> {
    Endpoint::put_as_is(under(&under("/staff/stock/", counter, "/"), variant, ""), count)
}
/// Add what arrived; 201.
pub fn receive(counter: &str, variant: &str, receipt: &StockReceipt, idempotency_key: &str) -> Endpoint<StockLine> {
    Endpoint::post(under(&under("/staff/stock/", counter, "/"), variant, "/receipts"), receipt).keyed(idempotency_key)
}
/// The record, newest first; alerts alone, if so asked. Managers only.
pub fn audit(alerts: bool, cursor: Option<&str>) -> Endpoint<Page<AuditEntry>> {
    let mut path = String::from("/staff/audit?limit=50");
    if alerts {
        path.push_str("&alert=true");
    }
    if let Some(cursor) = cursor {
        path.push_str("&cursor=");
        path.push_str(cursor);
    }
    Endpoint::get(path)
}

fn under(before: &str, id: &str, after: &str) -> String {
    let mut path = String::from(before);
    path.push_str(id);
    path.push_str(after);
    path
}
