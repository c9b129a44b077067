//! The catalogue with what is free, remembered for a few seconds: what the home page may suggest.
//!
//! Only suggestions are made from this. The page of a gift and every write ask the database.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use storage::{Gift, Reader};
use tokio::sync::Mutex;
use uuid::Uuid;

/// A suggestion may be so old. The home page is opened far more often than a shelf runs empty, and counting all of it takes
/// longer than all the rest of that page.
const FRESH: TimeDelta = TimeDelta::seconds(5);

/// Gifts, and which of their variants some counter has a free unit of.
pub struct Shelf {
    /// Every gift, the cheapest first.
    pub gifts: Vec<Gift>,
    /// Variants with at least one unit somewhere that nobody holds.
    pub free: HashSet<Uuid>,
    at: DateTime<Utc>,
}

/// The latest look at it.
#[derive(Default)]
pub struct Glance(Mutex<Option<Arc<Shelf>>>);

impl Glance {
    /// The shelf as it was a few seconds ago at most.
    pub async fn take(&self, reader: &mut Reader, now: DateTime<Utc>) -> storage::Result<Arc<Shelf>> {
        // Whoever comes while somebody looks waits for what that one sees.
        let mut latest = self.0.lock().await;
        if let Some(shelf) = latest.as_ref().filter(|shelf| (now - shelf.at).abs() < FRESH) {
            return Ok(Arc::clone(shelf));
        }
        let gifts = reader.gifts().await?;
        let stock = if gifts.is_empty() { Vec::new() } else { reader.stock(now).await? };
        let free = stock.iter().filter(|stock| stock.free() > 0).map(|stock| stock.variant).collect();
        let shelf = Arc::new(Shelf { gifts, free, at: now });
        *latest = Some(Arc::clone(&shelf));
        Ok(shelf)
    }
}
