//! Pages of a list.

use serde::{Deserialize, Serialize};

/// One page of a list, stable under inserts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// At most as many as `?limit=` asked for (100 at most).
    pub items: Vec<T>,
    /// What to send as `?cursor=` for the page after this one; `None` on the last.
    pub next: Option<String>,
}

/// A list that is always whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Whole<T> {
    /// Every item.
    pub items: Vec<T>,
    /// Always `None`: there for clients that read every list the same way.
    pub next: Option<String>,
    /// When these figures were true.
    pub as_of: crate::Instant,
}
