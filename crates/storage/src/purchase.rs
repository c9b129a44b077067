//! Purchases, idempotent by receipt number.
//!
//! To record one: begin, [`Transaction::lock_member`], read her [`Reader::history`], compute the points from it, then
//! [`Transaction::record_purchase`] and commit. The lock makes two tills take turns, so that each sees what the other
//! counted.

use core::fmt;
use core::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::{Conflict, Error, Result};
use crate::value::{Row, Value};

/// A purchase to be recorded. What it earns, and when that posts and expires, is computed once and stored with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPurchase {
    /// UUIDv7; also the identifier of its ledger entry and its lot.
    pub id: Uuid,
    /// Unique within the brand.
    pub receipt_no: String,
    /// When she paid.
    pub at: DateTime<Utc>,
    /// The day, in the programme's time zone.
    pub on: NaiveDate,
    /// Minor units, not negative.
    pub paid: i64,
    /// How many items, if the till said so.
    pub items: Option<i64>,
    /// JSON, if the till sent lines.
    pub lines: Option<String>,
    /// What it earns; not negative.
    pub points: i64,
    /// The day these are posted.
    pub posts_on: NaiveDate,
    /// The last day these can be spent; `None` if they never expire.
    pub expires_on: Option<NaiveDate>,
}

/// A recorded purchase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// Its identifier.
    pub id: Uuid,
    /// Whose.
    pub member: Uuid,
    /// Among those of one day, the order in which they were recorded.
    pub sequence: i64,
    /// Unique within the brand.
    pub receipt_no: String,
    /// When she paid.
    pub at: DateTime<Utc>,
    /// The day, in the programme's time zone.
    pub on: NaiveDate,
    /// Minor units.
    pub paid: i64,
    /// What of it was refunded, minor units.
    pub refunded: i64,
    /// How many items, if the till said so.
    pub items: Option<i64>,
    /// JSON, if the till sent lines.
    pub lines: Option<String>,
    /// What it earned, before any refund.
    pub points: i64,
    /// What refunds asked back of that, waived points included.
    pub reversed: i64,
    /// The day its points are or were posted.
    pub posts_on: NaiveDate,
    /// The last day they can be spent.
    pub expires_on: Option<NaiveDate>,
    /// When its points were posted; `None` while they are pending.
    pub posted_at: Option<DateTime<Utc>>,
}

/// What recording did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recorded<T> {
    /// It is new.
    New(T),
    /// It was there, with the same contents; nothing was written.
    Existing(T),
}

/// Where a page of purchases begins: after this one. Its text is fit for a query string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PurchaseCursor {
    /// The day of the last one on the page before.
    pub on: NaiveDate,
    /// Its sequence.
    pub sequence: i64,
}

impl fmt::Display for PurchaseCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.on, self.sequence)
    }
}

impl FromStr for PurchaseCursor {
    type Err = crate::MalformedCursor;
    fn from_str(text: &str) -> core::result::Result<Self, crate::MalformedCursor> {
        let (on, sequence) = text.split_once('_').ok_or(crate::MalformedCursor)?;
        let on = crate::value::date_from_text(on).ok_or(crate::MalformedCursor)?;
        Ok(Self { on, sequence: crate::value::cursor_number(sequence)? })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT p.purchase_id, p.member_id, p.sequence, p.receipt_no, p.paid_at, p.purchased_on, p.paid, p.refunded, \
             p.items, p.lines, p.points, p.reversed, p.posts_on, p.expires_on, p.posted_at FROM purchases p ",
            $rest
        )
    };
}

fn purchase(row: &Row) -> Result<Purchase> {
    Ok(Purchase {
        id: row.get(0)?,
        member: row.get(1)?,
        sequence: row.get(2)?,
        receipt_no: row.get(3)?,
        at: row.get(4)?,
        on: row.get(5)?,
        paid: row.get(6)?,
        refunded: row.get(7)?,
        items: row.maybe(8)?,
        lines: row.maybe(9)?,
        points: row.get(10)?,
        reversed: row.get(11)?,
        posts_on: row.get(12)?,
        expires_on: row.maybe(13)?,
        posted_at: row.maybe(14)?,
    })
}

impl Reader {
    /// All her purchases in the order in which the rules count them: by day, then as recorded.
    pub async fn history(&mut self, member: Uuid) -> Result<Vec<Purchase>> {
        let sql = select!("WHERE p.member_id = $1 ORDER BY p.purchased_on, p.sequence");
        self.fetch(sql, &[member.into()]).await?.iter().map(purchase).collect()
    }

