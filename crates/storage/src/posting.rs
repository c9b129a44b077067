//! Posting: on their day pending points become an entry and a lot.

use chrono::{DateTime, NaiveDate, Utc};
use loyalty::ledger::EntryKind;
use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::Result;
use crate::ledger::NewEntry;
use crate::lot::{INSERT_LOTS, LOT_COLUMNS, lot_values};

/// What was posted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Posted {
    /// Members looked at.
    pub members: u64,
    /// Purchases whose points are posted now, those of zero points included.
    pub purchases: u64,
    /// Points they brought.
    pub points: i64,
}

impl Reader {
    /// Members of whom something is to be posted on `today`, by identifier from behind `after` on. Whoever can't post for one
    /// goes on behind her.
    pub async fn due_members(&mut self, today: NaiveDate, after: Option<Uuid>, limit: i64) -> Result<Vec<Uuid>> {
        let sql = "SELECT DISTINCT member_id FROM purchases WHERE posted_at IS NULL AND posts_on <= $1 AND member_id > $2 \
                   ORDER BY member_id LIMIT $3";
        let after = after.unwrap_or(Uuid::nil());
        self.fetch(sql, &[today.into(), after.into(), limit.into()]).await?.iter().map(|row| row.get(0)).collect()
    }
}

impl Transaction {
    /// Posts what is due of one member on `today`, in the order of the posting dates. Any number of servers may do so at once:
    /// a purchase is posted once.
    pub async fn post_member(&mut self, member: Uuid, today: NaiveDate, now: DateTime<Utc>) -> Result<Posted> {
        let mut sum = Posted::default();
        // What another server posts at the same time is seen as posted once this lock is had.
        if !self.lock_member(member).await? {
            return Ok(sum);
        }
        sum.members = 1;
        let sql = "SELECT purchase_id, points - reversed, purchased_on, posts_on, expires_on, receipt_no FROM purchases \
                   WHERE member_id = $1 AND posted_at IS NULL AND posts_on <= $2 ORDER BY posts_on, sequence";
        for row in self.fetch(sql, &[member.into(), today.into()]).await? {
            let id: Uuid = row.get(0)?;
            let points: i64 = row.get(1)?;
            let sql = "UPDATE purchases SET posted_at = $3 \
                       WHERE member_id = $1 AND purchase_id = $2 AND posted_at IS NULL";
            self.execute_one(sql, &[member.into(), id.into(), now.into()]).await?;
            sum.purchases += 1;
            sum.points += points;
            // Zero points post nothing: no entry that says nothing, no lot without points.
            if points > 0 {
                let values = lot_values(member, id, row.get(2)?, row.maybe(4)?, points);
                self.insert_many(INSERT_LOTS, LOT_COLUMNS, &values).await?;
                let label: String = row.get(5)?;
                let entry = NewEntry {
                    id,
                    kind: EntryKind::Earned,
                    points,
                    at: now,
                    on: row.get(3)?,
                    cause_kind: "purchase",
                    cause_id: id,
                    cause_label: &label,
                };
                self.append(member, entry).await?;
            }
        }
        Ok(sum)
    }
}
