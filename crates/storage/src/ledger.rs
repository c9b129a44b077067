//! The ledger: entries are added and never touched again. A pending entry is no row of its own but a purchase whose points
//! are not posted; it becomes an entry with the same identifier.

use core::fmt;
use core::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use loyalty::ledger::EntryKind;
use uuid::Uuid;

use crate::MalformedCursor;
use crate::database::{Reader, Transaction};
use crate::error::{Error, Result};
use crate::value::{Row, Value};

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its identifier, the same before and after posting.
    pub id: Uuid,
    /// Where it stands; also where the next page begins.
    pub position: LedgerCursor,
    /// What it does.
    pub kind: EntryKind,
    /// Signed.
    pub points: i64,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// The day it counts from; for a pending one, the day it will be posted.
    pub on: NaiveDate,
    /// Available and held together after it; `None` while pending.
    pub balance_after: Option<i64>,
    /// What caused it.
    pub cause: Cause,
}

/// What caused an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// `purchase`, `refund`, `reservation`, `expiry` or `adjustment`.
    pub kind: String,
    /// The identifier of that.
    pub id: Uuid,
    /// What a person would call it.
    pub label: String,
}

/// A place in the ledger, newest first, pending entries before posted ones. Its text is fit for a query string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerCursor {
    /// A pending entry with this sequence.
    Pending(i64),
    /// A posted entry with this sequence.
    Posted(i64),
}

impl fmt::Display for LedgerCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pending(sequence) => write!(f, "p{sequence}"),
            Self::Posted(sequence) => write!(f, "e{sequence}"),
        }
    }
}

impl FromStr for LedgerCursor {
    type Err = MalformedCursor;
    fn from_str(text: &str) -> core::result::Result<Self, MalformedCursor> {
        match text.split_at_checked(1) {
            Some(("p", sequence)) => Ok(Self::Pending(crate::value::cursor_number(sequence)?)),
            Some(("e", sequence)) => Ok(Self::Posted(crate::value::cursor_number(sequence)?)),
            _ => Err(MalformedCursor),
        }
    }
}

fn pending(row: &Row) -> Result<Entry> {
    let id = row.get(0)?;
    Ok(Entry {
        id,
        position: LedgerCursor::Pending(row.get(1)?),
        kind: EntryKind::Earned,
        points: row.get(2)?,
        at: row.get(3)?,
        on: row.get(4)?,
        balance_after: None,
        cause: Cause { kind: "purchase".to_owned(), id, label: row.get(5)? },
    })
}

fn posted(row: &Row) -> Result<Entry> {
    let kind: String = row.get(2)?;
    Ok(Entry {
        id: row.get(0)?,
        position: LedgerCursor::Posted(row.get(1)?),
        kind: EntryKind::from_text(&kind).ok_or_else(|| Error::Defect(format!("no kind of entry: {kind}")))?,
        points: row.get(3)?,
        at: row.get(4)?,
        on: row.get(5)?,
        balance_after: row.maybe(6)?,
        cause: Cause { kind: row.get(7)?, id: row.get(8)?, label: row.get(9)? },
    })
}

impl Reader {
    /// A page, newest first, pending entries before posted ones. Stable under inserts: what was added after the first page
    /// was read is on no later page, and nothing is left out. An entry that is posted in between may be seen twice, with
    /// the same identifier. Wants a snapshot, because it reads twice where the pending ones end.
    pub async fn ledger(
        &mut self,
        member: Uuid,
        kind: Option<EntryKind>,
        after: Option<LedgerCursor>,
        limit: i64,
    ) -> Result<Vec<Entry>> {
        let mut entries = Vec::new();
        if !matches!(after, Some(LedgerCursor::Posted(_))) && kind.is_none_or(|kind| kind == EntryKind::Earned) {
            let before = match after {
                Some(LedgerCursor::Pending(sequence)) => sequence,
                _ => i64::MAX,
            };
            let sql = "SELECT purchase_id, sequence, points - reversed, paid_at, posts_on, receipt_no FROM purchases \
                       WHERE member_id = $1 AND posted_at IS NULL AND points > reversed AND sequence < $2 \
                       ORDER BY sequence DESC LIMIT $3";
            let rows = self.fetch(sql, &[member.into(), before.into(), limit.into()]).await?;
            entries = rows.iter().map(pending).collect::<Result<_>>()?;
        }
        let left = limit - i64::try_from(entries.len()).unwrap_or(limit);
        if left > 0 {
            let before = match after {
                Some(LedgerCursor::Posted(sequence)) => sequence,
                _ => i64::MAX,
            };
            let sql = "SELECT entry_id, sequence, kind, points, written_at, counts_on, balance_after, cause_kind, \
                       cause_id, cause_label FROM entries \
                       WHERE member_id = $1 AND sequence < $2 AND ($4 IS NULL OR kind = $4) \
                       ORDER BY sequence DESC LIMIT $3";
            let values = [member.into(), before.into(), left.into(), kind.map(EntryKind::as_str).into()];
            for row in self.fetch(sql, &values).await? {
                entries.push(posted(&row)?);
            }
        }
        Ok(entries)
    }
}

/// An entry to be added.
pub(crate) struct NewEntry<'a> {
    pub(crate) id: Uuid,
    pub(crate) kind: EntryKind,
    pub(crate) points: i64,
    pub(crate) at: DateTime<Utc>,
    pub(crate) on: NaiveDate,
    pub(crate) cause_kind: &'static str,
    pub(crate) cause_id: Uuid,
    pub(crate) cause_label: &'a str,
}

pub(crate) const INSERT_ENTRIES: &str = "INSERT INTO entries (member_id, sequence, entry_id, kind, points, written_at, \
     counts_on, balance_after, cause_kind, cause_id, cause_label) VALUES";
pub(crate) const ENTRY_COLUMNS: usize = 11;

impl<'a> NewEntry<'a> {
    pub(crate) fn into_values(self, member: Uuid, sequence: i64, balance_after: i64) -> [Value<'a>; ENTRY_COLUMNS] {
        [
            member.into(),
            sequence.into(),
            self.id.into(),
            self.kind.as_str().into(),
            self.points.into(),
            self.at.into(),
            self.on.into(),
            balance_after.into(),
            self.cause_kind.into(),
            self.cause_id.into(),
            self.cause_label.into(),
        ]
    }
}

impl Transaction {
    /// Adds an entry and moves the balance with it; whoever calls this moves the lots by the same number.
    pub(crate) async fn append(&mut self, member: Uuid, new: NewEntry<'_>) -> Result<()> {
        if !new.kind.allows(new.points) {
            return Err(Error::Defect(format!("{:?} of {} points", new.kind, new.points)));
        }
        let sql = "UPDATE members SET sequence = sequence + 1, balance = balance + $2 \
                   WHERE member_id = $1 AND balance + $2 >= 0 RETURNING sequence, balance";
        let row = self.fetch_one(sql, &[member.into(), new.points.into()]).await?;
        let row = row.ok_or_else(|| Error::Defect("an entry would make a balance negative".to_owned()))?;
        self.insert_many(INSERT_ENTRIES, ENTRY_COLUMNS, &new.into_values(member, row.get(0)?, row.get(1)?)).await
    }
}
