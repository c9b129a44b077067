//! Writing into the staff's record.

use storage::{StaffAuditEntry, Transaction};
use uuid::Uuid;

use crate::extract::Clerk;
use crate::problem::Outcome;
use crate::state::App;

/// What is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Somebody signed in.
    SignedIn,
    /// An account's sign-in is locked for a while.
    SignInLocked,
    /// A unit was put aside.
    Ready,
    /// A unit was handed over.
    Collected,
    /// A counter can't keep what it was to keep.
    Failed,
    /// Another unit was scanned than the reserved one.
    VariantMismatch,
    /// Another variant was offered.
    ExchangeOffered,
    /// Units were counted.
    StockCounted,
    /// Units arrived.
    StockReceived,
    /// A unit was held for a member on the telephone.
    PhoneHold,
    /// A pick-up code was wrong.
    PickupRefused,
    /// Too many were; look-ups are locked for a while.
    PickupLocked,
    /// Somebody would hand over without having seen the pass.
    PassNotShown,
    /// A counter has not confirmed in time.
    Late,
}

impl Action {
    /// As on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignInLocked => "sign-in-locked",
            Self::Ready => "ready",
            Self::Collected => "collected",
            Self::Failed => "failed",
            Self::VariantMismatch => "variant-mismatch",
            Self::ExchangeOffered => "exchange-offered",
            Self::StockCounted => "stock-counted",
            Self::StockReceived => "stock-received",
            Self::PhoneHold => "phone-hold",
            Self::PickupRefused => "pickup-refused",
            Self::PickupLocked => "pickup-locked",
            Self::PassNotShown => "pass-not-shown",
            Self::Late => "late",
        }
    }

    /// Whether somebody should look at it whatever it says.
    const fn is_alert(self) -> bool {
        matches!(self, Self::SignInLocked | Self::PickupLocked | Self::Late)
    }
}

/// A line to be written.
#[derive(Clone, Copy, Default)]
pub struct Line<'a> {
    /// Who; `None` for the server itself.
    pub user: Option<&'a str>,
    /// At which counter.
    pub counter: Option<Uuid>,
    /// The reservation or variant it is about.
    pub about: Option<Uuid>,
    /// Figures, and what was typed: nothing that would need a translation.
    pub detail: &'a str,
    /// Somebody should look at it.
    pub alert: bool,
}

impl<'a> Line<'a> {
    /// What this person does, at their own counter.
    pub fn by(clerk: &'a Clerk) -> Self {
        Self { user: Some(&clerk.user), counter: clerk.counter, ..Self::default() }
    }
}

/// Writes a line, in the transaction of what it is about.
pub async fn note(app: &App, tx: &mut Transaction, action: Action, line: Line<'_>) -> Outcome<()> {
    let entry = StaffAuditEntry {
        id: app.id()?,
        at: app.now(),
        user: line.user.map(str::to_owned),
        action: action.as_str().to_owned(),
        counter: line.counter,
        about: line.about,
        detail: line.detail.to_owned(),
        alert: line.alert || action.is_alert(),
    };
    Ok(tx.note_staff(&entry).await?)
}
