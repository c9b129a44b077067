//! Refunds, idempotent by refund number. Points follow the rules of [`loyalty::refund`].

use chrono::{DateTime, NaiveDate, Utc};
use loyalty::ledger::EntryKind;
use loyalty::lot::LotState;
use loyalty::refund::{Refundable, Reversal, points_to_reverse, reversal, still_owed};
use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::{Conflict, Error, Result};
use crate::ledger::NewEntry;
use crate::purchase::{Purchase, Recorded};
use crate::value::Row;

/// A refund to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRefund {
    /// UUIDv7; also the identifier of its ledger entry.
    pub id: Uuid,
    /// Which purchase, by receipt number.
    pub receipt_no: String,
    /// Unique within the brand.
    pub refund_no: String,
    /// Minor units; more than zero, at most what is left of the purchase.
    pub amount: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The day, in the programme's time zone; the entry counts from it.
    pub on: NaiveDate,
}

/// A recorded refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Its identifier.
    pub id: Uuid,
    /// Whose.
    pub member: Uuid,
    /// Of which purchase.
    pub purchase: Uuid,
    /// Unique within the brand.
    pub refund_no: String,
    /// Minor units.
    pub amount: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The day, in the programme's time zone.
    pub on: NaiveDate,
    /// Points taken back, pending ones included.
    pub reversed: i64,
    /// Points that should have been taken back but were not there any more.
    pub waived: i64,
}

fn refund(row: &Row) -> Result<Refund> {
    Ok(Refund {
        id: row.get(0)?,
        member: row.get(1)?,
        purchase: row.get(2)?,
        refund_no: row.get(3)?,
        amount: row.get(4)?,
        at: row.get(5)?,
        on: row.get(6)?,
        reversed: row.get(7)?,
        waived: row.get(8)?,
    })
}

impl Reader {
    /// By refund number, whosever it is.
    pub async fn refund_by_number(&mut self, refund_no: &str) -> Result<Option<Refund>> {
        let sql = "SELECT f.refund_id, f.member_id, f.purchase_id, f.refund_no, f.amount, f.refunded_at, f.refunded_on, \
                   f.reversed, f.waived FROM refunds f JOIN refund_receipts r \
                   ON f.member_id = r.member_id AND f.refund_id = r.refund_id WHERE r.refund_no = $1";
        self.fetch_one(sql, &[refund_no.into()]).await?.as_ref().map(refund).transpose()
    }

    /// Every refund of hers, oldest first.
    pub async fn refunds(&mut self, member: Uuid) -> Result<Vec<Refund>> {
        let sql = "SELECT refund_id, member_id, purchase_id, refund_no, amount, refunded_at, refunded_on, reversed, waived \
                   FROM refunds WHERE member_id = $1 ORDER BY refunded_at, refund_id";
        self.fetch(sql, &[member.into()]).await?.iter().map(refund).collect()
    }
}

impl Transaction {
    /// Records a refund and takes its points back: out of the pending ones, or out of the lots. `None` if there is no
    /// purchase with this receipt number. The same refund number with the same contents is [`Recorded::Existing`], with
    /// others [`Conflict::Refund`]; more than is left of the purchase is [`Error::Refused`].
    pub async fn record_refund(&mut self, new: &NewRefund) -> Result<Option<Recorded<Refund>>> {
        let Some(purchase) = self.purchase_by_receipt(&new.receipt_no).await? else { return Ok(None) };
        let member = purchase.member;
        let sql = "INSERT INTO refund_receipts (refund_no, member_id, refund_id) VALUES ($1, $2, $3) \
                   ON CONFLICT (refund_no) DO NOTHING";
        if self.execute(sql, &[(&new.refund_no).into(), member.into(), new.id.into()]).await? == 0 {
            return self.existing_refund(&purchase, new).await.map(Some);
        }
        // Read again under the lock: another refund may have come between.
        self.lock_member(member).await?;
        let purchase = self.purchase(member, purchase.id).await?;
        let purchase = purchase.ok_or_else(|| Error::Defect("a purchase vanished".to_owned()))?;
        let refundable = Refundable {
            paid_minor: purchase.paid,
            refunded_minor: purchase.refunded,
            points: purchase.points,
            reversed: purchase.reversed,
        };
        let to_reverse = points_to_reverse(&refundable, new.amount)?;
        let (reversed, waived, owed) = match purchase.posted_at {
            None => (to_reverse, 0, 0),
            Some(_) => self.reverse_posted(&purchase, new, to_reverse).await?,
        };
        let sql = "UPDATE purchases SET refunded = refunded + $3, reversed = reversed + $4 \
                   WHERE member_id = $1 AND purchase_id = $2";
        let values = [member.into(), purchase.id.into(), new.amount.into(), to_reverse.into()];
        self.execute_one(sql, &values).await?;
        let refund = Refund {
            id: new.id,
            member,
            purchase: purchase.id,
            refund_no: new.refund_no.clone(),
            amount: new.amount,
            at: new.at,
            on: new.on,
            reversed,
            waived,
        };
        self.insert_refund(&refund, owed).await?;
        Ok(Some(Recorded::New(refund)))
    }

    /// What was taken, what was not there to be taken, and what of that is owed.
    async fn reverse_posted(
        &mut self,
        purchase: &Purchase,
        new: &NewRefund,
        to_reverse: i64,
    ) -> Result<(i64, i64, i64)> {
        let lots: Vec<LotState<Uuid>> = self.stored_lots(purchase.member).await?.iter().map(|lot| lot.state).collect();
        // A purchase's lot has the purchase's identifier.
        let Reversal { takings, reversed, waived } = reversal(to_reverse, Some(purchase.id), &lots);
        if reversed > 0 {
            self.take_from_lots(purchase.member, &takings).await?;
            let entry = NewEntry {
                id: new.id,
                kind: EntryKind::Reversed,
                points: -reversed,
                at: new.at,
                on: new.on,
                cause_kind: "refund",
                cause_id: new.id,
                cause_label: &new.refund_no,
            };
            self.append(purchase.member, entry).await?;
        }
        let held = lots.iter().map(|lot| lot.held).sum();
        let sql = "SELECT COALESCE(CAST(SUM(owed) AS BIGINT), 0) FROM refunds WHERE member_id = $1";
        let before = self.fetch_one(sql, &[purchase.member.into()]).await?.map_or(Ok(0), |row| row.get(0))?;
        Ok((reversed, waived, still_owed(waived, held, before)))
    }

    async fn insert_refund(&mut self, refund: &Refund, owed: i64) -> Result<()> {
        let sql = "INSERT INTO refunds (member_id, refund_id, purchase_id, refund_no, amount, refunded_at, refunded_on, \
                   reversed, waived, owed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let values = [
            refund.member.into(),
            refund.id.into(),
            refund.purchase.into(),
            (&refund.refund_no).into(),
            refund.amount.into(),
            refund.at.into(),
            refund.on.into(),
            refund.reversed.into(),
            refund.waived.into(),
            owed.into(),
        ];
        self.execute_one(sql, &values).await
    }

    async fn existing_refund(&mut self, purchase: &Purchase, new: &NewRefund) -> Result<Recorded<Refund>> {
        let found = self.refund_by_number(&new.refund_no).await?;
        let found = found.ok_or_else(|| Error::Defect("a refund number without its refund".to_owned()))?;
        let same = found.purchase == purchase.id
            && found.amount == new.amount
            && found.at.timestamp_millis() == new.at.timestamp_millis();
        if same { Ok(Recorded::Existing(found)) } else { Err(Error::Conflict(Conflict::Refund)) }
    }
}
