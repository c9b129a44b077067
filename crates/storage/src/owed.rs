//! Points that refunds are owed: they were held when a refund asked for them. When the hold ends they are taken, or let go with
//! what she collected.

use chrono::{DateTime, NaiveDate, Utc};
use loyalty::ledger::EntryKind;
use loyalty::lot::LotState;
use loyalty::refund::{Reversal, reversal};
use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::Result;
use crate::ledger::NewEntry;

struct Owed {
    refund: Uuid,
    purchase: Uuid,
    refund_no: String,
    points: i64,
}

impl Reader {
    async fn owed(&mut self, member: Uuid) -> Result<Vec<Owed>> {
        let sql = "SELECT refund_id, purchase_id, refund_no, owed FROM refunds WHERE member_id = $1 AND owed > 0 \
                   ORDER BY refund_id";
        let rows = self.fetch(sql, &[member.into()]).await?;
        let owed = |row: &crate::value::Row| {
            Ok(Owed { refund: row.get(0)?, purchase: row.get(1)?, refund_no: row.get(2)?, points: row.get(3)? })
        };
        rows.iter().map(owed).collect()
    }
}

impl Transaction {
    /// Takes what is owed out of `released` points that a hold has just given back; the oldest refund first.
    pub(crate) async fn take_owed(
        &mut self,
        member: Uuid,
        hold: Uuid,
        released: i64,
        today: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let mut left = released;
        for Owed { refund, purchase, refund_no, points } in self.owed(member).await? {
            let wanted = points.min(left);
            if wanted == 0 {
                break;
            }
            left -= wanted;
            let lots: Vec<LotState<Uuid>> = self.stored_lots(member).await?.iter().map(|lot| lot.state).collect();
            let Reversal { takings, reversed, .. } = reversal(wanted, Some(purchase), &lots);
            if reversed > 0 {
                self.take_from_lots(member, &takings).await?;
                let entry = NewEntry {
                    // The refund may have an entry of its own already, and this hold happens once.
                    id: Uuid::from_u128(refund.as_u128() ^ hold.as_u128()),
                    kind: EntryKind::Reversed,
                    points: -reversed,
                    at: now,
                    on: today,
                    cause_kind: "refund",
                    cause_id: refund,
                    cause_label: &refund_no,
                };
                self.append(member, entry).await?;
            }
            let sql = "UPDATE refunds SET owed = owed - $3, reversed = reversed + $4, waived = waived - $4 \
                       WHERE member_id = $1 AND refund_id = $2";
            self.execute_one(sql, &[member.into(), refund.into(), wanted.into(), reversed.into()]).await?;
        }
        Ok(())
    }

    /// Held points were spent: refunds are owed no more than is still held.
    pub(crate) async fn let_owed_go(&mut self, member: Uuid) -> Result<()> {
        let owed = self.owed(member).await?;
        if owed.is_empty() {
            return Ok(());
        }
        let sql = "SELECT COALESCE(CAST(SUM(held) AS BIGINT), 0) FROM lots WHERE member_id = $1";
        let held: i64 = self.fetch_one(sql, &[member.into()]).await?.map_or(Ok(0), |row| row.get(0))?;
        let mut excess = owed.iter().map(|owed| owed.points).sum::<i64>() - held;
        for Owed { refund, points, .. } in owed {
            let gone = points.min(excess);
            if gone <= 0 {
                break;
            }
            excess -= gone;
            let sql = "UPDATE refunds SET owed = owed - $3 WHERE member_id = $1 AND refund_id = $2";
            self.execute_one(sql, &[member.into(), refund.into(), gone.into()]).await?;
        }
        Ok(())
    }
}
