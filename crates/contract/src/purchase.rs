//! Purchases: what a member sees of them, and what the till sends.

use serde::{Deserialize, Serialize};

use crate::list::Page;
use crate::points::EntryState;
use crate::{Date, Endpoint, Id, Instant, Money};

/// A purchase, as the member sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Purchase {
    /// Its identifier.
    pub id: Id,
    /// The receipt's number.
    pub receipt_no: String,
    /// When she paid.
    pub at: Instant,
    /// The day, in the programme's time zone.
    pub on: Date,
    /// What she paid.
    pub amount: Money,
    /// What of it was refunded.
    pub refunded: Money,
    /// How many items; `None` if the till did not say.
    pub items: Option<u32>,
    /// What it earned, before any refund.
    pub points: i64,
    /// Whether its points are posted.
    pub state: EntryState,
    /// The day its points are or were posted.
    pub posts_on: Date,
}

/// What the till sends. Idempotent by `receipt_no`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PurchaseReport {
    /// Unique within the brand, 1 to 64 characters; leading zeros count.
    pub receipt_no: String,
    /// Whose: exactly one of card number, phone (E.164) or member id.
    pub member: MemberReference,
    /// What was bought; may be empty.
    #[serde(default)]
    pub lines: Vec<PurchaseLine>,
    /// What was paid, in the programme's currency.
    pub paid: Money,
    /// When; not in the future.
    pub at: Instant,
}

/// How the till names a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MemberReference {
    /// Twelve digits.
    Card(String),
    /// E.164.
    Phone(String),
    /// Her identifier.
    Id(Id),
}

/// A line of the receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PurchaseLine {
    /// The product's barcode; leading zeros count.
    pub barcode: String,
    /// How many.
    pub quantity: u32,
    /// For all of them.
    pub amount: Money,
}

/// Money back on a purchase; points and tier follow. Idempotent by `refund_no`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundReport {
    /// Unique within the brand, 1 to 64 characters.
    pub refund_no: String,
    /// More than zero, at most what is left of the purchase.
    pub refunded: Money,
    /// When; not in the future.
    pub at: Instant,
}

/// Purchases, newest first.
pub fn purchases(cursor: Option<&str>) -> Endpoint<Page<Purchase>> {
    let mut path = String::from("/me/purchases?limit=50");
    if let Some(cursor) = cursor {
        path.push_str("&cursor=");
        path.push_str(cursor);
    }
    Endpoint::get(path)
}
