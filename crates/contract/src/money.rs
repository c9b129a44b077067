//! Money as it travels.

use serde::{Deserialize, Serialize};

/// An amount in integer minor units (fen, cents) of a currency: 1,234.50 yuan is `{"amount": 123450, "currency": "CNY"}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Money {
    /// Minor units; may be negative.
    pub amount: i64,
    /// ISO 4217, three capital letters.
    pub currency: String,
}