    /// A page, newest first. One more than `limit` is never read, so ask for one more than fits to know whether there is
    /// a next page.
    pub async fn purchases(
        &mut self,
        member: Uuid,
        after: Option<PurchaseCursor>,
        limit: i64,
    ) -> Result<Vec<Purchase>> {
        let rows = match after {
            None => {
                let sql = select!("WHERE p.member_id = $1 ORDER BY p.purchased_on DESC, p.sequence DESC LIMIT $2");
                self.fetch(sql, &[member.into(), limit.into()]).await?
            }
            Some(PurchaseCursor { on, sequence }) => {
                let sql = select!(
                    "WHERE p.member_id = $1 AND (p.purchased_on, p.sequence) < ($3, $4) \
                     ORDER BY p.purchased_on DESC, p.sequence DESC LIMIT $2"
                );
                self.fetch(sql, &[member.into(), limit.into(), on.into(), sequence.into()]).await?
            }
        };
        rows.iter().map(purchase).collect()
    }

    /// One of hers.
    pub async fn purchase(&mut self, member: Uuid, id: Uuid) -> Result<Option<Purchase>> {
        let sql = select!("WHERE p.member_id = $1 AND p.purchase_id = $2");
        self.fetch_one(sql, &[member.into(), id.into()]).await?.as_ref().map(purchase).transpose()
    }

    /// The receipt number of a purchase, whosever it is.
    pub async fn receipt_of(&mut self, id: Uuid) -> Result<Option<String>> {
        let sql = "SELECT receipt_no FROM receipts WHERE purchase_id = $1";
        self.fetch_one(sql, &[id.into()]).await?.map(|row| row.get(0)).transpose()
    }

    /// By receipt number, whosever it is.
    pub async fn purchase_by_receipt(&mut self, receipt_no: &str) -> Result<Option<Purchase>> {
        let sql = select!(
            "JOIN receipts r ON p.member_id = r.member_id AND p.purchase_id = r.purchase_id WHERE r.receipt_no = $1"
        );
        self.fetch_one(sql, &[receipt_no.into()]).await?.as_ref().map(purchase).transpose()
    }
}

impl Transaction {
    /// Records a purchase with its points pending. The same receipt number with the same contents (member, instant, amount,
    /// items, lines) is [`Recorded::Existing`], with others [`Conflict::Receipt`].
    pub async fn record_purchase(&mut self, member: Uuid, new: &NewPurchase) -> Result<Recorded<Purchase>> {
        let sql = "INSERT INTO receipts (receipt_no, member_id, purchase_id) VALUES ($1, $2, $3) \
                   ON CONFLICT (receipt_no) DO NOTHING";
        if self.execute(sql, &[(&new.receipt_no).into(), member.into(), new.id.into()]).await? == 0 {
            return self.existing_purchase(member, new).await;
        }
        let sequence = self.next_sequence(member).await?;
        let sequence = sequence.ok_or_else(|| Error::Defect("a purchase of nobody".to_owned()))?;
        self.insert_many(INSERT_PURCHASES, PURCHASE_COLUMNS, &purchase_values(member, sequence, new, None)).await?;
        Ok(Recorded::New(Purchase {
            id: new.id,
            member,
            sequence,
            receipt_no: new.receipt_no.clone(),
            at: new.at,
            on: new.on,
            paid: new.paid,
            refunded: 0,
            items: new.items,
            lines: new.lines.clone(),
            points: new.points,
            reversed: 0,
            posts_on: new.posts_on,
            expires_on: new.expires_on,
            posted_at: None,
        }))
    }

    async fn existing_purchase(&mut self, member: Uuid, new: &NewPurchase) -> Result<Recorded<Purchase>> {
        let found = self.purchase_by_receipt(&new.receipt_no).await?;
        let found = found.ok_or_else(|| Error::Defect("a receipt without its purchase".to_owned()))?;
        let same = found.member == member
            && found.at.timestamp_millis() == new.at.timestamp_millis()
            && found.paid == new.paid
            && found.items == new.items
            && found.lines == new.lines;
        if same { Ok(Recorded::Existing(found)) } else { Err(Error::Conflict(Conflict::Receipt)) }
    }
}

pub(crate) const INSERT_PURCHASES: &str = "INSERT INTO purchases (member_id, purchase_id, sequence, receipt_no, paid_at, \
     purchased_on, paid, refunded, items, lines, points, reversed, posts_on, expires_on, posted_at) VALUES";
pub(crate) const PURCHASE_COLUMNS: usize = 15;

pub(crate) fn purchase_values(
    member: Uuid,
    sequence: i64,
    new: &NewPurchase,
    posted_at: Option<DateTime<Utc>>,
) -> [Value<'_>; PURCHASE_COLUMNS] {
    [
        member.into(),
        new.id.into(),
        sequence.into(),
        (&new.receipt_no).into(),
        new.at.into(),
        new.on.into(),
        new.paid.into(),
        0.into(),
        new.items.into(),
        (&new.lines).into(),
        new.points.into(),
        0.into(),
        new.posts_on.into(),
        new.expires_on.into(),
        posted_at.into(),
    ]
}
