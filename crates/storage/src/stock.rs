//! Stock: how many units a counter has of a variant, and how many of them nobody holds.
//!
//! What is held is never stored: it is counted, from the reservations that are open at an instant and the offers that wait
//! then. So a unit can't be released twice or forgotten, and a hold whose time has run out frees its unit at that instant,
//! whenever somebody sweeps.
//!
//! Whoever takes or gives a unit locks its place first and counts after, in a statement of its own: on PostgreSQL a count
//! inside the statement that waited for the lock would see what was before the wait, and sell the last unit twice. The
//! place also remembers the latest instant at which somebody counted. A writer that waited beyond a deadline, or whose clock
//! is behind, acts with that instant instead of its own; otherwise it could still collect what somebody else was promised
//! the moment it ran out.
//!
//! A count by the staff may be below what is held: the shelf is right and the books are not. Nothing forbids it; `free` is
//! zero then, and somebody has to be told.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::{Error, Result};
use crate::value::Row;

/// What a counter has of a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stock {
    /// Where.
    pub counter: Uuid,
    /// Of which variant.
    pub variant: Uuid,
    /// Units that are there.
    pub on_hand: i64,
    /// Units that are held for members; may be more than are there.
    pub held: i64,
    /// When it was last counted or changed by hand; `None` if never.
    pub counted_at: Option<DateTime<Utc>>,
    /// By whom; `None` if never.
    pub counted_by: Option<String>,
}

impl Stock {
    /// Units that nobody holds.
    pub fn free(&self) -> i64 {
        (self.on_hand - self.held).max(0)
    }
}

/// What a change by hand did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Units that were there according to the books.
    pub before: i64,
    /// What is there now. If more are held than are there, a member was promised what is not there.
    pub stock: Stock,
}

/// What is held of `s`, a row of stock, at $1.
macro_rules! held {
    () => {
        "(SELECT COUNT(*) FROM reservations r WHERE r.counter_id = s.counter_id AND r.variant_id = s.variant_id \
         AND r.state IN ('held', 'ready') AND r.hold_until > $1) + \
         (SELECT COUNT(*) FROM reservations x WHERE x.counter_id = s.counter_id AND x.exchange_variant = s.variant_id \
         AND x.exchange_variant IS NOT NULL AND x.exchange_until > $1)"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT s.counter_id, s.variant_id, s.on_hand, s.counted_at, s.counted_by, ",
            held!(),
            " FROM stock s ",
            $rest,
            " ORDER BY s.counter_id, s.variant_id"
        )
    };
}

fn stock(row: &Row) -> Result<Stock> {
    Ok(Stock {
        counter: row.get(0)?,
        variant: row.get(1)?,
        on_hand: row.get(2)?,
        counted_at: row.maybe(3)?,
        counted_by: row.maybe(4)?,
        held: row.get(5)?,
    })
}

impl Reader {
    /// What every counter has of everything; ordered by counter and variant, as are the other lists of stock.
    pub async fn stock(&mut self, now: DateTime<Utc>) -> Result<Vec<Stock>> {
        // What is held is counted once and joined, not looked up for each of thousands of places: few are held of many.
        let sql = "SELECT s.counter_id, s.variant_id, s.on_hand, s.counted_at, s.counted_by, COALESCE(h.held, 0) \
                   FROM stock s LEFT JOIN (SELECT u.counter_id, u.variant_id, COUNT(*) AS held FROM \
                   (SELECT r.counter_id, r.variant_id FROM reservations r \
                   WHERE r.state IN ('held', 'ready') AND r.hold_until > $1 \
                   UNION ALL SELECT x.counter_id, x.exchange_variant FROM reservations x \
                   WHERE x.exchange_variant IS NOT NULL AND x.exchange_until > $1) u \
                   GROUP BY u.counter_id, u.variant_id) h \
                   ON h.counter_id = s.counter_id AND h.variant_id = s.variant_id ORDER BY s.counter_id, s.variant_id";
        self.fetch(sql, &[now.into()]).await?.iter().map(stock).collect()
    }

    /// What every counter has of a gift.
    pub async fn stock_of_gift(&mut self, gift: Uuid, now: DateTime<Utc>) -> Result<Vec<Stock>> {
        let sql = select!("WHERE s.variant_id IN (SELECT v.variant_id FROM variants v WHERE v.gift_id = $2)");
        self.fetch(sql, &[now.into(), gift.into()]).await?.iter().map(stock).collect()
    }

    /// What every counter has of a variant.
    pub async fn stock_of_variant(&mut self, variant: Uuid, now: DateTime<Utc>) -> Result<Vec<Stock>> {
        let sql = select!("WHERE s.variant_id = $2");
        self.fetch(sql, &[now.into(), variant.into()]).await?.iter().map(stock).collect()
    }

    /// What one counter has of everything.
    pub async fn stock_at(&mut self, counter: Uuid, now: DateTime<Utc>) -> Result<Vec<Stock>> {
        let sql = select!("WHERE s.counter_id = $2");
        self.fetch(sql, &[now.into(), counter.into()]).await?.iter().map(stock).collect()
    }

