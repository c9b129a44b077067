//! The points of a reservation: locked in lots, and then released or spent, once.

use chrono::{DateTime, NaiveDate, Utc};
use loyalty::Programme;
use loyalty::ledger::EntryKind;
use loyalty::lot::{Taking, after_hold};
use uuid::Uuid;

use super::Reservation;
use crate::database::Transaction;
use crate::error::Result;
use crate::ledger::NewEntry;

/// The language in which a ledger calls a gift.
const LEDGER_LANGUAGE: &str = "zh-CN";

impl Transaction {
    /// Locks points in lots.
    pub(super) async fn hold_points(&mut self, of: &Reservation, takings: &[Taking<Uuid>]) -> Result<()> {
        for taking in takings {
            let sql = "UPDATE lots SET held = held + $3 \
                       WHERE member_id = $1 AND lot_id = $2 AND remaining - held >= $3";
            self.execute_one(sql, &[of.member.into(), taking.lot.into(), taking.points.into()]).await?;
        }
        let values: Vec<_> = takings
            .iter()
            .flat_map(|taking| [of.member.into(), of.id.into(), taking.lot.into(), taking.points.into()])
            .collect();
        let head = "INSERT INTO reservation_lots (member_id, reservation_id, lot_id, points) VALUES";
        self.insert_many(head, 4, &values).await
    }

    /// Gives them back, but for what a refund is owed of them.
    pub(super) async fn release_points(
        &mut self,
        of: &Reservation,
        programme: &Programme,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let today = programme.date_of(now);
        self.end_hold(of, programme, today, false).await?;
        self.take_owed(of.member, of.id, of.points, today, now).await
    }

    /// Ends the hold in each of its lots, and takes the points out of them if they are spent. A lot whose date has come too near
    /// under the hold moves on, and what she was told of it is forgotten; so it does when the rest of it is left after some was
    /// spent: the date she saw while it was held does not come nearer again.
    async fn end_hold(&mut self, of: &Reservation, programme: &Programme, today: NaiveDate, spent: bool) -> Result<()> {
        let sql = "SELECT x.lot_id, x.points, l.expires_on FROM reservation_lots x \
                   JOIN lots l ON l.member_id = x.member_id AND l.lot_id = x.lot_id \
                   WHERE x.member_id = $1 AND x.reservation_id = $2";
        for row in self.fetch(sql, &[of.member.into(), of.id.into()]).await? {
            let (lot, points): (Uuid, i64) = (row.get(0)?, row.get(1)?);
            let gone = if spent { points } else { 0 };
            let expires_on: Option<NaiveDate> = row.maybe(2)?;
            match expires_on.and_then(|on| after_hold(&programme.expiry, on, today)) {
                None => {
                    let sql = "UPDATE lots SET held = held - $3, remaining = remaining - $4 \
                               WHERE member_id = $1 AND lot_id = $2 AND held >= $3";
                    self.execute_one(sql, &[of.member.into(), lot.into(), points.into(), gone.into()]).await?;
                }
                Some(moved) => {
                    let sql = "UPDATE lots SET held = held - $3, remaining = remaining - $4, expires_on = $5, \
                               notified_at = NULL, notified_channel = NULL \
                               WHERE member_id = $1 AND lot_id = $2 AND held >= $3";
                    let values = [of.member.into(), lot.into(), points.into(), gone.into(), moved.into()];
                    self.execute_one(sql, &values).await?;
                }
            }
        }
        Ok(())
    }

    /// Spends them. The entry has the reservation's identifier, so that spending twice breaks a key instead of a balance.
    pub(super) async fn spend_points(
        &mut self,
        of: &Reservation,
        programme: &Programme,
        now: DateTime<Utc>,
    ) -> Result<()> {
        let today = programme.date_of(now);
        self.end_hold(of, programme, today, true).await?;
        self.let_owed_go(of.member).await?;
        let name = self.gift_name(of.gift, LEDGER_LANGUAGE).await?;
        let entry = NewEntry {
            id: of.id,
            kind: EntryKind::Spent,
            points: -of.points,
            at: now,
            on: today,
            cause_kind: "reservation",
            cause_id: of.id,
            cause_label: &name,
        };
        self.append(of.member, entry).await
    }
}
