//! One round trip for the home page.

use serde::{Deserialize, Serialize};

use crate::member::Member;
use crate::points::{Balances, Expiring};
use crate::reservation::OpenReservation;
use crate::tier::Tier;
use crate::{Date, Endpoint, Id, Instant};

/// Everything the home page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overview {
    /// Who she is, with her card.
    pub member: Member,
    /// What line one says.
    pub status_sentence: StatusSentence,
    /// Where she stands.
    pub tier: Tier,
    /// Her balances.
    pub points: Balances,
    /// Every date on which points expire, soonest first.
    pub expiring: Vec<Expiring>,
    /// Her open reservations, those with the earliest deadline first.
    #[serde(default)]
    pub reservations: Vec<OpenReservation>,
    /// At most three gifts that she can have now, for her skin if she told it; the dearest first.
    #[serde(default)]
    pub gifts: Vec<SuggestedGift>,
    /// When these figures were true.
    pub as_of: Instant,
}

/// A gift she can have now, in as few words as the home page needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SuggestedGift {
    /// Its identifier.
    pub id: Id,
    /// In the caller's language.
    pub name: String,
    /// What one of it costs.
    pub points: i64,
    /// The address of its picture.
    pub picture: String,
}

/// The parts of "your membership is active until …"; the words are the front end's, in her language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatusSentence {
    /// Her name, as she wrote it.
    pub name: String,
    /// Her membership is active until then.
    pub active_until: Date,
}

/// Everything the home page shows.
pub fn overview() -> Endpoint<Overview> {
    Endpoint::get("/me/overview")
}