    /// What one counter has of one variant; `None` if it never had any.
    pub async fn stock_line(&mut self, counter: Uuid, variant: Uuid, now: DateTime<Utc>) -> Result<Option<Stock>> {
        let sql = select!("WHERE s.counter_id = $2 AND s.variant_id = $3");
        self.fetch_one(sql, &[now.into(), counter.into(), variant.into()]).await?.as_ref().map(stock).transpose()
    }
}

/// A unit's place: a counter and a variant.
pub(crate) type Place = (Uuid, Uuid);

/// Places that are locked until the transaction ends.
#[derive(Debug)]
pub(crate) struct Places {
    /// Not before the instant that was brought along; what to act with.
    pub(crate) now: DateTime<Utc>,
    on_hand: Vec<(Place, i64)>,
}

impl Transaction {
    /// Sets what was counted; `None` if there is no such counter or variant.
    pub async fn count_stock(
        &mut self,
        counter: Uuid,
        variant: Uuid,
        on_hand: i64,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Counted>> {
        self.change_stock((counter, variant), |_| on_hand, by, now).await
    }

    /// Adds what arrived; `None` if there is no such counter or variant.
    pub async fn receive_stock(
        &mut self,
        counter: Uuid,
        variant: Uuid,
        quantity: i64,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Counted>> {
        self.change_stock((counter, variant), |before| before.saturating_add(quantity), by, now).await
    }

    async fn change_stock(
        &mut self,
        place: Place,
        change: impl FnOnce(i64) -> i64,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Counted>> {
        let (counter, variant) = place;
        let sql = "INSERT INTO stock (counter_id, variant_id, on_hand, sequence, clock) \
                   SELECT c.counter_id, v.variant_id, 0, 0, 0 FROM counters c, variants v \
                   WHERE c.counter_id = $1 AND v.variant_id = $2 ON CONFLICT (counter_id, variant_id) DO NOTHING";
        self.execute(sql, &[counter.into(), variant.into()]).await?;
        let places = self.lock_places(&mut [place], now).await?;
        let Some(before) = places.on_hand(place) else { return Ok(None) };
        let sql = "UPDATE stock SET on_hand = $3, counted_at = $4, counted_by = $5 \
                   WHERE counter_id = $1 AND variant_id = $2";
        let values = [counter.into(), variant.into(), change(before).into(), now.into(), by.into()];
        self.execute_one(sql, &values).await?;
        let stock = self.stock_line(counter, variant, places.now).await?;
        Ok(stock.map(|stock| Counted { before, stock }))
    }

    /// Locks places, in an order of their own, so that two writers can't each wait for what the other has. Members are
    /// locked before places, and idempotency keys before members.
    pub(crate) async fn lock_places(&mut self, places: &mut [Place], now: DateTime<Utc>) -> Result<Places> {
        // An instant minutes ahead is not a writer that was faster but a clock that was wrong: forgotten.
        let sql = "UPDATE stock SET sequence = sequence + 1, \
                   clock = CASE WHEN clock < $3 OR clock > $3 + 300000 THEN $3 ELSE clock END \
                   WHERE counter_id = $1 AND variant_id = $2 RETURNING on_hand, clock";
        places.sort_unstable();
        let mut locked = Places { now, on_hand: Vec::with_capacity(places.len()) };
        for place in places.iter() {
            if locked.on_hand(*place).is_some() {
                continue;
            }
            if let Some(row) = self.fetch_one(sql, &[place.0.into(), place.1.into(), now.into()]).await? {
                locked.on_hand.push((*place, row.get(0)?));
                locked.now = locked.now.max(row.get(1)?);
            }
        }
        Ok(locked)
    }

    /// Whether a unit is there that nobody holds, at a place that is locked.
    pub(crate) async fn has_free(&mut self, places: &Places, place: Place) -> Result<bool> {
        let Some(on_hand) = places.on_hand(place) else { return Ok(false) };
        // A statement after the one that locked: it sees what everybody before had committed.
        let sql = concat!("SELECT ", held!(), " FROM stock s WHERE s.counter_id = $2 AND s.variant_id = $3");
        let row = self.fetch_one(sql, &[places.now.into(), place.0.into(), place.1.into()]).await?;
        let held: i64 = row.ok_or_else(|| Error::Defect("a place vanished".to_owned()))?.get(0)?;
        Ok(on_hand > held)
    }

    /// A unit leaves a locked place. It was scanned a moment ago: if the books have none, it is the books that are wrong, and
    /// a member who stands at the counter is not sent away for that.
    pub(crate) async fn hand_over(&mut self, place: Place) -> Result<()> {
        let sql = "UPDATE stock SET on_hand = CASE WHEN on_hand > 0 THEN on_hand - 1 ELSE 0 END \
                   WHERE counter_id = $1 AND variant_id = $2";
        self.execute_one(sql, &[place.0.into(), place.1.into()]).await
    }

    /// A unit comes back to a locked place.
    pub(crate) async fn take_back(&mut self, place: Place) -> Result<()> {
        let sql = "UPDATE stock SET on_hand = on_hand + 1 WHERE counter_id = $1 AND variant_id = $2";
        self.execute_one(sql, &[place.0.into(), place.1.into()]).await
    }
}

impl Places {
    fn on_hand(&self, place: Place) -> Option<i64> {
        self.on_hand.iter().find(|(locked, _)| *locked == place).map(|(_, on_hand)| *on_hand)
    }
}
